// Goal: rounding to binary fractions is exact and correct; sums of such numbers do not depend on their order.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { exactBelow, FACT_BITS, isQuantised, quantise, SCORE_BITS, WEIGHT_BITS } from './fixed.ts';

/**
 * A finite double as a fraction of integers with a power of two below, so that the nearest multiple can
 * be computed.
 */
function naiveQuantise(x: number, bits: number): number {
  const scratch = new DataView(new ArrayBuffer(8));
  scratch.setFloat64(0, Math.abs(x));
  const raw = scratch.getBigUint64(0);
  const biased = Number(raw >> 52n);
  const mantissa = biased === 0 ? raw : (raw & 0xfffffffffffffn) | (1n << 52n);
  const exponent = Math.max(biased, 1) - 1075 + bits;
  if (exponent >= 0) return x;
  const below = 1n << BigInt(-exponent);
  let whole = mantissa / below;
  const twice = 2n * (mantissa % below);
  if (twice > below || (twice === below && whole % 2n === 1n)) whole += 1n;
  const size = Number(whole) / 2 ** bits;
  return x < 0 && size > 0 ? -size : size;
}

const anyDouble = fc.double({ noNaN: true, min: -1e290, max: 1e290 });
// Halves, quarters and their neighbours: where ties are.
const nearTies = fc
  .tuple(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 0, max: 34 }))
  .map(([n, places]) => n / 2 ** places);

describe('quantise', () => {
  test('[K14] is the nearest multiple of 2^-bits, ties to even, never -0', () => {
    fc.assert(
      fc.property(fc.oneof(anyDouble, nearTies), fc.integer({ min: 0, max: 40 }), (x, bits) => {
        const rounded = quantise(x, bits);
        expect(rounded).toBe(naiveQuantise(x, bits) + 0);
        expect(isQuantised(rounded, bits)).toBe(true);
        expect(quantise(rounded, bits), 'rounding twice changes nothing').toBe(rounded);
      }),
      { numRuns: 5000 },
    );
  });

  test('[K14] ties and signs by hand', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5].map((x) => quantise(x, 0))).toEqual([0, 2, 2, 0, -2, -2]);
    expect(quantise(0.3, 2)).toBe(0.25);
    expect(quantise(-1e-9, FACT_BITS)).toBe(0);
    expect(quantise(-0, FACT_BITS)).toBe(0);
    expect(quantise(2 ** 51 + 0.5, 0)).toBe(2 ** 51);
    expect(quantise(1e300, 0)).toBe(1e300);
    expect(isQuantised(2 ** -WEIGHT_BITS, WEIGHT_BITS)).toBe(true);
    expect(isQuantised(2 ** -(WEIGHT_BITS + 1), WEIGHT_BITS)).toBe(false);
    expect(isQuantised(Infinity, 2)).toBe(false);
  });

  test('[K14] sums of weight × fact are the same in every order and exact', () => {
    const term = fc
      .tuple(fc.double({ noNaN: true, min: -8, max: 8 }), fc.double({ noNaN: true, min: -16, max: 16 }))
      .map(([weight, fact]) => quantise(weight, WEIGHT_BITS) * quantise(fact, FACT_BITS));
    fc.assert(
      fc.property(fc.array(term, { maxLength: 200 }), (terms) => {
        const forwards = terms.reduce((sum, t) => sum + t, 0);
        const backwards = terms.reduceRight((sum, t) => sum + t, 0);
        const exactly = terms.reduce((sum, t) => sum + BigInt(t * 2 ** SCORE_BITS), 0n);
        expect(Math.abs(forwards)).toBeLessThan(exactBelow(SCORE_BITS));
        expect(forwards).toBe(backwards);
        expect(BigInt(forwards * 2 ** SCORE_BITS)).toBe(exactly);
      }),
    );
  });

  test('[K14] the bound of exact sums is sharp', () => {
    const step = 2 ** -SCORE_BITS;
    const edge = exactBelow(SCORE_BITS);
    expect(edge - step + step).toBe(edge);
    expect(edge + step, 'one step beyond is lost').toBe(edge);
  });

  test('[K14] numbers and places outside the range are a bug', () => {
    for (const x of [NaN, Infinity, -Infinity]) expect(() => quantise(x, 3), String(x)).toThrow(Bug);
    for (const bits of [-1, 0.5, 53, NaN]) expect(() => quantise(1, bits), String(bits)).toThrow(Bug);
  });
});
