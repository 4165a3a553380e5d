// Concept erasure in the dense form of the paper, for comparison: the least change of a history after which
// no linear function of it tells a class (N. Belrose et al., "LEACE: Perfect linear concept erasure in closed
// form", NeurIPS 2023), folded into the weights of a model, so that nothing about a class is computed of
// anybody when a list is made.
//
// With S the covariances of a history with the classes and M the inverse covariance of histories, a history x
// becomes x − S (Sᵀ M S)⁻¹ Sᵀ M x. Scores are Bᵀ x, so the model becomes B − M S (Sᵀ M S)⁻¹ (Sᵀ B).
// Both covariances are taken within strata of activity.

import { type ItemModel, makeModel } from '../../src/facts/model.ts';
import { WEIGHT_BITS, quantise } from '../../src/kernel/fixed.ts';
import { solveSymmetric } from '../../src/kernel/compute.ts';

/** A volunteer: what a list would be made from, and which classes they bought from. */
export interface Known {
  readonly stratum: number;
  readonly history: readonly { readonly item: string; readonly weight: number }[];
  /** 0 or 1 for each class. */
  readonly classes: readonly number[];
}

/** Share of the mean variance that is added to each thing's: 471 things and a thousand people need some. */
const RIDGE = 0.1;
const WEIGHT_MAX = 15;

export function erased(model: ItemModel, known: readonly Known[], classes: number): ItemModel {
  const n = model.itemIds.length;
  const place = new Map(model.itemIds.map((id, at) => [id, at]));
  const { spread, shared } = covariances(known, { place, classes });
  const trace = spread.reduce((sum, value, at) => (at % (n + 1) === 0 ? sum + value : sum), 0);
  for (let at = 0; at < spread.length; at += n + 1) spread[at]! += (RIDGE * trace) / n;
  const solved = shared.map((column) => {
    const right = Float64Array.from(column);
    solveSymmetric({ matrix: Float64Array.from(spread), right, size: n });
    return right;
  });
  const gram = new Float64Array(classes * classes);
  for (let a = 0; a < classes; a += 1)
    for (let b = 0; b < classes; b += 1) gram[a * classes + b] = dot(shared[a]!, solved[b]!);
  const pulls = shared.map((column) => pullOf(model, column));
  // (Sᵀ M S)⁻¹ Sᵀ B, one column of things at a time.
  const taken = Array.from({ length: n }, (_, target) => {
    const right = Float64Array.from(pulls, (pull) => pull[target]!);
    solveSymmetric({ matrix: Float64Array.from(gram), right, size: classes });
    return right;
  });
  return rewritten(model, (from, target, weight) => {
    let sum = weight;
    for (let c = 0; c < classes; c += 1) sum -= solved[c]![from]! * taken[target]![c]!;
    return sum;
  });
}

interface Covariances {
  /** Things × things, row-major. */
  readonly spread: Float64Array;
  /** Of each class with each thing. */
  readonly shared: readonly Float64Array[];
}

function covariances(
  known: readonly Known[],
  { place, classes }: { readonly place: ReadonlyMap<string, number>; readonly classes: number },
): Covariances {
  const n = place.size;
  const spread = new Float64Array(n * n);
  const shared = Array.from({ length: classes }, () => new Float64Array(n));
  const strata = new Map<number, Known[]>();
  for (const one of known) strata.set(one.stratum, [...(strata.get(one.stratum) ?? []), one]);
  for (const members of strata.values()) {
    const mean = new Float64Array(n);
    const share = new Float64Array(classes);
    for (const { history, classes: of } of members) {
      for (const [c, value] of of.entries()) share[c]! += value;
      for (const { item, weight } of history) {
        const at = place.get(item);
        if (at === undefined) continue;
        mean[at]! += weight;
        for (const [c, value] of of.entries()) shared[c]![at]! += weight * value;
        for (const other of history) {
          const to = place.get(other.item);
          if (to !== undefined) spread[at * n + to]! += weight * other.weight;
        }
      }
    }
    const size = members.length;
    for (let a = 0; a < n; a += 1) {
      for (let c = 0; c < classes; c += 1) shared[c]![a]! -= (mean[a]! * share[c]!) / size;
      for (let b = 0; b < n; b += 1) spread[a * n + b]! -= (mean[a]! * mean[b]!) / size;
    }
  }
  return { spread, shared };
}

/** Bᵀ times a column: what a history of these weights would be pulled to. */
function pullOf({ offsets, targets, weights, itemIds }: ItemModel, column: Float64Array): Float64Array {
  const pull = new Float64Array(itemIds.length);
  for (let row = 0; row < itemIds.length; row += 1)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1)
      pull[targets[at]!]! += column[row]! * weights[at]!;
  return pull;
}

/** The same model with every weight, also those that were zero, as `weightOf` says. */
function rewritten(
  model: ItemModel,
  weightOf: (from: number, target: number, weight: number) => number,
): ItemModel {
  const n = model.itemIds.length;
  const offsets = Uint32Array.from({ length: n + 1 }, (_, row) => row * n);
  const targets = Uint32Array.from({ length: n * n }, (_, at) => at % n);
  const weights = new Float32Array(n * n);
  for (let row = 0; row < n; row += 1) {
    const before = new Map<number, number>();
    for (let at = model.offsets[row]!; at < model.offsets[row + 1]!; at += 1)
      before.set(model.targets[at]!, model.weights[at]!);
    for (let target = 0; target < n; target += 1) {
      const value = weightOf(row, target, before.get(target) ?? 0);
      weights[row * n + target] = quantise(Math.max(-WEIGHT_MAX, Math.min(WEIGHT_MAX, value)), WEIGHT_BITS);
    }
  }
  const { id: _id, ...parts } = model;
  return makeModel({ ...parts, kind: 'bench/erased', offsets, targets, weights });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}
