// Goal: what a shop places, leaves out and favours does what it says, exactly, and never more than guards,
// relation and the person's peace allow.
// Method: random shops and rules from a printed seed against the naive decision; the sentences of SPEC.md on
// shops that are small enough to be seen through.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionResult, explained } from '../facts/decision.ts';
import type { Boost, Goods, Merchandising, Pin } from '../facts/merchandising.ts';
import type { Placement } from '../facts/placement.ts';
import type { Random } from '../kernel/random.ts';
import { seededRandom } from '../kernel/random.ts';
import { isQuantised } from '../kernel/fixed.ts';
import { decide } from './decide.ts';
import { createScratch } from './score.ts';
import type { Shelf } from './shelf.ts';
import {
  PLACEMENT,
  drawComplements,
  drawInput,
  drawPlacement,
  drawShelf,
  fact,
  inputFor,
  itemId,
  looking,
  nameOf,
  shelfOf,
} from './testing.ts';
import { naiveDecide } from './testing-naive.ts';
import { naiveList } from './testing-naive-shop.ts';

const NOTHING: Goods = { items: [], paths: [], brands: [] };
const seeds = fc.integer({ min: 0, max: 2 ** 40 });

function under(rules: Partial<Merchandising>, more: Partial<Placement> = {}): Placement {
  return { ...PLACEMENT, ...more, merchandising: { pin: [], exclude: NOTHING, boost: [], ...rules } };
}

const flat = (share: number, ...indices: number[]): Boost => ({
  ...NOTHING,
  by: 'flat',
  share,
  items: indices.map(nameOf),
});
const pin = (index: number, place: number): Pin => ({ item: nameOf(index), place });

function drawRules(random: Random, shelf: Shelf, itemsMax: number): Merchandising {
  const count = shelf.names.length;
  const goods = (): Goods => ({
    items: Array.from({ length: random.below(3) }, () => nameOf(random.below(count + 2))),
    paths: random.below(3) === 0 ? [['SHOP', `leaf ${random.below(4)}`]] : [],
    brands: [],
  });
  const places = Array.from({ length: itemsMax }, (_, at) => at + 1).filter(() => random.below(3) === 0);
  const items = new Set(places.map(() => random.below(count + 2)));
  const boost = Array.from({ length: random.below(4) }, (): Boost => {
    const by = (['flat', 'stock', 'margin'] as const)[random.below(3)]!;
    const span = random.below(4) === 0 ? { untilMs: inputFor(shelf).timeMs + random.below(2) } : {};
    const full = by === 'flat' ? {} : { full: 1 + random.below(60) };
    return { ...goods(), by, share: random.below(1025) / 1024, ...full, ...span };
  });
  return {
    pin: [...items].map((index, at) => pin(index, places[at]!)),
    exclude: random.below(2) === 0 ? goods() : NOTHING,
    boost,
  };
}

/** The shelf with stock and margin of some of its things. */
function stocked(random: Random, shelf: Shelf): Shelf {
  const goods = shelf.goods.map((item) => {
    if (item === undefined || random.below(3) === 0) return item;
    return { ...item, stock: random.below(80), marginPercent: random.below(100) - 20 };
  });
  return { ...shelf, goods };
}

function run(shelf: Shelf, placement: Placement, more: Parameters<typeof inputFor>[1] = {}): DecisionResult {
  return decide({ input: inputFor(shelf, more), placement, shelf, scratch: createScratch(shelf) });
}

const listOf = ({ items }: DecisionResult): readonly string[] => items.map(({ item }) => item);

describe('merchandising', () => {
  it('[D40, D41, D42, D43] is what a naive decision makes of the same rules', () => {
    const met = { pins: 0, held: 0, favoured: 0, excluded: 0 };
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seededRandom(seed);
        const shelf = stocked(random, drawComplements(random, drawShelf(random)));
        const drawn = { ...drawPlacement(random), exploreRate: 0 };
        const placement = { ...drawn, merchandising: drawRules(random, shelf, drawn.itemsMax) };
        const named = random.below(3) === 0 ? {} : { complements: shelf.complements.id };
        const input = { ...drawInput(random, shelf), rules: 6 as const, ...named };
        const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
        const naive = naiveDecide(shelf, placement, input);
        const limit = Math.min(input.limit, placement.itemsMax);
        expect(listOf(result)).toEqual(naiveList(naive, limit));
        expect(result.nothing).toBe(naive.nothing);
        expect(result.held).toEqual(naive.held);
        const shown = naive.nothing === undefined ? naive.pins.map(({ item }) => item) : [];
        expect(result.pinned ?? []).toEqual(shown);
        const scores = new Map([...naive.chosen, ...naive.pins].map(({ item, score }) => [item, score]));
        for (const { item, score, contributions } of explained(result)) {
          expect(score).toBe(scores.get(item));
          expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
          const favour = contributions.find(({ kind }) => kind === 'merchandising')?.value ?? 0;
          expect(favour >= 0 && favour <= Math.max(0, score - favour)).toBe(true);
          expect(isQuantised(favour, 30)).toBe(true);
          if (favour > 0) met.favoured += 1;
        }
        met.pins += shown.length;
        met.held += naive.held.filter(({ item }) =>
          placement.merchandising.pin.some((each) => each.item === item),
        ).length;
        met.excluded += naive.held.filter(({ guard }) => guard === 'excluded').length;
      }),
      { numRuns: 500 },
    );
    for (const times of Object.values(met)) expect(times).toBeGreaterThan(20);
  });

  it('[D44] never draws a pinned thing, and the propensities of all lists add up to one', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seededRandom(seed);
        const shelf = drawShelf(random);
        const drawn = { ...drawPlacement(random), exploreRate: 0.5 };
        const placement = { ...drawn, merchandising: drawRules(random, shelf, drawn.itemsMax) };
        const input = { ...drawInput(random, shelf), rules: 6 as const };
        const lists = new Map<string, number>();
        const places = new Set<string>();
        for (let n = 0; n < 900; n += 1) {
          const lot = n.toString(16).padStart(32, '0');
          const result = decide({
            input: { ...input, seed: lot },
            placement,
            shelf,
            scratch: createScratch(shelf),
          });
          const list = listOf(result);
          lists.set(list.join(), result.propensity);
          places.add((result.pinned ?? []).map((item) => `${item} ${list.indexOf(item)}`).join());
        }
        expect(places.size).toBe(1);
        const sum = [...lists.values()].reduce((total, one) => total + one, 0);
        expect(sum).toBeGreaterThan(1 - 1e-9);
        expect(sum).toBeLessThan(1 + 1e-9);
      }),
      { numRuns: 12 },
    );
  });

  it('[D41] places things that no model knows, for a stranger, and before anything was learned', () => {
    const news = { id: itemId('new-1'), title: 'New', path: ['News'], available: true };
    const shelf = shelfOf({ count: 4, edges: [], prior: [0.4, 0.3, 0.2, 0.1], others: [news] });
    const rules = under({ pin: [{ item: news.id, place: 2 }, pin(3, 1)] });
    const result = run(shelf, rules, { limit: 4 });
    expect(listOf(result)).toEqual([nameOf(3), 'new-1', nameOf(0), nameOf(1)]);
    expect(result.pinned).toEqual([nameOf(3), 'new-1']);
    expect(result.items[1]!.score).toBe(0);
    const empty = shelfOf({ count: 0, edges: [], others: [news] });
    expect(listOf(run(empty, rules, { limit: 4 }))).toEqual(['new-1']);
    expect(run(empty, rules, { limit: 4, channel: 'email' })).toMatchObject({
      items: [],
      nothing: 'no-model',
    });
  });

  it('[D41] leaves half of the list to what is earned, whatever is asked for', () => {
    const shelf = shelfOf({ count: 6, edges: [], prior: [0.6, 0.5, 0.4, 0.3, 0.2, 0.1] });
    const rules = under({ pin: [pin(5, 1), pin(4, 2), pin(3, 3)] });
    expect(run(shelf, rules, { limit: 6 }).pinned).toHaveLength(3);
    expect(run(shelf, rules, { limit: 5 }).pinned).toEqual([nameOf(5), nameOf(4)]);
    expect(run(shelf, rules, { limit: 1 }).pinned).toBeUndefined();
    expect(listOf(run(shelf, rules, { limit: 1 }))).toEqual([nameOf(0)]);
    // A place beyond the list that was asked for is none.
    expect(run(shelf, under({ pin: [pin(5, 9)] }), { limit: 5 }).pinned).toBeUndefined();
  });

  it('[D41] sends nobody a message in which nothing is earned', () => {
    const shelf = shelfOf({ count: 3, edges: [[0, 1, 1]] });
    const rules = under({ pin: [pin(2, 1)] });
    for (const channel of ['email', 'push', 'letter'] as const) {
      expect(run(shelf, rules, { channel })).toMatchObject({ items: [], nothing: 'nothing-related' });
      expect(listOf(run(shelf, rules, { channel, facts: [fact(0)] }))).toEqual([nameOf(2), nameOf(1)]);
    }
    expect(listOf(run(shelf, rules))).toEqual([nameOf(2)]);
    // What is there without being placed is earned.
    const related = under({ pin: [pin(1, 1)] });
    const sent = run(shelf, related, { channel: 'email', facts: [fact(0)] });
    expect([listOf(sent), sent.pinned]).toEqual([[nameOf(1)], undefined]);
    // And no pin silences what is earned by standing on its leaf.
    const crowded = shelfOf({ count: 3, edges: [[0, 1, 1]], item: () => ({ path: ['Shop'] }) });
    const one = under({ pin: [pin(2, 1)] }, { perLeafMax: 1 });
    const mail = run(crowded, one, { channel: 'email', facts: [fact(0)] });
    expect([listOf(mail), mail.pinned]).toEqual([[nameOf(1)], undefined]);
  });

  it('[D40] holds a pin back like any other thing, and says so', () => {
    const shelf = shelfOf({
      count: 6,
      edges: [],
      prior: [0.6, 0.5, 0.4, 0.3, 0.2, 0.1],
      item: (index) => [{ available: false }, { sensitive: 'health' as const }, {}, {}, {}][index] ?? {},
    });
    const only = (index: number, more = {}): DecisionResult =>
      run(shelf, under({ pin: [pin(index, 1)] }), { limit: 4, ...more });
    expect(only(0).held).toContainEqual({ item: nameOf(0), guard: 'unavailable', number: 0 });
    expect(only(1).held).toContainEqual({ item: nameOf(1), guard: 'sensitive-class', number: 1 });
    expect(only(2, { context: looking(2) }).held[0]).toMatchObject({ guard: 'in-context' });
    const barred = [{ item: nameOf(2), guard: 'disliked' as const, number: 1 }];
    expect(only(2, { barred }).held[0]).toMatchObject({ guard: 'disliked' });
    for (const index of [0, 1]) expect(only(index).pinned).toBeUndefined();
    expect(only(5).pinned).toEqual([nameOf(5)]);
    const complements = under({ pin: [pin(5, 1)] }, { strategy: 'complements' });
    expect(run(shelf, complements, { context: looking(2) })).toMatchObject({ items: [] });
  });

  it('[D40] holds a pin back that the model does not know and its person said no to', () => {
    const news = { id: itemId('new-1'), title: 'New', path: ['News'], available: true };
    const shelf = shelfOf({ count: 2, edges: [], prior: [0.2, 0.1], others: [news] });
    const rules = under({ pin: [{ item: news.id, place: 1 }] });
    const barred = [{ item: news.id, guard: 'disliked' as const, number: 1 }];
    expect(run(shelf, rules, { barred }).pinned).toBeUndefined();
    const context = [{ item: news.id, weight: 1 }];
    expect(run(shelf, rules, { context }).pinned).toBeUndefined();
    expect(run(shelf, rules).pinned).toEqual([news.id]);
  });

  it('[D41] places from a moment on and before another', () => {
    const shelf = shelfOf({ count: 4, edges: [], prior: [0.4, 0.3, 0.2, 0.1] });
    const rules = under({ pin: [{ ...pin(3, 1), fromMs: 1000, untilMs: 2000 }] });
    const at = (timeMs: number): unknown => run(shelf, rules, { timeMs }).pinned;
    expect([at(999), at(1000), at(1999), at(2000)]).toEqual([undefined, [nameOf(3)], [nameOf(3)], undefined]);
  });

  it('[D42] adds at most what a thing has, and nothing to what has nothing', () => {
    const shelf = shelfOf({
      count: 4,
      edges: [
        [0, 1, 1],
        [0, 2, 0.6],
      ],
      prior: [0, 0, 0, 0],
    });
    const doubled = run(shelf, under({ boost: [flat(1, 2, 3), flat(1, 2)] }), { facts: [fact(0)] });
    expect(listOf(doubled)).toEqual([nameOf(2), nameOf(1)]);
    const [first] = explained(doubled);
    const [ofFact, ofShop] = first!.contributions;
    expect(ofShop).toMatchObject({ kind: 'merchandising', value: ofFact!.value });
    // The second has no favour, and nothing is said of one.
    expect(explained(doubled)[1]!.contributions.map(({ kind }) => kind)).toEqual(['fact']);
  });

  it('[D42] finds a popular thing that is favoured past all that facts point to', () => {
    const related = Array.from({ length: 40 }, (_, at) => [0, at + 1, 0.3] as const);
    const prior = Array.from({ length: 45 }, (_, at) => (at === 44 ? 0.2 : 0));
    const shelf = shelfOf({ count: 45, edges: related, prior });
    const first = (boost: readonly Boost[]): unknown =>
      listOf(run(shelf, under({ boost }), { facts: [fact(0)] }))[0];
    expect([first([]), first([flat(1, 44)])]).toEqual([nameOf(1), nameOf(44)]);
  });

  it('[D42] favours by stock and by margin in four steps, and what is not known not at all', () => {
    const amounts = [undefined, 0, 24, 25, 50, 99, 100, 5000, -40];
    const shelf = shelfOf({
      count: amounts.length,
      edges: [],
      prior: amounts.map(() => 0.5),
      item: (index) => {
        const amount = amounts[index];
        return amount === undefined ? {} : { stock: Math.max(0, amount), marginPercent: amount };
      },
    });
    for (const by of ['stock', 'margin'] as const) {
      const boost = [{ ...NOTHING, by, share: 0.5, full: 100 }];
      const result = run(shelf, under({ boost }), { limit: 9 });
      const scores = amounts.map((_, at) => result.items.find(({ item }) => item === nameOf(at))!.score);
      expect(scores.map((score) => (score - 0.5) / 0.25)).toEqual([0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 0]);
    }
  });

  it('[D43] shows nothing here of what the placement leaves out', () => {
    const shelf = shelfOf({
      count: 4,
      edges: [],
      prior: [0.4, 0.3, 0.2, 0.1],
      item: (index) => [{ path: ['Toys', 'Trains'] }, { brand: 'Nordwind' }, {}, {}][index] ?? {},
    });
    const exclude = { items: [nameOf(2)], paths: [['toys']], brands: ['NORDWIND'] };
    const result = run(shelf, under({ exclude }));
    expect(listOf(result)).toEqual([nameOf(3)]);
    expect(result.held.map(({ guard }) => guard)).toEqual(['excluded', 'excluded', 'excluded']);
  });
});
