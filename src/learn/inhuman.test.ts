// Goal: what no person does is told from what people do, by facts alone. Method: cases at each bound, and
// random lives of people within them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../kernel/time.ts';
import { type Bought, HOURS_AWAKE_MAX, PURCHASES_PER_DAY_MAX, inhumanBy } from './inhuman.ts';

const on = (day: number, count: number): Bought => ({
  count,
  firstMs: day * DAY_MS,
  lastMs: day * DAY_MS + 1,
});

describe('who buys as no person does', () => {
  it('[L29] buys more than a thousand times in one day, of one thing or of many', () => {
    expect(inhumanBy([on(3, PURCHASES_PER_DAY_MAX)], [])).toBeUndefined();
    expect(inhumanBy([on(3, PURCHASES_PER_DAY_MAX + 1)], [])).toBe('too-many-purchases');
    expect(inhumanBy([on(3, 600), on(3, 401)], [])).toBe('too-many-purchases');
    expect(inhumanBy([on(3, 600), on(4, 401)], [])).toBeUndefined();
    // Over several days all that is known is the average.
    const over = (days: number, count: number): Bought => ({
      count,
      firstMs: 0,
      lastMs: (days - 1) * DAY_MS,
    });
    expect(inhumanBy([over(10, 10_000)], [])).toBeUndefined();
    expect(inhumanBy([over(10, 10_001)], [])).toBe('too-many-purchases');
  });

  it('[L29] or orders in more than twenty hours of the clock within a day', () => {
    const hours = (count: number, step = HOUR_MS): readonly number[] =>
      Array.from({ length: count }, (_, at) => 7 * DAY_MS + HOUR_MS / 2 + at * step);
    expect(inhumanBy([], hours(HOURS_AWAKE_MAX))).toBeUndefined();
    expect(inhumanBy([], hours(HOURS_AWAKE_MAX + 1))).toBe('no-rest');
    expect(inhumanBy([], hours(HOURS_AWAKE_MAX + 1).toReversed())).toBe('no-rest');
    // Fifty pieces booked one by one at the till, and as many orders on as many days.
    expect(inhumanBy([], hours(50, 2000))).toBeUndefined();
    expect(inhumanBy([], hours(50, 23 * HOUR_MS))).toBeUndefined();
  });

  it('[L29] and nobody who sleeps four hours, and has a full trolley every day', () => {
    const act = fc.record({ day: fc.nat(60), minute: fc.nat(20 * 60 - 1) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 500 }), fc.nat(23), (acts, wakes) => {
        const times = acts.map(({ day, minute }) => day * DAY_MS + wakes * HOUR_MS + minute * 60_000);
        const bought = times.map((ms) => ({ count: 1, firstMs: ms, lastMs: ms }));
        expect(inhumanBy(bought, times.slice(-50))).toBeUndefined();
      }),
    );
  });
});
