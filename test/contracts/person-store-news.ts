// What every PersonStore answers to many who ask at once, or who read people earlier (a part of
// person-store.contract.ts).

import { expect, it } from 'vitest';
import { held, type Harness } from './person-store-harness.ts';
import { bytesOf, entryOf, leafOf, personOf } from './samples.ts';

const ann = personOf(1);
const bob = personOf(2);

export function runNews(harness: Harness): void {
  it(
    '[S33] what is new of several people is told at once, and of whom nothing is new nothing',
    held(
      harness,
      async (store) => {
        await store.append([entryOf(ann, 0), entryOf(ann, 1), entryOf(ann, 3), entryOf(bob, 0)]);
        for (const n of [3, 4]) await store.append([entryOf(personOf(n), 0), entryOf(personOf(n), 1)]);
        await store.compact(personOf(3), { upToSeq: 1, sealed: bytesOf(8), drop: ['event'] });
        await store.erase(personOf(4), { keep: ['consent'], leaf: leafOf(1) });
      },
      async (store) => {
        const told = await store.since([
          { person: ann, seq: 0 },
          { person: bob, seq: 0 },
          { person: personOf(3), seq: 0 },
          { person: personOf(4), seq: 1 },
          { person: personOf(5), seq: -1 },
          { person: personOf(6), seq: 2 },
        ]);
        expect(told.get(ann)).toEqual({
          snapshotSeq: -1,
          entries: [1, 3].map((seq) => ({ seq, kind: 'event', sealed: bytesOf(seq) })),
        });
        expect(told.get(personOf(3)), 'a snapshot took their place').toEqual({ snapshotSeq: 1, entries: [] });
        const left = told.get(personOf(4));
        expect(left?.snapshotSeq === undefined || left.snapshotSeq > 1, 'who left').toBe(true);
        expect(told.get(personOf(6)), 'of whom nothing is kept').toEqual({
          snapshotSeq: undefined,
          entries: [],
        });
        expect([...told.keys()].sort()).toEqual([ann, personOf(3), personOf(4), personOf(6)].sort());
        for (const asked of [[{ person: ann, seq: 3 }], [{ person: ann, seq: 1 }], []])
          expect([...(await store.since(asked)).values()].flatMap(({ entries }) => entries)).toHaveLength(
            asked[0]?.seq === 1 ? 1 : 0,
          );
      },
    ),
  );

  it(
    '[S1] many who are asked for in one moment come back each with their own',
    held(
      harness,
      async (store) => {
        const all = Array.from({ length: 100 }, (_, n) => entryOf(personOf(n), n, { sealed: bytesOf(n) }));
        await store.append(all);
        await store.append([entryOf(personOf(7), 8, { sealed: bytesOf(8) })]);
        await store.compact(personOf(7), { upToSeq: 7, sealed: bytesOf(70), drop: ['event'] });
        await store.compact(personOf(9), { upToSeq: 9, sealed: bytesOf(90), drop: ['event'] });
      },
      async (store) => {
        const people = [...Array.from({ length: 110 }, (_, n) => personOf(n)), personOf(7)];
        const found = await Promise.all(people.map((person) => store.load(person)));
        const alone = [];
        for (const person of people) alone.push(await store.load(person));
        expect(found).toEqual(alone);
        expect(found[7]).toMatchObject({ snapshotSeq: 7, snapshot: bytesOf(70), entries: [{ seq: 8 }] });
        expect(found[9]).toEqual({ snapshotSeq: 9, snapshot: bytesOf(90), entries: [] });
        expect(found[99]?.entries.map(({ seq, sealed }) => [seq, sealed])).toEqual([[99, bytesOf(99)]]);
        expect(found[100]).toBeUndefined();
      },
    ),
  );
}
