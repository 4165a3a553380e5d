// Owns: whether what the leaders of the partitions answer to a message reaches this connection. Not
// everything that a server says goes one way: what is asked of its interface for streams is answered through
// its own account, and an acknowledgement, or what a reader is handed, through ours, by what the servers have
// told each other of our subscriptions. After new users were read in (`--signal reload`) nats-server 2.9.10
// may have lost that of a connection: then every look is answered, every message is kept, and nobody is told.

import { JetStreamApiError } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker } from './connect.ts';
import type { Settings } from './settings.ts';

const EMPTY = new Uint8Array();
const WITHIN_MS = 2000;
/** How often somebody listens: a message of a hundred bytes to each leader. */
const LISTEN_MS = 1000;
/** What is said to be for a stream of this name no stream takes in, and its leader says so. */
const NO_STREAM = 'nobody';

type Hands = Pick<Broker, 'js' | 'names'>;

/** Whether every leader is heard. Nothing is kept of it: each is sent what it has to refuse. */
export async function isHeard(hands: Hands, { partitions }: Pick<Settings, 'partitions'>): Promise<boolean> {
  const heard = Array.from({ length: partitions }, (_, partition) => isLeaderHeard(hands, partition));
  return !(await Promise.all(heard)).includes(false);
}

async function isLeaderHeard({ js, names }: Hands, partition: number): Promise<boolean> {
  try {
    const expect = { streamName: NO_STREAM };
    await js.publish(names.eventSubject(partition), EMPTY, { expect, timeout: WITHIN_MS });
    return true;
  } catch (error) {
    return error instanceof JetStreamApiError;
  }
}

export interface Listening {
  /**
   * Milliseconds since when servers are asked and answer, and leaders are not heard; 0: they are, or nothing
   * is.
   */
  deafMs(): number;
  stop(): void;
}

/**
 * @param hasSeen whether servers answered a look since a moment of `performance.now()`: where nobody answers,
 *   nobody is deaf.
 */
export function listen(hears: () => Promise<boolean>, hasSeen: (sinceMs: number) => boolean): Listening {
  const stopping = new AbortController();
  const { signal } = stopping;
  let deafSinceMs: number | undefined;
  const turn = async (): Promise<void> => {
    const beganMs = performance.now();
    const heard = await hears();
    if (heard || !hasSeen(beganMs)) deafSinceMs = undefined;
    else deafSinceMs ??= beganMs;
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await turn();
      await sleep(LISTEN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  void run();
  return {
    deafMs: () => (deafSinceMs === undefined ? 0 : performance.now() - deafSinceMs),
    stop: () => stopping.abort(),
  };
}
