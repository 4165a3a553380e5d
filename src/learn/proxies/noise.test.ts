// Goal: noise has the distribution that the budget is computed from, and tails are right to many digits.

import { describe, expect, test } from 'vitest';
import { Bug } from '../../kernel/assert.ts';
import { exp } from '../../kernel/maths.ts';
import { seededRandom } from '../../kernel/random.ts';
import { discreteGaussian, sigmaFor } from './discrete-gaussian.ts';
import { believed, normalTail } from './false-discovery.ts';

describe('the discrete Gaussian', () => {
  test.each([0.4, 1, 2.5, 20])('[L24] of parameter %f has the frequencies of its definition', (sigma) => {
    const random = seededRandom(7);
    const draws = 40_000;
    const seen = new Map<number, number>();
    let odd = 0;
    for (let n = 0; n < draws; n += 1) {
      const drawn = discreteGaussian(random, sigma);
      if (!Number.isInteger(drawn) || Object.is(drawn, -0)) odd += 1;
      seen.set(drawn, (seen.get(drawn) ?? 0) + 1);
    }
    expect(odd).toBe(0);
    const reach = Math.ceil(8 * sigma);
    const density = (x: number): number => exp(-(x * x) / (2 * sigma * sigma));
    let total = 0;
    for (let x = -reach; x <= reach; x += 1) total += density(x);
    // Chi square over the values that are expected often enough, compared with four standard deviations.
    let [square, cells] = [0, 0];
    for (let x = -reach; x <= reach; x += 1) {
      const expected = (draws * density(x)) / total;
      if (expected < 10) continue;
      square += ((seen.get(x) ?? 0) - expected) ** 2 / expected;
      cells += 1;
    }
    expect(cells).toBeGreaterThan(2);
    expect(square).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  test('[L24] gets its parameter from budget and sensitivity', () => {
    expect(sigmaFor(0.5, 21)).toBe(21);
    expect(sigmaFor(2, 21)).toBe(10.5);
    expect(() => sigmaFor(0, 21)).toThrow(Bug);
    expect(() => discreteGaussian(seededRandom(1), 0)).toThrow(Bug);
  });
});

describe('false discovery', () => {
  // Values of R's pnorm(x, lower.tail = FALSE).
  test.each([
    [0, 0.5],
    [1, 0.158_655_253_931_457],
    [1.959_963_984_540_054, 0.025],
    [2.999, 0.001_354_336_533_727_11],
    [3, 0.001_349_898_031_630_09],
    [5, 2.866_515_718_791_94e-7],
    [10, 7.619_853_024_160_47e-24],
  ])('[L22] the tail beyond %f is %f', (x, expected) => {
    expect(Math.abs(normalTail(x) / expected - 1)).toBeLessThan(2e-12);
  });

  test('[L22] believes as many as Benjamini and Hochberg', () => {
    // p values .001, .012, .02, .6 of four tests at .03: the thresholds are .0075, .015, .0225, .03.
    const sorted = [3.290_527, 2.512_144, 2.326_348, 0.524_401];
    expect(believed(sorted, 4, 0.03)).toBe(3);
    expect(believed(sorted, 40, 0.03)).toBe(0);
    expect(believed(sorted, 20, 0.03)).toBe(1);
    expect(believed([-3.29, 3.2], 2, 0.03)).toBe(2);
    expect(believed([], 1, 0.03)).toBe(0);
    expect(() => believed(sorted, 3, 0.03)).toThrow(Bug);
  });
});
