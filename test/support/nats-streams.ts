// What tests of the event stream send, and how they wait for it.

import { expect } from 'vitest';

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

const waitingIn = async (stream: EventStream): Promise<number> => (await stream.lag()).waiting;

/** Also over a time in which the broker does not answer. */
export async function untilEmpty(stream: EventStream): Promise<void> {
  await expect.poll(() => waitingIn(stream).catch(() => -1), WITHIN).toBe(0);
}
