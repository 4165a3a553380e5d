// A shop in which it is known what goes with what, for tests of complements.

import type { Random } from '../kernel/random.ts';
import type { BasketList } from './basket-counts.ts';

/** Leaf of each thing: two coats, two pairs of gloves, cat food and milk. */
export const SHOP_LEAVES: ReadonlyMap<string, number> = new Map([
  ['cat-food', 0],
  ['coat-blue', 1],
  ['coat-red', 1],
  ['gloves-silk', 2],
  ['gloves-wool', 2],
  ['milk', 3],
]);

/**
 * Everybody buys milk and cat food now and then. Once they buy a coat, most with gloves; some buy gloves
 * alone.
 */
export function shopper(random: Random): BasketList {
  const weeks = Array.from({ length: 8 }, () => ['milk', 'cat-food'].filter(() => random.unit() < 0.7));
  const week = random.below(8);
  weeks[week]!.push(random.unit() < 0.6 ? 'coat-red' : 'coat-blue');
  const gloves = random.unit() < 0.5 ? 'gloves-wool' : 'gloves-silk';
  if (random.unit() < 0.6) weeks[week]!.push(gloves);
  else if (random.unit() < 0.5) weeks[random.below(8)]!.push(gloves);
  return weeks.filter((items) => items.length > 0).map((items) => [...new Set(items)].sort());
}
