// The half of the PersonStore contract that takes away: erasure, purge, expiry.

import { expect, it } from 'vitest';
import { bytesOf, entryOf, faultOf, leafOf, personOf, unkeptOf } from './samples.ts';
import { held, leavesIn, type Harness } from './person-store-harness.ts';

import type { PersonStore } from '../../src/engine/ports.ts';

const ann = personOf(1);
const bob = personOf(2);

const prepare = async (store: PersonStore): Promise<void> => {
  await store.append([entryOf(ann, 0, { kind: 'consent' }), entryOf(ann, 1), entryOf(bob, 0)]);
  await store.compact(ann, { upToSeq: 1, sealed: bytesOf(50), drop: ['event'] });
  await store.append([entryOf(ann, 2, { kind: 'link' }), entryOf(ann, 3, { kind: 'erasure' })]);
  await store.erase(ann, { keep: ['consent', 'erasure'], leaf: leafOf(9) });
};

export function runRemoval(harness: Harness): void {
  erasures(harness);
  purges(harness);
  expiry(harness);
}

function erasures(harness: Harness): void {
  it(
    '[S4] an erasure leaves only the kept kinds, in the history, and its leaf in the outbox',
    held(harness, prepare, async (store) => {
      const loaded = await store.load(ann);
      expect(loaded?.entries).toEqual([]);
      expect(loaded?.snapshot).toBeUndefined();
      expect((await store.history(ann)).map(({ seq, kind }) => `${seq} ${kind}`)).toEqual([
        '0 consent',
        '3 erasure',
      ]);
      expect(await store.history(bob)).toHaveLength(1);
      expect(await leavesIn(store)).toEqual([leafOf(9)]);
    }),
  );

  it(
    '[S4] whoever loaded before an erasure and writes after it meets a conflict',
    held(harness, prepare, async (store) => {
      expect(await unkeptOf(store, [entryOf(ann, 4)])).toEqual({ [ann]: 'conflict' });
      expect(await faultOf(store.compact(ann, { upToSeq: 3, sealed: bytesOf(51), drop: [] }))).toBe(
        'conflict',
      );
      expect((await store.load(ann))?.snapshotSeq).toBe(4);
    }),
  );

  it('[S4] after an erasure the person can come back with the next number', async () => {
    const { store, end } = await harness();
    await prepare(store);
    const floor = (await store.load(ann))?.snapshotSeq ?? 0;
    await store.append([entryOf(ann, floor + 1)]);
    expect((await store.load(ann))?.entries.map(({ seq }) => seq)).toEqual([floor + 1]);
    await end();
  });

  it(
    '[S4] erasing twice, erasing and purging somebody unknown do no harm',
    held(
      harness,
      async (store) => {
        await prepare(store);
        await store.erase(ann, { keep: ['consent', 'erasure'], leaf: leafOf(9) });
        await store.erase(personOf(3), { keep: [], leaf: leafOf(10) });
        await store.purge(personOf(4));
      },
      async (store) => {
        expect(await store.history(ann)).toHaveLength(2);
        expect(await leavesIn(store)).toEqual([leafOf(9), leafOf(10)]);
        expect(await store.load(personOf(3))).toBeUndefined();
      },
    ),
  );
}

function purges(harness: Harness): void {
  it(
    '[S4] a purge leaves no trace',
    held(
      harness,
      async (store) => {
        await prepare(store);
        await store.purge(ann);
      },
      async (store) => {
        expect(await store.load(ann)).toBeUndefined();
        expect(await store.history(ann)).toEqual([]);
        expect(await store.people(undefined, 10)).toEqual([bob]);
      },
    ),
  );
}

function expiry(harness: Harness): void {
  it(
    '[S5] rows go when their day has passed, not on it; rows without a day stay',
    held(
      harness,
      async (store) => {
        const days = [0, 99, 100, 101];
        const rows = days.map((expiresDay, seq) => entryOf(ann, seq, { expiresDay }));
        await store.append([...rows, entryOf(bob, 0, { expiresDay: 50 })]);
        expect(await store.expire(100)).toBe(2);
        expect(await store.expire(100)).toBe(0);
      },
      async (store) => {
        expect((await store.history(ann)).map(({ seq }) => seq)).toEqual([0, 2, 3]);
        expect(await store.history(bob)).toEqual([]);
      },
    ),
  );
}
