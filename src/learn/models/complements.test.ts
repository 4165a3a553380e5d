// Goal: a thing gets what belongs to it, and nothing else. Method: a naive dense model beside the sparse code
// on random baskets, and small worlds in which it is known what belongs together.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  basketEvidence,
  COMPLEMENT_SETTINGS,
  type ComplementSettings,
  complementSteps,
  likelihoodRatio,
} from './complements.ts';
import { finish, type SparseForm } from './sparse-form.ts';
import { type Histories, packHistories } from '../histories.ts';
import { seededRandom } from '../../kernel/random.ts';

type Baskets = readonly (readonly number[])[];
type People = readonly Baskets[];

const ITEMS = 6;
const LEAF_OF = Uint32Array.of(0, 0, 1, 1, 2, 2);
const basket = fc.uniqueArray(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 3 });
const crowd = fc.array(fc.array(basket, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 20 });
const LOOSE: ComplementSettings = {
  ...COMPLEMENT_SETTINGS,
  ...{ peopleMin: 2, significance: 0.02, doubt: 0.05, floor: 0.01, relative: 0.2, keep: 3 },
};

function rowsOf(form: SparseForm): Map<number, number>[] {
  return Array.from({ length: form.itemCount }, (_, source) => {
    const row = new Map<number, number>();
    for (let x = form.offsets[source]!; x < form.offsets[source + 1]!; x += 1) {
      row.set(form.targets[x]!, form.weights[x]!);
    }
    return row;
  });
}

function complementsOf(
  people: People,
  leafOf: Uint32Array,
  settings: ComplementSettings,
): Map<number, number>[] {
  const histories: Histories = packHistories(leafOf.length, people);
  return rowsOf(finish(complementSteps(basketEvidence(histories, leafOf), settings)));
}

type Has = (items: readonly number[]) => boolean;

/** O, E, people, later and earlier of two kinds of things, by their definition. */
function counted(people: People, from: Has, to: Has): Record<string, number> {
  const all = people.flat();
  const share = all.filter(to).length / all.length;
  const sums = { together: 0, chance: 0, people: 0, after: 0, before: 0, baskets: all.filter(from).length };
  for (const baskets of people) {
    const held = baskets.filter(to).length;
    if (baskets.some((items) => from(items) && to(items))) sums.people += 1;
    for (const [at, items] of baskets.entries()) {
      if (!from(items)) continue;
      sums.together += to(items) ? 1 : 0;
      sums.chance += (held - (to(items) ? 1 : 0) + 3 * share) / (baskets.length + 2);
      sums.after += baskets.slice(at + 1, at + 3).filter(to).length;
      sums.before += baskets.slice(Math.max(0, at - 2), at).filter(to).length;
    }
  }
  // Too few people: as if never together.
  if (sums.people < LOOSE.peopleMin) return { ...sums, together: 0, chance: sums.baskets * share };
  return sums;
}

/** All weights by the formulas at the head of complements.ts, without the cut to the strongest. */
function naive(people: People, settings: ComplementSettings): number[][] {
  const item =
    (i: number): Has =>
    (items) =>
      items.includes(i);
  const leaf =
    (l: number): Has =>
    (items) =>
      items.some((i) => LEAF_OF[i] === l);
  const known = (i: number): boolean => people.filter((b) => b.some(item(i))).length >= settings.peopleMin;
  const basketsWith = (has: Has): number => people.flat().filter(has).length;
  return Array.from({ length: ITEMS }, (_, i) =>
    Array.from({ length: ITEMS }, (_row, j) => {
      const [a, b] = [LEAF_OF[i]!, LEAF_OF[j]!];
      if (a === b || !known(i) || !known(j)) return 0;
      const kinds = counted(people, leaf(a), leaf(b));
      const {
        together: O = 0,
        chance: E = 0,
        people: who = 0,
        after = 0,
        before = 0,
        baskets: n = 0,
      } = kinds;
      if (who < settings.peopleMin || O <= E) return 0;
      if (2 * (O * Math.log(O / E) - (O - E)) < settings.significance) return 0;
      if ((after + 10) / (after + before + 20) < settings.forward) return 0;
      const X = (O - E - settings.doubt * Math.sqrt(O)) / n;
      if (X <= 0) return 0;
      const one = counted(people, item(i), leaf(b));
      const top = one['together']! - one['chance']! - settings.doubt * Math.sqrt(one['together']!);
      const x = (top + settings.leafBaskets * X) / (one['baskets']! + settings.leafBaskets);
      if (x < settings.floor) return 0;
      const both = counted(people, item(i), item(j));
      const q = basketsWith(item(j)) / basketsWith(leaf(b));
      const m = settings.itemBaskets;
      return Math.max(0, (both['together']! - both['chance']! + m * x * q) / (both['baskets']! + m));
    }),
  );
}

describe('complements', () => {
  test('[L16] weights are their formula, the strongest few of it, rounded', () => {
    let weights = 0;
    fc.assert(
      fc.property(crowd, (people) => {
        const rows = complementsOf(people, LEAF_OF, LOOSE);
        for (const [i, expected] of naive(people, LOOSE).entries()) {
          const greatest = Math.max(...expected);
          for (const [j, weight] of expected.entries()) {
            const found = rows[i]!.get(j) ?? 0;
            expect(Number.isInteger(found * 2 ** 20)).toBe(true);
            // At the border of the cut the last digit decides; away from it the naive model does.
            const better = expected.filter((other) => other > weight).length;
            if (Math.abs(weight - LOOSE.relative * greatest) < 1e-4 || better >= LOOSE.keep) continue;
            const kept = weight >= LOOSE.relative * greatest;
            if (expected.filter((other) => other >= weight).length > LOOSE.keep) continue;
            expect(Math.abs(found - (kept ? weight : 0))).toBeLessThan(1e-4);
            if (found > 0) weights += 1;
          }
          expect(rows[i]!.size).toBeLessThanOrEqual(LOOSE.keep);
        }
      }),
      { seed: 16, numRuns: 300 },
    );
    expect(weights).toBeGreaterThan(100);
  });

  test('[L17] a coat gets gloves and a hat; gloves get no coat, coats no coat, and nobody cat food', () => {
    const { people, leafOf } = wintryShop(400);
    const rows = complementsOf(people, leafOf, COMPLEMENT_SETTINGS);
    expect([...rows[COAT]!.keys()].sort((a, b) => a - b)).toEqual([GLOVES, HAT]);
    expect([...rows[OTHER_COAT]!.keys()].sort((a, b) => a - b)).toEqual([GLOVES, HAT]);
    expect([...rows[GLOVES]!.keys()]).not.toContain(COAT);
    expect(rows[CAT_FOOD]!.size).toBe(0);
    expect(rows[MILK]!.size).toBe(0);
  });

  test('[L17] the floor, significance, and a random shop leave nothing', () => {
    const { people, leafOf } = wintryShop(400);
    const size = (settings: Partial<ComplementSettings>): number =>
      complementsOf(people, leafOf, { ...COMPLEMENT_SETTINGS, ...settings }).reduce(
        (sum, row) => sum + row.size,
        0,
      );
    expect(size({})).toBeGreaterThan(0);
    expect(size({ floor: 0.99 })).toBe(0);
    expect(size({ significance: 1e9 })).toBe(0);
    const random = seededRandom(17);
    const noise = Array.from({ length: 500 }, () =>
      Array.from({ length: 5 }, () => [0, 1, 2, 3, 4, 5].filter(() => random.unit() < 0.3)),
    );
    expect(complementsOf(noise, LEAF_OF, COMPLEMENT_SETTINGS).every((row) => row.size === 0)).toBe(true);
  });

  test('[L18] two people together teach nothing, and what they hold beside others is not named', () => {
    const random = seededRandom(18);
    // Each week something, and 0 with 2 in every third basket: as sure as can be, of as many people.
    const inWeeks = (): number[][] =>
      Array.from({ length: 48 }, (_, week) => (week % 3 === 0 ? [0, 2] : [4 + random.below(2)]));
    const sizeOf = (people: number, peopleMin: number): number =>
      complementsOf(Array.from({ length: people }, inWeeks), LEAF_OF, {
        ...COMPLEMENT_SETTINGS,
        peopleMin,
      }).reduce((sum, row) => sum + row.size, 0);
    expect(sizeOf(2, 3)).toBe(0);
    expect(sizeOf(2, 2)).toBeGreaterThan(0);
    expect(sizeOf(3, 3)).toBeGreaterThan(0);
    // Others have 1, of the leaf of 0, and 2, never together: what two people teach of leaves is not theirs.
    const others = [
      ...Array.from({ length: 2 }, inWeeks),
      ...Array.from({ length: 3 }, () => [[1], [4], [2], [5]]),
    ];
    const taught = complementsOf(others, LEAF_OF, COMPLEMENT_SETTINGS);
    expect(taught.every((row) => row.size === 0)).toBe(true);
    expect(complementsOf(others, LEAF_OF, { ...COMPLEMENT_SETTINGS, peopleMin: 2 })[1]!.has(2)).toBe(true);
    const { people, leafOf } = wintryShop(100);
    // A hat that two people alone have is like any hat to whoever looks at a new coat, yet stays unnamed.
    const [hat, coat] = [leafOf.length, leafOf.length + 1];
    const leaves = Uint32Array.of(...leafOf, leafOf[HAT]!, leafOf[COAT]!);
    const loose = { ...COMPLEMENT_SETTINGS, relative: 0, floor: 0.01 };
    const rowsOfNew = (hats: number, coats: number): Map<number, number>[] =>
      complementsOf(
        people.map((weeks, who) => [
          ...(who < hats ? [[hat]] : []),
          ...(who < coats ? [[coat]] : []),
          ...weeks,
        ]),
        leaves,
        loose,
      );
    expect(rowsOfNew(3, 3)[coat]!.has(hat)).toBe(true);
    expect(rowsOfNew(2, 3)[coat]!.has(HAT)).toBe(true);
    expect(rowsOfNew(2, 3).every((row) => !row.has(hat))).toBe(true);
    expect(rowsOfNew(3, 2)[coat]!.size).toBe(0);
  });

  test('[L16] the likelihood ratio is 0 without excess and grows with evidence', () => {
    expect([likelihoodRatio(3, 3), likelihoodRatio(2, 3), likelihoodRatio(0, 0)]).toEqual([0, 0, 0]);
    expect(likelihoodRatio(1, 0)).toBe(Infinity);
    expect(Math.abs(likelihoodRatio(20, 10) - 2 * (20 * Math.log(2) - 10))).toBeLessThan(1e-12);
  });

  test('[L14] the same baskets give the same complements twice', () => {
    const { people, leafOf } = wintryShop(60);
    const once = complementsOf(people, leafOf, COMPLEMENT_SETTINGS);
    expect(complementsOf(people, leafOf, COMPLEMENT_SETTINGS)).toEqual(once);
  });
});

const [COAT, OTHER_COAT, GLOVES, HAT, CAT_FOOD, MILK] = [0, 1, 2, 3, 4, 5];

/**
 * Everybody buys milk or cat food or both each week. Once they buy a coat, half with gloves and half with a
 * hat, at once or the week after; some buy gloves alone.
 */
function wintryShop(count: number): { people: People; leafOf: Uint32Array } {
  const random = seededRandom(5);
  const people = Array.from({ length: count }, () => {
    const weeks: number[][] = Array.from({ length: 10 }, () =>
      [MILK, CAT_FOOD].filter(() => random.unit() < 0.7),
    );
    const week = 1 + random.below(8);
    weeks[week]!.push(random.unit() < 0.6 ? COAT : OTHER_COAT);
    for (const thing of [GLOVES, HAT]) {
      const wanted = random.unit() < 0.5;
      const alone = random.unit() < 0.5;
      if (wanted) weeks[week + (random.unit() < 0.7 ? 0 : 1)]!.push(thing);
      else if (alone) weeks[random.below(10)]!.push(thing);
    }
    return weeks.filter((items) => items.length > 0);
  });
  return { people, leafOf: Uint32Array.of(0, 0, 1, 2, 3, 4) };
}
