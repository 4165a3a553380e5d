// Goal: what was planted is found, in either direction, and what was not is let alone, however active members
// are. Method: villages drawn from seeds, with lifts that are known; all deterministic.

import { describe, expect, test } from 'vitest';
import { Bug } from '../../kernel/assert.ts';
import { seededRandom } from '../../kernel/random.ts';
import { type ProxySettings, findProxies } from './find-proxies.ts';
import { EVERYBODY, PEOPLE } from './guard-counts.ts';
import { LEAF, type Village, thing, villageOf } from './testing.ts';

const PLANTED = { 3: 4, 7: 3, 11: 5 };
const VILLAGE: Village = { people: 6000, things: 60, share: 0.1, lifts: PLANTED };
const RATE: ProxySettings = { choose: { rate: 0.01 } };

function found(seed: number, village: Village, settings = RATE) {
  const { counts, domain } = villageOf(seededRandom(seed), village);
  return findProxies(counts, domain, settings);
}

const names = (list: readonly { readonly item: string }[]): readonly string[] =>
  list.map(({ item }) => item).toSorted();

describe('proxies', () => {
  test('[L22] that were planted are found, with their class, strongest first', () => {
    const { proxies, unjudged, unknown } = found(1, VILLAGE);
    expect(names(proxies)).toEqual([3, 7, 11].map(thing));
    for (const proxy of proxies) {
      expect([proxy.class, proxy.leaf]).toEqual(['health', LEAF]);
      expect(proxy.t).toBeGreaterThan(5);
      expect(proxy.lift).toBeGreaterThan(2);
    }
    const sizes = proxies.map(({ t }) => Math.abs(t));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect([unjudged, unknown]).toEqual([[], []]);
  });

  test('[L22] are not seen where there are none, also when members are far more active', () => {
    let wrong = 0;
    for (let seed = 10; seed < 30; seed += 1)
      wrong += found(seed, { ...VILLAGE, people: 2000, lifts: {}, activity: 1.8 }).proxies.length;
    // Twenty villages with nothing in them: at a rate of one in a hundred, hardly any speaks.
    expect(wrong).toBeLessThanOrEqual(2);
  });

  test('[L22] do not make proxies of all that members have less for having them', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [n, 5]));
    const { proxies } = found(2, { ...VILLAGE, people: 12_000, lifts: many });
    const planted = new Set(Object.keys(many).map((at) => thing(Number(at))));
    for (const item of planted) expect(names(proxies)).toContain(item);
    const others = proxies.filter(({ item }) => !planted.has(item));
    expect(others.length).toBeLessThanOrEqual(2);
  });

  test('[L22] are not seen among rare things, of which a few are soon many', () => {
    let wrong = 0;
    for (let seed = 40; seed < 60; seed += 1) {
      const rare = { ...VILLAGE, people: 1500, things: 200, share: 0.04, rarest: 0.004, range: 0.03 };
      wrong += found(seed, { ...rare, lifts: {} }, { choose: { rate: 0.05 } }).proxies.length;
    }
    // Some 4,000 tests of things that one member in thirty to two hundred has.
    expect(wrong).toBeLessThanOrEqual(1);
  });

  test('[L22] are also what members go without', () => {
    const { proxies } = found(3, { ...VILLAGE, lifts: { 50: 0.2 } });
    expect(names(proxies)).toEqual([thing(50)]);
    expect(proxies[0]!.t).toBeLessThan(-5);
  });

  test('[L22] can be asked for by number, for curves', () => {
    const { counts, domain } = villageOf(seededRandom(1), VILLAGE);
    for (const top of [0, 1, 3, 60]) {
      const { proxies } = findProxies(counts, domain, { choose: { top } });
      expect(new Set(names(proxies)).size).toBe(top);
    }
    expect(names(findProxies(counts, domain, { choose: { top: 3 } }).proxies)).toEqual([3, 7, 11].map(thing));
  });

  test('[L23] things and leaves with too few people are unknown and not judged', () => {
    const { counts, domain } = villageOf(seededRandom(4), { ...VILLAGE, people: 400 });
    const never = { item: 'never-bought', leaf: 'nothing else' };
    const wide = { items: [...domain.items, never], leaves: [...domain.leaves, 'debt|Loans'] };
    const { unknown, unjudged, proxies } = findProxies(counts, wide, { ...RATE, peopleMin: 30 });
    const people = (item: string): number =>
      counts.cell(EVERYBODY, item).reduce((total, count) => total + count, 0);
    const ids = wide.items.map(({ item }) => item);
    expect(unknown).toEqual(ids.filter((item) => people(item) < 30).toSorted());
    expect(unknown).toContain('never-bought');
    expect(unknown.length).toBeGreaterThan(1);
    expect(unjudged).toEqual(['debt|Loans']);
    for (const item of unknown) expect(names(proxies)).not.toContain(item);
    const all = findProxies(counts, wide, { ...RATE, peopleMin: 400 });
    expect([all.unknown.length, all.proxies.length]).toEqual([61, 0]);
    expect(() => findProxies(counts, wide, { ...RATE, peopleMin: 2 })).toThrow(Bug);
  });

  test('[L23] rare things of one leaf are judged as if they were one', () => {
    const rare = { ...VILLAGE, people: 2500, rarest: 0.002, range: 0.002, lifts: { 3: 8, 4: 8, 5: 8, 6: 8 } };
    const { counts, domain } = villageOf(seededRandom(6), rare);
    const told = findProxies(counts, domain, RATE);
    expect([told.proxies.length, told.unknown.length]).toEqual([0, 60]);
    // Ten things to a leaf: the first leaf has the four that were planted.
    const items = domain.items.map(({ item }, at) => ({ item, leaf: `leaf ${Math.floor(at / 10)}` }));
    const together = findProxies(counts, { ...domain, items }, RATE);
    expect(together.unknown).toEqual([]);
    expect(names(together.proxies)).toEqual(items.slice(0, 10).map(({ item }) => item));
    const [first] = together.proxies;
    for (const { t, lift } of together.proxies) expect([t, lift]).toEqual([first!.t, first!.lift]);
  });

  test('[L24] with noise come out the same for the same release and otherwise differ', () => {
    const { counts, domain } = villageOf(seededRandom(5), { ...VILLAGE, people: 40_000 });
    const before = [...counts.cell(EVERYBODY, PEOPLE)];
    const asked = (seed: string, rho: number) =>
      findProxies(counts, domain, { ...RATE, noise: { rho, seed } });
    expect(asked('one', 1)).toEqual(asked('one', 1));
    expect(asked('one', 1).proxies[0]!.t).not.toBe(asked('two', 1).proxies[0]!.t);
    // The more noise, the surer one must be: a planted proxy shrinks, and nothing else is believed.
    for (const seed of ['one', 'two', 'three']) {
      expect(names(asked(seed, 1).proxies)).toEqual([3, 7, 11].map(thing));
      expect(Math.abs(asked(seed, 0.01).proxies[0]?.t ?? 0)).toBeLessThan(asked(seed, 1).proxies[0]!.t);
    }
    expect(counts.cell(EVERYBODY, PEOPLE)).toEqual(before);
  });
});
