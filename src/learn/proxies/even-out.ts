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
 * which is b without its part in the span of S_P, so no column grows. It is taken off along an orthonormal
 * basis of that span (modified Gram-Schmidt, twice: Giraud et al., "Rounding error analysis of the classical
 * Gram-Schmidt orthogonalization process", Numer. Math. 101, 2005). Solving with S_Pᵀ S_P instead squares the
 * condition, and left what two leaves differ in that go nearly with the same things.
 *
 * It is the condition of LEACE (N. Belrose et al., "LEACE: Perfect linear concept erasure in closed form",
 * NeurIPS 2023), met column by column. LEACE itself moves histories as little as can be, which makes every
 * weight another and the model dense; here the support stays, and no pair of things gets a weight that too
 * few people have together. Nothing about a class is computed of anybody when a list is made.
 */
import { WEIGHT_BITS, quantise } from '../../kernel/fixed.ts';
import { type SparseForm, createFormBuilder, transposeForm } from '../models/sparse-form.ts';

/**
 * What a leaf has on a support beyond the leaves before it, as a share of the square of what it has there:
 * with less it says the same as they do, up to rounding.
 */
const BEYOND_MIN = 1e-12;
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
  const left = Float64Array.from(weights);
  const basis = basisOn(sources, tilts);
  if (basis.length === 0) return left;
  for (const direction of basis) takeOff(left, direction);
  return left.map((value) => quantise(Math.min(WEIGHT_MAX, Math.max(-WEIGHT_MAX, value)), WEIGHT_BITS));
}

/** Orthonormal directions that span what the leaves have on these sources. */
function basisOn(sources: Uint32Array, tilts: Tilts): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (const tilt of tilts) {
    const own = Float64Array.from(sources, (source) => tilt[source]!);
    const square = dot(own, own);
    if (square === 0) continue;
    for (const _ of [1, 2]) for (const direction of basis) takeOff(own, direction);
    const beyond = dot(own, own);
    if (beyond < BEYOND_MIN * square) continue;
    const length = Math.sqrt(beyond);
    basis.push(own.map((value) => value / length));
  }
  return basis;
}

/** Takes the part along a direction of length 1 off `values`. */
function takeOff(values: Float64Array, direction: Float64Array): void {
  const along = dot(values, direction);
  if (along === 0) return;
  for (let at = 0; at < values.length; at += 1) values[at]! -= along * direction[at]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}
