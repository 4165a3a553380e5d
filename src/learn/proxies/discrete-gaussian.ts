/*
 * Noise for counts: integers drawn from the discrete Gaussian, P(x) ∝ exp(−x² / 2σ²), by rejection from the
 * discrete Laplace (Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020,
 * algorithm 3). Integers, because rounding a continuous draw leaks through its low bits (Mironov, "On
 * Significance of the Least Significant Bits for Differential Privacy", CCS 2012). The paper's sampler is
 * exact on rationals; here probabilities are doubles of the kernel's exp and log, so that a release can be
 * made again from its seed.
 */
import { assert } from '../../kernel/assert.ts';
import { exp, log } from '../../kernel/maths.ts';
import type { Random } from '../../kernel/random.ts';

/**
 * One draw. `sigma` > 0 is the parameter; for σ ≥ 1 the standard deviation is σ to more than six digits. A
 * count that one person moves by Δ (in L2, over all counts released together) satisfies Δ² / 2σ²-zCDP.
 */
export function discreteGaussian(random: Random, sigma: number): number {
  assert(sigma > 0 && sigma < 2 ** 30, 'sigma is a positive number');
  const scale = Math.floor(sigma) + 1;
  for (;;) {
    const drawn = discreteLaplace(random, scale);
    const miss = Math.abs(drawn) - (sigma * sigma) / scale;
    if (random.unit() < exp(-(miss * miss) / (2 * sigma * sigma))) return drawn;
  }
}

/** P(x) ∝ exp(−|x| / scale): a geometric size with a sign; −0 is drawn again, or 0 would count twice. */
function discreteLaplace(random: Random, scale: number): number {
  for (;;) {
    const size = Math.floor(-log(1 - random.unit()) * scale);
    const negative = random.below(2) === 1;
    if (size > 0 || !negative) return negative ? -size : size;
  }
}

/**
 * The parameter that gives a release of sensitivity `sensitivity` ρ-zCDP. For δ > 0 that is (ε, δ)-DP with ε
 * = ρ + 2·√(ρ·ln(1/δ)) (Bun, Steinke, TCC 2016): ρ = 0.5 is ε = 5.8 at δ = 10⁻⁶.
 */
export function sigmaFor(rho: number, sensitivity: number): number {
  assert(rho > 0 && sensitivity > 0, 'rho and sensitivity are positive');
  return sensitivity / Math.sqrt(2 * rho);
}
