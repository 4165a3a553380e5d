// Goal: a dozen shops that keep their own clocks, and stock and weather that anybody can ask about at any
// time.

import { describe, expect, test } from 'vitest';
import { CATALOGUE, productOf } from './catalogue.ts';
import { SHOPS, isOpen, nearestOpen, stockAt } from './shops.ts';
import { warmth, weatherFactor, weatherOf } from './weather.ts';

const shopOf = (id: string) => {
  const shop = SHOPS.find((one) => one.id === id);
  if (shop === undefined) throw new Error(id);
  return shop;
};
const DAY = 86_400_000;
const dayOf = (text: string): number => Date.parse(text) / DAY;

describe('shops', () => {
  test('are a dozen, each with a place of its own', () => {
    expect(SHOPS).toHaveLength(12);
    expect(new Set(SHOPS.map(({ id }) => id)).size).toBe(12);
    for (const { week, size } of SHOPS) {
      expect(week).toHaveLength(7);
      expect(size > 0 && size <= 1).toBe(true);
    }
  });

  test.each([
    ['luebeck', '2026-01-14T08:30:00Z', true],
    ['luebeck', '2026-07-15T06:30:00Z', false],
    ['luebeck', '2026-01-18T12:00:00Z', false],
    ['luebeck', '2026-12-25T12:00:00Z', false],
    ['sacramento', '2026-01-14T16:59:00Z', false],
    ['sacramento', '2026-01-14T17:00:00Z', true],
    ['haifa', '2026-01-17T10:00:00Z', false],
    ['taipei', '2026-01-14T13:59:00Z', true],
    ['taipei', '2026-01-14T14:00:00Z', false],
  ])('%s at %s: open %s', (id, time, open) => {
    expect(isOpen(shopOf(id), Date.parse(time))).toBe(open);
  });

  test('have what they carry, less before the next delivery, and never what is sold out', () => {
    const question = { seed: 1, product: productOf('milk-whole'), day: dayOf('2026-01-14') };
    const carried = SHOPS.filter((shop) => stockAt({ ...question, shop }) > 0);
    expect(carried.length).toBeGreaterThan(5);
    const [shop = shopOf('luebeck')] = carried;
    const week = Array.from({ length: 7 }, (_, n) => stockAt({ ...question, shop, day: question.day + n }));
    expect(new Set(week).size).toBeGreaterThan(2);
    expect(stockAt({ ...question, shop })).toBe(stockAt({ ...question, shop }));
    for (const one of SHOPS)
      expect(stockAt({ ...question, shop: one, product: productOf('coat-loden-cape') })).toBe(0);
    const share = (id: string): number =>
      CATALOGUE.filter((product) => stockAt({ ...question, product, shop: shopOf(id) }) > 0).length;
    expect(share('luebeck')).toBeGreaterThan(share('haifa'));
  });

  test('the nearest one that is open and has it is found, over the date line too', () => {
    const ask = { seed: 1, product: 'milk-whole', timeMs: Date.parse('2026-01-14T11:00:00Z') };
    const near = nearestOpen({ latitude: 45.46, longitude: 9.19 }, ask);
    expect(['milano', 'bologna']).toContain(near?.id);
    const night = { ...ask, timeMs: Date.parse('2026-01-14T01:00:00Z') };
    const awake = SHOPS.filter((shop) => isOpen(shop, night.timeMs)).map(({ id }) => id);
    expect([...awake, undefined]).toContain(nearestOpen({ latitude: 0, longitude: 179 }, night)?.id);
    expect(
      nearestOpen({ latitude: 0, longitude: 0 }, { ...ask, product: 'coat-loden-cape' }),
    ).toBeUndefined();
  });
});

describe('weather', () => {
  test('has seasons, and is the same whoever asks', () => {
    expect(warmth(15)).toBe(-1);
    expect(warmth(15 + 365.25 / 2)).toBe(1);
    const mean = (month: string): number => {
      const days = Array.from({ length: 60 }, (_, n) => weatherOf(1, 'DE', dayOf(`2026-${month}-01`) + n));
      return days.reduce((sum, { celsius }) => sum + celsius, 0) / days.length;
    };
    expect(mean('07') - mean('01')).toBeGreaterThan(14);
    expect(weatherOf(1, 'AE', dayOf('2026-07-20')).rain).toBe(false);
    expect(weatherOf(3, 'DE', 20_000)).toEqual(weatherOf(3, 'DE', 20_000));
  });

  test('moves appetites, within reason', () => {
    const hot = { celsius: 34, rain: false, snow: false };
    const sleet = { celsius: 0, rain: true, snow: true };
    expect(weatherFactor('Ice cream', hot)).toBeGreaterThan(3 * weatherFactor('Ice cream', sleet));
    expect(weatherFactor('Umbrellas', sleet)).toBe(3);
    expect(weatherFactor('Coats', sleet)).toBeGreaterThan(2 * weatherFactor('Coats', hot));
    expect(weatherFactor('Bread', hot)).toBe(1);
    for (const leaf of new Set(CATALOGUE.map(({ path }) => path.at(-1) ?? ''))) {
      for (const weather of [hot, sleet]) expect(weatherFactor(leaf, weather)).toBeGreaterThan(0);
    }
  });
});
