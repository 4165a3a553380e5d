// Owns: the connection to the servers, and asking whether a stream is there.

import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { type NatsConnection, type NodeConnectionOptions, connect, errors } from '@nats-io/transport-node';
import { authenticatorOf } from './credentials.ts';
import { streamAway, streamRefused } from './faults.ts';
import { identityAmong } from './identity.ts';
import type { Names, Settings } from './settings.ts';

/** What every part of the adapter asks, and by which names. */
export interface Broker {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly names: Names;
}

/** Faults: `stream-down` where no server answers, `stream-refused` where one does not let us in. */
export async function connectTo(settings: Settings): Promise<NatsConnection> {
  const options = optionsOf(settings);
  try {
    // One that goes on trying would do so for ever with a wrong password, and nobody would hear of it.
    const first = await connect({ ...options, ignoreAuthErrorAbort: false, reconnect: false });
    await first.close();
    return await connect(options);
  } catch (error) {
    throw error instanceof errors.AuthorizationError ? streamRefused(error) : streamAway(error);
  }
}

function optionsOf({ servers, connection, credentials }: Settings): NodeConnectionOptions {
  const named = typeof servers === 'string' ? [servers] : [...servers];
  return {
    name: 'fineline',
    // A stack for each request costs more than the request; the faults we make of them name what failed.
    noAsyncTraces: true,
    timeout: 5000,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    pingInterval: 10_000,
    // Where a password is replaced, servers and file do not change in the same moment.
    ignoreAuthErrorAbort: true,
    ...(credentials === undefined ? {} : { authenticator: authenticatorOf(credentials) }),
    ...connection,
    ...tlsOf(connection, named),
    servers: named,
  };
}

/** The client knows some options of Node's TLS and passes all of them on. */
function tlsOf(
  { tls }: Settings['connection'],
  servers: readonly string[],
): Pick<NodeConnectionOptions, 'tls'> {
  if (tls === undefined || tls === null) return {};
  const checked = { ...tls, checkServerIdentity: identityAmong(servers) };
  return { tls: checked };
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
