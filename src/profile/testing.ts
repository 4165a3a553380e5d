// What the tests of profiles are made of: events and facts of a small shop, each with one thing changed.

import { assert } from '../kernel/assert.ts';
import type { Result } from '../kernel/result.ts';
import type { AdmittedEvent, Event, EventKind } from '../facts/event.ts';
import type { Fact, FactKind } from '../facts/fact.ts';
import {
  type ItemId,
  type PersonId,
  type SourceId,
  parseControllerId,
  parseEventId,
  parseItemId,
  parsePersonId,
  parseSourceId,
} from '../facts/ids.ts';
import { type Refusal, isRefusal } from '../facts/refusal.ts';
import type { Source } from '../facts/source.ts';
import { categoryOf, factKey } from './merge.ts';

export const DAY = 86_400_000;

/** 2026-07-25T12:00:00Z. */
export const NOW = 1_784_980_800_000;

/** The value of a parse that cannot fail in this test. */
export function must<T>(parsed: Result<T, unknown>): T {
  assert(parsed.ok, `a test gives readable input, got ${JSON.stringify(parsed)}`);
  return parsed.value;
}

export const SHOP = must(parseControllerId('shop'));
export const OTHER_SHOP = must(parseControllerId('other-shop'));
export const WEB = sourceId('web');
export const TILL = sourceId('till');

export function itemId(text: string): ItemId {
  return must(parseItemId(text));
}

export function personId(text: string): PersonId {
  return must(parsePersonId(text));
}

export function sourceId(text: string): SourceId {
  return must(parseSourceId(text));
}

export function source(id: SourceId, more: Partial<Source> = {}): Source {
  const channel = id === TILL ? 'till' : 'web';
  return {
    id,
    controller: SHOP,
    origin: 'first-party',
    channel,
    basis: 'consent',
    noticeId: 'n1',
    description: id,
    ...more,
  };
}

export const SOURCES: ReadonlyMap<SourceId, Source> = new Map([WEB, TILL].map((id) => [id, source(id)]));

export interface Told extends Partial<Omit<Event, 'id' | 'lines'>> {
  readonly id?: string;
  /** `'coat'`, or `'coat*2'` for two. */
  readonly items?: readonly string[];
}

let count = 0;

/** An event of its own id, a day ago on the web, unless told otherwise. */
export function event(kind: EventKind, { id, items = [], ...more }: Told = {}): Event {
  count += 1;
  const lines = items.map((text) => {
    const [item = '', pieces = '1'] = text.split('*');
    return { item: itemId(item), quantity: Number(pieces) };
  });
  const base = {
    person: personId('anna'),
    controller: SHOP,
    source: WEB,
    channel: 'web',
    timeMs: NOW - DAY,
  } as const;
  return { ...base, ...more, id: must(parseEventId(id ?? `e${count}`)), kind, lines };
}

export function admitted(answer: AdmittedEvent | Refusal): AdmittedEvent {
  assert(!isRefusal(answer), `a test admits its event, got ${JSON.stringify(answer)}`);
  return answer;
}

/** A fact that passes every judgement but that of a grant, unless told otherwise. */
export function fact(kind: FactKind, about: string, more: Partial<Fact> = {}): Fact {
  const what = kind === 'trait' ? { name: about, value: 'x' } : { item: itemId(about) };
  return {
    key: factKey(kind, more.source ?? WEB, about),
    kind,
    category: categoryOf(kind, what.name),
    ...what,
    quantity: 1,
    count: 1,
    firstMs: NOW - DAY,
    lastMs: NOW - DAY,
    returned: 0,
    controller: SHOP,
    source: WEB,
    channel: 'web',
    basis: 'consent',
    expiresMs: NOW + 300 * DAY,
    ...more,
  };
}
