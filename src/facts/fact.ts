// What is known of a person. Every fact says what kind of data it is, where it came from, on what basis and
// until when. Facts add up commutatively: events may arrive in any order and the profile is the same.

import type { DataCategory } from './category.ts';
import type { Channel } from './channel.ts';
import type { ControllerId, ItemId, SourceId } from './ids.ts';
import type { ClassName } from './item.ts';
import type { Basis } from './source.ts';

export const FACT_KINDS = [
  'bought',
  'viewed',
  'in-basket',
  'clicked',
  'dismissed',
  'likes',
  'dislikes',
  'trait',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Which category each kind of fact belongs to. Total. */
export const FACT_CATEGORY: Readonly<Record<FactKind, DataCategory>> = {
  bought: 'purchases',
  viewed: 'browsing',
  'in-basket': 'basket',
  clicked: 'interactions',
  dismissed: 'interactions',
  likes: 'declared',
  dislikes: 'declared',
  trait: 'demographics',
};

export interface Fact {
  /**
   * Unique in a profile: kind, source and thing. Appears in explanations and access answers, never in logs.
   */
  readonly key: string;
  readonly kind: FactKind;
  readonly category: DataCategory;
  /** The thing it is about; absent for traits. */
  readonly item?: ItemId;
  /** For traits: `language` and the like. */
  readonly name?: string;
  readonly value?: string | number;
  /**
   * Net pieces: bought minus returned, put in minus taken out. At 0 or less the fact no longer counts as
   * true.
   */
  readonly quantity: number;
  /** Times it happened (orders, views). */
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Pieces that came back. A returned thing is not recommended again. */
  readonly returned: number;
  readonly controller: ControllerId;
  readonly source: SourceId;
  readonly channel: Channel;
  readonly basis: Basis;
  readonly expiresMs: number;
}

/** All facts of one person at one controller, by key. */
export interface Profile {
  readonly facts: ReadonlyMap<string, Fact>;
  /** Short hashes of the event ids already counted, so that a repeat changes nothing. */
  readonly seen: ReadonlySet<string>;
  /**
   * Behind each `bought` fact, by its key: when it was bought, the newest `LIMITS.ordersPerPersonMax` times,
   * oldest first. What has none was folded before there were these, and is in no order.
   */
  readonly boughtAt?: ReadonlyMap<string, readonly number[]>;
  /**
   * The newest `LIMITS.looksPerPersonMax` looks at things, each once, by time and then key. A `viewed` fact
   * that was folded before there were these is in no session.
   */
  readonly looks?: readonly Look[];
}

/** That a thing was looked at, once. */
export interface Look {
  /** Of its `viewed` fact. */
  readonly key: string;
  readonly timeMs: number;
}

/**
 * What the door needs to know of a thing to judge a fact about it; public data, from the catalogue.
 * `unknown`: the catalogue has no such thing, so nobody can say that it tells nothing; `undefined`: it is
 * known, and tells nothing.
 */
export type SensitiveLookup = (item: ItemId) => ClassName | 'unknown' | undefined;
