// Names of people and things. Each is a text of 1–128 printable characters with a brand of its own, so that
// an item's name cannot be passed where a person's is asked for.

import { LIMITS } from '../kernel/limits.ts';
import { type Parsed, parseText } from './parse.ts';
import { ok } from '../kernel/result.ts';

declare const idBrand: unique symbol;
type Id<Kind extends string> = string & { readonly [idBrand]: Kind };

/** A person as the shop knows them. Never stored in clear: stores see only a keyed hash of it. */
export type PersonId = Id<'person'>;
/**
 * The shop, brand or seller that decides what the data is for (GDPR art. 4(7)); grants and facts belong to
 * one.
 */
export type ControllerId = Id<'controller'>;
export type ItemId = Id<'item'>;
export type EventId = Id<'event'>;
/** A registered origin of data, e.g. `web-shop`. */
export type SourceId = Id<'source'>;
export type PlacementId = Id<'placement'>;
/** What several contacts belong to, e.g. `winter-sale`. Named by whoever asks, counted by its name alone. */
export type CampaignId = Id<'campaign'>;
/** Whom a slot is for, e.g. `tea-drinkers`; it stands in the policy. */
export type AudienceName = Id<'audience'>;
/**
 * 43 characters, sealed: it says neither whose decision it is nor when it was made (engine/decision-name.ts).
 */
export type DecisionId = Id<'decision'>;

function parseId<Kind extends string>(value: unknown, field: string): Parsed<Id<Kind>> {
  const text = parseText(value, { field, lengthMax: LIMITS.idLengthMax });
  if (!text.ok) return text;
  // The only mint of branded names: the bounds above have just been checked.
  return ok(text.value as Id<Kind>);
}

export const parsePersonId = (value: unknown, field = 'person'): Parsed<PersonId> =>
  parseId<'person'>(value, field);
export const parseControllerId = (value: unknown, field = 'controller'): Parsed<ControllerId> =>
  parseId<'controller'>(value, field);
export const parseItemId = (value: unknown, field = 'item'): Parsed<ItemId> => parseId<'item'>(value, field);
export const parseEventId = (value: unknown, field = 'id'): Parsed<EventId> => parseId<'event'>(value, field);
export const parseSourceId = (value: unknown, field = 'source'): Parsed<SourceId> =>
  parseId<'source'>(value, field);
export const parsePlacementId = (value: unknown, field = 'placement'): Parsed<PlacementId> =>
  parseId<'placement'>(value, field);
export const parseCampaignId = (value: unknown, field = 'campaign'): Parsed<CampaignId> =>
  parseId<'campaign'>(value, field);
export const parseAudienceName = (value: unknown, field = 'audience'): Parsed<AudienceName> =>
  parseId<'audience'>(value, field);
export const parseDecisionId = (value: unknown, field = 'decision'): Parsed<DecisionId> =>
  parseId<'decision'>(value, field);
