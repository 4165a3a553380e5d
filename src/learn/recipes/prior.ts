/*
 * What a thing has for being popular: a term of its own, which orders what nothing else does.
 */
import { FACT_BITS, quantise, WEIGHT_BITS } from '../../kernel/fixed.ts';

/** Of the most popular thing at least, beside the strongest pair. */
export const PRIOR_MIN = 1 / 4096;

/** People behind each thing, each as much as the trend says. */
export function strengthsOf(itemPeople: Uint32Array, factors: Float64Array | undefined): ArrayLike<number> {
  return factors === undefined ? itemPeople : factors.map((factor, thing) => factor * itemPeople[thing]!);
}

export function greatestOf(strengths: ArrayLike<number>, itemPeople: Uint32Array, peopleMin: number): number {
  let greatest = 0;
  for (const [thing, people] of itemPeople.entries())
    if (people >= peopleMin) greatest = Math.max(greatest, strengths[thing]!);
  return greatest > 0 ? greatest : 1;
}

/**
 * By people behind each thing, `most` at most, in multiples of 2^-30; 0 where they are fewer than
 * `peopleMin`. `strengths`: what they count together; absent: each counts as one.
 */
export function priorOf(
  itemPeople: Uint32Array,
  peopleMin: number,
  { most = PRIOR_MIN, strengths = itemPeople }: Prior = {},
): Float64Array {
  const greatest = greatestOf(strengths, itemPeople, peopleMin);
  return Float64Array.from(itemPeople, (count, thing) =>
    count < peopleMin ? 0 : quantise((strengths[thing]! / greatest) * most, WEIGHT_BITS + FACT_BITS),
  );
}

type Prior = { readonly most?: number; readonly strengths?: ArrayLike<number> };
