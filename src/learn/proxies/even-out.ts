/*
 * Concept erasure in a sparse model: the weights of each thing are evened out among the things that already
 * speak for it, until its score goes with no sensitive leaf.
 *
 * With s the covariance of histories with membership (leaf-tilts.ts), a score Bᵀx has covariance sᵀb with
 * membership, b being the column of its thing. The least change (in squares) of the weights on a support P
 * that makes it zero for all leaves S is
 *
 *     b' = b − S_P (S_Pᵀ S_P)⁻¹ Sᵀ b
 *
 * It is the condition of LEACE (N. Belrose et al., "LEACE: Perfect linear concept erasure in closed form",
 * NeurIPS 2023), met column by column. LEACE itself moves histories as little as can be, which makes every
 * weight another and the model dense; here the support stays, and no pair of things gets a weight that too
 * few people have together. Nothing about a class is computed of anybody when a list is made.
 */
import { WEIGHT_BITS, quantise } from '../../kernel/fixed.ts';
import { solveSymmetric } from '../../kernel/compute.ts';
import { type SparseForm, createFormBuilder, transposeForm } from '../models/sparse-form.ts';

/** Share of the mean diagonal that is added to it: a leaf that nothing in a column goes with has none. */
const RIDGE = 1e-9;
/** A model holds weights below 16 (facts/model.ts). */
const WEIGHT_MAX = 15;

/** Of each leaf, what each thing of the form has of it; leaves × things. */
export type Tilts = readonly Float64Array[];

/**
 * The form with each column evened out. Weights are multiples of 2^-20, positive or negative; no weight
 * appears where the form has none, and those that come to zero go. Cost: weights × leaves².
 *
 * Example: with one leaf, of which tea has 2 and gin −1, a column of weights tea 0.3 and gin 0.1 becomes
 * tea 0.1 and gin 0.2: members, who have more tea and less gin, are pulled as much as others.
 */
export function evenOut(form: SparseForm, tilts: Tilts): SparseForm {
  const unit = tilts.map(unitOf).filter((tilt) => tilt !== undefined);
  if (unit.length === 0) return form;
  const columns = transposeForm(form);
  const builder = createFormBuilder(form.itemCount, form.targets.length);
  for (let target = 0; target < columns.itemCount; target += 1) {
    const [start, end] = [columns.offsets[target]!, columns.offsets[target + 1]!];
    const sources = columns.targets.subarray(start, end);
    builder.appendRow(sources, evened(sources, columns.weights.subarray(start, end), unit), sources.length);
  }
  return transposeForm(builder.finish());
}

/** Of length 1, so that a leaf with many members is no surer to be evened out; `undefined` for nothing. */
function unitOf(tilt: Float64Array): Float64Array | undefined {
  const length = Math.sqrt(tilt.reduce((total, value) => total + value * value, 0));
  return length > 0 ? tilt.map((value) => value / length) : undefined;
}

function evened(sources: Uint32Array, weights: Float32Array, tilts: Tilts): Float64Array {
  const share = sharesOf(sources, weights, tilts);
  return Float64Array.from(weights, (weight, at) => {
    if (share === undefined) return weight;
    let value = weight;
    for (const [n, tilt] of tilts.entries()) value -= tilt[sources[at]!]! * share[n]!;
    return quantise(Math.min(WEIGHT_MAX, Math.max(-WEIGHT_MAX, value)), WEIGHT_BITS);
  });
}

/** (S_Pᵀ S_P)⁻¹ Sᵀ b; `undefined` where nothing in the column goes with a leaf. */
function sharesOf(sources: Uint32Array, weights: Float32Array, tilts: Tilts): Float64Array | undefined {
  const size = tilts.length;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (const [at, source] of sources.entries()) {
    for (const [a, tilt] of tilts.entries()) {
      const own = tilt[source]!;
      if (own === 0) continue;
      right[a]! += own * weights[at]!;
      for (let b = 0; b <= a; b += 1) matrix[a * size + b]! += own * tilts[b]![source]!;
    }
  }
  let trace = 0;
  for (let a = 0; a < size; a += 1) trace += matrix[a * size + a]!;
  if (trace === 0) return undefined;
  for (let a = 0; a < size; a += 1) matrix[a * size + a]! += (RIDGE * trace) / size;
  solveSymmetric({ matrix, right, size });
  return right;
}
