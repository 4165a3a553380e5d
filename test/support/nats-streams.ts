// What tests of the event stream send, and how they wait for it.

import { setTimeout as sleep } from 'node:timers/promises';

import type { Delivered, EventStream, StreamMessage, Verdict } from '../../src/engine/ports.ts';

/** Long enough for a broker that elects a leader; a test never waits so long when all is well. */
export const WITHIN = { timeout: 60_000, interval: 50 };

let count = 0;

/** A message of a new name. */
export function message(shard: number): StreamMessage {
  count += 1;
  return { shard, id: `k${count}`, body: new Uint8Array(300).fill(count % 256) };
}

export const all = (batch: readonly Delivered[]): readonly Verdict[] => batch.map(() => 'done');

const waitingIn = (stream: EventStream): Promise<number> =>
  stream.lag().then(
    ({ waiting }) => waiting,
    () => -1,
  );

/**
 * Also over a time in which the broker does not answer. Without `expect.poll`, which tests that run at the
 * same time each have of their own.
 */
export async function untilEmpty(stream: EventStream): Promise<void> {
  const endMs = performance.now() + WITHIN.timeout;
  for (let waiting = -1; waiting !== 0;) {
    if (performance.now() > endMs) throw new Error(`${waiting} messages wait (-1: the broker is silent)`);
    await sleep(WITHIN.interval);
    waiting = await waitingIn(stream);
  }
}
