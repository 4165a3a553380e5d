import { expect, test } from 'vitest';
import { type Basket, marginalsOf } from './measure.ts';

const DAY_MS = 86_400_000;
const basket = (person: string, day: number, ...items: string[]): Basket => ({
  person,
  timeMs: day * DAY_MS,
  items,
});

test('margins of three baskets that can be counted by hand', () => {
  const all = marginalsOf([basket('a', 0, 'x', 'y', 'y'), basket('b', 1, 'x'), basket('a', 4, 'x', 'z')]);
  expect(all).toMatchObject({ people: 2, items: 3, baskets: 3, repeatShare: 0.5, returningShare: 0.5 });
  expect(all.basketSize).toEqual({ mean: 5 / 3, median: 2, p90: 2 });
  expect(all.basketsPerPerson.mean).toBe(1.5);
  expect(all.gapDays).toEqual({ mean: 4, median: 4, p90: 4 });
  // x three times of five.
  expect(all.topPercentShare).toBeCloseTo(0.6);
});

test('the Gini coefficient is 0 when all are alike and near 1 when one stands for all', () => {
  const alike = Array.from({ length: 10 }, (_, n) => basket(`p${n}`, 0, `item${n}`));
  expect(marginalsOf(alike).gini).toBeCloseTo(0);
  const one = Array.from({ length: 1000 }, (_, n) => basket(`p${n}`, 0, 'hit'));
  expect(marginalsOf([...one, ...alike]).gini).toBeGreaterThan(0.85);
});

test('baskets without times have no gaps, and no baskets have no margins', () => {
  const timeless = [basket('a', 0, 'x'), basket('a', 1, 'x')].map((one) => ({ ...one, timeMs: undefined }));
  expect(marginalsOf(timeless).gapDays).toBeUndefined();
  expect(marginalsOf([])).toMatchObject({ people: 0, baskets: 0, gini: 0, repeatShare: 0 });
});
