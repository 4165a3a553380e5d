// A slot a shop fills by asking for a decision. Its purpose is configured here and never comes from the
// caller.

import type { Channel, Publicity } from './channel.ts';
import type { AudienceName, PlacementId } from './ids.ts';
import type { Merchandising } from './merchandising.ts';
import type { Purpose } from './purpose.ts';
import type { SubjectLine } from './subject.ts';

/** At most `impressionsMax` impressions of one person within a rolling window. */
export interface Cap {
  readonly impressionsMax: number;
  readonly windowHours: number;
}

/** What a placement without caps of its own gets: a thing twenty times a week, a slot 300 times a day. */
export const DEFAULT_CAP_PER_ITEM: Cap = { impressionsMax: 20, windowHours: 168 };
export const DEFAULT_CAP_PER_PERSON: Cap = { impressionsMax: 300, windowHours: 24 };

/**
 * Whether whoever keeps `cap` keeps `other` as well: so many windows of the one as cover a window of the
 * other hold no more. Example: 2 in 24 hours keep 20 in 168, because seven times 2 are 14.
 */
export function keepsCap(cap: Cap, other: Cap): boolean {
  return cap.impressionsMax * Math.ceil(other.windowHours / cap.windowHours) <= other.impressionsMax;
}

/** `20 in 168 h`. */
export function capText({ impressionsMax, windowHours }: Cap): string {
  return `${impressionsMax} in ${windowHours} h`;
}

export const STRATEGIES = ['for-you', 'complements', 'next-basket', 'next-click'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface Placement {
  readonly id: PlacementId;
  readonly purpose: Purpose;
  readonly channels: readonly Channel[];
  /** More public than the channel alone says, if it is. */
  readonly publicity?: Publicity;
  /**
   * `for-you`: what this person may want next. `complements`: what goes with the things in the context; never
   * the same leaf, and nothing at all rather than something unrelated. `next-basket`: what they buy again and
   * what comes after it, by the order in which they bought. `next-click`: what is looked at next, by the
   * order of the things in the context and of the person's own looks just now.
   */
  readonly strategy: Strategy;
  readonly itemsMax: number;
  /**
   * Share of decisions whose last slot is drawn at random, so that the choice can be evaluated afterwards;
   * 0–0.5.
   */
  readonly exploreRate: number;
  /** Same item at most so often for one person, over all placements. */
  readonly capPerItem: Cap;
  /** This placement at most so often for one person; beyond it the answer is nothing. */
  readonly capPerPerson: Cap;
  /** At most so many items of one leaf category in a list. */
  readonly perLeafMax: number;
  /** What the shop places, leaves out and favours here; absent for nothing of it. */
  readonly merchandising?: Merchandising;
  /** For whom it is; for all others it stays empty. Absent: for everybody. */
  readonly audience?: AudienceName;
  /** What stands above its messages; absent: nothing that we know of. */
  readonly subject?: SubjectLine;
  /** Why its caps are looser than the defaults, in the shop's own words; committed with the policy. */
  readonly reason?: string;
}
