// Goal: who is in an audience is what the sentences of SPEC.md say, nothing that is missing or hidden puts
// anybody in, and no condition that names something sensitive works. Method: random people behind the real
// door beside a naive reading, and whole decisions.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, permitting } from '../consent/testing.ts';
import { type Audience, type Condition, TIMES_MAX } from '../facts/audience.ts';
import type { Fact } from '../facts/fact.ts';
import type { View } from '../facts/view.ts';
import { DAY, NOW, fact, itemId, viewOf as openedView } from '../profile/testing.ts';
import { audienceOn, groundsIn, isMember, onlyMissing } from './audience.ts';
import { type Shelf, classOf } from './shelf.ts';
import { nameOf } from './testing.ts';
import { ITEMS, SHELF, audienceOf, bought, goods, shelfWith } from './testing-audience.ts';

const viewOf = (facts: readonly Fact[], hidden: readonly string[] = [], shelf = SHELF): View =>
  openedView(facts, {
    permissions: permitting({ chain: ALL }),
    hidden,
    sensitiveOf: (item) => (ITEMS.some(({ id }) => id === item) ? classOf(shelf, item) : 'unknown'),
  });

const isIn = (audience: Audience, view: View, shelf = SHELF, mayReadPurchases = true): boolean =>
  isMember(audience, groundsIn(view, { audience, shelf, mayReadPurchases }));

const trait = (name: string, value: string, lastMs = NOW): Fact => {
  const { item: _, ...rest } = fact('trait', name);
  return { ...rest, name, value, category: name === 'country' ? 'location' : 'demographics', lastMs };
};

describe('an audience', () => {
  const deed = fc.record({
    kind: fc.constantFrom('bought', 'viewed', 'likes', 'dislikes', 'dismissed'),
    thing: fc.integer({ min: 0, max: 6 }),
    first: fc.integer({ min: 0, max: 50 }),
    span: fc.integer({ min: 0, max: 30 }),
    quantity: fc.integer({ min: 0, max: 2 }),
    count: fc.integer({ min: 1, max: 3 }),
    isHidden: fc.boolean(),
  });
  const named = fc.constantFrom(
    { items: [nameOf(0), nameOf(4)] },
    { paths: [['shop', 'tea']] },
    { paths: [['Shop']] },
    { brands: ['süd'] },
    { brands: ['West'] },
    { items: [nameOf(5)] },
    { items: [nameOf(6)] },
    { items: [nameOf(0), nameOf(6)] },
    { paths: [['Nowhere']] },
  );
  const condition = fc.oneof(
    fc.record({
      by: fc.constantFrom('bought', 'viewed', 'liked'),
      goods: named.map(goods),
      times: fc.integer({ min: 1, max: 3 }),
      days: fc.constantFrom(undefined, 5, 20),
    }),
    fc.record({ by: fc.constant('not-bought'), goods: named.map(goods), days: fc.constantFrom(5, 20) }),
    fc.record({ by: fc.constant('customer'), days: fc.constantFrom(5, 20) }),
  ) as unknown as fc.Arbitrary<Condition>;

  it('[D50] [D51] [D52] holds whom its sentences say, read naively', () => {
    let inside = 0;
    fc.assert(
      fc.property(
        fc.array(deed, { maxLength: 8 }),
        fc.array(condition, { minLength: 1, maxLength: 3 }),
        (deeds, all) => {
          const facts = deeds.map(({ kind, thing, first, span, quantity, count }) => {
            const lastMs = NOW - Math.max(0, first - span) * DAY;
            return fact(kind, nameOf(thing), {
              firstMs: NOW - first * DAY,
              lastMs,
              quantity,
              count,
            });
          });
          const unique = [...new Map(facts.map((one) => [one.key, one])).values()];
          const hidden = unique.filter(
            ({ key }) => deeds[facts.findIndex((one) => one.key === key)]?.isHidden === true,
          );
          const keys = hidden.map(({ key }) => key);
          const audience = audienceOf(...all);
          const found = isIn(audience, viewOf(unique, keys));
          const expected = all.every((one) => naively(one, unique, keys)) && all.every(isNaivelyFit);
          if (expected) inside += 1;
          expect(found).toBe(expected);
        },
      ),
      { numRuns: 2000 },
    );
    expect(inside).toBeGreaterThan(50);
  });

  /** Thing 5 is of a class, its brand is West and its path Shop > Herbs; 6 is in no catalogue. */
  function isNaivelyFit(asked: Condition): boolean {
    if (!('goods' in asked)) return true;
    const { items, paths, brands } = asked.goods;
    if (items.includes(nameOf(5)) || items.includes(nameOf(6)) || brands.includes('West')) return false;
    return paths.every((path) => path.join().toLowerCase() === 'shop,tea');
  }

  function naively(wanted: Condition, facts: readonly Fact[], hidden: readonly string[]): boolean {
    const readable = facts.filter(
      ({ key, item }) => !hidden.includes(key) && item !== nameOf(5) && item !== nameOf(6),
    );
    const noes = readable
      .filter(({ kind, lastMs }) => kind === 'dislikes' || (kind === 'dismissed' && NOW - lastMs < 30 * DAY))
      .map(({ item }) => item);
    const rest = readable.filter(({ item }) => !noes.includes(item));
    if (wanted.by === 'customer')
      return rest.some(
        (one) => one.kind === 'bought' && one.quantity > 0 && one.firstMs <= NOW - wanted.days * DAY,
      );
    if (!('goods' in wanted)) return false;
    const means = (item: string | undefined): boolean => {
      const n = [0, 1, 2, 3, 4].find((at) => nameOf(at) === item);
      const thing = n === undefined ? undefined : ITEMS[n];
      const { items, paths, brands } = wanted.goods;
      return (
        thing !== undefined &&
        (items.includes(thing.id) ||
          paths.some((path) => thing.path.join().toLowerCase().startsWith(path.join().toLowerCase())) ||
          brands.some((brand) => brand.toLowerCase() === thing.brand?.toLowerCase()))
      );
    };
    if (wanted.by === 'not-bought')
      return facts.every(
        (one) =>
          one.kind !== 'bought' ||
          !means(one.item) ||
          (!hidden.includes(one.key) && one.lastMs <= NOW - wanted.days * DAY),
      );
    const kind = wanted.by === 'liked' ? 'likes' : wanted.by;
    const { days = Number.POSITIVE_INFINITY, times } = wanted;
    let sum = 0;
    for (const one of rest) {
      if (one.kind !== kind || one.quantity <= 0 || !means(one.item)) continue;
      if (one.firstMs > NOW - days * DAY) sum += one.count;
      else if (one.lastMs > NOW - days * DAY) sum += 1;
    }
    return sum >= times;
  }

  it('[D50] what was done before the days that are asked for does not count, however often', () => {
    const asked = bought({ items: [nameOf(0)] }, { days: 5 });
    const deedAt = (first: number, last: number): Fact =>
      fact('bought', nameOf(0), { firstMs: NOW - first * DAY, lastMs: NOW - last * DAY, count: 3 });
    const isThere = (one: Fact): boolean => isIn(audienceOf(asked), viewOf([one]));
    expect([
      isThere(deedAt(30, 30)),
      isThere(deedAt(30, 5)),
      isThere(deedAt(30, 4)),
      isThere(deedAt(4, 4)),
    ]).toEqual([false, false, true, true]);
    expect(isIn(audienceOf(bought({ items: [nameOf(0)] })), viewOf([deedAt(30, 30)]))).toBe(true);
  });

  it('[D50] [D52] counts by the millisecond at which its days begin', () => {
    const sinceMs = NOW - 5 * DAY;
    const did = (more: Partial<Fact>): View => viewOf([fact('bought', nameOf(0), more)]);
    const twice = audienceOf(bought({ items: [nameOf(0)] }, { days: 5, times: 2 }));
    expect(isIn(twice, did({ count: 2, firstMs: sinceMs, lastMs: NOW }))).toBe(false);
    expect(isIn(twice, did({ count: 2, firstMs: sinceMs + 1, lastMs: NOW }))).toBe(true);
    const once = audienceOf(bought({ items: [nameOf(0)] }, { days: 5 }));
    expect(isIn(once, did({ firstMs: sinceMs, lastMs: sinceMs }))).toBe(false);
    const customer = audienceOf({ by: 'customer', days: 5 });
    expect(isIn(customer, did({ firstMs: sinceMs, lastMs: NOW }))).toBe(true);
    expect(isIn(customer, did({ firstMs: sinceMs + 1, lastMs: NOW }))).toBe(false);
    expect(isIn(customer, did({ count: 0, firstMs: 0, lastMs: NOW }))).toBe(false);
    const without = audienceOf({ by: 'not-bought', goods: goods({ items: [nameOf(0)] }) as never, days: 5 });
    expect(isIn(without, did({ firstMs: sinceMs, lastMs: sinceMs }))).toBe(true);
    expect(isIn(without, did({ firstMs: sinceMs, lastMs: sinceMs + 1 }))).toBe(false);
  });

  it('[D52] asks what somebody declared last, and no purchases that may not be read', () => {
    const german = audienceOf({ by: 'language', oneOf: ['de'] });
    const here = audienceOf({ by: 'country', oneOf: ['AT', 'DE'] });
    expect(isIn(german, viewOf([trait('language', 'de-AT')]))).toBe(true);
    expect(isIn(german, viewOf([trait('language', 'den')]))).toBe(false);
    expect(isIn(here, viewOf([trait('country', 'at')]))).toBe(true);
    expect(isIn(here, viewOf([trait('region', 'AT')]))).toBe(false);
    const others = { ...trait('language', 'de'), key: 'joined 1|trait|web|language' };
    expect(isIn(german, viewOf([others]))).toBe(false);
    const notTea = audienceOf({
      by: 'not-bought',
      goods: goods({ paths: [['Shop', 'Tea']] }) as never,
      days: 5,
    });
    expect(isIn(notTea, viewOf([]))).toBe(true);
    expect(isIn(notTea, viewOf([]), SHELF, false)).toBe(false);
  });

  it('[D51] is unfit while what it names is of a class, betrays one, or is judged by nobody', () => {
    const tea = audienceOf(bought({ paths: [['Shop', 'Tea']] }));
    const one = audienceOf(bought({ items: [nameOf(0)] }));
    const both = [tea, one];
    const view = viewOf([fact('bought', nameOf(0)), fact('bought', nameOf(1))]);
    const unfit = (shelf: Shelf) => both.map((audience) => audienceOn(shelf, audience).unfit);
    expect(unfit(SHELF)).toEqual([undefined, undefined]);
    const known = new Set([0, 1, 2, 3, 4].map(nameOf));
    const betrayed = shelfWith({ id: 's', classes: new Map([[nameOf(0), 'health']]), known });
    expect(unfit(betrayed)).toEqual([
      { at: 0, tells: 'health' },
      { at: 0, tells: 'health' },
    ]);
    expect(isIn(tea, view, betrayed)).toBe(false);
    // What nobody can judge is left out of a path; alone it is nothing to go by.
    const unjudged = shelfWith({ id: 's', classes: new Map(), known: new Set([nameOf(1)]) });
    expect(unfit(unjudged)).toEqual([undefined, { at: 0, tells: 'unknown' }]);
    expect([...(audienceOn(unjudged, tea).things[0] ?? [])]).toEqual([nameOf(1)]);
    expect(unfit(shelfWith({ id: 's', classes: new Map(), known: new Set() }))[0]).toEqual({
      at: 0,
      tells: 'unknown',
    });
  });

  it('[D50] tells what alone keeps somebody out', () => {
    const audience = audienceOf(bought({ items: [nameOf(0)] }), bought({ items: [nameOf(1)] }));
    const missing = (...things: readonly number[]): number => {
      const view = viewOf(things.map((n) => fact('bought', nameOf(n))));
      return onlyMissing(audience, groundsIn(view, { audience, shelf: SHELF, mayReadPurchases: true }));
    };
    expect([missing(0, 1), missing(0), missing(1), missing()]).toEqual([-1, 1, 0, -1]);
  });

  it('[D53] of many facts lists more than a condition can ask for', () => {
    const many = audienceOf(bought({ paths: [['Shop', 'Tea']] }, { times: TIMES_MAX }));
    const facts = Array.from({ length: 60 }, (_, n) =>
      fact('bought', itemId(nameOf(0)), { key: `bought|web|${n}` }),
    );
    const [found] = groundsIn(viewOf(facts), { audience: many, shelf: SHELF, mayReadPurchases: true });
    expect(found?.facts).toHaveLength(2 * TIMES_MAX);
    expect(isMember(many, [{ facts: found!.facts.slice(1) }])).toBe(true);
  });
});
