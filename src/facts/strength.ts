// How much a fact says of what somebody may want, by its kind and its age; the same where lists are decided,
// where a shop finds its trend, and where lists are measured.

import { FACT_BITS, quantise } from '../kernel/fixed.ts';
import { pow } from '../kernel/maths.ts';
import type { FactKind } from './fact.ts';

interface Strength {
  readonly strength: number;
  /** In so many days it is half. */
  readonly halfLifeDays: number;
}

/**
 * A purchase says more and longer than a look; a declared liking does not fade.
 *
 * Of what people buy after a day, lists of twenty from the year before it (`fineline evaluate --task topn`, 3
 * people behind a weight) hold, under half-lives of a purchase of 45, 90, 180, 365 days and without end: .098
 * .099 .101 .102 .101 (Online Retail), .166 .170 .174 .173 .173 (Amazon Games), .068 .068 .069 .069 .068
 * (Complete Journey). Of the last three, which are as good as one another, the shortest leaves most to say to
 * what somebody looks at now.
 */
const STRENGTH: Readonly<Record<FactKind, Strength | undefined>> = {
  bought: { strength: 1, halfLifeDays: 180 },
  'in-basket': { strength: 1, halfLifeDays: 14 },
  clicked: { strength: 0.5, halfLifeDays: 14 },
  viewed: { strength: 0.5, halfLifeDays: 14 },
  likes: { strength: 1.5, halfLifeDays: Number.POSITIVE_INFINITY },
  // These bar things instead of drawing others in (decide/bar.ts), or describe the person, not a taste.
  dismissed: undefined,
  dislikes: undefined,
  trait: undefined,
};

/** A multiple of 2^-10, at most 1.5; 0 of what says nothing, or nothing any more. Ages below 0 are 0. */
export function strengthOf(kind: FactKind, ageDays: number): number {
  const rule = STRENGTH[kind];
  if (rule === undefined) return 0;
  const { strength, halfLifeDays } = rule;
  const fade = halfLifeDays === Number.POSITIVE_INFINITY ? 1 : pow(0.5, Math.max(0, ageDays) / halfLifeDays);
  return quantise(strength * fade, FACT_BITS);
}

/**
 * Divided by the root of the sum of squares, as multiples of 2^-10: a long history does not outweigh what is
 * in front of the person just by being long. Nothing of nothing.
 */
export function toUnitLength(strengths: readonly number[] | Float64Array): Float64Array {
  let squares = 0;
  for (const strength of strengths) squares += strength * strength;
  if (squares === 0) return new Float64Array(0);
  const length = Math.sqrt(squares);
  return Float64Array.from(strengths, (strength) => quantise(strength / length, FACT_BITS));
}
