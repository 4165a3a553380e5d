// Goal: statistics hold exactly who is in them, on the spot and in the worker alike. Method: random changes
// and departures against counts built afresh from who is left.

import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { utf8Text } from '../../kernel/bytes.ts';
import { isFault } from '../../kernel/fault.ts';
import { decodeModel, emptyModel, encodeModel } from '../../facts/model.ts';
import type { Fallen, Fitted, PersonKey, Share } from '../../engine/ports.ts';
import type { BasketList } from '../../learn/basket-counts.ts';
import { SHOP_LEAVES, shopper } from '../../learn/testing-shop.ts';
import { seededRandom } from '../../kernel/random.ts';
import { openLearner } from './learner.ts';
import { type Statistics, createStatistics } from './statistics.ts';

const keyOf = (n: number): PersonKey => String(n).padStart(32, '0') as PersonKey;
const things = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 5 });
const deed = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      who: fc.nat(7),
      items: fc.option(things, { nil: undefined }),
      cut: fc.nat(5),
      day: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), who: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fit' as const) }) },
);

type Items = readonly string[] | undefined;

/** Bought in two orders, cut at that place; none when it is not told. */
function share(items: Items, cut?: number, day?: number): Share {
  if (items === undefined || cut === undefined) return { items };
  const itemDays = day === undefined ? undefined : items.map((_, at) => 20_000 + day + at);
  return { items, itemDays, baskets: [items.slice(0, cut), items.slice(cut)] };
}

function change(statistics: Statistics, who: number, items: Items, cut?: number, day?: number): void {
  statistics.handle({ kind: 'changes', changes: [[keyOf(who), share(items, cut, day)]] });
}

/** Two things to a leaf. */
const LEAVES = new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((id, at) => [id, Math.floor(at / 2)]));

const NO_MODEL = encodeModel(emptyModel());
const canonical = (statistics: Statistics): string =>
  utf8Text(statistics.handle({ kind: 'canonical', id: 1 }) as Uint8Array);
const fallen = (statistics: Statistics, who: number, minPeople = 3) =>
  statistics.handle({ kind: 'forget', id: 1, person: keyOf(who), minPeople, had: [] }) as Fallen;
const forget = (statistics: Statistics, who: number, minPeople = 3) =>
  fallen(statistics, who, minPeople).pairs;
const decoded = (bytes: Uint8Array) => {
  const model = decodeModel(bytes);
  if (!model.ok) throw new Error(model.error);
  return model.value;
};
const fit = (statistics: Statistics, minPeople = 3) => {
  const request = { kind: 'fit', id: 1, minPeople, nowMs: 5, leafOf: LEAVES } as const;
  const { model, complements } = statistics.handle(request) as Fitted;
  return { ...decoded(model), complements: decoded(complements) };
};

describe('statistics', () => {
  it('[L26] after any changes and departures are those of who is left, and so are the models', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const statistics = createStatistics();
        const left = new Map<number, readonly [readonly string[], number, number]>();
        for (const one of deeds) {
          if (one.kind === 'fit') fit(statistics);
          else if (one.kind === 'forget') {
            forget(statistics, one.who);
            left.delete(one.who);
          } else {
            change(statistics, one.who, one.items, one.cut, one.day);
            if (one.items === undefined || one.items.length === 0) left.delete(one.who);
            else left.set(one.who, [one.items, one.cut, one.day]);
          }
        }
        const afresh = createStatistics();
        for (const [who, [items, cut, day]] of left) change(afresh, who, items, cut, day);
        expect(canonical(statistics)).toBe(canonical(afresh));
        const [grown, anew] = [fit(statistics), fit(afresh)];
        expect(grown.id).toBe(anew.id);
        expect(grown.complements.id).toBe(anew.complements.id);
      }),
      { numRuns: 150 },
    );
  });

  it('name, when somebody leaves, every pair and thing of theirs that too few people are left behind', () => {
    fc.assert(
      fc.property(
        fc.array(things, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        (people, k) => {
          const statistics = createStatistics();
          for (const [who, items] of people.entries()) change(statistics, who, items);
          const [gone = [], ...rest] = people;
          const behind = (a: string, b: string): number =>
            rest.filter((items) => items.includes(a) && items.includes(b)).length;
          const expected = gone.flatMap((a) =>
            gone.filter((b) => a <= b && behind(a, b) < k).map((b) => `${a} ${b}`),
          );
          const named = forget(statistics, 0, k).map(([a, b]) => `${a} ${b}`);
          expect(named.toSorted()).toEqual(expected.toSorted());
        },
      ),
    );
  });

  it('name also what somebody gave up since the last fit: the model in service rests on it', () => {
    const statistics = createStatistics();
    for (const who of [0, 1, 2]) change(statistics, who, ['a', 'b']);
    fit(statistics);
    change(statistics, 0, ['c']);
    change(statistics, 0, undefined);
    expect(forget(statistics, 0).map(String)).toEqual(expect.arrayContaining(['a,b', 'a,a', 'b,b']));
    // After the next fit nothing rests on it any more.
    change(statistics, 1, ['c']);
    fit(statistics);
    expect(forget(statistics, 1).map(String)).toEqual(['c,c']);
    expect(forget(statistics, 7)).toEqual([]);
  });

  it('are not moved by a repeat, and take what was added away even if the order of things differs', () => {
    const statistics = createStatistics();
    change(statistics, 1, ['b', 'a']);
    const before = canonical(statistics);
    change(statistics, 1, ['a', 'b']);
    expect(canonical(statistics)).toBe(before);
    change(statistics, 1, ['a', 'b'], 1);
    expect(canonical(statistics)).not.toBe(before);
    change(statistics, 1, []);
    expect(canonical(statistics)).toBe('people 0');
  });

  it('[L28] count who is behind a link along with every change as if counted anew', () => {
    const random = seededRandom(5);
    const lives = Array.from({ length: 80 }, () => shopper(random));
    const put = (statistics: Statistics, who: number, baskets: BasketList): void => {
      const items = [...new Set(baskets.flat())];
      statistics.handle({ kind: 'changes', changes: [[keyOf(who), { items, baskets }]] });
    };
    const [moving, anew] = [createStatistics(), createStatistics()];
    const last = new Map<number, BasketList>();
    for (const [who, baskets] of lives.entries()) {
      put(moving, who, baskets);
      last.set(who, baskets);
    }
    const request = { kind: 'fit', id: 1, minPeople: 3, nowMs: 5, leafOf: SHOP_LEAVES } as const;
    const { complements } = moving.handle(request) as Fitted;
    // Most give up all they had, so that pairs come near to three people before things do.
    for (let n = 0; n < 160; n += 1) {
      const who = random.below(80);
      const baskets = random.below(6) > 0 ? [] : lives[random.below(80)]!.slice(random.below(4));
      put(moving, who, baskets);
      last.set(who, baskets);
    }
    for (let who = 0; who < 10; who += 1) {
      fallen(moving, who);
      last.delete(who);
    }
    for (const [who, baskets] of last) put(anew, who, baskets);
    anew.handle({ kind: 'adopt', complements, nextBasket: NO_MODEL, nextClick: NO_MODEL });
    const fell = [...last.keys()].map((who) => [fallen(moving, who).links, fallen(anew, who).links] as const);
    for (const [one, other] of fell) expect(one).toEqual(other);
    const counts = new Set(fell.map(([links]) => links.length));
    expect(counts.size).toBeGreaterThan(2);
  });

  it('[L46] of 1,000 people fewer, and the blend made of them, are those of a world without them', () => {
    const random = seededRandom(31);
    const people = Array.from({ length: 1460 }, () => {
      const taste = random.below(3);
      const held = Array.from({ length: 4 + random.below(4) }, () => {
        const of = random.unit() < 0.8 ? taste : random.below(3);
        return `taste-${of}-${Math.floor(random.unit() ** 2 * 14)}`;
      });
      return [...new Set(held)];
    });
    // A season: the last things of a taste are bought in the last weeks alone.
    const daysOf = (items: readonly string[]): readonly number[] =>
      items.map((item) => 20_000 + random.below(60) + (/-(9|1[0-3])$/.test(item) ? 200 : random.below(100)));
    const order = [...people.keys()];
    random.shuffle(order);
    const [everybody, afresh] = [createStatistics(), createStatistics()];
    const days = people.map(daysOf);
    const put = (statistics: Statistics, who: number, itemDays: readonly number[]): void => {
      const items = people[who] ?? [];
      const told = { items, itemDays, baskets: [items.slice(0, 2), items.slice(2)] };
      statistics.handle({ kind: 'changes', changes: [[keyOf(who), told]] });
    };
    for (const who of people.keys()) put(everybody, who, days[who]!.toReversed());
    for (const who of people.keys()) put(everybody, who, days[who]!);
    const before = fit(everybody);
    for (const who of order.slice(0, 1000)) forget(everybody, who);
    for (const who of order.slice(1000)) put(afresh, who, days[who]!);
    expect(canonical(everybody)).toBe(canonical(afresh));
    const [grown, anew] = [fit(everybody), fit(afresh)];
    expect(grown.kind).toMatch(/^blend\/1 .* trendDays=\d+ trendPower=\S+ asked=2\d\d$/);
    expect(grown.id).toBe(anew.id);
    expect(before.id).not.toBe(anew.id);
  });

  it('[L28] name the links that fall also of a model that was made before a start', () => {
    const random = seededRandom(4);
    const people = Array.from({ length: 60 }, () => shopper(random));
    const request = { kind: 'fit', id: 1, minPeople: 3, nowMs: 5, leafOf: SHOP_LEAVES } as const;
    const counted = (): Statistics => {
      const statistics = createStatistics();
      for (const [who, baskets] of people.entries()) {
        const items = [...new Set(baskets.flat())];
        statistics.handle({ kind: 'changes', changes: [[keyOf(who), { items, baskets }]] });
      }
      return statistics;
    };
    const [before, after, neither] = [counted(), counted(), counted()];
    const { complements } = before.handle(request) as Fitted;
    after.handle({ kind: 'adopt', complements, nextBasket: NO_MODEL, nextClick: NO_MODEL });
    const fell = people.map((_, who) => [before, after].map((one) => fallen(one, who).links.map(String)));
    for (const [one, other] of fell) expect(one).toEqual(other);
    expect(fell[0]![0]).toEqual([]);
    expect(fell.at(-1)![0]!.length).toBe(decoded(complements).targets.length);
    expect(fallen(neither, 1).links).toEqual([]);
  });
});

describe('the learning worker', () => {
  const learner = openLearner();
  afterAll(() => learner.close());

  it('gives what statistics on the spot give, in the order in which it was asked', async () => {
    const statistics = createStatistics();
    for (let n = 0; n < 1500; n += 1) {
      const items = [`t${n % 7}`, `t${(n * 3) % 11}`, `t${n % 2}`];
      learner.change(keyOf(n % 400), share([...new Set(items)], n % 3));
      change(statistics, n % 400, [...new Set(items)], n % 3);
    }
    const asked = [
      learner.canonical(),
      learner.forget(keyOf(3), { minPeople: 500, had: [] }),
      learner.canonical(),
      learner.fit({ minPeople: 3, nowMs: 5, leafOf: LEAVES }),
    ] as const;
    const [before, named, after, model] = await Promise.all(asked);
    expect(utf8Text(before)).toBe(canonical(statistics));
    expect(named).toEqual(fallen(statistics, 3, 500));
    expect(utf8Text(after)).toBe(canonical(statistics));
    const here = fit(statistics);
    expect(decoded(model.model).id).toBe(here.id);
    expect(decoded(model.complements).id).toBe(here.complements.id);
  });

  it('that is closed says so, and does not leave anybody waiting', async () => {
    const own = openLearner();
    const asked = own.canonical().catch((error: unknown) => error);
    await own.close();
    const answers = [await asked, await own.canonical().catch((error: unknown) => error)];
    expect(answers.filter((answer) => isFault(answer, 'learner-failed')).length).toBeGreaterThanOrEqual(1);
    expect(isFault(answers[1], 'learner-failed')).toBe(true);
  });
});
