// Goal: the logged propensity is the true probability of the list that came out. Method: every way the dice
// can fall is enumerated, and thousands of seeds are counted.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../kernel/sha256.ts';
import { u32 } from '../kernel/bytes.ts';
import { seededRandom } from '../kernel/random.ts';
import type { Placement } from '../facts/placement.ts';
import { decide } from './decide.ts';
import { type ExploreInput, explore } from './explore.ts';
import { createScratch } from './score.ts';
import { settle } from './settle.ts';
import type { Shelf } from './shelf.ts';
import { PLACEMENT, drawInput, drawPlacement, drawShelf, shelfOf } from './testing.ts';

const seedOf = (n: number): Uint8Array => sha256(u32(n)).subarray(0, 16);

interface Case {
  readonly shelf: Shelf;
  readonly placement: Placement;
  readonly chosen: readonly number[];
  readonly limit: number;
}

/** Probability of each list, told naively: the rate is shared evenly, the rest goes to the best. */
function naive({ shelf, placement, chosen, limit }: Case): ReadonlyMap<string, number> {
  const fixed = chosen.slice(0, limit - 1);
  const pool = chosen.slice(limit - 1);
  const rate = pool.length < 2 ? 0 : placement.exploreRate;
  const lists = new Map<string, number>();
  const add = (list: readonly number[], share: number): void => {
    const name = settle(list, { shelf, placement }).join();
    lists.set(name, (lists.get(name) ?? 0) + share);
  };
  if (pool.length === 0) add(fixed, 1);
  for (const [at, last] of pool.entries())
    add([...fixed, last], rate / pool.length + (at === 0 ? 1 - rate : 0));
  return new Map([...lists].filter(([, share]) => share > 0));
}

/** What was chosen, as the walk gives it: the list first, the rest of the pool one by one when asked for. */
function from({ chosen, limit, ...rest }: Case): Omit<ExploreInput, 'seed'> {
  const more = chosen.slice(limit);
  return {
    ...rest,
    limit,
    placed: [],
    best: chosen.slice(0, limit),
    spare: more.length,
    walked: { next: () => more.shift() },
  };
}

/** Lists that seeds bring out: how often, and with what propensity. */
function roll(input: Case, times: number): ReadonlyMap<string, { count: number; propensity: number }> {
  const seen = new Map<string, { count: number; propensity: number }>();
  for (let n = 0; n < times; n += 1) {
    const { list, propensity } = explore({ ...from(input), seed: seedOf(n) });
    const known = seen.get(list.join()) ?? { count: 0, propensity };
    expect(propensity).toBe(known.propensity);
    known.count += 1;
    seen.set(list.join(), known);
  }
  return seen;
}

/**
 * Things in few leaves, and lists that were not guarded while they were chosen: here variants settle to the
 * same list.
 */
const crowded = fc.record({
  chosen: fc.uniqueArray(fc.nat(39), { minLength: 0, maxLength: 26 }),
  limit: fc.integer({ min: 1, max: 8 }),
  leaves: fc.integer({ min: 1, max: 12 }),
  perLeafMax: fc.integer({ min: 1, max: 4 }),
  exploreRate: fc.constantFrom(0, 0.01, 0.1, 0.3, 0.5),
});

describe('exploration', () => {
  it('[D10] the propensity of every list is its exact probability, and they add up to one', () => {
    fc.assert(
      fc.property(crowded, ({ chosen, limit, leaves, perLeafMax, exploreRate }) => {
        const shelf = shelfOf({
          count: 40,
          edges: [],
          item: (index) => ({ path: [`leaf ${index % leaves}`] }),
        });
        const placement = { ...PLACEMENT, perLeafMax, exploreRate };
        const few = chosen.slice(0, limit + 19);
        const expected = naive({ shelf, placement, chosen: few, limit });
        const seen = roll({ shelf, placement, chosen: few, limit }, 300);
        for (const [list, { propensity }] of seen)
          expect(propensity).toBeCloseTo(expected.get(list) ?? -1, 12);
        expect([...expected.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        // Of 300 rolls those lists are seen that have more than one chance in twenty.
        for (const [list, share] of expected) if (share > 0.05) expect(seen.has(list)).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it('[D10] what is counted over many seeds is what was computed', () => {
    const shelf = shelfOf({ count: 24, edges: [], item: (index) => ({ path: [`leaf ${index % 5}`] }) });
    const placement = { ...PLACEMENT, perLeafMax: 1, exploreRate: 0.5 };
    const chosen = Array.from({ length: 23 }, (_, index) => index);
    const times = 20_000;
    const seen = roll({ shelf, placement, chosen, limit: 4 }, times);
    // Three fixed things take three of five leaves; what is drawn from those is taken away again, to one and
    // the same list.
    const expected = naive({ shelf, placement, chosen, limit: 4 });
    expect(expected.get('0,1,2')).toBeCloseTo((0.5 * 12) / 20, 12);
    expect([...seen.keys()].sort()).toEqual([...expected.keys()].sort());
    let sum = 0;
    for (const { count, propensity } of seen.values()) {
      sum += propensity;
      // Five standard deviations of a binomial count.
      expect(Math.abs(count / times - propensity)).toBeLessThan(
        5 * Math.sqrt((propensity * (1 - propensity)) / times),
      );
    }
    expect(sum).toBeCloseTo(1, 12);
  });

  it('[D44] the guards of the whole list look at what the shop placed first', () => {
    const shelf = shelfOf({ count: 4, edges: [], item: (index) => ({ path: [`leaf ${index % 2}`] }) });
    const placement = { ...PLACEMENT, perLeafMax: 1, exploreRate: 0.5 };
    const { list } = explore({
      ...from({ shelf, placement, chosen: [0, 1], limit: 2 }),
      placed: [2],
      seed: seedOf(1),
    });
    // The first of the earned ones is of the leaf of what was placed.
    expect(list).toEqual([2, 1]);
  });

  it('[D10] without a rate, or with one candidate for the last place, nothing is drawn', () => {
    const shelf = shelfOf({ count: 9, edges: [] });
    const of = (chosen: readonly number[], exploreRate: number) =>
      explore({
        ...from({ shelf, placement: { ...PLACEMENT, exploreRate }, chosen, limit: 3 }),
        seed: seedOf(1),
      });
    expect(of([1, 2, 3, 4, 5], PLACEMENT.exploreRate)).toEqual({ list: [1, 2, 3], propensity: 1 });
    expect(of([1, 2, 3], 0.5)).toEqual({ list: [1, 2, 3], propensity: 1 });
    expect(of([1, 2], 0.5)).toEqual({ list: [1, 2], propensity: 1 });
  });

  it('[D10] over whole decisions the propensities add up to one, nothing included', () => {
    for (let n = 0; n < 12; n += 1) {
      const random = seededRandom(n);
      const shelf = drawShelf(random);
      const placement = { ...drawPlacement(random), exploreRate: 0.5 };
      const input = drawInput(random, shelf);
      const scratch = createScratch(shelf);
      const lists = new Map<string, number>();
      for (let at = 0; at < 500; at += 1) {
        const seed = Array.from(seedOf(at), (byte) => byte.toString(16).padStart(2, '0')).join('');
        const result = decide({ input: { ...input, seed }, placement, shelf, scratch });
        const name = result.nothing ?? result.items.map(({ item }) => item).join();
        expect(result.propensity).toBe(lists.get(name) ?? result.propensity);
        lists.set(name, result.propensity);
      }
      expect([...lists.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });
});
