// A PersonStore beside the memory store as its model. Method: random commands on few people and few numbers,
// so that conflicts, snapshots and erasures meet; after each command both must say the same, and in the end
// hold the same.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryStore } from '../../src/adapters/memory/store.ts';
import { leavesIn } from './person-store-harness.ts';
import { bytesOf, entryOf, faultOf, leafOf, personOf, unkeptOf } from './samples.ts';

import type { PersonStore } from '../../src/engine/ports.ts';
import type { EntryKind } from '../../src/facts/entry.ts';

const PEOPLE = 4;

const kind = fc.constantFrom<EntryKind>(
  'consent',
  'event',
  'decision',
  'link',
  'digest',
  'erasure',
  'restriction',
);
const kinds = fc.uniqueArray(kind);
const person = fc.nat(PEOPLE - 1);
const seq = fc.nat(30);
const length = fc.oneof(fc.nat(300), fc.nat(20_000));
const row = fc.record({
  person,
  seq,
  kind,
  length,
  day: fc.nat(5),
  leaf: fc.option(fc.nat(20), { nil: undefined }),
});

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('append' as const), rows: fc.array(row, { maxLength: 6 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('compact' as const), person, upToSeq: seq, length, drop: kinds }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('erase' as const), person, keep: kinds, leaf: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('purge' as const), person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), today: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('logged' as const), leaves: fc.array(fc.nat(20)) }) },
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** A leaf is under a key of its person, so no two people have the same. */
function ownLeaf(who: number, n: number): Uint8Array {
  return leafOf(100 * (who + 1) + n);
}

/** What a command answers: who was not kept, or the code of its fault. */
async function answerOf(store: PersonStore, what: Command): Promise<unknown> {
  let answer: unknown;
  const fault = await faultOf(
    apply(store, what).then((value) => {
      answer = value;
    }),
  );
  return fault ?? answer;
}

async function apply(store: PersonStore, what: Command): Promise<unknown> {
  switch (what.do) {
    case 'append':
      return unkeptOf(
        store,
        what.rows.map((r, index) =>
          entryOf(personOf(r.person), r.seq, {
            kind: r.kind,
            sealed: bytesOf(index + r.seq, Math.max(4, r.length)),
            expiresDay: r.day,
            ...(r.leaf === undefined ? {} : { leaf: ownLeaf(r.person, r.leaf) }),
          }),
        ),
      );
    case 'compact': {
      const { upToSeq, drop } = what;
      const sealed = bytesOf(upToSeq, Math.max(4, what.length));
      return store.compact(personOf(what.person), { upToSeq, sealed, drop });
    }
    case 'erase':
      return store.erase(personOf(what.person), { keep: what.keep, leaf: ownLeaf(what.person, what.leaf) });
    case 'purge':
      return store.purge(personOf(what.person));
    case 'expire':
      return store.expire(what.today);
    case 'logged': {
      // As the log would: of what waits, these.
      const gone = new Set(what.leaves.map((n) => ownLeaf(n % PEOPLE, n).join()));
      return store.logged((await store.outbox(1000)).filter(({ leaf }) => gone.has(leaf.join())));
    }
  }
}

async function stateOf(store: PersonStore): Promise<unknown> {
  const names = Array.from({ length: PEOPLE }, (_, n) => personOf(n));
  const loaded = await Promise.all(names.map(async (name) => store.load(name)));
  const histories = await Promise.all(names.map(async (name) => store.history(name)));
  return { loaded, histories, people: await store.people(undefined, 10), outbox: await leavesIn(store) };
}

/** `[S1]`–`[S6]` over `runs` random histories in one store, so that what earlier ones left is in the way. */
export function runPersonStoreModel(
  runs: number,
  harness: () => Promise<{ readonly store: PersonStore; readonly end: () => Promise<void> }>,
): void {
  it(`[S1][S2][S3][S4][S5][S6] ${runs} random histories: same state, same answers`, async () => {
    const { store, end } = await harness();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 40 }), async (commands) => {
        const model = memoryStore().people;
        for (let n = 0; n < PEOPLE; n += 1) await store.purge(personOf(n));
        await store.logged(await store.outbox(1000));
        for (const one of commands) {
          const expected = await answerOf(model, one);
          expect(await answerOf(store, one)).toEqual(expected);
        }
        expect(await stateOf(store)).toEqual(await stateOf(model));
      }),
      { numRuns: runs },
    );
    await end();
  });
}
