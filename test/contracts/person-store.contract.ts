// What every PersonStore must do. Goal: an engine cannot tell which adapter it runs on. Method: the rules of
// the port, one by one, against a fresh store, and again after it was opened anew where the adapter can do
// that.

import { describe, expect, it } from 'vitest';
import { bytesOf, entryOf, faultOf, leafOf, personOf, unkeptOf } from './samples.ts';
import { held, leavesIn, type Harness } from './person-store-harness.ts';
import { runNews } from './person-store-news.ts';
import { runRemoval } from './person-store-removal.ts';

const ann = personOf(1);
const bob = personOf(2);

export function runPersonStore(name: string, harness: Harness): void {
  describe(`PersonStore: ${name}`, () => {
    journals(harness);
    runNews(harness);
    conflicts(harness);
    snapshots(harness);
    runRemoval(harness);
    outbox(harness);
    closing(harness);
  });
}

function journals(harness: Harness): void {
  it('[S1] a person nobody wrote about is unknown', async () => {
    const { store, end } = await harness();
    expect(await store.load(ann)).toBeUndefined();
    expect(await store.history(ann)).toEqual([]);
    expect(await store.entry(ann, 0)).toBeUndefined();
    expect(await store.people(undefined, 10)).toEqual([]);
    await end();
  });

  it(
    '[S1] entries come back whole, in the order of their numbers, whatever the order they came in',
    held(
      harness,
      async (store) => {
        await store.append([
          entryOf(ann, 7, { kind: 'decision', sealed: bytesOf(7, 9000) }),
          entryOf(bob, 0),
        ]);
        await store.append([entryOf(ann, 2, { kind: 'consent', sealed: new Uint8Array(0) })]);
        await store.append([]);
      },
      async (store) => {
        const two = { seq: 2, kind: 'consent', sealed: new Uint8Array(0) };
        const seven = { seq: 7, kind: 'decision', sealed: bytesOf(7, 9000) };
        expect(await store.load(ann)).toEqual({ snapshotSeq: -1, entries: [two, seven] });
        expect(await store.history(ann)).toEqual([two, seven]);
        expect(await store.history(ann, ['decision', 'link'])).toEqual([seven]);
        expect(await store.entry(ann, 7)).toEqual(seven);
        expect(await store.entry(ann, 3)).toBeUndefined();
      },
    ),
  );

  it('[S1] bytes are copied on the way in and on the way out', async () => {
    const { store, end } = await harness();
    const sealed = bytesOf(5);
    const writing = store.append([entryOf(ann, 0, { sealed })]);
    sealed.fill(0);
    await writing;
    (await store.load(ann))?.entries[0]?.sealed.fill(1);
    expect((await store.load(ann))?.entries[0]?.sealed).toEqual(bytesOf(5));
    await end();
  });

  it(
    '[S1] people are listed once each, ascending, in pages',
    held(
      harness,
      async (store) => {
        const people = Array.from({ length: 25 }, (_, n) => personOf(n));
        await store.append(people.flatMap((person) => [entryOf(person, 0), entryOf(person, 1)]));
      },
      async (store) => {
        const all = Array.from({ length: 25 }, (_, n) => personOf(n)).sort();
        const first = await store.people(undefined, 10);
        const second = await store.people(first.at(-1), 10);
        const third = await store.people(second.at(-1), 10);
        expect([...first, ...second, ...third]).toEqual(all);
        expect(first).toHaveLength(10);
        expect(await store.people(third.at(-1), 10)).toEqual([]);
      },
    ),
  );
}

function conflicts(harness: Harness): void {
  it(
    '[S2] a number that is taken fails all that the batch has of this person, and nothing of anybody else',
    held(
      harness,
      async (store) => {
        await store.append([entryOf(ann, 3)]);
        const batch = [
          entryOf(bob, 0, { leaf: leafOf(1) }),
          entryOf(ann, 5, { leaf: leafOf(3) }),
          entryOf(ann, 3, { sealed: bytesOf(99) }),
          entryOf(personOf(3), 7, { sealed: bytesOf(7, 9000) }),
          entryOf(ann, 4, { leaf: leafOf(2) }),
          entryOf(bob, 1),
        ];
        expect(await unkeptOf(store, batch)).toEqual({ [ann]: 'conflict' });
        const twice = [entryOf(bob, 5), entryOf(personOf(3), 8), entryOf(bob, 5)];
        expect(await unkeptOf(store, twice)).toEqual({ [bob]: 'conflict' });
      },
      async (store) => {
        expect((await store.history(bob)).map(({ seq }) => seq)).toEqual([0, 1]);
        expect(await store.history(ann)).toEqual([{ seq: 3, kind: 'event', sealed: bytesOf(3) }]);
        expect((await store.history(personOf(3))).map(({ seq }) => seq)).toEqual([7, 8]);
        expect(await store.entry(personOf(3), 7)).toEqual({
          seq: 7,
          kind: 'event',
          sealed: bytesOf(7, 9000),
        });
        expect(await leavesIn(store)).toEqual([leafOf(1)]);
      },
    ),
  );

  it('[S2] somebody whose only batch was refused is not there', async () => {
    const { store, end } = await harness();
    expect(await unkeptOf(store, [entryOf(bob, 5), entryOf(bob, 5)])).toEqual({ [bob]: 'conflict' });
    expect(await store.load(bob)).toBeUndefined();
    expect(await store.people(undefined, 10)).toEqual([]);
    await end();
  });

  it('[S2] of many at once for one number exactly one wins; others are not touched', async () => {
    const { store, end } = await harness();
    const tries = Array.from({ length: 20 }, async (_, n) => {
      const own = entryOf(ann, 0, { sealed: bytesOf(n) });
      return (await unkeptOf(store, [own, entryOf(personOf(100 + n), 0)]))[ann];
    });
    const others = Array.from({ length: 20 }, async (_, n) => unkeptOf(store, [entryOf(bob, n)]));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(19);
    expect(await Promise.all(others)).toEqual(Array.from({ length: 20 }, () => ({})));
    expect(await store.history(bob)).toHaveLength(20);
    expect(await store.people(undefined, 100)).toHaveLength(22);
    const winner = outcomes.indexOf(undefined);
    expect(await store.entry(ann, 0)).toEqual({ seq: 0, kind: 'event', sealed: bytesOf(winner) });
    await end();
  });

  it('[S2] a malformed entry is a bug of the caller and leaves the store as it was', async () => {
    const { store, end } = await harness();
    await expect(store.append([entryOf(ann, 0), entryOf(ann, -1)])).rejects.toThrow('seq');
    await expect(store.append([entryOf(ann, 0), entryOf(ann, 1.5)])).rejects.toThrow('seq');
    await expect(store.append([entryOf(ann, 0, { expiresDay: -1 })])).rejects.toThrow('expiresDay');
    await store.append([entryOf(ann, 0)]);
    expect(await store.history(ann)).toHaveLength(1);
    await end();
  });
}

function snapshots(harness: Harness): void {
  it(
    '[S3] a snapshot takes the place of what it absorbed; kept kinds stay in the history',
    held(
      harness,
      async (store) => {
        await store.append([
          entryOf(ann, 0, { kind: 'consent' }),
          entryOf(ann, 1),
          entryOf(ann, 2, { kind: 'decision' }),
          entryOf(ann, 3),
        ]);
        await store.compact(ann, { upToSeq: 2, sealed: bytesOf(50), drop: ['event'] });
        await store.compact(ann, { upToSeq: 2, sealed: bytesOf(51, 20_000), drop: ['event'] });
      },
      async (store) => {
        expect(await store.load(ann)).toEqual({
          snapshot: bytesOf(51, 20_000),
          snapshotSeq: 2,
          entries: [{ seq: 3, kind: 'event', sealed: bytesOf(3) }],
        });
        expect((await store.history(ann)).map(({ seq }) => seq)).toEqual([0, 2, 3]);
        expect(await store.entry(ann, 1)).toBeUndefined();
      },
    ),
  );

  it(
    '[S3] numbers below a snapshot stay taken, and an older snapshot does not replace a newer one',
    held(
      harness,
      async (store) => {
        await store.append([entryOf(ann, 0), entryOf(ann, 1), entryOf(ann, 2)]);
        await store.compact(ann, { upToSeq: 2, sealed: bytesOf(50), drop: ['event'] });
      },
      async (store) => {
        expect(await unkeptOf(store, [entryOf(ann, 1)])).toEqual({ [ann]: 'conflict' });
        expect(await faultOf(store.compact(ann, { upToSeq: 1, sealed: bytesOf(49), drop: [] }))).toBe(
          'conflict',
        );
        expect(await faultOf(store.compact(bob, { upToSeq: 1, sealed: bytesOf(49), drop: [] }))).toBe(
          'conflict',
        );
        expect(await store.load(ann)).toEqual({ snapshot: bytesOf(50), snapshotSeq: 2, entries: [] });
        expect(await store.load(bob)).toBeUndefined();
      },
    ),
  );
}

function outbox(harness: Harness): void {
  it(
    '[S6] leaves wait, an owner’s once each, until they are logged',
    held(
      harness,
      async (store) => {
        await store.append([
          entryOf(ann, 0, { leaf: leafOf(5) }),
          entryOf(ann, 1),
          entryOf(ann, 2, { leaf: leafOf(3) }),
          entryOf(bob, 0, { leaf: leafOf(4) }),
        ]);
        await store.append([entryOf(ann, 3, { leaf: leafOf(5) })]);
        await store.submit([leafOf(8), leafOf(2), leafOf(1)]);
        await store.submit([leafOf(8)]);
        const waiting = await store.outbox(10);
        const gone = [leafOf(2), leafOf(3)].map((leaf) => leaf.join());
        await store.logged([
          ...waiting.filter(({ leaf }) => gone.includes(leaf.join())),
          { owner: bob, leaf: leafOf(77) },
          { leaf: leafOf(78) },
        ]);
      },
      async (store) => {
        expect(await leavesIn(store)).toEqual([leafOf(1), leafOf(4), leafOf(5), leafOf(8)]);
        expect(await store.outbox(2)).toHaveLength(2);
      },
    ),
  );

  it('[S6] asking again after `logged` comes to the end', async () => {
    const { store, end } = await harness();
    const people = Array.from({ length: 9 }, (_, n) => personOf(n));
    await store.append(people.map((person, n) => entryOf(person, 0, { leaf: leafOf(n) })));
    await store.submit([leafOf(9)]);
    const seen = new Set<string>();
    for (let turn = 0; turn < 4; turn += 1) {
      const waiting = await store.outbox(3);
      for (const { leaf } of waiting) seen.add(leaf.join());
      await store.logged(waiting);
    }
    expect(seen.size).toBe(10);
    expect(await store.outbox(3)).toEqual([]);
    await end();
  });
}

function closing(harness: Harness): void {
  it('[S15] a closed store answers everything with `closed`; closing twice is allowed', async () => {
    const { store, end } = await harness();
    await store.close();
    await store.close();
    const outcomes = await Promise.all([
      faultOf(store.load(ann)),
      faultOf(store.history(ann)),
      faultOf(store.entry(ann, 0)),
      faultOf(store.append([entryOf(ann, 0)])),
      faultOf(store.people(undefined, 1)),
      faultOf(store.erase(ann, { keep: [], leaf: leafOf(1) })),
      faultOf(store.outbox(1)),
      faultOf(store.submit([leafOf(1)])),
    ]);
    expect(new Set(outcomes)).toEqual(new Set(['closed']));
    await end();
  });
}
