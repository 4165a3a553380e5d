// Owns: the connection to the servers, and asking whether a stream is there.

import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { streamDown } from './faults.ts';
import type { Names, Settings } from './settings.ts';

/** What every part of the adapter asks, and by which names. */
export interface Broker {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly names: Names;
}

export async function connectTo({ servers, connection }: Settings): Promise<NatsConnection> {
  try {
    return await connect({
      name: 'fineline',
      // A stack for each request costs more than the request; the faults we make of them name what failed.
      noAsyncTraces: true,
      timeout: 5000,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      pingInterval: 10_000,
      ...connection,
      servers: typeof servers === 'string' ? servers : [...servers],
    });
  } catch (error) {
    throw streamDown(error);
  }
}

export async function foundStream(jsm: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await jsm.streams.info(name);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)
      return undefined;
    throw error;
  }
}
