/*
 * Ridge regression of each item on its nearest neighbours: EASE, made sparse and local.
 *
 * For a target t choose the K sources with the greatest c(s, t) / g(s, s)^½ and solve (G_NN + λI) b = c_N,t
 * by Cholesky, where G holds the weighted co-occurrence of sources and c the source → target statistics (for
 * top-N these are the same matrix without its diagonal). b is column t of the model, times p(t)^τ, which
 * gives back some of the popularity that the ridge takes from frequent items.
 *
 * Papers: Steck, "Embarrassingly shallow autoencoders for sparse data" (EASE), WWW 2019, arXiv 1905.03375;
 * Ning and Karypis, "SLIM" with feature selection (fsSLIM), ICDM 2011 (doi 10.1109/ICDM.2011.134); the
 * directed case is the linear session model SLIST, Choi et al., WWW 2021 (doi 10.1145/3442381.3450005).
 * Figures: research/perf.md 3.0 and 6. Cost: K³/6 multiplications per target and a gather of the K stored
 * half rows; memory as in `half-rows.ts`.
 */
import { pow } from '../../kernel/maths.ts';
import { createRowBuffer, type CountRows, type PairRows } from '../rows.ts';
import { solveSymmetric } from './cholesky.ts';
import { halfRowsSteps } from './half-rows.ts';
import { entriesAtMost } from './entry-room.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { createFormBuilder, type SparseForm, type Steps, transposeForm } from './sparse-form.ts';

export type LocalRidgeSettings = {
  /** K, neighbours per target. */
  readonly neighbours: number;
  /** λ, in people of average weight. */
  readonly ridgePeople: number;
  /** τ, exponent of the target's weighted people. */
  readonly targetPower: number;
};

export type LocalRidgeInput = {
  /** G: co-occurrence among sources, already thresholded. */
  readonly gram: CountRows;
  /** c: row t lists the sources of target t, already thresholded. */
  readonly sourcesOf: PairRows;
};

/** Computes the model target by target, a step per 64 targets. */
export function* localRidgeSteps(input: LocalRidgeInput, settings: LocalRidgeSettings): Steps<SparseForm> {
  return transposeForm(yield* columnsSteps(input, settings));
}

// Row t holds column t of the model. A function of its own, so that the half rows are gone before the model
// is turned.
function* columnsSteps(input: LocalRidgeInput, settings: LocalRidgeSettings): Steps<SparseForm> {
  const { gram, sourcesOf } = input;
  const { itemCount } = gram;
  const half = yield* halfRowsSteps(gram);
  const ridge = settings.ridgePeople * averageWeight(gram);
  const k = settings.neighbours;
  const buffer = createRowBuffer(itemCount);
  const room = createSelectRoom(itemCount);
  const keys = new Float64Array(itemCount);
  const system = { matrix: new Float64Array(k * k), right: new Float64Array(k), size: 0 };
  const chosen = new Uint32Array(k);
  const inverseRoots = Float64Array.from(gram.itemWeights, (w) => (w > 0 ? 1 / Math.sqrt(w) : 0));
  const targetFactors = Float64Array.from(gram.itemWeights, (w) =>
    w > 0 ? pow(w, settings.targetPower) : 0,
  );
  const builder = createFormBuilder(
    itemCount,
    entriesAtMost(itemCount, Math.min(k, itemCount), sourcesOf.entriesMax),
  );
  for (let target = 0; target < itemCount; target++) {
    if (target % 64 === 0) yield { done: target, total: itemCount };
    sourcesOf.readRow(target, buffer);
    for (let x = 0; x < buffer.count; x++) {
      keys[x] = buffer.weights[x]! * inverseRoots[buffer.indices[x]!]!;
    }
    const kept = selectTop(keys, buffer.indices, buffer.count, k, room);
    system.size = kept;
    // Neighbours in rank order, so that each stored half row holds exactly the earlier ones.
    const ranked = room.positions
      .subarray(0, kept)
      .sort((a, b) => half.rankOf[buffer.indices[a]!]! - half.rankOf[buffer.indices[b]!]!);
    for (let x = 0; x < kept; x++) {
      chosen[x] = buffer.indices[ranked[x]!]!;
      system.right[x] = buffer.weights[ranked[x]!]!;
    }
    half.gather(chosen, kept, ridge, system.matrix);
    solveSymmetric(system);
    const factor = targetFactors[target]!;
    for (let x = 0; x < kept; x++) system.right[x]! *= factor;
    builder.appendRow(chosen, system.right, kept);
  }
  return builder.finish();
}

// Mean weight of a (person, item) contact: makes λ mean the same on data of any density.
function averageWeight(gram: CountRows): number {
  let weight = 0;
  let people = 0;
  for (let item = 0; item < gram.itemCount; item++) {
    weight += gram.itemWeights[item]!;
    people += gram.itemPeople[item]!;
  }
  return people === 0 ? 1 : weight / people;
}
