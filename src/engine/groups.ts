// Whether a group is large enough, and roughly how large: told to whoever writes to it, under the rules of
// all other figures (figures.ts).

import { LIMITS } from '../kernel/limits.ts';
import type { Random } from '../kernel/random.ts';

const STEP = LIMITS.peopleOutsideMin;
/**
 * A change of one moves a figure with a probability of 1 in so many; without memory, so that having waited
 * tells nothing.
 */
const CHANGES_UNSEEN = 2 * STEP;

/** Probability that so many changes move nothing. */
export function keepsStill(changes: number): number {
  let still = 1;
  // After 1,000 changes it is 10^-11.
  for (let n = 0; n < Math.min(changes, 1000); n += 1) still *= 1 - 1 / CHANGES_UNSEEN;
  return still;
}

/**
 * A group as it may be told: `few`, or roughly how many, in steps of a hundred; 0 is fewer than a hundred.
 */
export type GroupTold = 'few' | number;

const GROUP_STEP = 100;

/**
 * Groups that are counted anew each day. Fewer than k are `few` for certain; from there on chance says so
 * less and less often, up to twice k. As with other figures a change of one is mostly not seen, and whoever
 * counts the same group again sees the same.
 */
export function createSteadyGroups(random: Random): (name: string, people: number, k: number) => GroupTold {
  const kept = new Map<string, { readonly people: number; readonly told: GroupTold }>();
  return (name, people, k) => {
    const before = kept.get(name);
    const stays = before !== undefined && random.unit() < keepsStill(Math.abs(people - before.people));
    const isFew = people - random.below(k) < k;
    const about = Math.max(0, people + random.below(2 * STEP) - STEP);
    const drawn = isFew ? 'few' : GROUP_STEP * Math.floor(about / GROUP_STEP);
    // Whatever was said before: fewer than k are not written to.
    const told = people < k ? 'few' : stays ? before.told : drawn;
    kept.set(name, { people, told });
    return told;
  };
}
