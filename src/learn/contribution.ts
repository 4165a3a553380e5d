/*
 * What one person adds to the statistics, written down so that exactly that can be taken away again.
 *
 * The descriptor is stored with the person. Erasing a person subtracts the stored descriptor instead of
 * recomputing it from facts, so the subtraction is right even after the formula has changed: subtract the
 * old descriptor, add the new one (DESIGN.md, "Counts").
 */
import { assert } from '../kernel/assert.ts';
import { WEIGHT_BITS } from '../kernel/fixed.ts';
import { LIMITS } from '../kernel/limits.ts';
import { DAY_MS } from '../kernel/time.ts';

/** Version of the formula below. A descriptor keeps the version it was made with. */
const CONTRIBUTION_VERSION = 1;

/** Person weights are integers in units of 2^-20, so sums and differences are exact in float64. */
export const CONTRIBUTION_UNIT = 2 ** WEIGHT_BITS;

/**
 * One person's bounded share in the statistics: each unordered pair of `items` gains one person and
 * `weightUnits / 2^20` of weight. `items` are distinct and ascending (UTF-16 code unit order).
 */
export type ContributionDescriptor = {
  readonly version: number;
  readonly items: readonly string[];
  readonly weightUnits: number;
  /** UTC day since 1970 on which each of `items` last came. */
  readonly lastDays: readonly number[];
};

/** An item a person had to do with and when they last had (epoch milliseconds). */
export type ItemContact = { readonly item: string; readonly lastMs: number };

/**
 * Weight of a person with `itemCount` items: 1/n as the nearest integer number of 2^-20.
 *
 * Example: `contributionWeight(4)` is 262144 (a quarter).
 */
export function contributionWeight(itemCount: number): number {
  assert(itemCount > 0, 'a contribution weight needs at least one item');
  return Math.round(CONTRIBUTION_UNIT / itemCount);
}

/**
 * The descriptor for a person's contacts, in any order and with repeats (the latest time of an item counts).
 * Returns undefined when there is nothing to add. Ties in time go to the lower item id.
 *
 * Example: `contributionOf([{item: 'b', lastMs: 1}, {item: 'a', lastMs: 2}])` is
 * `{version: 1, items: ['a', 'b'], weightUnits: 524288, lastDays: [0, 0]}`.
 */
export function contributionOf(contacts: readonly ItemContact[]): ContributionDescriptor | undefined {
  const lastMsOf = new Map<string, number>();
  for (const { item, lastMs } of contacts) {
    const known = lastMsOf.get(item);
    if (known === undefined || known < lastMs) lastMsOf.set(item, lastMs);
  }
  if (lastMsOf.size === 0) return undefined;
  const recentFirst = [...lastMsOf].sort((a, b) => b[1] - a[1] || compareIds(a[0], b[0]));
  const items = recentFirst
    .slice(0, LIMITS.contributionItemsMax)
    .map(([item]) => item)
    .sort(compareIds);
  const lastDays = items.map((item) => Math.floor((lastMsOf.get(item) ?? 0) / DAY_MS));
  return { version: CONTRIBUTION_VERSION, items, weightUnits: contributionWeight(items.length), lastDays };
}

/** Order of item ids everywhere in learning: UTF-16 code units, the same in every engine and locale. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
