// Exploration with an exact propensity. With the placement's rate, the last slot is drawn evenly from the
// next `POOL` candidates, so that a later evaluation can ask what another choice would have brought (Open
// Bandit Pipeline: inverse propensity). What is logged is the probability of the list that came out *after*
// the list guards: every draw is settled, and those that settle to the same list add up.

import { assert } from '../kernel/assert.ts';
import type { Placement } from '../facts/placement.ts';
import { seededRandom } from '../kernel/random.ts';
import { settle } from './settle.ts';
import type { Shelf } from './shelf.ts';

/** Candidates for the explored slot. */
export const POOL = 20;

export interface ExploreInput {
  /** Guarded candidates, best first, at most `limit`: the list as it stands when nothing is explored. */
  readonly best: readonly number[];
  readonly limit: number;
  /** Things that the shop placed: no draw moves them, and list guards look at them first. */
  readonly placed: readonly number[];
  /** How many others could take the last place, up to `POOL - 1`. */
  readonly spare: number;
  /** Where those others come from, best first. */
  readonly walked: { next(): number | undefined };
  readonly placement: Placement;
  readonly shelf: Shelf;
  readonly seed: Uint8Array;
}

export function explore(input: ExploreInput): {
  readonly list: readonly number[];
  readonly propensity: number;
} {
  const { best, limit, spare, placed, placement, shelf, seed } = input;
  const whole = placed.length + limit;
  const usual = settle([...placed, ...best], { shelf, placement });
  if (best.length < limit) return { list: usual, propensity: 1 };
  const rate = spare === 0 ? 0 : placement.exploreRate;
  const size = 1 + spare;
  const random = seededRandom(seed);
  const drawn = random.unit() < rate ? random.below(size) : 0;
  // Nothing was taken away: no other draw can settle to a list that ends in this very thing.
  if (drawn === 0 && (rate === 0 || usual.length === whole))
    return { list: usual, propensity: rate === 0 ? 1 : rate / size + (1 - rate) };
  const pool = poolOf(input);
  const fixed = [...placed, ...best.slice(0, limit - 1)];
  const settled = (place: number): readonly number[] =>
    settle([...fixed, pool[place]!], { shelf, placement });
  const list = settled(drawn);
  if (list.length === whole) return { list, propensity: rate / size };
  let propensity = 0;
  for (let place = 0; place < size; place += 1) {
    const same = place === drawn || equal(settled(place), list);
    if (same) propensity += rate / size + (place === 0 ? 1 - rate : 0);
  }
  return { list, propensity: Math.min(1, propensity) };
}

/** What may stand in the last place, in order. */
function poolOf({ best, limit, spare, walked }: ExploreInput): readonly number[] {
  const pool = best.slice(limit - 1);
  while (pool.length <= spare) {
    const index = walked.next();
    assert(index !== undefined, 'as many things are left as were counted');
    pool.push(index);
  }
  return pool;
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((index, at) => index === b[at]);
}
