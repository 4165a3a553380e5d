// What happened, in one shape, whatever format it came in. An `Event` is bounded but not yet allowed: only an
// `AdmittedEvent` (minted in consent/admit.ts) can be stored.

import type { Channel } from './channel.ts';
import type { DataCategory } from './category.ts';
import type { ControllerId, DecisionId, EventId, ItemId, PersonId, SourceId } from './ids.ts';
import type { Basis } from './source.ts';

export const EVENT_KINDS = [
  'view',
  'basket-add',
  'basket-remove',
  'purchase',
  'return',
  'impression',
  'click',
  'dismiss',
  'declare',
  'review',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Which kind of personal data an event is. Total: a new kind cannot be added without answering this. */
export const EVENT_CATEGORY: Readonly<Record<EventKind, DataCategory>> = {
  view: 'browsing',
  'basket-add': 'basket',
  'basket-remove': 'basket',
  purchase: 'purchases',
  return: 'purchases',
  impression: 'interactions',
  click: 'interactions',
  dismiss: 'interactions',
  declare: 'declared',
  review: 'reviews',
};

/** One line of an order, basket or list. */
export interface Line {
  readonly item: ItemId;
  /** Pieces, > 0. A return carries positive quantities too: its kind says that they come back. */
  readonly quantity: number;
  readonly priceMinor?: number;
}

/** What a person says about themselves. A closed list: other traits are dropped at intake and counted. */
export const TRAITS = [
  'birthYear',
  'language',
  'country',
  'region',
  'timeZone',
  'likes',
  'dislikes',
  'rating',
] as const;
export type TraitName = (typeof TRAITS)[number];
export type Traits = Readonly<Partial<Record<TraitName, string | number>>>;

export interface Event {
  /** Given by the sender; the same id twice is the same event. */
  readonly id: EventId;
  readonly kind: EventKind;
  readonly person: PersonId;
  readonly controller: ControllerId;
  readonly source: SourceId;
  readonly channel: Channel;
  /** When it happened, ms since 1970 UTC. */
  readonly timeMs: number;
  readonly lines: readonly Line[];
  /** The decision that led to it, for impressions, clicks, dismissals and purchases. */
  readonly decision?: DecisionId;
  readonly traits?: Traits;
}

declare const admittedBrand: unique symbol;

/** An event that may be kept, on this basis, until then. */
export interface AdmittedEvent extends Event {
  readonly [admittedBrand]: true;
  readonly basis: Basis;
  readonly expiresMs: number;
}
