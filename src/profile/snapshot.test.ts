// Goal: what is written comes back exactly, and anything else comes back as an error. Method: states made
// by the real folds, then random damage.

import fc from 'fast-check';
import type { ConsentChain } from '../facts/consent-state.ts';
import { describe, expect, test } from 'vitest';
import { admit } from '../consent/admit.ts';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from '../consent/chain.ts';
import { EU, US_CA } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { CHANNELS } from '../facts/channel.ts';
import { EVENT_KINDS } from '../facts/event.ts';
import { CONSENT_STATES } from '../facts/grant.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import { utf8, utf8Text } from '../kernel/bytes.ts';
import { emptyProfile, foldEvent } from './fold.ts';
import { type PersonState, decodeSnapshot, encodeSnapshot } from './snapshot.ts';
import {
  DAY,
  NOW,
  SHOP,
  SOURCES,
  TILL,
  WEB,
  admitted,
  event,
  fact,
  must,
  personId,
  source,
} from './testing.ts';
import { BEFORE_NOTICES } from '../consent/testing.ts';

const permissions = permit({
  notices: BEFORE_NOTICES,
  chain: EMPTY_CHAIN,
  revocations: 0,
  pack: US_CA,
  place: undefined,
  signals: NO_SIGNALS,
  ageYears: undefined,
  nowMs: NOW,
});

const EMPTY: PersonState = { profile: emptyProfile(), chain: EMPTY_CHAIN, links: [] };

const thing = fc.constantFrom('a', 'coat', 'Übergröße "XL"', '🧦', 'x|y%7C', 'b'.repeat(128));
const told = fc.record({
  kind: fc.constantFrom(...EVENT_KINDS),
  items: fc.array(thing, { maxLength: 3 }),
  timeMs: fc.integer({ min: 1, max: 300 * DAY }).map((ago) => NOW - ago),
  channel: fc.constantFrom(...CHANNELS),
  source: fc.constantFrom(WEB, TILL),
  traits: fc.record(
    {
      birthYear: fc.constantFrom(1990, '1990', 1990.5, -0),
      likes: thing,
      country: fc.constantFrom('DE', ''),
    },
    { requiredKeys: [] },
  ),
});
const change = fc.record({
  category: fc.constantFrom(...DATA_CATEGORIES),
  purpose: fc.constantFrom(...GRANTABLE_PURPOSES),
  state: fc.constantFrom(...CONSENT_STATES),
});
const link = fc.record({
  other: fc.constantFrom('ben', 'guest-7f', 'ß').map(personId),
  act: fc.constantFrom('join' as const, 'part' as const),
  timeMs: fc.integer({ min: 0, max: NOW }),
});

const state = fc
  .record({
    events: fc.array(told, { maxLength: 30 }),
    records: fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 5 }),
    links: fc.array(link, { maxLength: 8 }),
    broken: fc.boolean(),
  })
  .map(({ events, records, links, broken }): PersonState => {
    const profile = emptyProfile();
    for (const { kind, ...more } of events) {
      const one = event(kind, more);
      foldEvent(profile, admitted(admit({ event: one, source: SOURCES.get(one.source), permissions })));
    }
    let chain = EMPTY_CHAIN;
    for (const [index, changes] of records.entries()) {
      const said = {
        controller: SHOP,
        changes,
        notice: { id: 'n', language: 'de', ...(index % 3 === 0 ? {} : { version: `${index % 3}` }) },
        method: 'api',
        pack: EU,
      } as const;
      chain = foldConsent(chain, nextConsentRecord(chain, { ...said, timeMs: NOW - index }));
    }
    return { profile, chain: { ...chain, broken }, links };
  });

/** The counts of grants stand beside the state (engine/snapshot.ts). */
function uncounted(chain: ConsentChain): ConsentChain {
  const grants = new Map(chain.grants);
  for (const [key, grant] of grants) {
    const { notice } = grant;
    const bare = { state: grant.state, sinceMs: grant.sinceMs, expiresMs: grant.expiresMs };
    grants.set(key, notice === undefined ? bare : { ...bare, notice });
  }
  return { ...chain, grants };
}

describe('a snapshot', () => {
  test('[P30] gives back an equal state, and equal states are equal bytes', () => {
    fc.assert(
      fc.property(state, (one) => {
        const bytes = encodeSnapshot(one);
        const read = must(decodeSnapshot(bytes));
        expect(read.profile.facts).toEqual(one.profile.facts);
        expect(read.profile.seen).toEqual(one.profile.seen);
        expect(read.profile.baskets).toEqual(one.profile.baskets);
        expect(read.chain).toEqual(uncounted(one.chain));
        expect(read.links).toEqual(one.links);
        expect(encodeSnapshot(read)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('[P30] goes on as if it had never been written', () => {
    fc.assert(
      fc.property(state, fc.array(told, { maxLength: 10 }), (one, more) => {
        const read = must(decodeSnapshot(encodeSnapshot(one)));
        for (const { kind, ...rest } of more) {
          const asked = event(kind, rest);
          const next = admitted(admit({ event: asked, source: SOURCES.get(asked.source), permissions }));
          expect(foldEvent(read.profile, next)).toBe(foldEvent(one.profile, next));
        }
        expect(encodeSnapshot(read)).toEqual(encodeSnapshot(one));
      }),
      { numRuns: 200 },
    );
  });

  test('[P30] of thirty facts is small', () => {
    const profile = emptyProfile();
    for (let index = 0; index < 30; index += 1) {
      const one = event('view', { items: [`thing-${index}`] });
      foldEvent(profile, admitted(admit({ event: one, source: source(WEB), permissions })));
    }
    expect(encodeSnapshot({ ...EMPTY, profile }).length).toBeLessThan(30 * 100 + 300);
  });

  test('[P30] is not written of facts that the fold cannot have made', () => {
    const wrong = [
      fact('viewed', 'coat', { key: 'viewed|web|hat' }),
      fact('viewed', 'coat', { category: 'purchases' }),
      fact('in-basket', 'coat'),
      fact('viewed', 'coat', { quantity: Number.NaN }),
    ];
    for (const one of wrong) {
      const profile = { ...emptyProfile(), facts: new Map([[one.key, one]]) };
      expect(() => encodeSnapshot({ ...EMPTY, profile })).toThrow('assertion failed');
    }
  });
});

const sample = fc.sample(state, { numRuns: 40, seed: 7 });

describe('bytes that are no snapshot', () => {
  test.each(['', '{}', 'null', '[]', '{"v":1}', '{"v":2}', '"', '\u0000', '{"__proto__":{"v":1}}'])(
    '[P31] %j are an error',
    (text) => {
      expect(decodeSnapshot(utf8(text)).ok).toBe(false);
    },
  );

  test('[P31] with one byte changed, left out or added: an error or another state', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sample),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(2),
        (one, place, byte, how) => {
          const bytes = [...encodeSnapshot(one)];
          bytes.splice(place % bytes.length, how === 2 ? 0 : 1, ...(how === 1 ? [] : [byte]));
          const read = decodeSnapshot(Uint8Array.from(bytes));
          if (read.ok) expect([...encodeSnapshot(read.value)]).toEqual(bytes);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('[P31] cut short at any place: an error', () => {
    const bytes = encodeSnapshot(sample[3]!);
    for (let length = 0; length < bytes.length; length += 1)
      expect(decodeSnapshot(bytes.subarray(0, length)).ok).toBe(false);
  });

  const text = utf8Text(encodeSnapshot(must(oneOfEach())));

  test.each([
    ['a space', text, ` ${text}`],
    ['another version', '"v":1', '"v":2'],
    ['an unknown word for a category', '"purchases recommend"', '"purchases everything"'],
    ['an unknown state', '"given"', '"Given"'],
    ['a grant twice', '["purchases recommend"', '["purchases recommend","given",1,2],["purchases recommend"'],
    ['a time that is none', '"seq":0', '"seq":0.5'],
    ['a chain that is half there', '"broken":false,', ''],
    ['broken as a word', '"broken":false', '"broken":"false"'],
    ['a head that is none', '"head":"', '"head":"x'],
    ['fewer withdrawals than none', '"withdrawals":0', '"withdrawals":-1'],
    ['an unknown act', '"join"', '"joined"'],
    ['an unknown channel', '"web"', '"telepathy"'],
    ['an unknown basis', '"contract"', '"interest"'],
    ['half a mark', '"seen":"', '"seen":"x'],
    ['facts that are no list', '"facts":[', '"facts":{},"more":['],
    ['an item without a name', '"coat"', '""'],
    ['an item with a line break', '"coat"', '"co\\nat"'],
    ['a number as a text', '"coat",5', '"coat","5"'],
    ['a field too many', '"v":1', '"v":1,"w":1'],
  ])('[P31] with %s: an error', (_what, from, to) => {
    expect(text).toContain(from);
    expect(decodeSnapshot(utf8(text.replace(from, to))).ok).toBe(false);
  });

  test('[P31] without damage the same bytes are read', () => {
    expect(decodeSnapshot(utf8(text)).ok).toBe(true);
  });

  test('[P31] with letters that are not UTF-8: an error', () => {
    const bytes = encodeSnapshot(EMPTY);
    expect(decodeSnapshot(Uint8Array.from([...bytes.subarray(0, -1), 0xff, 0x7d])).ok).toBe(false);
    expect(decodeSnapshot(new Uint8Array(9_000_000)).ok).toBe(false);
  });
});

function oneOfEach() {
  const profile = emptyProfile();
  for (const kind of ['purchase', 'view'] as const) {
    const one = event(kind, { id: kind, items: ['coat'] });
    foldEvent(profile, admitted(admit({ event: one, source: SOURCES.get(WEB), permissions })));
  }
  const changes = [{ category: 'purchases', purpose: 'recommend', state: 'given' }] as const;
  const said = {
    controller: SHOP,
    changes,
    notice: { id: 'n', language: 'de' },
    method: 'api',
    pack: EU,
    timeMs: NOW,
  } as const;
  const chain = foldConsent(EMPTY_CHAIN, nextConsentRecord(EMPTY_CHAIN, said));
  return {
    ok: true,
    value: { profile, chain, links: [{ other: personId('ben'), act: 'join', timeMs: NOW }] },
  } as const;
}
