// Goal: the same events give the same profile, in whatever order and however often they come. Method: single cases by hand,
// then random histories in random orders, compared as bytes.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit } from '../consent/admit.ts';
import { EMPTY_CHAIN } from '../consent/chain.ts';
import { US_CA } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import { CHANNELS } from '../facts/channel.ts';
import { type AdmittedEvent, EVENT_KINDS, type EventKind } from '../facts/event.ts';
import { NO_SIGNALS } from '../facts/place.ts';
import { LIMITS } from '../kernel/limits.ts';
import { TOUCHES_MAX } from './basket.ts';
import { type MutableProfile, emptyProfile, eventMark, foldEvent, pruneFacts } from './fold.ts';
import { encodeSnapshot } from './snapshot.ts';
import {
  DAY,
  NOW,
  OTHER_SHOP,
  SOURCES,
  TILL,
  type Told,
  WEB,
  admitted,
  event,
  fact,
  source,
  sourceId,
} from './testing.ts';

/** Where silence allows, so that every kind is admitted. */
const permissions = permit({
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

function sums(profile: MutableProfile, key: string): Record<string, number> | undefined {
  const found = profile.facts.get(key);
  if (found === undefined) return undefined;
  const { quantity, count, returned } = found;
  return { quantity, count, returned };
}

describe('one event', () => {
  test('[P10] becomes facts that say what they are, where from, on what basis, until when', () => {
    const profile = fold([happened('purchase', { items: ['coat*2'], source: TILL, channel: 'till' })]);
    expect([...profile.facts.values()]).toEqual([
      {
        key: 'bought|till|coat',
        kind: 'bought',
        category: 'purchases',
        item: 'coat',
        quantity: 2,
        count: 1,
        returned: 0,
        firstMs: NOW - DAY,
        lastMs: NOW - DAY,
        controller: 'shop',
        source: 'till',
        channel: 'till',
        basis: 'contract',
        expiresMs: NOW - DAY + 3650 * DAY,
      },
    ]);
  });

  test('[P10] of each kind becomes these facts', () => {
    const kinds = EVENT_KINDS.map((kind) => [
      kind,
      [...fold([happened(kind, { items: ['a'] })]).facts.keys()],
    ]);
    expect(Object.fromEntries(kinds)).toEqual({
      view: ['viewed|web|a'],
      'basket-add': ['in-basket|web|a'],
      'basket-remove': ['in-basket|web|a'],
      purchase: ['bought|web|a'],
      return: ['bought|web|a'],
      impression: [],
      click: ['clicked|web|a'],
      dismiss: ['dismissed|web|a'],
      declare: [],
      review: [],
    });
  });

  test('[P12] that lists a thing twice is one order of all its pieces', () => {
    const profile = fold([happened('purchase', { items: ['coat*2', 'hat', 'coat*3'] })]);
    expect(sums(profile, 'bought|web|coat')).toEqual({ quantity: 5, count: 1, returned: 0 });
  });

  test('[P11] the second time changes nothing, whatever it says then', () => {
    const profile = fold([happened('purchase', { id: 'same', items: ['coat'] })]);
    const before = bytesOf(profile);
    expect(foldEvent(profile, happened('purchase', { id: 'same', items: ['hat*9'] }))).toBe(false);
    expect(bytesOf(profile)).toBe(before);
    expect(foldEvent(profile, happened('purchase', { id: 'other', items: ['coat'] }))).toBe(true);
  });

  test('[P11] is remembered by a mark that is not its id', () => {
    expect([...fold([happened('view', { id: 'order-4711' })]).seen]).toEqual([eventMark('order-4711')]);
    expect(eventMark('order-4711')).toMatch(/^[A-Za-z0-9_-]{11}$/);
  });
});

describe('what comes back', () => {
  test('[P12] is subtracted, after the purchase and before it', () => {
    const bought = happened('purchase', { items: ['coat*3'], timeMs: NOW - 9 * DAY });
    const back = happened('return', { items: ['coat*2'], timeMs: NOW - 2 * DAY });
    for (const events of [
      [bought, back],
      [back, bought],
    ]) {
      const profile = fold(events);
      expect(sums(profile, 'bought|web|coat')).toEqual({ quantity: 1, count: 1, returned: 2 });
      expect(profile.facts.get('bought|web|coat')).toMatchObject({
        firstMs: NOW - 9 * DAY,
        lastMs: NOW - 9 * DAY,
      });
    }
  });

  test('[P12] without a purchase leaves less than nothing, with the time it has', () => {
    const profile = fold([happened('return', { items: ['coat'] })]);
    expect(profile.facts.get('bought|web|coat')).toMatchObject({
      quantity: -1,
      count: 0,
      returned: 1,
      lastMs: NOW - DAY,
    });
  });

  test('[P12] adds up exactly also in parts of a piece', () => {
    const buys = Array.from({ length: 10 }, () => happened('purchase', { items: ['cheese*0.1'] }));
    const backs = Array.from({ length: 10 }, () => happened('return', { items: ['cheese*0.1'] }));
    expect(fold([...buys, ...backs]).facts.get('bought|web|cheese')?.quantity).toBe(0);
    expect(
      fold([happened('purchase', { items: ['saffron*0.0001'] })]).facts.get('bought|web|saffron')?.quantity,
    ).toBe(2 ** -10);
  });
});

describe('the basket', () => {
  const at = (kind: EventKind, day: number, told: Told = {}) =>
    happened(kind, { items: ['coat'], ...told, timeMs: NOW - (30 - day) * DAY });

  test.each([
    ['put in, then bought', [at('basket-add', 1), at('purchase', 2)], undefined],
    ['put in and bought at the same instant', [at('basket-add', 2), at('purchase', 2)], undefined],
    ['bought, then put in again', [at('purchase', 1), at('basket-add', 2)], 1],
    [
      'put in, bought, put in again',
      [at('basket-add', 1), at('purchase', 2), at('basket-add', 3, { items: ['coat*4'] })],
      4,
    ],
    [
      'put in, bought at the till',
      [at('basket-add', 1), at('purchase', 2, { source: TILL, channel: 'till' })],
      undefined,
    ],
    ['put in, brought back one bought before', [at('purchase', 1), at('basket-add', 2), at('return', 3)], 1],
    ['put in, something else bought', [at('basket-add', 1), at('purchase', 2, { items: ['hat'] })], 1],
    ['put in, one taken out', [at('basket-add', 1, { items: ['coat*3'] }), at('basket-remove', 2)], 2],
    [
      'bought twice with a change of mind between',
      [at('purchase', 1), at('basket-add', 2), at('purchase', 3), at('basket-add', 4)],
      1,
    ],
  ])('[P13] %s', (_what, events, pieces) => {
    for (const order of permutations(events)) {
      const profile = fold(order);
      expect(profile.facts.get('in-basket|web|coat')?.quantity).toBe(pieces);
      expect(profile.baskets.size).toBe(pieces === undefined ? 0 : 1);
    }
  });

  test('[P13] is the sum of the last touches of a thing, in any order', () => {
    const adds = Array.from({ length: TOUCHES_MAX + 5 }, (_, index) => at('basket-add', index / 10));
    for (const events of [adds, adds.toReversed()]) {
      expect(fold(events).facts.get('in-basket|web|coat')).toMatchObject({
        quantity: TOUCHES_MAX,
        count: TOUCHES_MAX,
      });
    }
  });
});

describe('what a person says', () => {
  test('[P15] last is what holds; at the same instant the greater text, of birth years the younger person', () => {
    const said = (birthYear: number, hour: number) =>
      happened('declare', { traits: { birthYear }, timeMs: NOW - DAY + hour });
    for (const [events, year] of [
      [[said(1980, 1), said(1990, 2)], 1990],
      [[said(1990, 1), said(1980, 2)], 1980],
      [[said(1980, 1), said(1990, 1)], 1990],
    ] as const) {
      for (const order of permutations(events))
        expect(fold(order).facts.get('trait|web|birthYear')?.value).toBe(year);
    }
  });

  test('[P15] becomes likes and dislikes of things, and traits; a rating without a thing becomes nothing', () => {
    const traits = {
      likes: 'coat, hat,,coat',
      dislikes: 'cat food',
      language: 'de',
      country: 'DE',
      rating: 5,
    };
    const profile = fold([happened('declare', { traits })]);
    expect([...profile.facts.values()].map(({ key, category }) => `${key} ${category}`).toSorted()).toEqual([
      'dislikes|web|cat food declared',
      'likes|web|coat declared',
      'likes|web|hat declared',
      'trait|web|country location',
      'trait|web|language demographics',
    ]);
  });

  test('[P15] counts only when it was said, not when another kind of event carries it', () => {
    const view = happened('view', { items: ['coat'] });
    const forged = { ...view, traits: { birthYear: 1990 } };
    expect([...fold([forged]).facts.keys()]).toEqual(['viewed|web|coat']);
    const made = happened('declare', { traits: { language: 'de' } });
    expect([...fold([{ ...made, traits: { creditScore: 3 } as never }]).facts.keys()]).toEqual([]);
  });
});

describe('a key', () => {
  test('[P16] keeps two facts apart whose names run together', () => {
    const one = sourceId('a|b');
    const two = sourceId('a');
    const three = sourceId('a%7Cb');
    const profile = fold([
      happened('view', { source: one, items: ['c'] }),
      happened('view', { source: two, items: ['b|c'] }),
      happened('view', { source: three, items: ['c'] }),
    ]);
    expect([...profile.facts.keys()]).toEqual(['viewed|a%7Cb|c', 'viewed|a|b|c', 'viewed|a%257Cb|c']);
  });

  test('[P16] never holds facts of two controllers: that would be a bug, and stops', () => {
    const profile = fold([happened('view', { items: ['coat'] })]);
    const other = { ...happened('view', { items: ['coat'] }), controller: OTHER_SHOP };
    expect(() => foldEvent(profile, other)).toThrow('one controller');
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

test('[P17] pruning takes facts away, with the touches behind them, and their events do not count again', () => {
  const add = happened('basket-add', { items: ['coat'] });
  const profile = fold([add, happened('view', { items: ['coat'] })]);
  expect(pruneFacts(profile, ({ kind }) => kind !== 'in-basket')).toBe(1);
  expect([...profile.facts.keys()]).toEqual(['viewed|web|coat']);
  expect(profile.baskets.size).toBe(0);
  expect(foldEvent(profile, add)).toBe(false);
  expect(pruneFacts(profile, () => true)).toBe(0);
});

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, at) => permutations(list.toSpliced(at, 1)).map((rest) => [one, ...rest]));
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

test('[P8] a fact of the tests is as the fold would make it', () => {
  const made = fold([happened('view', { items: ['coat'] })]).facts.get('viewed|web|coat')!;
  const { category, key, kind } = fact('viewed', 'coat');
  expect({ category, key, kind }).toEqual({ category: made.category, key: made.key, kind: made.kind });
});
