// Goal: the same events give the same profile, in whatever order and however often they come. Method:
// random histories in random orders, compared as bytes; and the bound, where that ends.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit } from '../consent/admit.ts';
import { EMPTY_CHAIN } from '../consent/chain.ts';
import { US_CA } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import { CHANNELS } from '../facts/channel.ts';
import { type AdmittedEvent, EVENT_KINDS, type EventKind } from '../facts/event.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type MutableProfile, emptyProfile, foldEvent } from './fold.ts';
import { encodeSnapshot } from './snapshot.ts';
import { DAY, NOW, SOURCES, TILL, type Told, WEB, admitted, event, source } from './testing.ts';
import { BEFORE_NOTICES } from '../consent/testing.ts';

/** Where silence allows, so that every kind is admitted. */
const permissions = permit({
  notices: BEFORE_NOTICES,
  chain: EMPTY_CHAIN,
  revocations: 0,
  pack: US_CA,
  place: { country: 'US', region: 'CA' },
  signals: NO_SIGNALS,
  ageYears: undefined,
  nowMs: NOW,
});

function happened(kind: EventKind, told: Told = {}): AdmittedEvent {
  const one = event(kind, told);
  return admitted(admit({ event: one, source: SOURCES.get(one.source) ?? source(one.source), permissions }));
}

function fold(events: readonly AdmittedEvent[]): MutableProfile {
  const profile = emptyProfile();
  for (const one of events) foldEvent(profile, one);
  return profile;
}

function bytesOf(profile: MutableProfile): string {
  return new TextDecoder().decode(encodeSnapshot({ profile, chain: EMPTY_CHAIN, links: [] }));
}

describe('any history', () => {
  // Few things and few instants, so that they meet often.
  const told = fc.record({
    kind: fc.constantFrom(...EVENT_KINDS),
    items: fc.array(fc.constantFrom('a', 'a*0.3', 'b', 'b*2', 'c'), { maxLength: 3 }),
    timeMs: fc.integer({ min: 1, max: 6 }).map((days) => NOW - days * DAY),
    channel: fc.constantFrom(...CHANNELS),
    source: fc.constantFrom(WEB, TILL),
    traits: fc.record(
      {
        birthYear: fc.constantFrom(1990, 2015, '1990'),
        likes: fc.constantFrom('a', 'b, c', 'a,a'),
        dislikes: fc.constantFrom('a', 'c'),
        language: fc.constantFrom('de', 'ar'),
        country: fc.constantFrom('DE', 'SA'),
      },
      { requiredKeys: [] },
    ),
  });
  const history = fc
    .array(told, { maxLength: 25 })
    .map((list) => list.map(({ kind, ...more }, index) => happened(kind, { ...more, id: `h${index}` })));
  const shuffled = history.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(events, { minLength: events.length }),
      fc.subarray(events),
    ),
  );

  test('[P10] gives the same profile in any order, byte for byte', () => {
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(bytesOf(fold(other))).toBe(bytesOf(fold(events)));
        expect(fold(other)).toEqual(fold(events));
      }),
      { numRuns: 1000 },
    );
  });

  test('[P11] gives the same profile with repeats anywhere', () => {
    fc.assert(
      fc.property(shuffled, ([events, other, again]) => {
        expect(bytesOf(fold([...again, ...other, ...again]))).toBe(bytesOf(fold(events)));
      }),
      { numRuns: 300 },
    );
  });

  test('[P10] gives facts whose sums a naive count agrees with', () => {
    fc.assert(
      fc.property(history, (events) => {
        const profile = fold(events);
        for (const item of ['a', 'b', 'c']) {
          for (const from of [WEB, TILL]) {
            const of = (kind: EventKind) =>
              events.filter(
                (one) =>
                  one.kind === kind && one.source === from && one.lines.some((line) => line.item === item),
              );
            expect(profile.facts.get(`viewed|${from}|${item}`)?.count ?? 0).toBe(of('view').length);
            expect(profile.facts.get(`bought|${from}|${item}`)?.count ?? 0).toBe(of('purchase').length);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the bound', () => {
  const views = (count: number, day: number) =>
    Array.from({ length: count }, (_, index) =>
      happened('view', { items: [`thing-${index}`], timeMs: NOW - day * DAY + index }),
    );

  test('[P14] keeps the newest facts, in any order', () => {
    const many = views(LIMITS.factsPerPersonMax + 3, 9);
    for (const events of [many, many.toReversed()]) {
      const profile = fold(events);
      expect(profile.facts.size).toBe(LIMITS.factsPerPersonMax);
      for (const gone of [0, 1, 2]) expect(profile.facts.has(`viewed|web|thing-${gone}`)).toBe(false);
    }
  });

  test('[P14] never washes away the birth year', () => {
    const said = happened('declare', { traits: { birthYear: 2014 }, timeMs: NOW - 400 * DAY });
    const profile = fold([said, ...views(LIMITS.factsPerPersonMax + 3, 9)]);
    expect(profile.facts.get('trait|web|birthYear')?.value).toBe(2014);
    expect(profile.facts.size).toBe(LIMITS.factsPerPersonMax);
  });

  test('[P14] forgets the sums of a fact that left: when it comes back it counts from there', () => {
    const first = happened('view', { items: ['old'], timeMs: NOW - 90 * DAY });
    const again = happened('view', { items: ['old'], timeMs: NOW - DAY });
    expect(
      fold([first, ...views(LIMITS.factsPerPersonMax, 9), again]).facts.get('viewed|web|old')?.count,
    ).toBe(1);
    expect(
      fold([first, again, ...views(LIMITS.factsPerPersonMax, 9)]).facts.get('viewed|web|old')?.count,
    ).toBe(2);
  });
});
