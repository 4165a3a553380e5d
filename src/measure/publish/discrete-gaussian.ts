/*
 * Noise for numbers that are made public: integers drawn from the discrete Gaussian, P(x) ∝ exp(−x² / 2σ²),
 * by rejection from the discrete Laplace (Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential
 * Privacy", NeurIPS 2020, algorithms 1 to 3). Every probability on the way is a fraction of whole numbers, so
 * no rounding of a logarithm can favour one value over another (Mironov, "On Significance of the Least
 * Significant Bits for Differential Privacy", CCS 2012).
 */
import { assert } from '../../kernel/assert.ts';
import type { Random } from '../../kernel/random.ts';

/** So that every denominator below 2^53 is exact: 2·σ²·t² for σ² = 2^20 is 2^41. */
const SIGMA_SQUARED_MAX = 2 ** 20;

/**
 * One draw of variance `sigmaSquared`, a whole number from 1 to 2^20. A list of counts that one person moves
 * by Δ in L2 satisfies Δ² / 2σ²-zCDP when each count gets a draw of its own.
 */
export function discreteGaussian(random: Random, sigmaSquared: number): number {
  assert(
    Number.isInteger(sigmaSquared) && sigmaSquared >= 1 && sigmaSquared <= SIGMA_SQUARED_MAX,
    'the variance is a whole number',
  );
  // ⌊σ⌋ + 1; the square root of a whole number below 2^53 is rounded correctly, so its floor is right.
  const scale = Math.floor(Math.sqrt(sigmaSquared)) + 1;
  const variance = BigInt(sigmaSquared);
  const step = BigInt(scale);
  const denominator = 2n * variance * step * step;
  for (;;) {
    const drawn = discreteLaplace(random, scale);
    const miss = BigInt(Math.abs(drawn)) * step - variance;
    if (happensWithExp(random, miss * miss, denominator)) return drawn;
  }
}

/** P(x) ∝ exp(−|x| / scale): a size from its remainder and its quotient, and a sign. */
function discreteLaplace(random: Random, scale: number): number {
  for (;;) {
    const rest = random.below(scale);
    if (!happensWithExp(random, BigInt(rest), BigInt(scale))) continue;
    let whole = 0;
    while (happensWithExp(random, 1n, 1n)) whole += 1;
    const size = rest + scale * whole;
    const isNegative = random.below(2) === 1;
    // −0 is drawn again, or 0 would count twice.
    if (size > 0 || !isNegative) return isNegative ? -size : size;
  }
}

/** True with probability exp(−top / bottom). */
function happensWithExp(random: Random, top: bigint, bottom: bigint): boolean {
  for (let ones = top / bottom; ones > 0n; ones -= 1n) if (!belowOne(random, 1, 1)) return false;
  return belowOne(random, Number(top % bottom), Number(bottom));
}

/**
 * The same for a fraction from 0 to 1: with γ, draws that happen with γ/1, γ/2, γ/3 … until one does not; how
 * many there were is even with probability exp(−γ).
 */
function belowOne(random: Random, top: number, bottom: number): boolean {
  let count = 1;
  // A fraction of k parts is drawn as one of the parts and then within it, which keeps numbers small.
  while (random.below(count) === 0 && random.below(bottom) < top) count += 1;
  return count % 2 === 1;
}
