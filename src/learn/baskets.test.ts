// Goal: what baskets say of two things is counted as defined, and a habit is told from belonging together.
// Method: random baskets against a naive count over all of them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basketPairs, type BasketPairs, createBasketRow, regrouped } from './baskets.ts';
import { type Histories, packHistories } from './histories.ts';
import { Bug } from '../kernel/assert.ts';
import { seededRandom } from '../kernel/random.ts';

const ITEMS = 5;
type People = readonly (readonly (readonly number[])[])[];
const basket = fc.uniqueArray(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 4 });
const crowd = fc.array(fc.array(basket, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

type Pair = Record<'people' | 'together' | 'chance' | 'after' | 'before', number>;

function pairOf(pairs: BasketPairs, source: number, target: number): Pair | undefined {
  const row = createBasketRow(pairs.targets.count);
  pairs.readRow(source, row);
  const place = row.indices.subarray(0, row.count).indexOf(target);
  if (place < 0) return undefined;
  const { people, together, chance, after, before } = row;
  return {
    people: people[place]!,
    together: together[place]!,
    chance: chance[place]!,
    after: after[place]!,
    before: before[place]!,
  };
}

/** The definition, word by word, in exact-enough floats. */
function naive(people: People, source: number, target: number): Pair {
  const all = people.flat();
  const share = all.filter((items) => items.includes(target)).length / all.length;
  const found = { people: 0, together: 0, chance: 0, after: 0, before: 0 };
  for (const baskets of people) {
    const has = (at: number, item: number): number => (baskets[at]?.includes(item) === true ? 1 : 0);
    const held = baskets.filter((items) => items.includes(target)).length;
    if (baskets.some((_, at) => has(at, source) * has(at, target) === 1)) found.people += 1;
    for (const at of baskets.keys()) {
      if (has(at, source) === 0) continue;
      found.together += has(at, target);
      found.chance += (held - has(at, target) + 3 * share) / (baskets.length - 1 + 3);
      found.after += has(at + 1, target) + has(at + 2, target);
      found.before += has(at - 1, target) + has(at - 2, target);
    }
  }
  return found;
}

describe('baskets', () => {
  test('[L15] every number of every pair is its definition', () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const histories = packHistories(ITEMS, people);
        const pairs = basketPairs(histories, histories);
        for (let source = 0; source < ITEMS; source += 1) {
          const having = people.filter((baskets) => baskets.flat().includes(source));
          expect(pairs.sources.people[source]).toBe(having.length);
          expect(pairs.sources.baskets[source]).toBe(having.flat().filter((b) => b.includes(source)).length);
          for (let target = 0; target < ITEMS; target += 1) {
            const { chance, ...counted } = naive(people, source, target);
            const found = pairOf(pairs, source, target);
            if (counted.together === 0) {
              expect(found).toBeUndefined();
              continue;
            }
            expect(found).toMatchObject(counted);
            expect(Math.abs((found?.chance ?? NaN) - chance)).toBeLessThan(1e-4);
          }
        }
      }),
    );
  });

  test('[L15] the order in which people are counted changes no bit', () => {
    const random = seededRandom(15);
    fc.assert(
      fc.property(crowd, (people) => {
        const turned = [...people];
        random.shuffle(turned);
        const [one, other] = [packHistories(ITEMS, people), packHistories(ITEMS, turned)];
        const [a, b] = [basketPairs(one, one), basketPairs(other, other)];
        for (let source = 0; source < ITEMS; source += 1) {
          for (let target = 0; target < ITEMS; target += 1) {
            expect(pairOf(a, source, target)).toEqual(pairOf(b, source, target));
          }
        }
      }),
    );
  });

  test('[L15] what people buy on other days as well is expected, what they buy instead even more', () => {
    // Half the baskets of everybody hold 0 and 1, but in the same ones, in all ways mixed, or in turn.
    const same = [[0, 1], [2], [0, 1], [2], [0, 1], [2]];
    const mixed = [[0, 1], [0], [1], [2], [0, 1], [2], [0], [1]];
    const turns = [[0], [1], [0], [1], [0, 1], [0], [1], [2]];
    const ratioOf = (baskets: readonly (readonly number[])[]): number => {
      const histories = packHistories(
        ITEMS,
        Array.from({ length: 10 }, () => baskets),
      );
      const pair = pairOf(basketPairs(histories, histories), 0, 1);
      return (pair?.together ?? NaN) / (pair?.chance ?? NaN);
    };
    expect(ratioOf(same)).toBeGreaterThan(2);
    expect(Math.abs(ratioOf(mixed) - 1)).toBeLessThan(0.1);
    expect(ratioOf(turns)).toBeLessThan(0.6);
  });

  test('[L15] groups are counted once in a basket, and both sides must be the same baskets', () => {
    const histories = packHistories(ITEMS, [[[0, 1, 3], [2]], [[1, 4]]]);
    const byGroup = regrouped(histories, Uint32Array.of(0, 0, 1, 1, 1), 2);
    const pairs = basketPairs(histories, byGroup);
    expect([...pairs.targets.baskets]).toEqual([2, 3]);
    expect(pairOf(pairs, 1, 1)).toMatchObject({ together: 2, people: 2, after: 1 });
    const others: Histories = packHistories(ITEMS, [[[0]]]);
    expect(() => basketPairs(histories, others)).toThrow(Bug);
    expect(() => regrouped(histories, Uint32Array.of(0), 1)).toThrow(Bug);
  });
});
