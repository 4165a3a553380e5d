// Goal: skipping guards for ordinary things skips nothing that they would have said.

import { expect, test } from 'vitest';
import type { Placement } from '../facts/placement.ts';
import { type GuardContext, ITEM_GUARDS, RELATED_MIN, isOrdinary } from './guards.ts';
import { PLACEMENT, nameOf, shelfOf } from './testing.ts';

const COMPLEMENTS: Placement = { ...PLACEMENT, strategy: 'complements' };

test('[D4] those that are not asked of ordinary things would have nothing to say of them', () => {
  const shelf = shelfOf({ count: 4, edges: [[0, 1, 1]] });
  shelf.sellable.set([1, 1, 0, 1]);
  shelf.classes.set([0, 1, 0, 255]);
  // Barred, capped, excluded, in the context, chosen too often and unrelated: whatever else looks at
  // anything.
  const all = [0, 1, 2, 3].map((index) => [index, 9] as const);
  const leaves = new Map(all.map(([index, number]) => [shelf.leaves[index]!, number]));
  const context: GuardContext = {
    shelf,
    placement: COMPLEMENTS,
    barred: new Map(all.map(([index, number]) => [index, { item: nameOf(index), guard: 'bought', number }])),
    context: new Set([0, 1, 2, 3]),
    contextLeaves: new Set(leaves.keys()),
    openClasses: new Set(),
    excluded: Uint8Array.of(1, 1, 1, 1),
    placed: new Set(),
    leafCounts: new Map(leaves),
    products: shelf.products,
    productsMet: new Set(),
    related: () => 0,
    relatedMin: RELATED_MIN,
    nearness: () => 0,
    dislikedLeaves: leaves,
    cappedLeaves: leaves,
  };
  const speaks = (index: number): readonly string[] =>
    ITEM_GUARDS.filter((guard) => guard.sparesOrdinary && guard.judge(index, context) !== undefined).map(
      ({ name }) => name,
    );
  expect([0, 1, 2, 3].filter((index) => isOrdinary(shelf, index))).toEqual([0]);
  expect(speaks(0)).toEqual([]);
  expect([1, 2, 3].map(speaks)).toEqual([['sensitive-class'], ['unavailable'], ['unjudged']]);
  for (const proxy of [0, 1]) {
    shelf.proxies[0] = proxy;
    expect(speaks(0)).toEqual([]);
  }
});
