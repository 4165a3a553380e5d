// A slot a shop fills by asking for a decision. Its purpose is configured here and never comes from the
// caller.

import type { Channel, Publicity } from './channel.ts';
import type { PlacementId } from './ids.ts';
import type { Purpose } from './purpose.ts';

/** At most `impressionsMax` impressions of one person within a rolling window. */
export interface Cap {
  readonly impressionsMax: number;
  readonly windowHours: number;
}

export interface Placement {
  readonly id: PlacementId;
  readonly purpose: Purpose;
  readonly channels: readonly Channel[];
  /** More public than the channel alone says, if it is. */
  readonly publicity?: Publicity;
  /**
   * `for-you`: what this person may want next. `complements`: what goes with the things in the context; never
   * the same leaf, and nothing at all rather than something unrelated.
   */
  readonly strategy: 'for-you' | 'complements';
  readonly itemsMax: number;
  /**
   * Share of decisions whose last slot is drawn at random, so that the choice can be evaluated afterwards;
   * 0–0.5.
   */
  readonly exploreRate: number;
  /** Same item at most so often for one person, over all placements of its purpose. */
  readonly capPerItem: Cap;
  /** This placement at most so often for one person; beyond it the answer is nothing. */
  readonly capPerPerson: Cap;
  /** At most so many items of one leaf category in a list. */
  readonly perLeafMax: number;
}

/** Everything a shop configures that changes decisions; versioned, and committed to the log. */
export interface Policy {
  /** Hex SHA-256 of the canonical JSON of the rest. */
  readonly version: string;
  readonly placements: readonly Placement[];
  /** People behind any learned number. */
  readonly minPeople: number;
}
