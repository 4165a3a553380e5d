/*
 * A linear model with all its numbers exact: the model that is evaluated is, bit for bit, the one that
 * serves.
 */
import { SCORE_BITS, WEIGHT_BITS, quantise } from '../../kernel/fixed.ts';
import { greatestWeight, quantiseForm, type SparseForm } from '../models/sparse-form.ts';
import { type LinearModel, popularityOf } from '../score.ts';

/**
 * The greatest weight of an exact model: below 16, so that multiples of 2^-20 fit the 24 bits of a 32-bit
 * float, and high, so that what is small beside it keeps its digits.
 */
const GREATEST = 8;

/**
 * The same ranking (up to rounding) with each part's weight worked into its form, scaled so that the greatest
 * weight is 8: forms and the own term in multiples of 2^-20, popularity in multiples of 2^-30. With facts in
 * multiples of 2^-10 every sum is exact in any order.
 */
export function exactModel({ parts, ownWeight, popularity, popularityWeight }: LinearModel): LinearModel {
  const greatest = parts.reduce(
    (most, { form, weight }) => Math.max(most, Math.abs(weight) * greatestWeight(form)),
    ownWeight,
  );
  const factor = greatest > 0 ? GREATEST / greatest : 1;
  const scale = popularityWeight * factor;
  return {
    parts: parts.map(({ form, weight }) => ({ form: quantiseForm(form, weight * factor), weight: 1 })),
    ownWeight: quantise(ownWeight * factor, WEIGHT_BITS),
    popularity: popularityOf(popularity.values.map((value) => quantise(value * scale, SCORE_BITS))),
    popularityWeight: 1,
  };
}

/** The form with its greatest weight at 1, in multiples of 2^-20. */
export function exactForm(form: SparseForm): SparseForm {
  const greatest = greatestWeight(form);
  return quantiseForm(form, greatest > 0 ? 1 / greatest : 1);
}
