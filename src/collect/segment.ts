// Owns: messages in the shape of Segment's spec (track, identify, page, screen, alias, group, batch;
// e-commerce events version 2), which many customer-data tools speak. Source: the public spec pages, and its
// example payloads.

import type { EventKind } from '../facts/event.ts';
import { problem } from '../facts/parse.ts';
import type { Purpose } from '../facts/purpose.ts';
import { isObject, pick } from './allow.ts';
import type { LineDraft } from './draft.ts';
import {
  type At,
  type Occurrence,
  emit,
  forEachMessage,
  noteLink,
  noteObjection,
  refusedPurposes,
  reportAt,
  withSource,
} from './emit.ts';
import type { Intake } from './intake.ts';
import { currencyCode } from './money.ts';
import { type Who, parseWho } from './people.ts';
import { birthYearOf, readTraits } from './traits.ts';

export const SEGMENT_TYPES: readonly string[] = ['track', 'identify', 'page', 'screen', 'alias', 'group'];

/** Names of the e-commerce spec. `products` = the items are a list, otherwise the properties are the item. */
const TRACKED: ReadonlyMap<string, { readonly kind: EventKind; readonly products: boolean }> = new Map([
  ['Product Viewed', { kind: 'view', products: false }],
  ['Product Clicked', { kind: 'click', products: false }],
  ['Product Added', { kind: 'basket-add', products: false }],
  ['Product Removed', { kind: 'basket-remove', products: false }],
  ['Product Reviewed', { kind: 'review', products: false }],
  ['Product List Viewed', { kind: 'impression', products: true }],
  ['Cart Viewed', { kind: 'view', products: true }],
  ['Order Completed', { kind: 'purchase', products: true }],
  ['Order Refunded', { kind: 'return', products: true }],
  ['Order Cancelled', { kind: 'return', products: true }],
]);

const FIELDS = [
  'type',
  'event',
  'messageId',
  'userId',
  'anonymousId',
  'previousId',
  'timestamp',
  'originalTimestamp',
  'sentAt',
  'properties',
  'traits',
  'context',
  'source',
] as const;
const PROPERTIES = [
  'product_id',
  'sku',
  'price',
  'quantity',
  'currency',
  'order_id',
  'products',
  'rating',
  'fineline_decision',
] as const;
const PRODUCT = ['product_id', 'sku', 'price', 'quantity'] as const;
const TRAIT_FIELDS = [
  'birthYear',
  'birthday',
  'language',
  'country',
  'region',
  'timezone',
  'timeZone',
  'likes',
  'dislikes',
  'address',
] as const;

type Message = Readonly<Partial<Record<(typeof FIELDS)[number], unknown>>>;

/** Reads `{ batch: [ … ] }`; the context of the batch stands in for that of a message that has none. */
export function readSegmentBatch(value: Readonly<Record<string, unknown>>, intake: Intake, at: At): void {
  const { batch, context } = pick(value, {
    allowed: ['batch', 'context', 'sentAt'],
    path: '',
    tally: intake.tally,
  });
  if (!Array.isArray(batch)) return;
  forEachMessage(batch, intake, { at, field: 'batch' }, (entry, place) =>
    readSegment(entry, intake, place, context),
  );
}

/** Reads one message. */
export function readSegment(value: unknown, intake: Intake, outer: At, batchContext?: unknown): void {
  const message = pick(value, { allowed: FIELDS, path: '', tally: intake.tally });
  const place = withSource(outer, message.source);
  if (!place.ok) return reportAt(intake, outer, place.error);
  const at = place.value;
  const known = message.userId;
  const guest = message.type === 'alias' ? message.previousId : message.anonymousId;
  const who = parseWho(
    { known, guest },
    { known: 'userId', guest: message.type === 'alias' ? 'previousId' : 'anonymousId' },
  );
  if (!who.ok) return reportAt(intake, at, who.error);
  const time = message.timestamp ?? message.originalTimestamp ?? message.sentAt;
  noteLink(intake, who.value, time);
  const { consent, device } = pick(message.context ?? batchContext, {
    allowed: ['consent', 'device'],
    path: 'context',
    tally: intake.tally,
  });
  const refused = new Set([...refusalsOf(consent, intake), ...refusalsOfDevice(device, intake)]);
  noteObjection(intake, who.value, { purposes: [...refused], time });
  switch (message.type) {
    case 'track':
      return readTrack(message, intake, at, { who: who.value, time });
    case 'page':
    case 'screen':
      return readPage(message, intake, at, { who: who.value, time });
    case 'identify':
      return readIdentify(message, intake, at, { who: who.value, time });
    case 'alias':
    case 'group':
      intake.ignored += 1;
      return;
    default:
      return reportAt(
        intake,
        at,
        problem('type', `one of ${SEGMENT_TYPES.join(', ')}`, 'Use a type of the Segment spec.'),
      );
  }
}

interface Caller {
  readonly who: Who;
  readonly time: unknown;
}

function refusalsOf(consent: unknown, intake: Intake): ReturnType<typeof refusedPurposes> {
  if (consent === undefined) return [];
  const { categoryPreferences } = pick(consent, {
    allowed: ['categoryPreferences'],
    path: 'context/consent',
    tally: intake.tally,
  });
  // A consent object without readable preferences was sent for a reason; `null` is no map and refuses
  // everything.
  return refusedPurposes(categoryPreferences ?? null);
}

/**
 * What the phone answered: `adTrackingEnabled` says yes with `true` alone, `trackingStatus` (App Tracking
 * Transparency) with `authorized`. Whatever else stands there is no yes, nor is a device that cannot be read.
 */
function refusalsOfDevice(device: unknown, intake: Intake): readonly Purpose[] {
  const { adTrackingEnabled: enabled, trackingStatus: status } = pick(device, {
    allowed: ['adTrackingEnabled', 'trackingStatus'],
    path: 'context/device',
    tally: intake.tally,
  });
  const isRead = device === undefined || isObject(device);
  const isYes = enabled === undefined || enabled === true;
  const isAuthorized = status === undefined || status === 'authorized';
  return isRead && isYes && isAuthorized ? [] : ['advertise'];
}

function readTrack(message: Message, intake: Intake, at: At, caller: Caller): void {
  const tracked = typeof message.event === 'string' ? TRACKED.get(message.event) : undefined;
  if (tracked === undefined) {
    intake.ignored += 1;
    return;
  }
  const properties = pick(message.properties, {
    allowed: PROPERTIES,
    path: 'properties',
    tally: intake.tally,
  });
  const lines = tracked.products ? productsOf(properties.products, intake) : [lineOf(properties)];
  const rated =
    tracked.kind === 'review'
      ? readTraits({ rating: properties.rating }, intake.context.nowMs).traits
      : undefined;
  const currency = currencyCode(properties.currency);
  const occurrence: Occurrence = {
    kind: tracked.kind,
    id: message.messageId,
    order: properties.order_id,
    time: caller.time,
    lines,
    decision: properties.fineline_decision,
    ...(currency === undefined ? {} : { currency }),
    ...(rated === undefined ? {} : { traits: rated }),
  };
  emit(intake, at, {
    who: caller.who,
    occurrence,
    linesPath: tracked.products ? 'properties/products' : 'properties',
  });
}

function readPage(message: Message, intake: Intake, at: At, caller: Caller): void {
  const properties = pick(message.properties, { allowed: PRODUCT, path: 'properties', tally: intake.tally });
  const line = lineOf(properties);
  if (line.item === undefined) {
    // An address says nothing that may be kept; only a page about a thing is a view of it.
    intake.ignored += 1;
    return;
  }
  const occurrence: Occurrence = { kind: 'view', id: message.messageId, time: caller.time, lines: [line] };
  emit(intake, at, { who: caller.who, occurrence, linesPath: 'properties' });
}

function readIdentify(message: Message, intake: Intake, at: At, caller: Caller): void {
  const { birthday, address, timezone, ...plain } = pick(message.traits, {
    allowed: TRAIT_FIELDS,
    path: 'traits',
    tally: intake.tally,
  });
  const home = pick(address, { allowed: ['country'], path: 'traits/address', tally: intake.tally });
  const said = {
    ...plain,
    birthYear: plain.birthYear ?? birthYearOf(birthday),
    country: plain.country ?? home.country,
    timeZone: plain.timeZone ?? timezone,
  };
  const { traits, problems } = readTraits(said, intake.context.nowMs);
  for (const found of problems) reportAt(intake, at, { ...found, field: `traits/${found.field}` });
  if (traits === undefined) {
    intake.ignored += 1;
    return;
  }
  const occurrence: Occurrence = {
    kind: 'declare',
    id: message.messageId,
    time: caller.time,
    lines: [],
    traits,
  };
  emit(intake, at, { who: caller.who, occurrence, linesPath: 'traits' });
}

function productsOf(products: unknown, intake: Intake): readonly LineDraft[] {
  if (!Array.isArray(products)) return [];
  return products.map((entry) =>
    lineOf(pick(entry, { allowed: PRODUCT, path: 'properties/products/*', tally: intake.tally })),
  );
}

function lineOf(product: Readonly<Partial<Record<(typeof PRODUCT)[number], unknown>>>): LineDraft {
  return { item: product.product_id ?? product.sku, quantity: product.quantity, price: product.price };
}
