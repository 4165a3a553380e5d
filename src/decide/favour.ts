// What a shop adds to a score because it favours a thing: an addend like any other, exact and told.

import { SCORE_BITS, quantise } from '../kernel/fixed.ts';

/** A share of 1, in 1,024ths. */
export const WHOLE = 1024;

/** What a thing of this score gains: never more than it has, and nothing of nothing. */
export function favourOf(score: number, favours: Uint16Array | undefined, index: number): number {
  const share = favours?.[index] ?? 0;
  return share === 0 || score <= 0 ? 0 : quantise((score * share) / WHOLE, SCORE_BITS);
}
