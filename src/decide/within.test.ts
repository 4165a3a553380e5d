// Goal: a list within a part of the catalogue is the best of that part, by the same rules as everywhere, and
// tells and opens nothing more. Method: random shops against the naive decision; shops to be seen through.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Goods } from '../facts/merchandising.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { decide } from './decide.ts';
import { createScratch } from './score.ts';
import {
  PLACEMENT,
  drawComplements,
  drawInput,
  drawPlacement,
  drawShelf,
  fact,
  inputFor,
  looking,
  nameOf,
  shelfOf,
} from './testing.ts';
import { naiveDecide } from './testing-naive.ts';
import { naiveList } from './testing-naive-shop.ts';
import type { Shelf } from './shelf.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 40 });
const NOTHING: Goods = { items: [], paths: [], brands: [] };

function drawWithin(random: Random, shelf: Shelf): readonly string[] {
  const leaf = shelf.goods[random.below(shelf.goods.length)]?.path[1] ?? 'leaf 0';
  return [['shop'], ['Shop', leaf], ['SHOP', leaf.toUpperCase()], ['Shop', 'nowhere']][random.below(4)]!;
}

/** Ten things that a person points to, alternately of two leaves, the first best. */
const TWO_LEAVES = shelfOf({
  count: 11,
  edges: Array.from({ length: 10 }, (_, n) => [10, n, 1 - n / 16] as const),
  prior: Array.from({ length: 11 }, (_, n) => (n + 1) / 4096),
  item: (index) => ({ path: ['Shop', index % 2 === 0 ? 'Even' : 'Odd'] }),
});
const namesOf = (...indices: number[]) => indices.map(nameOf);

describe('a list within a part of the catalogue', () => {
  it('[D80] is what a naive decision makes of that part alone, pins and rules included', () => {
    const met = { shown: 0, pinned: 0, nothing: 0 };
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seededRandom(seed);
        const shelf = drawComplements(random, drawShelf(random));
        const drawn = { ...drawPlacement(random), exploreRate: 0 };
        const count = shelf.names.length;
        const pinned = new Set([0, 1, 2].map(() => random.below(count)));
        const pin = [...pinned].map((index, n) => ({ item: nameOf(index), place: 1 + 2 * n }));
        const boost = [{ ...NOTHING, by: 'flat' as const, share: 0.5, items: [nameOf(random.below(20))] }];
        const rules = random.below(2) === 0 ? {} : { merchandising: { pin, exclude: NOTHING, boost } };
        const placement = { ...drawn, ...rules };
        const within = drawWithin(random, shelf);
        const named = random.below(3) === 0 ? {} : { complements: shelf.complements.id };
        const input = { ...drawInput(random, shelf), rules: 6 as const, within, ...named };
        const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
        const naive = naiveDecide(shelf, placement, input);
        const limit = Math.min(input.limit, placement.itemsMax);
        expect(result.items.map(({ item }) => item)).toEqual(naiveList(naive, limit));
        expect(result.nothing).toBe(naive.nothing);
        expect(result.held).toEqual(naive.held);
        const begins = within.map((step) => step.toLowerCase());
        for (const { item } of [...result.items, ...result.held]) {
          const path = shelf.goods[shelf.names.indexOf(item)]!.path.map((step) => step.toLowerCase());
          expect(path.slice(0, begins.length)).toEqual(begins);
        }
        met.shown += result.items.length;
        met.pinned += result.pinned?.length ?? 0;
        met.nothing += result.nothing === 'nothing-related' ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    for (const times of Object.values(met)) expect(times).toBeGreaterThan(10);
  });

  it('[D80] is filled with what is popular there, however many things are more popular elsewhere', () => {
    const shelf = shelfOf({
      count: 600,
      edges: [],
      prior: Array.from({ length: 600 }, (_, n) => (600 - n) / 2 ** 20),
      item: (index) => ({ path: ['Shop', index < 500 ? 'Much wanted' : 'Little wanted'] }),
    });
    const within = ['Shop', 'Little wanted'];
    const placement = { ...PLACEMENT, exploreRate: 0, perLeafMax: 9 };
    const run = (more: Parameters<typeof inputFor>[1]) =>
      decide({ input: inputFor(shelf, more), placement, shelf, scratch: createScratch(shelf) });
    expect(run({ limit: 3, within }).items.map(({ item }) => item)).toEqual(namesOf(500, 501, 502));
    expect(run({ limit: 3 }).items.map(({ item }) => item)).toEqual(namesOf(0, 1, 2));
    expect(run({ limit: 3, within: ['Nowhere'] }).nothing).toBe('nothing-related');
  });

  it('[D80] keeps the order of the whole list, and bars, caps and noes hold there', () => {
    const run = (more: Parameters<typeof inputFor>[1]) => {
      const input = inputFor(TWO_LEAVES, { facts: [fact(10, 1)], rules: 3, ...more });
      const placement = { ...PLACEMENT, exploreRate: 0, perLeafMax: 9 };
      return decide({ input, placement, shelf: TWO_LEAVES, scratch: createScratch(TWO_LEAVES) });
    };
    const within = ['Shop', 'Odd'];
    expect(run({ limit: 3, within }).items.map(({ item }) => item)).toEqual(namesOf(1, 3, 5));
    const barred = [{ item: nameOf(1), guard: 'bought' as const, number: 1 }];
    const without = run({ limit: 3, within, barred });
    expect(without.items.map(({ item }) => item)).toEqual(namesOf(3, 5, 7));
    expect(without.held).toEqual([{ item: nameOf(1), guard: 'bought', number: 1 }]);
    expect(run({ limit: 3, within, shown: 300 }).nothing).toBe('person-cap');
  });

  it('[D80, D5] opens no class: a page of a sensitive category shows what it would show anywhere', () => {
    const shelf = shelfOf({
      count: 4,
      edges: [
        [3, 0, 1],
        [3, 1, 0.5],
      ],
      item: (index) => ({
        path: ['Shop', 'Health'],
        ...(index === 0 ? { sensitive: 'health' as const } : {}),
      }),
    });
    const run = (more: Parameters<typeof inputFor>[1]) =>
      decide({
        input: inputFor(shelf, { facts: [fact(3, 1)], within: ['Shop', 'Health'], ...more }),
        placement: { ...PLACEMENT, exploreRate: 0, perLeafMax: 9 },
        shelf,
        scratch: createScratch(shelf),
      });
    expect(run({}).items.map(({ item }) => item)).not.toContain(nameOf(0));
    expect(run({}).held).toContainEqual({ item: nameOf(0), guard: 'sensitive-class', number: 1 });
    // What is in front of the person opens it, there as anywhere.
    const opened = run({ context: looking(0), facts: [fact(3, 1)] });
    expect(opened.held.map(({ guard }) => guard)).not.toContain('sensitive-class');
  });

  it('[D80, D10] has propensities that add up to one over all its lists', () => {
    const placement = { ...PLACEMENT, exploreRate: 0.5, perLeafMax: 9 };
    const lists = new Map<string, number>();
    for (let n = 0; n < 4000; n += 1) {
      const seed = n.toString(16).padStart(32, '0');
      const input = inputFor(TWO_LEAVES, { facts: [fact(10, 1)], limit: 2, within: ['Shop', 'Even'], seed });
      const { items, propensity } = decide({
        input,
        placement,
        shelf: TWO_LEAVES,
        scratch: createScratch(TWO_LEAVES),
      });
      lists.set(items.map(({ item }) => item).join(), propensity);
    }
    expect(lists.size).toBeGreaterThan(2);
    expect([...lists.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  });
});
