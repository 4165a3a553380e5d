// Goal: special values and exact cases. The error bound is measured in maths.fuzz.ts.

import { describe, expect, test } from 'vitest';

import { exp, log, log1p, log2, pow, sigmoid, tanh } from './maths.ts';
import { seededRandom } from './random.ts';

const SPECIALS = [
  ...[0, -0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, NaN, Infinity, -Infinity],
  ...[Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324, 2 ** -1022, 1e-20, -1e-20, 2 ** 53, -(2 ** 53)],
  ...[2 ** 53 + 2, 2 ** 62 + 2 ** 40, 1 - 2 ** -53, 1 + 2 ** -52, 1e300, -1e300, 710, -746],
];

/**
 * Special results (0, infinities, NaN, ±1) must be equal, others near: Math itself is free in the last
 * bits.
 */
function expectLike(actual: number, expected: number, what: string): void {
  if (expected === 0 || !Number.isFinite(expected) || Math.abs(expected) === 1) {
    expect(actual, what).toBe(expected);
  } else {
    expect(Math.abs(actual / expected - 1), what).toBeLessThan(1e-15);
  }
}

describe('maths', () => {
  test('[K12] one argument: as in ECMA-262, sign of zero included', () => {
    const pairs = { exp, log, log2, log1p, tanh };
    for (const [name, ours] of Object.entries(pairs)) {
      const theirs = Math[name as keyof typeof pairs];
      for (const x of SPECIALS) {
        // Where the true value is beside ±1 or 0, rounding decides; those points belong to the measured
        // bound.
        if (Object.is(ours(x), theirs(x))) continue;
        expectLike(ours(x), theirs(x), `${name}(${x})`);
      }
    }
    expect(log1p(-0)).toBe(-0);
    expect(tanh(-0)).toBe(-0);
    expect(log(1)).toBe(0);
    expect(exp(0)).toBe(1);
  });

  test('[K12] pow: every pair of special values is as in ECMA-262', () => {
    for (const x of SPECIALS) {
      for (const y of SPECIALS) expectLike(pow(x, y), x ** y, `pow(${x}, ${y})`);
    }
  });

  test('[K12] sigmoid: its limits, its middle, and its symmetry', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(-0)).toBe(0.5);
    expect(sigmoid(Infinity)).toBe(1);
    expect(sigmoid(-Infinity)).toBe(0);
    expect(sigmoid(NaN)).toBeNaN();
    expect(sigmoid(-744)).toBe(exp(-744));
    const random = seededRandom(7);
    for (let i = 0; i < 10_000; i += 1) {
      const x = random.normal() * 10;
      expect(Math.abs(sigmoid(x) + sigmoid(-x) - 1)).toBeLessThanOrEqual(2 ** -52);
    }
  });

  test('[K12] overflow and underflow begin where they must', () => {
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(709.782712893385)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
    expect(pow(2, 1023)).toBe(2 ** 1023);
    expect(pow(2, 1024)).toBe(Infinity);
    expect(pow(2, -1074)).toBe(5e-324);
    expect(pow(2, -1076)).toBe(0);
    expect(pow(-2, 1025)).toBe(-Infinity);
    expect(pow(-2, -1077)).toBe(-0);
  });

  test('[K12] exact results are exact: powers of two, small integer powers, e and 10', () => {
    for (let k = -1074; k <= 1023; k += 1) {
      expect(log2(2 ** k)).toBe(k);
      expect(pow(2, k)).toBe(2 ** k);
    }
    for (let base = 2; base <= 50; base += 1) {
      let product = 1;
      for (let k = 0; product <= Number.MAX_SAFE_INTEGER; k += 1) {
        expect(pow(base, k), `${base}^${k}`).toBe(product);
        expect(pow(-base, k), `(-${base})^${k}`).toBe(k % 2 === 0 ? product : -product);
        product *= base;
      }
    }
    expect(exp(1)).toBe(Math.E);
    expect(log(10)).toBe(Math.LN10);
    expect(log(2)).toBe(Math.LN2);
  });

  test('[K12] pow with 1 is the number itself, with -1 its inverse, with 1/2 its root', () => {
    const random = seededRandom(8);
    for (let i = 0; i < 20_000; i += 1) {
      const x = exp((random.unit() - 0.5) * 1400);
      expect(pow(x, 1)).toBe(x);
      // The quotient and the root are correctly rounded, pow nearly: at most the last bit differs.
      expect(Math.abs(pow(x, -1) * x - 1)).toBeLessThanOrEqual(2 ** -52);
      expect(Math.abs(pow(x, 0.5) / Math.sqrt(x) - 1)).toBeLessThanOrEqual(2 ** -52);
    }
  });

  test('[K12] they rise where they should: no step back between neighbours', () => {
    const random = seededRandom(9);
    for (let i = 0; i < 20_000; i += 1) {
      const x = (random.unit() - 0.5) * 30;
      const next = x + Math.abs(x) * 2 ** -52;
      for (const rising of [exp, tanh, sigmoid]) expect(rising(next)).toBeGreaterThanOrEqual(rising(x));
      if (x > 0) expect(log(next)).toBeGreaterThanOrEqual(log(x));
    }
  });
});
