// npm run bench -- cold [--only online-retail]: what is found of things that nobody had when it was learned,
// and for people whom nobody knew, and what the trend of things adds, beside what popular things reach in the
// same run. Split in time: the last fifth of the order lines is asked for.
//
// New things: fewer than three people had them before. A new person is asked for what else is in the order
// that made them known, from its first thing alone.

import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { assert } from '../../src/kernel/assert.ts';
import { strengthOf } from '../../src/facts/strength.ts';
import { DAY_MS, parseInstant } from '../../src/kernel/time.ts';
import { contributionOf } from '../../src/learn/contribution.ts';
import { namePeople } from '../../src/learn/recipes/held-out-things.ts';
import { finish } from '../../src/learn/models/sparse-form.ts';
import { serveForYouSteps } from '../../src/learn/serve-for-you.ts';
import { type Line, type Shop, completeJourney, inTime, onlineRetail } from './data.ts';
import {
  type Asked,
  type Facts,
  among,
  byPlace,
  createLists,
  found,
  likePopular,
  popularFirst,
} from './lists.ts';

const SHOPS = { 'online-retail': onlineRetail, 'complete-journey': completeJourney } as const;
const K = 20;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
console.log(`load ${(loadavg()[0] ?? 0).toFixed(1)}; recall and hit rate of ${K} places`);
for (const [name, read] of Object.entries(SHOPS)) {
  if (values.only === undefined || values.only === name) measure(read());
}

function measure({ name, lines, catalogue }: Shop): void {
  const { train, test } = inTime(lines);
  const had = byPerson(train);
  const named = namePeople(
    [...had.values()].flatMap((items) => {
      const one = contributionOf([...items].map(([item, lastMs]) => ({ item, lastMs })));
      return one === undefined ? [] : [one];
    }),
  );
  const sold = new Set([...train, ...test].map(({ item }) => item));
  const offered = new Map([...catalogue].filter(([id]) => sold.has(id)));
  const options = { minPeople: 3, nowMs: 0 };
  const still = finish(serveForYouSteps({ ...named, days: undefined }, options));
  const plain = finish(serveForYouSteps(named, options));
  const told = finish(serveForYouSteps(named, { ...options, catalogue: offered }));
  const cold = finish(serveForYouSteps(named, { ...options, catalogue: offered, newThings: true }));
  const known = new Set(plain.itemIds);
  const fresh = new Set([...offered.keys()].filter((id) => !known.has(id)));
  const nowMs = Math.min(...test.map(({ time }) => timeOf(time)));
  const strength = (lastMs: number): number => strengthOf('bought', (nowMs - lastMs) / DAY_MS);
  const later = [...byPerson(test)].flatMap(([person, items]) => {
    const facts: Facts = new Map(
      [...(had.get(person) ?? [])].map(([item, lastMs]) => [item, strength(lastMs)]),
    );
    const targets = [...items.keys()].filter((item) => !facts.has(item) && offered.has(item));
    return facts.size === 0 || targets.length === 0 ? [] : [{ facts, targets }];
  });
  const newTargets = later.flatMap(({ facts, targets }) => {
    const wanted = targets.filter((item) => fresh.has(item));
    return wanted.length === 0 ? [] : [{ facts, targets: wanted }];
  });
  console.log(
    `\n${name}: ${plain.itemIds.length} things known, ${fresh.size} new; ${plain.kind} → ${cold.kind}`,
  );
  const lists = {
    ...{ still: createLists(still), plain: createLists(plain) },
    ...{ told: createLists(told), cold: createLists(cold) },
  };
  const [popular, wantedNow] = [popularFirst(still), popularFirst(plain)];
  const all = (asked: readonly Asked[], which: string): void => {
    console.table({
      [`${which}: popular things`]: found(asked, ({ facts }) => without(popular, facts), K),
      [`${which}: wanted lately`]: found(asked, ({ facts }) => without(wantedNow, facts), K),
      [`${which}: without trend and likeness`]: found(asked, ({ facts }) => lists.still(facts, K), K),
      [`${which}: with the trend`]: found(asked, ({ facts }) => lists.plain(facts, K), K),
      [`${which}: with likeness as well`]: found(asked, ({ facts }) => lists.told(facts, K), K),
      [`${which}: and with new things`]: found(asked, ({ facts }) => lists.cold(facts, K), K),
    });
  };
  all(later, 'everything they did not have');
  all(newTargets, 'new things, in the whole list');
  const [byHash, ofPopular] = [among(fresh), likePopular(cold, fresh)];
  console.table({
    'new things among themselves: by hash': found(newTargets, () => byHash, K),
    'like what is popular': found(newTargets, () => ofPopular, K),
    'like what the person has': found(newTargets, ({ facts }) => lists.cold(facts, K, fresh), K),
  });
  const strangers = firstOrders(test, new Set(had.keys()), offered);
  all(strangers, 'new people, from one thing');
  console.table({
    'new people, from nothing: popular things': found(strangers, () => popular, K),
    'wanted lately': found(strangers, () => wantedNow, K),
    'popular where they are': found(strangers, byPlace(train, popular), K),
  });
}

/** Of each person what they had, and when last. */
function byPerson(lines: readonly Line[]): Map<string, Map<string, number>> {
  const had = new Map<string, Map<string, number>>();
  for (const { person, item, time } of lines) {
    const items = had.get(person) ?? new Map<string, number>();
    had.set(person, items.set(item, Math.max(items.get(item) ?? 0, timeOf(time))));
  }
  return had;
}

function timeOf(time: string): number {
  const ms = parseInstant(`${time.replace(' ', 'T').padEnd(19, ':00')}Z`);
  assert(ms !== undefined, 'a line has a time');
  return ms;
}

/** First orders of people who were not there before: their first thing is known, the others are asked for. */
function firstOrders(
  test: readonly Line[],
  before: ReadonlySet<string>,
  offered: ReadonlyMap<string, unknown>,
): readonly Asked[] {
  const orders = new Map<
    string,
    { readonly basket: string; readonly place: string; readonly items: Set<string> }
  >();
  for (const { person, basket, item, place } of test) {
    if (before.has(person) || !offered.has(item)) continue;
    const order = orders.get(person) ?? { basket, place, items: new Set() };
    if (order.basket === basket) order.items.add(item);
    orders.set(person, order);
  }
  return [...orders.values()].flatMap(({ place, items }) => {
    const [first, ...targets] = items;
    return first === undefined || targets.length === 0
      ? []
      : [{ facts: new Map([[first, 1]]), targets, place }];
  });
}

function without(list: readonly string[], facts: Facts): readonly string[] {
  return list.filter((id) => !facts.has(id));
}
