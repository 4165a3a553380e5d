/*
 * How many of many findings to believe. Benjamini and Hochberg, "Controlling the False Discovery Rate", JRSS
 * B 1995: of findings sorted by their p value, the first r for the greatest r with p(r) ≤ rate · r / tests.
 * Things that go with one leaf go with each other, which the procedure bears (Benjamini, Yekutieli 2001, for
 * positive dependence).
 */
import { assert } from '../../kernel/assert.ts';
import { exp } from '../../kernel/maths.ts';

const ROOT_TWO_PI = 2.506_628_274_631_000_2;

/**
 * P(Z > x) for a standard normal Z and x ≥ 0. Below 3 by the series Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/15 + …)
 * (Marsaglia, "Evaluating the Normal Distribution", J. Stat. Software 2004), above by Laplace's continued
 * fraction, so that small tails keep their digits. `normalTail(1.959964)` is 0.025.
 */
export function normalTail(x: number): number {
  assert(x >= 0, 'a tail begins at 0 or above');
  const density = exp((-x * x) / 2) / ROOT_TWO_PI;
  if (x < 3) {
    let sum = x;
    let term = x;
    for (let n = 3; term > sum * 1e-17; n += 2) sum += term *= (x * x) / n;
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let n = 80; n >= 1; n -= 1) fraction = x + n / fraction;
  return density / fraction;
}

/**
 * Of two-sided z statistics, sorted by their size with the greatest first, how many to believe at this rate
 * of false ones. `tests` is the number of all tests made, at least as many as statistics.
 */
export function believed(sorted: readonly number[], tests: number, rate: number): number {
  assert(rate > 0 && rate < 1 && tests >= sorted.length, 'a rate lies between 0 and 1');
  for (let count = sorted.length; count > 0; count -= 1) {
    if (2 * normalTail(Math.abs(sorted[count - 1] ?? 0)) <= (rate * count) / tests) return count;
  }
  return 0;
}
