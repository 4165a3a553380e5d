// Writes what happened in the formats that shops really send: the web site speaks GA4 Measurement Protocol,
// the app speaks the Segment spec, the till sends CloudEvents 1.0.2. So one run of the town tries every door
// of the intake.
//
// Consent has a line of its own (no common format exists for it):
// {"fineline":"consent","person":…,"grants":[…],…}.

import { unreachable } from '../../src/kernel/assert.ts';
import { isoInstant } from '../../src/kernel/time.ts';
import { productOf } from './catalogue.ts';
import type { Act, ActLine, TownLine } from './types.ts';

/** The notice that townspeople answer. */
export const NOTICE_ID = 'town-notice-1';
/** The notice they answer when they set up a connected appliance. */
export const DEVICE_NOTICE_ID = 'town-device-notice-1';
/** The notice in front of which they open a class; it comes with Fineline (src/facts/class-notice.ts). */
export const CLASS_NOTICE_ID = 'notice-classes';
const CURRENCY = 'EUR';

type ShopAct = Exclude<Act, { readonly kind: 'consent' }>;
type ItemAct = Exclude<ShopAct, { readonly kind: 'declare' | 'reading' | 'sign-in' }>;
type SegmentAct = Exclude<ShopAct, { readonly kind: 'dismiss' | 'reading' }>;
type ShelfAct = Exclude<ItemAct, { readonly kind: 'dismiss' | 'review' }>;

/** One line of events.ndjson. */
export function writeAct(act: Act): TownLine {
  const json = JSON.stringify(payloadOf(act));
  return { timeMs: act.timeMs, source: act.source, person: act.person, kind: act.kind, json };
}

function payloadOf(act: Act): object {
  if (act.kind === 'consent') return consentOf(act);
  if (act.kind === 'reading') return readingOf(act);
  if (act.kind === 'sign-in') return act.source === 'town-web' ? ga4SignIn(act) : segmentOf(act);
  // Traits travel as an identify call whoever sends them: the two others have no word for it.
  if (act.kind === 'dismiss') return plainOf(act);
  if (act.kind === 'declare' || act.source === 'town-app') return segmentOf(act);
  // GA4 has no event for a review; the site sends it as the app does.
  if (act.kind === 'review') return act.source === 'town-web' ? segmentOf(act) : cloudEventOf(act);
  return act.source === 'town-web' ? ga4Of(act) : cloudEventOf(act);
}

/** "Less of this": no other format has a word for it. */
function plainOf(act: Extract<Act, { readonly line: ActLine }>): object {
  const { kind, id, person, source } = act;
  return { kind, id, person, source, time: isoInstant(act.timeMs), lines: [{ item: act.line.item }] };
}

function consentOf(act: Extract<Act, { readonly kind: 'consent' }>): object {
  return {
    fineline: 'consent',
    source: act.source,
    person: act.person,
    grants: act.grants,
    notice: { id: act.notice, language: act.language },
    place: act.place,
    ...(act.gpc ? { gpc: true } : {}),
    time: isoInstant(act.timeMs),
  };
}

/**
 * CloudEvents 1.0.2, structured JSON (https://github.com/cloudevents/spec, v1.0.2), around Fineline's own
 * plain event.
 */
function cloudEventOf(act: ItemAct): object {
  const lines = linesOf(act).map(({ item, quantity }) => {
    return { item, quantity, priceMinor: productOf(item).priceMinor };
  });
  return {
    specversion: '1.0',
    id: act.id,
    source: act.source,
    type: `com.fineline.${act.kind}`,
    subject: act.person,
    time: isoInstant(act.timeMs),
    datacontenttype: 'application/json',
    data: {
      person: act.person,
      ...('order' in act ? { order: act.order } : {}),
      currency: CURRENCY,
      lines,
      ...(act.kind === 'review' ? { traits: { rating: act.rating } } : {}),
    },
  };
}

/**
 * A reading, as an appliance that speaks CloudEvents sends it around a message of the Segment spec. That spec
 * lets a track call have a name of one's own; an intake that does not know the name passes it over.
 */
function readingOf(act: Extract<Act, { readonly kind: 'reading' }>): object {
  const { device, item, cycles, wearPercent, fault } = act.reading;
  return {
    specversion: '1.0',
    id: act.id,
    source: act.source,
    type: 'com.fineline.reading',
    time: isoInstant(act.timeMs),
    datacontenttype: 'application/json',
    data: {
      type: 'track',
      event: 'Device Reading',
      userId: act.person,
      properties: {
        device_id: device,
        product_id: item,
        cycles,
        wear_percent: wearPercent,
        ...(fault === undefined ? {} : { fault_code: fault }),
      },
    },
  };
}

const SEGMENT_EVENTS = {
  view: 'Product Viewed',
  'basket-add': 'Product Added',
  'basket-remove': 'Product Removed',
  purchase: 'Order Completed',
  return: 'Order Refunded',
  review: 'Product Reviewed',
} as const;

/**
 * Segment spec: identify, and track with the e-commerce v2 names (https://segment.com/docs/connections/spec).
 */
function segmentOf(act: SegmentAct): object {
  const head = {
    messageId: act.id,
    source: act.source,
    ...(isGuest(act) ? {} : { userId: act.person }),
    ...(act.visitor === undefined ? {} : { anonymousId: act.visitor }),
    timestamp: isoInstant(act.timeMs),
  };
  if (act.kind === 'sign-in') return { type: 'identify', ...head, traits: {} };
  if (act.kind === 'declare') return { type: 'identify', ...head, traits: act.traits };
  return { type: 'track', event: SEGMENT_EVENTS[act.kind], ...head, properties: segmentProperties(act) };
}

function segmentProperties(act: Exclude<SegmentAct, { readonly kind: 'declare' | 'sign-in' }>): object {
  const products = linesOf(act).map(({ item, quantity }) => ({
    product_id: item,
    quantity,
    price: euroOf(item),
  }));
  // Views and basket steps name one product in the properties themselves, orders a list of them.
  if (act.kind === 'review') return { product_id: act.line.item, rating: act.rating };
  if (!('order' in act)) return { ...products[0], currency: CURRENCY };
  return { order_id: act.order, currency: CURRENCY, total: totalOf(act.lines), products };
}

const GA4_EVENTS = {
  view: 'view_item',
  'basket-add': 'add_to_cart',
  'basket-remove': 'remove_from_cart',
  purchase: 'purchase',
  return: 'refund',
} as const;

/**
 * GA4 Measurement Protocol, e-commerce events
 * (https://developers.google.com/analytics/devguides/collection/protocol/ga4).
 */
function ga4Of(act: ShelfAct): object {
  const lines = linesOf(act);
  const items = lines.map(({ item, quantity }) => ({ item_id: item, quantity, price: euroOf(item) }));
  const order = 'order' in act ? { transaction_id: act.order } : {};
  return {
    ...ga4Head(act),
    events: [
      {
        name: GA4_EVENTS[act.kind],
        params: { event_id: act.id, ...order, currency: CURRENCY, value: totalOf(lines), items },
      },
    ],
  };
}

/** Who signs in is named beside the browser that was there before: evidence, and no join. */
function ga4SignIn(act: Extract<Act, { readonly kind: 'sign-in' }>): object {
  return { ...ga4Head(act), events: [{ name: 'login', params: { event_id: act.id } }] };
}

function ga4Head(act: ShopAct): object {
  return {
    source: act.source,
    client_id: act.visitor ?? `web.${act.person}`,
    ...(isGuest(act) ? {} : { user_id: act.person }),
    timestamp_micros: act.timeMs * 1000,
  };
}

/** A guest has no customer number: their lines name the browser or app alone. */
function isGuest({ person }: Act): boolean {
  return person.startsWith('guest:');
}

function linesOf(act: ItemAct): readonly ActLine[] {
  switch (act.kind) {
    case 'view':
    case 'basket-add':
    case 'basket-remove':
    case 'dismiss':
    case 'review':
      return [act.line];
    case 'purchase':
    case 'return':
      return act.lines;
    default:
      return unreachable(act);
  }
}

/** Euro with cents, as the public formats want it: 18900 → 189. */
function euroOf(item: string): number {
  return productOf(item).priceMinor / 100;
}

function totalOf(lines: readonly ActLine[]): number {
  return lines.reduce((sum, { item, quantity }) => sum + productOf(item).priceMinor * quantity, 0) / 100;
}
