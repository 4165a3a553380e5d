// Goal: the noise has the distribution that the budget is computed from. Method: frequencies, moments and
// symmetry against the definition, summed exactly.

import { describe, expect, test } from 'vitest';
import { Bug } from '../../kernel/assert.ts';
import { exp } from '../../kernel/maths.ts';
import { seededRandom } from '../../kernel/random.ts';
import { discreteGaussian } from './discrete-gaussian.ts';

const DRAWS = 20_000;

function drawn(sigmaSquared: number, seed: number): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: DRAWS }, () => discreteGaussian(random, sigmaSquared));
}

describe('the discrete Gaussian', () => {
  test.each([1, 2, 5, 50, 457])('[M8] of variance %i has the frequencies of its definition', (variance) => {
    const seen = new Map<number, number>();
    for (const value of drawn(variance, 11)) {
      expect(Number.isInteger(value) && !Object.is(value, -0)).toBe(true);
      seen.set(value, (seen.get(value) ?? 0) + 1);
    }
    const reach = Math.ceil(9 * Math.sqrt(variance));
    const weight = (x: number): number => exp(-(x * x) / (2 * variance));
    let total = 0;
    for (let x = -reach; x <= reach; x += 1) total += weight(x);
    let [square, cells] = [0, 0];
    for (let x = -reach; x <= reach; x += 1) {
      const expected = (DRAWS * weight(x)) / total;
      if (expected < 10) continue;
      square += ((seen.get(x) ?? 0) - expected) ** 2 / expected;
      cells += 1;
    }
    expect(cells).toBeGreaterThan(4);
    // Four standard deviations of chi square.
    expect(square).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  test.each([1, 50, 16_500])('[M8] of variance %i has mean 0, its variance, and no side', (variance) => {
    const values = drawn(variance, 12);
    const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
    const second = values.reduce((sum, value) => sum + value * value, 0) / DRAWS;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / DRAWS));
    // The variance of a squared normal is 2σ⁴.
    expect(Math.abs(second / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / DRAWS));
    const sides = values.reduce((sum, value) => sum + Math.sign(value), 0);
    expect(Math.abs(sides)).toBeLessThan(4 * Math.sqrt(DRAWS));
  });

  test('[M8] takes whole variances within its bounds alone, where all fractions are exact', () => {
    for (const wrong of [0, -1, 0.5, Number.NaN, 2 ** 20 + 1])
      expect(() => discreteGaussian(seededRandom(1), wrong)).toThrow(Bug);
    expect(Number.isInteger(discreteGaussian(seededRandom(1), 2 ** 20))).toBe(true);
  });
});
