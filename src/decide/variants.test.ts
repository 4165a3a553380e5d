// Goal: sizes and colours of one product stand for one another, in a list and beside what somebody has.

import { expect, it } from 'vitest';
import type { DecisionInput, GuardName, Held } from '../facts/decision.ts';
import type { Item } from '../facts/item.ts';
import type { Placement } from '../facts/placement.ts';
import { barShown } from './caps.ts';
import { decide } from './decide.ts';
import { createScratch } from './score.ts';
import type { Shelf } from './shelf.ts';
import {
  type Edge,
  PLACEMENT,
  fact,
  inputFor,
  itemId,
  looking,
  nameOf,
  shelfOf,
  withNextBasket,
} from './testing.ts';

const PLACE = { ...PLACEMENT, perLeafMax: 9 };

/** The first thing leads to all others, the nearer the stronger. */
const fan = (count: number): readonly Edge[] =>
  Array.from({ length: count - 1 }, (_, n) => [0, n + 1, 1 / (n + 1)] as const);

function run(shelf: Shelf, more: Partial<DecisionInput> = {}, placement: Placement = PLACE) {
  const input = inputFor(shelf, { facts: [fact(0)], limit: 9, rules: 5, ...more });
  const { items, held } = decide({ input, placement, shelf, scratch: createScratch(shelf) });
  return { shown: items.map(({ item }) => item), held };
}

it('[D81] a list has one variant of a product, on one leaf', () => {
  const shelf = shelfOf({
    count: 7,
    edges: fan(7),
    item: (index) => ({
      path: index === 6 ? ['Hats'] : ['Coats'],
      ...(index === 2 || index === 0 ? {} : { variantOf: index === 5 ? 'cape' : 'parka' }),
    }),
  });
  const { shown, held } = run(shelf);
  // The parka of another leaf is another thing; what has no variants is one of its own.
  expect(shown).toEqual([1, 2, 5, 6].map(nameOf));
  expect(held).toEqual([3, 4].map((index): Held => ({ item: nameOf(index), guard: 'variant', number: 1 })));
  expect(run(shelf, { rules: 3 }).shown, '[D20] of old, all').toEqual([1, 2, 3, 4, 5, 6].map(nameOf));
});

it('[D81] a thing that others name as their product is one of them, also without a category', () => {
  const shelf = shelfOf({
    count: 4,
    edges: fan(4),
    item: (index) => (index === 1 || index === 3 ? { variantOf: nameOf(2) } : {}),
  });
  expect(run(shelf).shown).toEqual([nameOf(1)]);
});

it('[D81] what is popular still fills a list where each product has many variants', () => {
  const shelf = shelfOf({
    count: 3000,
    edges: [],
    prior: Array.from({ length: 3000 }, (_, index) => (3000 - index) / 4096),
    item: (index) => ({ variantOf: `p${Math.floor(index / 60)}`, path: [`shelf ${index % 7}`] }),
  });
  expect(run(shelf, { facts: [], limit: 20 }).shown).toHaveLength(20);
});

it('[D81, D5] a thing of a class takes nothing away where others look on', () => {
  const stout = (index: number): Partial<Item> => ({
    path: ['Beer'],
    variantOf: 'stout',
    ...(index === 1 ? { sensitive: 'alcohol' } : {}),
  });
  const shelf = shelfOf({ count: 3, edges: fan(3), item: (index) => (index === 0 ? {} : stout(index)) });
  const placement: Placement = { ...PLACE, publicity: 'shared-screen' };
  const [without, beside] = [[], looking(1)].map((context) => run(shelf, { context }, placement));
  expect(without?.shown).toEqual([nameOf(2)]);
  expect(beside?.shown).toEqual(without?.shown);
});

it('[D81] in a next basket each is a thing of its own', () => {
  const item = (): Partial<Item> => ({ path: ['Dairy'], variantOf: 'yoghurt' });
  const plain = shelfOf({ count: 4, edges: fan(4), item });
  const fades = { decay: 1, sharePower: 0, ownDecay: 1, ownWeight: 0, learnDecay: 1 };
  const shelf = withNextBasket(plain, { edges: fan(4), prior: [1, 1, 1, 1] }, fades);
  const placement: Placement = { ...PLACE, strategy: 'next-basket' };
  const ask = {
    facts: [{ ...fact(0, 1, 'bought'), orders: [0] }],
    nextBasket: shelf.nextBasket?.model.id ?? '',
  };
  const barred = [{ item: nameOf(3), guard: 'bought' as const, number: 1 }];
  expect(run(shelf, { ...ask, barred }, placement).shown).toEqual([1, 2, 0].map(nameOf));
  expect(run(shelf, { ...ask, barred }).shown).toHaveLength(0);
});

it('[D81] nor one of what is in front, bought, refused or seen often; what came back bars itself', () => {
  const parka = itemId('parka-new');
  const shelf = shelfOf({
    count: 5,
    edges: fan(5),
    item: (index) => ({ path: ['Coats'], ...(index > 0 && index < 4 ? { variantOf: 'parka' } : {}) }),
    others: [{ id: parka, title: 'parka, new', path: ['Coats'], available: true, variantOf: 'parka' }],
  });
  const barred = (guard: GuardName, item = nameOf(3)): Pick<DecisionInput, 'barred'> => ({
    barred: [{ item, guard, number: 1 }],
  });
  const [one, other] = [[1, 4].map(nameOf), [nameOf(4)]];
  expect(run(shelf).shown).toEqual(one);
  expect(run(shelf, barred('bought')).shown).toEqual(other);
  expect(run(shelf, barred('disliked')).shown).toEqual(other);
  expect(run(shelf, barred('returned')).shown).toEqual(one);
  expect(run(shelf, barred('item-cap')).shown).toEqual(other);
  // Who sent back the size they were shown wants the other, however often that one was shown.
  const placement = { ...PLACE, capPerItem: { impressionsMax: 1, windowHours: 24 } };
  const exposures = [{ placement: PLACE.id, items: [nameOf(3)], timeMs: 0 }];
  const both = barShown(barred('returned').barred, { exposures, placement, nowMs: 1 });
  expect(run(shelf, { barred: both }).shown).toEqual(one);
  expect(run(shelf, { context: looking(2) }).shown).toEqual(other);
  // Also of what no model knows yet.
  expect(run(shelf, barred('bought', parka)).shown).toEqual(other);
  expect(run(shelf, { context: [{ item: parka, weight: 1 }] }).shown).toEqual(other);
});
