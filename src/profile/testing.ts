// What the tests of profiles are made of: events and facts of a small shop, each with one thing changed.

import { assert } from '../kernel/assert.ts';
import type { Result } from '../kernel/result.ts';
import type { AdmittedEvent, Event, EventKind } from '../facts/event.ts';
import type { Fact, FactKind, SensitiveLookup } from '../facts/fact.ts';
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
import type { Permissions } from '../facts/permissions.ts';
import type { Purpose } from '../facts/purpose.ts';
import { type Refusal, isRefusal } from '../facts/refusal.ts';
import type { Source } from '../facts/source.ts';
import type { View } from '../facts/view.ts';
import { open } from './door.ts';
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

interface Seeing {
  /** What the person allows, and the law (consent/testing.ts). */
  readonly permissions: Permissions;
  /** Keys of facts that the person set aside. */
  readonly hidden?: readonly string[];
  /** Times of the purchases behind a fact. */
  readonly boughtAt?: ReadonlyMap<string, readonly number[]>;
  readonly sensitiveOf?: SensitiveLookup;
  readonly purpose?: Purpose;
}

/** A real View of one person, opened through the door. */
export function viewOf(facts: readonly Fact[], seeing: Seeing): View {
  const { permissions, hidden = [], boughtAt, sensitiveOf = () => undefined, purpose = 'recommend' } = seeing;
  const profile = { facts: new Map(facts.map((one) => [one.key, one])), seen: new Set<string>() };
  const view = open({
    identities: [
      {
        profile: boughtAt === undefined ? profile : { ...profile, boughtAt: new Map(boughtAt) },
        permissions,
        restricted: new Set(hidden),
      },
    ],
    purpose,
    controller: SHOP,
    sources: SOURCES,
    sensitiveOf,
    declaredClasses: new Set(),
  });
  assert(!isRefusal(view), `a test may see, got ${JSON.stringify(view)}`);
  return view;
}
