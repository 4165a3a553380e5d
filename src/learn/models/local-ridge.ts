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
import { type Compute, plainCompute, type SymmetricSolver } from '../../kernel/compute.ts';
import { pow } from '../../kernel/maths.ts';
import { createRowBuffer, type CountRows, type PairRows } from '../rows.ts';
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
  /** What solves the systems; the plain reference where nothing is said. Any has the same bits. */
  readonly compute?: Compute | undefined;
};

/** Computes the model target by target, a step per 64 targets. */
export function* localRidgeSteps(input: LocalRidgeInput, settings: LocalRidgeSettings): Steps<SparseForm> {
  const forms = yield* localRidgesSteps(input, settings, [settings.ridgePeople]);
  return forms[0]!;
}

/**
 * A model for each of several λ, in their order: what is read for a target is read once, which costs more
 * than solving.
 */
export function* localRidgesSteps(
  input: LocalRidgeInput,
  settings: Omit<LocalRidgeSettings, 'ridgePeople'>,
  ridgePeople: readonly number[],
): Steps<readonly SparseForm[]> {
  const columns = [...(yield* columnsSteps(input, settings, ridgePeople))];
  const forms: SparseForm[] = [];
  // One after the other, so that both are there of one alone.
  for (let next = columns.shift(); next !== undefined; next = columns.shift())
    forms.push(transposeForm(next));
  return forms;
}

// Row t holds column t of a model. A function of its own, so that the half rows are gone before the models
// are turned.
function* columnsSteps(
  input: LocalRidgeInput,
  settings: Omit<LocalRidgeSettings, 'ridgePeople'>,
  ridgePeople: readonly number[],
): Steps<readonly SparseForm[]> {
  const { gram, sourcesOf, compute = plainCompute } = input;
  const { itemCount } = gram;
  const half = yield* halfRowsSteps(gram);
  const average = averageWeight(gram);
  const k = settings.neighbours;
  const buffer = createRowBuffer(itemCount);
  const room = createSelectRoom(itemCount);
  const keys = new Float64Array(itemCount);
  const solver = compute.symmetricSolver(k);
  const { right } = solver;
  const read = { matrix: new Float64Array(k * k), right: new Float64Array(k) };
  const ranks = new Uint32Array(k);
  const chosen = new Uint32Array(k);
  const waiting = new Float64Array(itemCount);
  const inverseRoots = Float64Array.from(gram.itemWeights, (w) => (w > 0 ? 1 / Math.sqrt(w) : 0));
  const targetFactors = Float64Array.from(gram.itemWeights, (w) =>
    w > 0 ? pow(w, settings.targetPower) : 0,
  );
  const entries = entriesAtMost(itemCount, Math.min(k, itemCount), sourcesOf.entriesMax);
  const builders = ridgePeople.map((people) => ({
    ridge: people * average,
    builder: createFormBuilder(itemCount, entries),
  }));
  for (let target = 0; target < itemCount; target++) {
    if (target % 64 === 0) yield { done: target, total: itemCount };
    sourcesOf.readRow(target, buffer);
    for (let x = 0; x < buffer.count; x++) {
      keys[x] = buffer.weights[x]! * inverseRoots[buffer.indices[x]!]!;
    }
    const kept = selectTop(keys, buffer.indices, buffer.count, k, room);
    // Neighbours by rank, so that each stored half row holds exactly the earlier ones.
    for (let x = 0; x < kept; x++) {
      const source = buffer.indices[room.positions[x]!]!;
      ranks[x] = half.rankOf[source]!;
      waiting[source] = buffer.weights[room.positions[x]!]!;
    }
    ranks.subarray(0, kept).sort();
    for (let x = 0; x < kept; x++) {
      chosen[x] = half.itemOf[ranks[x]!]!;
      read.right[x] = waiting[chosen[x]!]!;
    }
    half.gather(ranks, kept, read.matrix);
    const factor = targetFactors[target]!;
    for (const { ridge, builder } of builders) {
      solveDefinite(solver, read, kept, ridge);
      for (let x = 0; x < kept; x++) right[x]! *= factor;
      builder.appendAsGiven(chosen, right, kept);
    }
  }
  return builders.map(({ builder }) => builder.finish());
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

/** How often λ is raised for one target: 4^12 times it is more than any counts among neighbours. */
const RAISED_MAX = 12;

/**
 * Solves what was read with `ridge` on the diagonal, or with as much more as the system needs: counts from
 * which pairs of few people were taken may be indefinite, and what solves them then is noise, or no number at
 * all (Online Retail with three people behind a pair).
 */
function solveDefinite(
  { matrix, right, solve }: SymmetricSolver,
  read: Pick<SymmetricSolver, 'matrix' | 'right'>,
  size: number,
  ridge: number,
): void {
  let more = ridge;
  for (let raised = 0; raised <= RAISED_MAX; raised++, more *= 4) {
    matrix.set(read.matrix.subarray(0, size * size));
    right.set(read.right.subarray(0, size));
    for (let x = 0; x < size; x++) matrix[x * size + x]! += more;
    if (solve(size)) return;
  }
  right.fill(0, 0, size);
}
