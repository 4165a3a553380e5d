// The one way to personal data. A `View` holds the facts of one person that may be read, now, for one
// purpose, in this place. The type stands here so that every stage can accept one; the brand is minted in
// profile/door.ts alone.

import { MINUTE_MS } from '../kernel/time.ts';
import type { DataCategory } from './category.ts';
import type { Fact } from './fact.ts';
import type { ControllerId, ItemId } from './ids.ts';
import type { Place } from './place.ts';
import type { Purpose } from './purpose.ts';
import type { Refusal } from './refusal.ts';

declare const viewBrand: unique symbol;

/** A fact that exists but stayed behind the door, and why. For the person alone. */
export interface HeldFact {
  readonly key: string;
  readonly refusal: Refusal;
}

/** What one source says was bought at one instant. */
export interface Order {
  readonly timeMs: number;
  /** Distinct, ascending; none where only the time is given. */
  readonly items: readonly ItemId[];
  /** Keys of their facts, in the same order. */
  readonly keys: readonly string[];
}

/** What was looked at in turn, oldest first; a thing may come again. */
export interface Session {
  readonly items: readonly ItemId[];
  /** Keys of their facts, and when each was looked at, in the same order. */
  readonly keys: readonly string[];
  readonly times: readonly number[];
}

/**
 * So long without a look ends a session, in milliseconds: half an hour, as shops' own statistics count.
 * Pauses above 25.5 minutes began something new (Catledge and Pitkow, “Characterizing Browsing Strategies in
 * the World-Wide Web”, 1995).
 */
export const SESSION_GAP_MS = 30 * MINUTE_MS;

export interface View {
  readonly [viewBrand]: true;
  readonly purpose: Purpose;
  readonly controller: ControllerId;
  readonly place: Place | undefined;
  readonly nowMs: number;
  /**
   * Facts of one category that may be read. Calling it is reading: what it returns is recorded. Sorted by
   * key.
   */
  read(category: DataCategory): readonly Fact[];
  /**
   * What was bought together, as far as its facts may be read and are still true: the person's own newest
   * orders, oldest first. For `improve` and for what slots are filled for; for `measure` their times without
   * their items; for any other purpose there are none. Calling it is reading.
   */
  orders(): readonly Order[];
  /**
   * What was looked at in turn, as far as its facts may be read: the person's own newest looks, oldest
   * session first. For `improve` and for what slots are filled for, `measure` left out; for any other purpose
   * there are none. Calling it is reading.
   */
  sessions(): readonly Session[];
  /** Keys of all facts read so far, sorted. */
  reads(): readonly string[];
  /** Facts held back at the door. */
  held(): readonly HeldFact[];
}
