// Owns: exact arithmetic on binary fractions. A score is told to a person as the sum of its parts, and that
// sum must be exact and the same in every order and runtime. So weights and facts are first rounded to
// multiples of a small power of two: products and sums of such numbers are exact in a double as long as
// they stay below `exactBelow`, and exact addition is associative.

import { assert } from './assert.ts';

/** Fractional bits of a learned weight: 2^-20 is about 1e-6, far below the noise of any learned number. */
export const WEIGHT_BITS = 20;

/** Fractional bits of a fact's strength: about three decimal places. */
export const FACT_BITS = 10;

/** Fractional bits of weight × fact, the unit in which scores are added. */
export const SCORE_BITS = WEIGHT_BITS + FACT_BITS;

const BITS_MAX = 52;
const INTEGERS_FROM = 2 ** 52;

/** Sums of multiples of 2^-bits are exact while every partial sum is smaller than this: 2^(53 - bits). */
export function exactBelow(bits: number): number {
  return 2 ** (53 - bits);
}

/**
 * The multiple of 2^-bits nearest to `x`; of two equally near the one with an even multiplier. Never -0.
 * `x` is finite, `bits` an integer from 0 to 52. `quantise(0.3, 2)` is 0.25.
 */
export function quantise(x: number, bits: number): number {
  assert(Number.isInteger(bits) && bits >= 0 && bits <= BITS_MAX, 'bits is an integer from 0 to 52');
  const scale = 2 ** bits;
  const scaled = Math.abs(x) * scale;
  assert(scaled < Infinity, 'quantise takes a finite number that fits its scale');
  if (scaled >= INTEGERS_FROM) return x;
  // Adding 2^52 leaves no room for a fraction, so the addition itself rounds, to even at a tie (IEEE 754
  // §4.3.1).
  const magnitude = (scaled + INTEGERS_FROM - INTEGERS_FROM) / scale;
  return x < 0 && magnitude > 0 ? -magnitude : magnitude;
}

/** True if `x` is a multiple of 2^-bits, so that sums of it are exact. */
export function isQuantised(x: number, bits: number): boolean {
  return Number.isFinite(x) && Number.isInteger(x * 2 ** bits);
}
