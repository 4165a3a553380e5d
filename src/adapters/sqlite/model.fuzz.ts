// Goal: the embedded store answers like the memory store, whatever comes in whatever order. Method: random
// commands on few people and few numbers, so that conflicts, snapshots and erasures meet; after each command
// both must say the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, entryOf, faultOf, leafOf, personOf } from '../../../test/contracts/samples.ts';
import { memoryStore } from '../memory/store.ts';
import { newHome } from './testing.ts';

import type { PersonStore } from '../../engine/ports.ts';
import type { EntryKind } from '../../facts/entry.ts';

const PEOPLE = 4;
const RUNS = process.env['FINELINE_FULL'] === '1' ? 1000 : 60;

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

async function apply(store: PersonStore, what: Command): Promise<unknown> {
  switch (what.do) {
    case 'append':
      return store.append(
        what.rows.map((r, index) =>
          entryOf(personOf(r.person), r.seq, {
            kind: r.kind,
            sealed: bytesOf(index + r.seq, Math.max(4, r.length)),
            expiresDay: r.day,
            ...(r.leaf === undefined ? {} : { leaf: leafOf(r.leaf) }),
          }),
        ),
      );
    case 'compact': {
      const { upToSeq, drop } = what;
      const sealed = bytesOf(upToSeq, Math.max(4, what.length));
      return store.compact(personOf(what.person), { upToSeq, sealed, drop });
    }
    case 'erase':
      return store.erase(personOf(what.person), { keep: what.keep, leaf: leafOf(what.leaf) });
    case 'purge':
      return store.purge(personOf(what.person));
    case 'expire':
      return store.expire(what.today);
    case 'logged':
      return store.logged(what.leaves.map(leafOf));
  }
}

async function stateOf(store: PersonStore): Promise<unknown> {
  const names = Array.from({ length: PEOPLE }, (_, n) => personOf(n));
  const loaded = await Promise.all(names.map(async (name) => store.load(name)));
  const histories = await Promise.all(names.map(async (name) => store.history(name)));
  return { loaded, histories, people: await store.people(undefined, 10), outbox: await store.outbox(50) };
}

describe('embedded store beside its model', () => {
  it(`[S1][S2][S3][S4][S5][S6] ${RUNS} random histories: same state, same answers`, async () => {
    const home = newHome();
    const store = await home.open();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 40 }), async (commands) => {
        const model = memoryStore().people;
        // One file for all runs, so that spare slots of earlier runs are filled again.
        for (let n = 0; n < PEOPLE; n += 1) await store.people.purge(personOf(n));
        await store.people.logged(await store.people.outbox(1000));
        for (const one of commands) {
          const expected = await faultOf(apply(model, one));
          expect(await faultOf(apply(store.people, one))).toBe(expected);
        }
        expect(await stateOf(store.people)).toEqual(await stateOf(model));
      }),
      { numRuns: RUNS },
    );
    await store.close();
    home.remove();
  });
});
