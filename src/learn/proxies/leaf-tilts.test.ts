// Goal: what is taken out of models is the covariance that it says it is, and rests on enough people. Method:
// random volunteers against a naive telling of the definition.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bug } from '../../kernel/assert.ts';
import { seededRandom } from '../../kernel/random.ts';
import { type GuardContribution, guardContributionOf } from './guard-contribution.ts';
import { createGuardCounts } from './guard-counts.ts';
import { leafTilts } from './leaf-tilts.ts';
import { LEAF, thing, villageOf } from './testing.ts';

const ITEMS = Array.from({ length: 12 }, (_, at) => thing(at));
const LEAVES = ['health|a', 'health|b'];

const volunteer = fc
  .record({
    items: fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 12 }),
    leaves: fc.subarray(LEAVES),
  })
  .map(({ items, leaves }) =>
    guardContributionOf([
      ...items.map((item) => ({ item, lastMs: 0 })),
      ...leaves.map((leaf) => ({ item: `of ${leaf}`, lastMs: 0, leaf })),
    ]),
  );

type People = readonly (GuardContribution | undefined)[];

function counted(people: People) {
  const counts = createGuardCounts();
  for (const one of people) if (one !== undefined) counts.add(one);
  return counts;
}

/** Person by person: what a member has more than the mean of their stratum, summed. */
function naive(people: People, { leaf, item, min }: { leaf: string; item: string; min: number }): number {
  const all = people.filter((one) => one !== undefined);
  const known = ITEMS.filter((one) => all.filter(({ items }) => items.includes(one)).length >= min);
  let total = 0;
  for (const stratum of new Set(all.map((one) => one.stratum))) {
    const peers = all.filter((one) => one.stratum === stratum);
    const things = peers.flatMap(({ items }) => items.filter((one) => known.includes(one))).length;
    const share = peers.filter(({ items }) => items.includes(item)).length / peers.length;
    const factor = things === 0 ? 0 : Math.sqrt(10 / (things / peers.length));
    for (const { items, leaves } of peers)
      if (leaves.includes(leaf)) total += factor * ((items.includes(item) ? 1 : 0) - share);
  }
  return total;
}

describe('what members have more', () => {
  test('[L31] is the covariance within strata, in whole people, where there are enough', () => {
    fc.assert(
      fc.property(fc.array(volunteer, { maxLength: 60 }), fc.integer({ min: 3, max: 8 }), (people, min) => {
        const tilts = leafTilts(counted(people), { items: ITEMS, leaves: LEAVES }, { peopleMin: min });
        for (const leaf of LEAVES) {
          const members = people.filter((one) => one?.leaves.includes(leaf) === true).length;
          const more = new Map(tilts.find((one) => one.leaf === leaf)?.more);
          for (const item of ITEMS) {
            const have = people.filter((one) => one?.items.includes(item) === true).length;
            const expected = members < min || have < min ? 0 : naive(people, { leaf, item, min });
            expect(Math.abs((more.get(item) ?? 0) - expected)).toBeLessThanOrEqual(0.5 + 1e-9);
          }
        }
        for (const { more } of tilts) {
          expect(more.map(([item]) => item)).toEqual(more.map(([item]) => item).toSorted());
          expect(more.every(([, units]) => Number.isInteger(units) && units !== 0)).toBe(true);
        }
      }),
    );
  });

  test('[L31] follows what was planted, up and down', () => {
    const { counts } = villageOf(seededRandom(1), {
      ...{ people: 6000, things: 60, share: 0.1 },
      lifts: { 3: 4, 7: 3, 40: 0.2 },
    });
    const items = Array.from({ length: 60 }, (_, at) => thing(at));
    const [tilt] = leafTilts(counts, { items, leaves: [LEAF] });
    const strongest = tilt!.more.toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, 3);
    expect(strongest.map(([item]) => item).toSorted()).toEqual([3, 7, 40].map(thing));
    expect(new Map(tilt!.more).get(thing(3))).toBeGreaterThan(20);
    expect(new Map(tilt!.more).get(thing(40))).toBeLessThan(-20);
    expect(leafTilts(counts, { items, leaves: [LEAF] }, { peopleMin: 6001 })).toEqual([]);
    expect(() => leafTilts(counts, { items, leaves: [LEAF] }, { peopleMin: 2 })).toThrow(Bug);
  });

  test('[L31] with noise comes out the same for the same release and otherwise differs', () => {
    const { counts } = villageOf(seededRandom(1), { people: 2000, things: 30, share: 0.1, lifts: {} });
    const shop = { items: Array.from({ length: 30 }, (_, at) => thing(at)), leaves: [LEAF] };
    const asked = (seed: string) => leafTilts(counts, shop, { noise: { rho: 1, seed } });
    expect(asked('one')).toEqual(asked('one'));
    expect(asked('one')).not.toEqual(asked('two'));
  });
});
