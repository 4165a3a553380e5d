// Exploration with an exact propensity. With the placement's rate, the last slot is drawn evenly from the
// next `POOL` candidates, so that a later evaluation can ask what another choice would have brought (Open
// Bandit Pipeline: inverse propensity). What is logged is the probability of the list that came out *after*
// the list guards: every variant is settled, and those that settle to the same list add up.

import type { Placement } from '../facts/placement.ts';
import { seededRandom } from '../kernel/random.ts';
import { settle } from './settle.ts';
import type { Shelf } from './shelf.ts';

/** Candidates for the explored slot. */
export const POOL = 20;

export interface ExploreInput {
  /** Guarded candidates, best first: `limit − 1` fixed ones and up to `POOL` for the last slot. */
  readonly chosen: readonly number[];
  readonly limit: number;
  readonly placement: Placement;
  readonly shelf: Shelf;
  readonly seed: Uint8Array;
}

export function explore(input: ExploreInput): {
  readonly list: readonly number[];
  readonly propensity: number;
} {
  const { chosen, limit, placement, shelf, seed } = input;
  const fixed = chosen.slice(0, limit - 1);
  const pool = chosen.slice(limit - 1);
  if (pool.length === 0) return { list: settle(fixed, { shelf, placement }), propensity: 1 };
  const rate = pool.length === 1 ? 0 : placement.exploreRate;
  const random = seededRandom(seed);
  const drawn = random.unit() < rate ? random.below(pool.length) : 0;
  const settled = (variant: number): readonly number[] =>
    settle([...fixed, pool[variant]!], { shelf, placement });
  const list = settled(drawn);
  if (rate === 0) return { list, propensity: 1 };
  // Nothing was taken away: no other variant can settle to a list that ends in this very thing.
  if (list.length === limit) return { list, propensity: rate / pool.length + (drawn === 0 ? 1 - rate : 0) };
  let propensity = 0;
  for (let variant = 0; variant < pool.length; variant += 1) {
    const same = variant === drawn || equal(settled(variant), list);
    if (same) propensity += rate / pool.length + (variant === 0 ? 1 - rate : 0);
  }
  return { list, propensity: Math.min(1, propensity) };
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((index, at) => index === b[at]);
}
