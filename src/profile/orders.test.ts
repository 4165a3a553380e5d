// Goal: what was bought together is known as it was, in any order of events, and only as far as its facts may
// be read. Method: the fold and the door themselves, against orders counted naively from the events.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit } from '../consent/admit.ts';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from '../consent/chain.ts';
import { EU } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import type { AdmittedEvent, EventKind } from '../facts/event.ts';
import type { ConsentState } from '../facts/grant.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { Order } from '../facts/view.ts';
import { LIMITS } from '../kernel/limits.ts';
import { utf8 } from '../kernel/bytes.ts';
import { type Identity, type OpenInput, open } from './door.ts';
import { type MutableProfile, emptyProfile, foldEvent, pruneFacts } from './fold.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot.ts';
import { DAY, NOW, SHOP, SOURCES, TILL, type Told, WEB, admitted, event, itemId, must } from './testing.ts';
import { BEFORE_NOTICES } from '../consent/testing.ts';

function permissionsOf(purpose: Purpose, state: ConsentState = 'given') {
  const record = nextConsentRecord(EMPTY_CHAIN, {
    controller: SHOP,
    changes: [{ category: 'purchases', purpose, state }],
    notice: { id: 'n', language: 'en' },
    method: 'centre',
    pack: EU,
    timeMs: NOW - 900 * DAY,
  });
  const chain = foldConsent(EMPTY_CHAIN, record);
  const asked = { pack: EU, place: { country: 'DE' }, signals: NO_SIGNALS, ageYears: undefined, nowMs: NOW };
  return permit({ notices: BEFORE_NOTICES, chain, revocations: chain.withdrawals, ...asked });
}

function happened(kind: EventKind, told: Told): AdmittedEvent {
  const one = event(kind, told);
  const source = { ...SOURCES.get(one.source)!, basis: 'contract' as const };
  return admitted(admit({ event: one, source, permissions: permissionsOf('improve') }));
}

function fold(events: readonly AdmittedEvent[]): MutableProfile {
  const profile = emptyProfile();
  for (const one of events) foldEvent(profile, one);
  return profile;
}

interface Asking {
  readonly purpose?: Purpose;
  readonly said?: ConsentState;
  readonly restricted?: readonly string[];
  readonly input?: Partial<OpenInput>;
}

/** What the door lets through of the orders of this profile, or why it is shut. */
function orders(profile: MutableProfile, { purpose = 'improve', said, restricted, input }: Asking = {}) {
  const identity: Identity = {
    profile,
    permissions: permissionsOf(purpose, said),
    restricted: new Set(restricted),
  };
  const view = open({
    identities: [identity],
    purpose,
    controller: SHOP,
    sources: SOURCES,
    sensitiveOf: (item) => (item === itemId('test') ? 'pregnancy-baby' : undefined),
    declaredClasses: new Set(),
    ...input,
  });
  return isRefusal(view) ? view.refused : view.orders();
}

const things = (all: readonly Order[] | string) =>
  typeof all === 'string' ? all : all.map(({ items }) => items.join(' '));

/** A coat with gloves, then tea with a test. */
const shopping = () =>
  fold([
    happened('purchase', { items: ['tea', 'test'], timeMs: NOW - DAY }),
    happened('purchase', { items: ['coat', 'gloves'], timeMs: NOW - 2 * DAY }),
  ]);

const deed = fc.record({
  kind: fc.constantFrom<EventKind>('purchase', 'purchase', 'purchase', 'return', 'basket-add'),
  items: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 }),
  timeMs: fc.integer({ min: 1, max: 80 }).map((hours) => NOW - 6 * hours * 3_600_000),
  source: fc.constantFrom(WEB, TILL),
});
const history = fc
  .array(deed, { maxLength: 90 })
  .map((list) => list.map(({ kind, ...more }, at) => happened(kind, { ...more, id: `o${at}` })));

/** The events as they stand: what one source says of one instant, without what is not kept. */
function naive(events: readonly AdmittedEvent[]): readonly string[] {
  const kept = (one: AdmittedEvent, item: string): boolean => {
    const same = events.filter(
      ({ source, lines }) => source === one.source && lines.some((line) => line.item === item),
    );
    const times = (kind: EventKind) => same.filter((other) => other.kind === kind).length;
    return times('purchase') > times('return');
  };
  const bought = events.filter(({ kind }) => kind === 'purchase');
  const names = [...new Set(bought.map(({ timeMs, source }) => `${timeMs} ${source}`))].sort();
  return names
    .map((name) => {
      const lines = bought.flatMap((one) =>
        `${one.timeMs} ${one.source}` === name
          ? one.lines.filter(({ item }) => kept(one, item)).map(({ item }) => item)
          : [],
      );
      return [...new Set(lines)].sort().join(' ');
    })
    .filter((items) => items !== '')
    .slice(-LIMITS.ordersPerPersonMax);
}

describe('orders', () => {
  test('[P18] are what was bought at one instant at one source, whatever came when', () => {
    fc.assert(
      fc.property(
        history.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length }),
            fc.subarray(events),
          ),
        ),
        ([events, other, again]) => {
          const expected = naive(events);
          expect(things(orders(fold(events)))).toEqual(expected);
          const folded = fold([...again, ...other, ...again]);
          expect(folded).toEqual(fold(events));
          const chain = EMPTY_CHAIN;
          const bytes = encodeSnapshot({ profile: folded, chain, links: [] });
          expect(bytes).toEqual(encodeSnapshot({ profile: fold(events), chain, links: [] }));
          expect(things(orders(must(decodeSnapshot(bytes)).profile))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('[P18] are the newest fifty, whatever else is folded', () => {
    const many = Array.from({ length: LIMITS.ordersPerPersonMax + 20 }, (_, at) =>
      happened('purchase', { items: ['bread', `thing-${at}`], timeMs: NOW - (100 - at) * DAY }),
    );
    for (const events of [many, many.toReversed()]) {
      const all = things(orders(fold(events)));
      expect(all).toHaveLength(LIMITS.ordersPerPersonMax);
      expect([all[0], all.at(-1)]).toEqual(['bread thing-20', 'bread thing-69']);
      expect(fold(events).boughtAt.get('bought|web|bread')).toHaveLength(LIMITS.ordersPerPersonMax);
    }
  });

  test('[P18] lose what came back, also when that is told first', () => {
    const back = happened('return', { items: ['gloves'], timeMs: NOW - DAY });
    const bought = happened('purchase', { items: ['coat', 'gloves'], timeMs: NOW - 2 * DAY });
    for (const events of [
      [back, bought],
      [bought, back],
    ])
      expect(things(orders(fold(events)))).toEqual(['coat']);
  });

  test('[P18] go with their facts, and a snapshot from before there were orders has none', () => {
    const profile = shopping();
    pruneFacts(profile, ({ item }) => item !== itemId('coat'));
    expect([...profile.boughtAt.keys()]).not.toContain('bought|web|coat');
    expect(things(orders(profile))).toEqual(['gloves', 'tea']);
    const { boughtAt: _none, ...before } = shopping();
    const old = encodeSnapshot({
      profile: { ...before, boughtAt: new Map() },
      chain: EMPTY_CHAIN,
      links: [],
    });
    const read = must(decodeSnapshot(old)).profile;
    expect([read.facts.size, orders(read)]).toEqual([4, []]);
    foldEvent(read, happened('purchase', { items: ['coat', 'hat'], timeMs: NOW - 3 * DAY }));
    expect(things(orders(read))).toEqual(['coat hat']);
    expect(decodeSnapshot(encodeSnapshot({ profile: read, chain: EMPTY_CHAIN, links: [] })).ok).toBe(true);
  });

  test('[P31] times that are none, of nothing, in disorder or beyond the fact: an error', () => {
    const text = new TextDecoder().decode(
      encodeSnapshot({ profile: shopping(), chain: EMPTY_CHAIN, links: [] }),
    );
    const time = `[${NOW - DAY}]`;
    expect(text).toContain(time);
    for (const other of ['[]', '[0.5]', '"1"', `[${NOW}]`, `[${NOW - DAY},${NOW - DAY}]`, `[${NOW - DAY}],0`])
      expect(decodeSnapshot(utf8(text.replace(time, other))).ok, other).toBe(false);
  });

  test('[P19] hold what passes the door now and nothing else', () => {
    const profile = shopping();
    expect(things(orders(profile))).toEqual(['coat gloves', 'tea']);
    expect(things(orders(profile, { restricted: ['bought|web|gloves'] }))).toEqual(['coat', 'tea']);
    expect(things(orders(profile, { input: { sources: new Map() } }))).toEqual([]);
    expect(things(orders(profile, { input: { sensitiveOf: () => 'unknown' } }))).toEqual([]);
    expect(orders(profile, { said: 'withdrawn' })).toBe('no-grant');
  });

  test('[P19] are there to improve and for slots, their times to measure, nothing for the rest', () => {
    const found = new Map(PURPOSES.map((purpose) => [purpose, orders(shopping(), { purpose })]));
    expect(things(found.get('improve') ?? [])).toEqual(['coat gloves', 'tea']);
    const times = (found.get('improve') ?? []) as readonly Order[];
    expect(found.get('measure')).toEqual(times.map(({ timeMs }) => ({ timeMs, items: [], keys: [] })));
    for (const purpose of ['recommend', 'contact', 'advertise', 'benefit'] as const)
      expect(found.get(purpose)).toEqual(times);
    expect(times[0]?.keys).toEqual(['bought|web|coat', 'bought|web|gloves']);
    expect([found.get('serve'), found.get('guard')]).toEqual([[], []]);
  });

  test('[P19] run out each by itself: bought again, a thing does not bring back what lay beside it', () => {
    const profile = fold([
      happened('purchase', { items: ['tea', 'cake'], timeMs: NOW - EU.profileDaysMax * DAY }),
      happened('purchase', { items: ['tea', 'jam'], timeMs: NOW - (EU.profileDaysMax - 1) * DAY }),
      happened('purchase', { items: ['tea', 'cake'], timeMs: NOW - DAY }),
      happened('purchase', { items: ['milk', 'cake'], timeMs: NOW - 2 * EU.profileDaysMax * DAY }),
    ]);
    expect(things(orders(profile))).toEqual(['jam tea', 'cake tea']);
  });

  test('[P19] are the person’s own, and reading them is on record', () => {
    const [mine, theirs] = [shopping(), fold([happened('purchase', { items: ['lamp', 'bulb'] })])];
    const permissions = permissionsOf('improve');
    const view = open({
      identities: [
        { profile: mine, permissions, restricted: new Set() },
        { profile: theirs, permissions, restricted: new Set() },
      ],
      purpose: 'improve',
      controller: SHOP,
      sources: SOURCES,
      sensitiveOf: () => undefined,
      declaredClasses: new Set(),
    });
    if (isRefusal(view)) throw new Error(view.refused);
    expect(view.reads()).toEqual([]);
    expect(things(view.orders())).toEqual(['coat gloves', 'tea test']);
    expect(view.reads()).toContain('bought|web|coat');
    expect(view.reads()).toEqual(view.read('purchases').map(({ key }) => key));
  });
});
