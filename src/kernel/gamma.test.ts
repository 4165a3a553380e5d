// Goal: the bound that gamma.ts states. Method: factorials in whole numbers where ln Γ is their logarithm,
// and the recurrence with log-convexity between them, which together leave no other function (Bohr and
// Mollerup 1922).

import { describe, expect, test } from 'vitest';
import { Bug } from './assert.ts';
import { logGamma } from './gamma.ts';
import { log } from './maths.ts';
import { seededRandom } from './random.ts';

const BOUND = 2 ** -47;

/** The logarithm of a whole number of any size: its first 60 bits, and how many were left out. */
function logBig(value: bigint): number {
  const cut = Math.max(0, value.toString(2).length - 60);
  return log(Number(value >> BigInt(cut))) + cut * log(2);
}

function expectNear(actual: number, expected: number, size: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(BOUND * Math.max(1, Math.abs(expected), size));
}

describe('logGamma', () => {
  test('[K24] at whole numbers it is the logarithm of the factorial', () => {
    let factorial = 1n;
    for (let n = 1; n <= 2000; n += 1) {
      expectNear(logGamma(n), logBig(factorial), 0);
      factorial *= BigInt(n);
    }
  });

  test('[K24] halfway between: Γ(n + ½) = (2n)! √π / (4^n n!)', () => {
    let ratio: readonly [bigint, bigint] = [1n, 1n];
    for (let n = 0; n <= 300; n += 1) {
      const expected = logBig(ratio[0]) - logBig(ratio[1]) + log(Math.PI) / 2;
      expectNear(logGamma(n + 0.5), expected, 2 * Math.abs(logBig(ratio[0])));
      ratio = [ratio[0] * BigInt(2 * n + 1), ratio[1] * 2n];
    }
  });

  test('[K24] recurrence and convexity hold between, from 1e-300 to 1e9', () => {
    const random = seededRandom(24);
    for (let n = 0; n < 5000; n += 1) {
      const x = n % 3 === 0 ? random.unit() * 20 + 1e-9 : 10 ** (random.unit() * 9) * (0.5 + random.unit());
      const [below, at, above] = [logGamma(x), logGamma(x + 1), logGamma(x + 2)];
      expect(Math.abs(at - below - log(x))).toBeLessThanOrEqual(2 * BOUND * Math.max(1, Math.abs(at)));
      expect(below + above - 2 * at).toBeGreaterThan(-4 * BOUND * Math.max(1, Math.abs(above)));
    }
    expectNear(logGamma(1e-300), -log(1e-300), 0);
  });

  test('[K24] what has no logarithm of gamma here is a bug', () => {
    for (const x of [0, -1.5, NaN, Infinity]) expect(() => logGamma(x)).toThrow(Bug);
  });
});
