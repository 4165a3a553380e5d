// Goal: a stream that goes back under a new leader, and is filled again before anybody looks, loses nothing
// of what the new leader has. Method: the real worker on a broker of ours.

import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { createGoingBack } from '../../../test/support/nats-going-back.ts';
import { takePartition } from './consume.ts';
import type { Hands } from './handing.ts';
import { settingsOf } from './settings.ts';

import type { Delivered } from '../../engine/ports.ts';

const settings = settingsOf({ servers: 'none', prefix: 'fineline', partitions: 1 });

function taking(broker: Omit<Hands, 'handle'>, got: string[]) {
  const hands = {
    ...broker,
    handle: async (batch: readonly Delivered[]) => {
      got.push(...batch.map(({ id }) => id));
      return batch.map(() => 'done' as const);
    },
  };
  return { hands, taker: takePartition(hands, settings, 0) };
}

describe('a stream that went back', () => {
  it.concurrent.for([
    ['while notes are written', 300, 0] as const,
    ['just before a note', 900, 0] as const,
    ['and is filled when the consumer was made already', 400, 300] as const,
    ['after a quiet time, when nothing new was taken', 2500, 0] as const,
  ])('[N17] %s is read again where it was filled anew', async ([, waitMs, lateMs], { expect }) => {
    const broker = createGoingBack();
    const got: string[] = [];
    const { taker } = taking(broker.hands, got);
    await sleep(100);
    for (let n = 0; n < 20; n += 1) broker.event(`old-${n}`);
    await sleep(waitMs);
    const fresh = Array.from({ length: 25 }, (__, n) => `new-${n}`);
    broker.down(true);
    await sleep(300);
    broker.back(broker.end() - 10);
    if (lateMs === 0) for (const id of fresh) broker.event(id);
    broker.down(false);
    await sleep(lateMs);
    if (lateMs > 0) for (const id of fresh) broker.event(id);
    await expect.poll(() => fresh.filter((id) => !got.includes(id)), { timeout: 15_000 }).toEqual([]);
    await taker.stop();
  });

  it.concurrent('[N16] nobody is blamed who died with nothing in hand', async ({ expect }) => {
    const broker = createGoingBack();
    for (let kill = 0; kill < 10; kill += 1) {
      const { hands, taker } = taking(broker.hands, []);
      await sleep(60);
      // From one moment to the next it reaches nobody any more.
      const gone = (): never => {
        throw new Error('killed');
      };
      hands.jsm = { streams: { info: gone, getMessage: gone } } as unknown as JetStreamManager;
      hands.js = { publish: gone } as unknown as JetStreamClient;
      void taker.stop();
    }
    const got: string[] = [];
    const { taker } = taking(broker.hands, got);
    broker.event('the first ever');
    await expect.poll(() => got, { timeout: 10_000 }).toContain('the first ever');
    await taker.stop();
    expect(broker.dead).toEqual([]);
  });
});
