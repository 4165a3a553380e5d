// Owns: Google Analytics 4 e-commerce events, in the three shapes in which shops have them already: `gtag`
// style (`{ name, params }`), data layer (`{ event, ecommerce }`) and Measurement Protocol (`{ client_id,
// events: [ … ] }`). Source: the public GA4 e-commerce reference. `value`, coupons, list names and custom
// parameters are dropped.

import type { EventKind } from '../facts/event.ts';
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
  reportAt,
  withSource,
} from './emit.ts';
import type { Intake } from './intake.ts';
import { currencyCode } from './money.ts';
import { type Who, parseWho } from './people.ts';

const KINDS: ReadonlyMap<string, EventKind> = new Map([
  ['view_item', 'view'],
  ['view_cart', 'view'],
  ['view_item_list', 'impression'],
  ['select_item', 'click'],
  ['add_to_cart', 'basket-add'],
  ['remove_from_cart', 'basket-remove'],
  ['purchase', 'purchase'],
  ['refund', 'return'],
]);

const CALLER = [
  'client_id',
  'app_instance_id',
  'user_id',
  'timestamp_micros',
  'consent',
  'non_personalized_ads',
  'source',
] as const;
const PARAMS = [
  'event_id',
  'items',
  'currency',
  'transaction_id',
  'fineline_decision',
  'client_id',
  'user_id',
] as const;
const ITEM = ['item_id', 'price', 'quantity'] as const;

type CallerFields = Readonly<Partial<Record<(typeof CALLER)[number], unknown>>>;
type Params = Readonly<Partial<Record<(typeof PARAMS)[number], unknown>>>;

/** Measurement Protocol: one visitor, up to 25 events (we take a whole batch). */
export function readGa4Batch(value: Readonly<Record<string, unknown>>, intake: Intake, at: At): void {
  const { events, ...caller } = pick(value, {
    allowed: [...CALLER, 'events'],
    path: '',
    tally: intake.tally,
  });
  if (!Array.isArray(events)) return;
  forEachMessage(events, intake, { at, field: 'events' }, (entry, place) => {
    const event = pick(entry, {
      allowed: ['name', 'params', 'timestamp_micros'],
      path: 'events/*',
      tally: intake.tally,
    });
    const params = pick(event.params, { allowed: PARAMS, path: 'params', tally: intake.tally });
    const time = event.timestamp_micros ?? caller.timestamp_micros;
    readNamed(
      { name: event.name, params, caller: { ...caller, timestamp_micros: time } },
      intake,
      numbered(place, events.length),
    );
  });
}

/** `{ name, params }` with the visitor beside it or in the params. */
export function readGa4Event(value: Readonly<Record<string, unknown>>, intake: Intake, at: At): void {
  const { name, params, ...caller } = pick(value, {
    allowed: [...CALLER, 'name', 'params'],
    path: '',
    tally: intake.tally,
  });
  readNamed(
    { name, params: pick(params, { allowed: PARAMS, path: 'params', tally: intake.tally }), caller },
    intake,
    at,
  );
}

/** A data-layer push: `{ event: 'purchase', ecommerce: { … } }`. */
export function readDataLayer(value: Readonly<Record<string, unknown>>, intake: Intake, at: At): void {
  const picked = pick(value, { allowed: [...CALLER, 'event', 'ecommerce'], path: '', tally: intake.tally });
  const { event, ecommerce, ...caller } = picked;
  readNamed(
    {
      name: event,
      params: pick(ecommerce, { allowed: PARAMS, path: 'ecommerce', tally: intake.tally }),
      caller,
    },
    intake,
    at,
  );
}

interface Named {
  readonly name: unknown;
  readonly params: Params;
  readonly caller: CallerFields;
}

function readNamed(message: Named, intake: Intake, at: At): void {
  const { params, caller } = message;
  const who = parseWho(
    {
      known: caller.user_id ?? params.user_id,
      guest: caller.client_id ?? caller.app_instance_id ?? params.client_id,
    },
    { known: 'user_id', guest: 'client_id' },
  );
  if (!who.ok) return reportAt(intake, at, who.error);
  const place = withSource(at, caller.source);
  if (!place.ok) return reportAt(intake, at, place.error);
  const time = microsToMs(caller.timestamp_micros);
  noteLink(intake, who.value, time);
  noteObjection(intake, who.value, { purposes: refusalsOf(caller), time });
  const kind = typeof message.name === 'string' ? KINDS.get(message.name) : undefined;
  if (kind === undefined) {
    intake.ignored += 1;
    return;
  }
  emitItems(kind, params, { who: who.value, time }, { intake, at: place.value });
}

function emitItems(
  kind: EventKind,
  params: Params,
  caller: { readonly who: Who; readonly time: unknown },
  sheet: { readonly intake: Intake; readonly at: At },
): void {
  const { tally } = sheet.intake;
  const entries: readonly unknown[] = Array.isArray(params.items) ? params.items : [];
  const lines = entries.map((entry): LineDraft => {
    const item = pick(entry, { allowed: ITEM, path: 'items/*', tally });
    return { item: item.item_id, price: item.price, quantity: item.quantity };
  });
  const currency = currencyCode(params.currency);
  const occurrence: Occurrence = {
    kind,
    id: params.event_id,
    order: params.transaction_id,
    time: caller.time,
    lines,
    decision: params.fineline_decision,
    ...(currency === undefined ? {} : { currency }),
  };
  emit(sheet.intake, sheet.at, { who: caller.who, occurrence, linesPath: 'items' });
}

/** Several events in one envelope need ids of their own. */
function numbered(at: At, count: number): At {
  if (at.envelope.id === undefined || count === 1) return at;
  return { ...at, envelope: { ...at.envelope, id: `${at.envelope.id} ${at.path}` } };
}

function microsToMs(micros: unknown): unknown {
  const number = typeof micros === 'string' && /^\d{1,16}$/.test(micros) ? Number(micros) : micros;
  return typeof number === 'number' && Number.isFinite(number) ? Math.floor(number / 1000) : micros;
}

/** GA4 consent says yes with `GRANTED` alone; whatever else stands there is a no. */
function refusalsOf(caller: CallerFields): readonly Purpose[] {
  const { consent } = caller;
  const noAds = caller.non_personalized_ads !== undefined && caller.non_personalized_ads !== false;
  if (consent === undefined) return noAds ? ['advertise'] : [];
  if (!isObject(consent)) return ['advertise', 'contact'];
  const answers = [consent['ad_user_data'], consent['ad_personalization']];
  const denied = answers.some((answer) => answer !== undefined && answer !== 'GRANTED');
  if (denied) return ['advertise', 'contact'];
  return noAds ? ['advertise'] : [];
}
