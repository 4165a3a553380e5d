// Goal: what was looked at in turn is known as it was, in any order of events, and only as far as its facts
// may be read. Method: the fold and the door themselves, against sessions counted naively from the events.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit } from '../consent/admit.ts';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from '../consent/chain.ts';
import { EU } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import { BEFORE_NOTICES } from '../consent/testing.ts';
import type { AdmittedEvent, EventKind } from '../facts/event.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { Session } from '../facts/view.ts';
import { LIMITS } from '../kernel/limits.ts';
import { MINUTE_MS } from '../kernel/time.ts';
import { utf8, utf8Text } from '../kernel/bytes.ts';
import { type Identity, type OpenInput, open } from './door.ts';
import { type MutableProfile, emptyProfile, foldEvent, pruneFacts } from './fold.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot.ts';
import { DAY, NOW, SHOP, SOURCES, TILL, type Told, WEB, admitted, event, itemId, must } from './testing.ts';

function permissionsOf(purposes: readonly Purpose[], nowMs = NOW) {
  const sinceMs = nowMs - 300 * DAY;
  const record = nextConsentRecord(EMPTY_CHAIN, {
    controller: SHOP,
    changes: purposes.map((purpose) => ({ category: 'browsing' as const, purpose, state: 'given' as const })),
    notice: { id: 'n', language: 'en' },
    method: 'centre',
    pack: EU,
    timeMs: sinceMs,
  });
  const chain = foldConsent(EMPTY_CHAIN, record);
  const asked = { pack: EU, place: { country: 'DE' }, signals: NO_SIGNALS, ageYears: undefined, nowMs };
  return permit({ notices: BEFORE_NOTICES, chain, revocations: chain.withdrawals, ...asked });
}

const GRANTED = PURPOSES.filter((purpose) => purpose !== 'serve');

function happened(kind: EventKind, told: Told): AdmittedEvent {
  const one = event(kind, told);
  const source = { ...SOURCES.get(one.source)!, basis: 'contract' as const };
  return admitted(admit({ event: one, source, permissions: permissionsOf(GRANTED) }));
}

/** A look so many minutes ago. */
const look = (thing: string, ago: number, source = WEB) =>
  happened('view', { items: [thing], timeMs: NOW - ago * MINUTE_MS, source });

function fold(events: readonly AdmittedEvent[]): MutableProfile {
  const profile = emptyProfile();
  for (const one of events) foldEvent(profile, one);
  return profile;
}

interface Asking {
  readonly purpose?: Purpose;
  readonly granted?: readonly Purpose[];
  readonly restricted?: readonly string[];
  readonly input?: Partial<OpenInput>;
  readonly nowMs?: number;
}

function sessions(
  profile: MutableProfile,
  { purpose = 'improve', granted = GRANTED, restricted, input, nowMs }: Asking = {},
) {
  const permissions = permissionsOf(granted, nowMs);
  const identity: Identity = { profile, permissions, restricted: new Set(restricted) };
  const view = open({
    identities: [identity],
    purpose,
    controller: SHOP,
    sources: SOURCES,
    sensitiveOf: (item) => (item === itemId('test') ? 'pregnancy-baby' : undefined),
    declaredClasses: new Set(),
    ...input,
  });
  if (isRefusal(view)) return view.refused;
  const found = view.sessions();
  if (found.length > 0) expect(view.reads().every((key) => key.includes('viewed|'))).toBe(true);
  return found;
}

const things = (all: readonly Session[] | string) =>
  typeof all === 'string' ? all : all.map(({ items }) => items.join(' '));

describe('what was looked at in turn', () => {
  test('[P40] is what followed within half an hour, whatever the order of events', () => {
    const events = [
      ...[look('coat', 200), look('scarf', 190), look('coat', 175)],
      ...[look('lamp', 145), look('shade', 116), look('lamp', 115, TILL)],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(things(sessions(fold(shuffled)))).toEqual(['coat scarf coat', 'lamp shade lamp']);
      }),
    );
    const [, { keys, times } = { keys: [], times: [] }] = sessions(fold(events)) as readonly Session[];
    expect(keys).toEqual(['viewed|web|lamp', 'viewed|web|shade', 'viewed|till|lamp']);
    expect(times.map((ms) => (NOW - ms) / MINUTE_MS)).toEqual([145, 116, 115]);
    // What was bought is no look; nor is the same look twice.
    const [first] = events;
    const more = [happened('purchase', { items: ['coat'] }), first!];
    expect(sessions(fold([...events, ...more]))).toEqual(sessions(fold(events)));
  });

  test('[P40] is bounded by the newest hundred, the same for any order, and is read back as it was', () => {
    const drawn = fc.array(fc.tuple(fc.nat(7), fc.nat(400)), { minLength: 90, maxLength: 150 });
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.nat()), (looks, order) => {
        const events = looks.map(([thing, ago]) => look(`thing-${thing}`, ago));
        const shuffled = events
          .map((one) => [order.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        const profile = fold(shuffled);
        const distinct = [...new Set(looks.map(([thing, ago]) => `${5000 - ago} viewed|web|thing-${thing}`))];
        const newest = distinct.sort().slice(-LIMITS.looksPerPersonMax);
        expect(profile.looks.map(({ key, timeMs }) => `${5000 - (NOW - timeMs) / MINUTE_MS} ${key}`)).toEqual(
          newest,
        );
        const state = { profile, chain: EMPTY_CHAIN, links: [] };
        expect(must(decodeSnapshot(encodeSnapshot(state))).profile.looks).toEqual(profile.looks);
        expect(encodeSnapshot({ ...state, profile: fold(events) })).toEqual(encodeSnapshot(state));
      }),
      { numRuns: 8 },
    );
  });

  test('[P40] goes with its fact, and is nothing in a snapshot of before it was kept', () => {
    const profile = fold([look('coat', 20), look('scarf', 10)]);
    pruneFacts(profile, ({ item }) => item !== itemId('coat'));
    expect(things(sessions(profile))).toEqual(['scarf']);
    const state = { profile, chain: EMPTY_CHAIN, links: [] };
    const text = utf8Text(encodeSnapshot(state));
    const before = text.replace(`,[${NOW - 10 * MINUTE_MS}]`, '');
    expect(before).not.toBe(text);
    const read = must(decodeSnapshot(utf8(before)));
    expect(things(sessions(read.profile))).toEqual([]);
    // Times that no look can have had.
    const wrong = text.replace(`,[${NOW - 10 * MINUTE_MS}]`, `,[${NOW}]`);
    expect(decodeSnapshot(utf8(wrong)).ok).toBe(false);
  });

  test('[P41] passes the door with its facts, for learning and for slots, as long as they may', () => {
    const profile = fold([look('coat', 25), look('test', 15), look('scarf', 5)]);
    expect(things(sessions(profile))).toEqual(['coat scarf']);
    const passing = PURPOSES.filter((purpose) =>
      things(sessions(profile, { purpose })).includes('coat scarf'),
    );
    expect(passing).toEqual(['recommend', 'improve', 'advertise', 'contact', 'benefit']);
    expect(things(sessions(profile, { restricted: ['viewed|web|coat'] }))).toEqual(['scarf']);
    expect(sessions(profile, { granted: ['recommend'] })).toBe('no-grant');
    expect(things(sessions(profile, { input: { sources: new Map() } }))).toEqual([]);
    // Between what passes nothing is felt of what does not: two looks too far apart are two sessions.
    const apart = fold([look('coat', 45), look('test', 25), look('scarf', 5)]);
    expect(things(sessions(apart))).toEqual(['coat', 'scarf']);
    // Seen again, a thing does not bring back when it was seen before.
    const later = fold([look('coat', 100), look('coat', 5), look('scarf', 4)]);
    expect(things(sessions(later))).toEqual(['coat', 'coat scarf']);
    const nowMs = NOW + EU.profileDaysMax * DAY - 50 * MINUTE_MS;
    expect(things(sessions(later, { nowMs }))).toEqual(['coat scarf']);
  });

  test('[P41] holds nothing of a fact of which nothing is left', () => {
    const profile = fold([look('coat', 20), look('scarf', 10)]);
    const fact = profile.facts.get('viewed|web|coat')!;
    profile.facts.set(fact.key, { ...fact, quantity: 0 });
    expect(things(sessions(profile))).toEqual(['scarf']);
  });

  test('[P41] is never that of a joined identity', () => {
    const own = fold([look('coat', 5)]);
    const other = fold([look('lamp', 4)]);
    const permissions = permissionsOf(GRANTED);
    const [first, joined] = [own, other].map((profile) => ({
      profile,
      permissions,
      restricted: new Set<string>(),
    }));
    expect(things(sessions(own, { input: { identities: [first!, joined!] } }))).toEqual(['coat']);
  });
});
