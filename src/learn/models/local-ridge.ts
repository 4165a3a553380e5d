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
import type { Compute, SymmetricSolver } from '../../kernel/compute.ts';
import { pow } from '../../kernel/maths.ts';
import { alone, type Crew, type Job, piecesOf } from '../crew/crew.ts';
import { createRowBuffer, type CountRows, type PairRows } from '../rows.ts';
import { type HalfRows, halfRowsSteps } from './half-rows.ts';
import { entriesAtMost } from './entry-room.ts';
import { type BlockWriter, createBlockWriter, type FormBlock } from './form-rows.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { createFormBuilder, lettingGo, type SparseForm, type Steps, transposeForm } from './sparse-form.ts';

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
  /** Who computes; this thread with the plain reference where nobody is named. All make the same bits. */
  readonly crew?: Crew | undefined;
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
  return turned(yield* lettingGo(() => columnsSteps(input, settings, ridgePeople)), input.crew);
}

// One after the other, so that both are there of one alone.
function turned(columns: SparseForm[], crew?: Crew): readonly SparseForm[] {
  const forms: SparseForm[] = [];
  for (let next = columns.shift(); next !== undefined; next = columns.shift())
    forms.push(transposeForm(next, crew));
  return forms;
}

// Row t holds column t of a model. Nothing but these is left when the models are turned.
function* columnsSteps(
  { gram, sourcesOf, crew = alone() }: LocalRidgeInput,
  { neighbours, targetPower }: Omit<LocalRidgeSettings, 'ridgePeople'>,
  ridgePeople: readonly number[],
): Steps<SparseForm[]> {
  const { itemCount } = gram;
  const half = yield* halfRowsSteps(gram, crew);
  const average = averageWeight(gram);
  const ridges = ridgePeople.map((people) => people * average);
  const entries = entriesAtMost(itemCount, Math.min(neighbours, itemCount), sourcesOf.entriesMax);
  const builders = ridges.map(() => createFormBuilder(itemCount, entries));
  const { itemWeights } = gram;
  const input = { half, sourcesOf, itemWeights, neighbours, targetPower, ridges };
  yield* crew.run(RIDGE_COLUMNS, input, piecesOf(itemCount, PIECE_TARGETS), (blocks) => {
    for (const [x, block] of blocks.entries()) builders[x]!.appendBlock(block);
  });
  return builders.map((builder) => builder.finish());
}

type Solving = {
  readonly half: HalfRows;
  readonly sourcesOf: PairRows;
  readonly itemWeights: Float64Array;
  readonly neighbours: number;
  readonly targetPower: number;
  /** What is added to the diagonal; a model for each. */
  readonly ridges: readonly number[];
};

/** Targets in one piece of work: some ten milliseconds. */
const PIECE_TARGETS = 64;

/** A block of columns for each λ. */
export const RIDGE_COLUMNS: Job<Solving, readonly FormBlock[]> = {
  name: 'ridge-columns',
  open: (input, compute) => {
    const { itemCount } = input.sourcesOf;
    const column = openColumns(input, compute);
    const writers = input.ridges.map(() => createBlockWriter());
    return (piece) => {
      const end = Math.min(itemCount, (piece + 1) * PIECE_TARGETS);
      for (let target = piece * PIECE_TARGETS; target < end; target++) column(target, writers);
      return writers.map((writer) => writer.take());
    };
  },
};

/** Solves the systems of a target, one for each λ. */
function openColumns(
  { half, sourcesOf, itemWeights, neighbours: k, targetPower, ridges }: Solving,
  compute: Compute,
): (target: number, writers: readonly BlockWriter[]) => void {
  const { itemCount } = sourcesOf;
  const buffer = createRowBuffer(itemCount);
  const room = createSelectRoom(itemCount);
  const keys = new Float64Array(itemCount);
  const solver = compute.symmetricSolver(k);
  const { right } = solver;
  const read = { matrix: new Float64Array(k * k), right: new Float64Array(k) };
  const ranks = new Uint32Array(k);
  const chosen = new Uint32Array(k);
  const waiting = new Float64Array(itemCount);
  const inverseRoots = Float64Array.from(itemWeights, (w) => (w > 0 ? 1 / Math.sqrt(w) : 0));
  return (target, writers) => {
    sourcesOf.readRow(target, buffer);
    for (let x = 0; x < buffer.count; x++) {
      keys[x] = buffer.weights[x]! * inverseRoots[buffer.indices[x]!]!;
    }
    const count = selectTop(keys, buffer.indices, buffer.count, k, room);
    // Neighbours by rank, so that each stored half row holds exactly the earlier ones.
    for (let x = 0; x < count; x++) {
      const source = buffer.indices[room.positions[x]!]!;
      ranks[x] = half.rankOf[source]!;
      waiting[source] = buffer.weights[room.positions[x]!]!;
    }
    ranks.subarray(0, count).sort();
    for (let x = 0; x < count; x++) {
      chosen[x] = half.itemOf[ranks[x]!]!;
      read.right[x] = waiting[chosen[x]!]!;
    }
    half.gather(ranks, count, read.matrix);
    const weight = itemWeights[target]!;
    const factor = weight > 0 ? pow(weight, targetPower) : 0;
    for (const [x, ridge] of ridges.entries()) {
      solveDefinite(solver, read, count, ridge);
      for (let y = 0; y < count; y++) right[y]! *= factor;
      writers[x]!.append({ indices: chosen, values: right, count });
    }
  };
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
