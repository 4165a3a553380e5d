// Goal: what comes while two sendings are under way goes together, and nothing waits for more to come.
// Method: a broker that answers when it is told to.

import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes.ts';
import type { Sent } from './parcels.ts';
import { namesOf } from './settings.ts';

interface Asked extends Sent {
  readonly untilMs: number;
  readonly answer: (error?: Error) => void;
}

function lanesOf({ mayBundle = true } = {}) {
  const asked: Asked[] = [];
  const send = (_partition: number, sent: Sent, untilMs: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const answer = (error?: Error): void => (error === undefined ? resolve() : reject(error));
      asked.push({ ...sent, untilMs, answer });
    });
  const names = namesOf({ prefix: 'fineline', partitions: 2 });
  const options = { mayBundle };
  const lane = createLanes({ names, partitions: 2, mayBundle: () => options.mayBundle, send });
  const publish = (ids: readonly string[], { shard = 0, untilMs = 1000 } = {}): readonly Promise<string>[] =>
    ids.map((id) => lane({ shard, id, body: new Uint8Array(1) }, untilMs).then(() => id));
  return { asked, publish, options };
}

/** Until whatever may follow has followed. */
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const counts = (asked: readonly Sent[]): readonly number[] => asked.map(({ count }) => count);

describe('lanes', () => {
  it('[N30] a batch goes as one, at once', async () => {
    const { asked, publish } = lanesOf();
    const all = publish(['a', 'b', 'c']);
    await soon();
    expect(counts(asked)).toEqual([3]);
    asked[0]!.answer();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  });

  it('[N30] what comes while two are under way goes with the next, in its order', async () => {
    const { asked, publish } = lanesOf();
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      void publish([id], { untilMs: 1000 + asked.length });
      await soon();
    }
    expect(counts(asked), 'one after the other, while nothing waits').toEqual([1, 1]);
    asked[0]!.answer();
    await soon();
    expect(asked.map(({ id, count }) => [id, count])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ]);
    void publish(['other'], { shard: 1 });
    await soon();
    expect(asked[3], 'another partition waits for nobody').toMatchObject({ id: 'other', count: 1 });
  });

  it('[N30] a parcel fails for all that are in it, and for nobody else', async () => {
    const { asked, publish } = lanesOf();
    const first = publish(['a', 'b']);
    await soon();
    const second = publish(['c']);
    await soon();
    asked[0]!.answer(new Error('planted'));
    asked[1]!.answer();
    const ends = await Promise.allSettled([...first, ...second]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('[N30] the time of a parcel is that of whoever has waited longest', async () => {
    const { asked, publish } = lanesOf();
    void publish(['a'], { untilMs: 500 });
    void publish(['b'], { untilMs: 900 });
    await soon();
    expect(asked).toMatchObject([{ count: 2, untilMs: 500 }]);
  });

  it('[N31] while somebody may not read parcels, each goes by itself, and none waits', async () => {
    const { asked, publish, options } = lanesOf({ mayBundle: false });
    void publish(['a', 'b', 'c', 'd']);
    await soon();
    expect(counts(asked)).toEqual([1, 1, 1, 1]);
    options.mayBundle = true;
    void publish(['e', 'f']);
    await soon();
    expect(counts(asked), 'and as many as are under way are waited for').toHaveLength(4);
    for (const { answer } of asked.slice(0, 3)) answer();
    await soon();
    expect(counts(asked)).toEqual([1, 1, 1, 1, 2]);
  });
});
