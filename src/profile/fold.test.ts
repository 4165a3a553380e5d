// Goal: what each event makes of a profile, by hand. Random histories in random orders are in
// fold-order.test.ts.

import { describe, expect, test } from 'vitest';
import { admit } from '../consent/admit.ts';
import { EMPTY_CHAIN } from '../consent/chain.ts';
import { US_CA } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import { type AdmittedEvent, EVENT_KINDS, type EventKind } from '../facts/event.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
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
  admitted,
  event,
  fact,
  source,
  sourceId,
} from './testing.ts';
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
  test('[P15] last is what holds; at the same instant the greater text', () => {
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

  test('[P15] becomes likes, dislikes and traits; a rating alone becomes nothing', () => {
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

test('[P17] pruning takes facts and their touches; their events do not count again', () => {
  const add = happened('basket-add', { items: ['coat'] });
  const profile = fold([add, happened('view', { items: ['coat'] })]);
  expect(pruneFacts(profile, ({ kind }) => kind !== 'in-basket')).toBe(1);
  expect([...profile.facts.keys()]).toEqual(['viewed|web|coat']);
  expect(profile.baskets.size).toBe(0);
  expect(foldEvent(profile, add)).toBe(false);
  expect(pruneFacts(profile, () => true)).toBe(0);
});

test('[P8] a fact of the tests is as the fold would make it', () => {
  const made = fold([happened('view', { items: ['coat'] })]).facts.get('viewed|web|coat')!;
  const { category, key, kind } = fact('viewed', 'coat');
  expect({ category, key, kind }).toEqual({ category: made.category, key: made.key, kind: made.kind });
});
function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, at) => permutations(list.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}
