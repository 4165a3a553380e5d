// Goal: the least value is found, the same way every time. Method: functions whose minimum is known.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimise } from './minimise.ts';

const SETTINGS = { stride: 1, tolerance: 1e-9, stepsMax: 4000 };

describe('minimise', () => {
  test('[K25] the bottom of a stretched and turned bowl is found wherever it lies, twice the same', () => {
    const number = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(number, number, number), fc.tuple(number, number, number), (bottom, start) => {
        const cost = (point: readonly number[]): number => {
          const [x, y, z] = point.map((value, axis) => value - bottom[axis]!) as [number, number, number];
          return (x + y) ** 2 + 30 * (x - y) ** 2 + 5 * (z + x) ** 2 + 7;
        };
        const found = minimise(cost, start, SETTINGS);
        expect(found.settled).toBe(true);
        for (const [axis, x] of found.point.entries()) expect(Math.abs(x - bottom[axis]!)).toBeLessThan(1e-6);
        expect(minimise(cost, start, SETTINGS)).toEqual(found);
      }),
    );
  });

  test('[K25] the curved valley of Rosenbrock leads to (1, 1)', () => {
    const found = minimise(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], SETTINGS);
    expect(Math.abs(found.point[0]! - 1) + Math.abs(found.point[1]! - 1)).toBeLessThan(1e-6);
  });

  test('[K25] where there is no number nobody goes, and a search that was cut short says so', () => {
    const cost = ([x = 0]: readonly number[]): number => (x <= 0 ? NaN : x - 4 * Math.sqrt(x));
    expect(Math.abs(minimise(cost, [1], SETTINGS).point[0]! - 4)).toBeLessThan(1e-4);
    expect(minimise(cost, [1], { ...SETTINGS, stepsMax: 3 })).toMatchObject({ steps: 3, settled: false });
  });
});
