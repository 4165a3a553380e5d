// Drawing from weights: the few ways in which a townsperson makes up their mind.

import { assert } from '../../src/kernel/assert.ts';
import type { Random } from '../../src/kernel/random.ts';
import { COMPLEMENT_ODDS } from './truth.ts';
import { findProduct, poolOf } from './catalogue.ts';
import type { TownProduct } from './types.ts';

/** One of `choices`, each with chance weight / sum of weights. Weights are ≥ 0, not all 0. */
export function pickWeighted<T>(random: Random, choices: readonly T[], weight: (choice: T) => number): T {
  let sum = 0;
  for (const choice of choices) sum += weight(choice);
  assert(sum > 0, 'there is something to pick');
  let left = random.unit() * sum;
  let last: T | undefined;
  for (const choice of choices) {
    const own = weight(choice);
    if (own <= 0) continue;
    last = choice;
    left -= own;
    if (left < 0) return choice;
  }
  // Rounding can leave a crumb behind the last choice.
  assert(last !== undefined, 'a positive sum has a positive weight');
  return last;
}

/** A key of a table of weights. */
export function pickKey(random: Random, weights: Readonly<Record<string, number>>): string {
  return pickWeighted(random, Object.keys(weights), (key) => weights[key] ?? 0);
}

/**
 * A product of a leaf: the place r on the shelf (from 1) has weight 1 / r, the popularity curve of shops (G.
 * K. Zipf 1949). `undefined` when nothing there can be picked.
 */
export function pickFromLeaf(random: Random, leaf: string, children: boolean): TownProduct | undefined {
  const pool = poolOf(leaf, children);
  if (pool.length === 0) return undefined;
  let sum = 0;
  for (let place = 1; place <= pool.length; place += 1) sum += 1 / place;
  let left = random.unit() * sum;
  for (let place = 1; place < pool.length; place += 1) {
    left -= 1 / place;
    if (left < 0) return pool[place - 1];
  }
  return pool[pool.length - 1];
}

/**
 * The complements somebody wants with `product`: each in turn with its chance from `COMPLEMENT_ODDS`, times
 * `factor`.
 */
export function pickComplements(
  random: Random,
  product: TownProduct,
  { factor, children }: { readonly factor: number; readonly children: boolean },
): TownProduct[] {
  const wanted: TownProduct[] = [];
  for (let place = 0; place < product.complements.length; place += 1) {
    const odds = COMPLEMENT_ODDS[Math.min(place, COMPLEMENT_ODDS.length - 1)] ?? 0;
    if (random.unit() >= odds * factor) continue;
    const name = product.complements[place] ?? '';
    const found = findProduct(name) ?? pickFromLeaf(random, name, children);
    if (found !== undefined && found.id !== product.id) wanted.push(found);
  }
  return wanted;
}
