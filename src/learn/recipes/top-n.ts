/*
 * The best list for a person from everything they have had, in no order: normalised counts plus local ridge.
 *
 * Settings and blend weights are found on held-out people of the training data: a fifth of the items of some
 * people is hidden and must be found again. research/perf.md 3.0 has the figures of the parts.
 */
import { gramRows, weightedGramRows } from '../gram.ts';
import { blendSteps } from '../models/blend.ts';
import { itemItemSteps } from '../models/item-item.ts';
import { localRidgeSteps } from '../models/local-ridge.ts';
import { finish, type SparseForm, type StepDone } from '../models/sparse-form.ts';
import { withPeopleMin } from '../rows.ts';
import { type LinearModel, popularityIn } from '../score.ts';
import { blendModel, type BlendWeights, type TuningCase, tuneBlend } from '../tune.ts';
import { quantise, WEIGHT_BITS } from '../../kernel/fixed.ts';
import type { Csr } from '../../kernel/sparse.ts';

/** Person × distinct items, ascending. */
export type People = Csr<Float32Array>;

export type TopNTask = { readonly k: number; readonly peopleMin: number };

export type TopNSettings = {
  readonly sourcePower: number;
  readonly targetPower: number;
  readonly ridgePeople: number;
  readonly ridgeTargetPower: number;
};

export type TunedTopN = { readonly settings: TopNSettings; readonly weights: BlendWeights };

const NEIGHBOURS = 150;
const KEEP = 500;

const TOP_N_START: TopNSettings = {
  sourcePower: 0.6,
  targetPower: 0.4,
  ridgePeople: 100,
  ridgeTargetPower: 0.1,
};

const POWER_CANDIDATES = [
  [0.5, 0.5],
  [0.7, 0.3],
  [0.5, 0.3],
  [0.7, 0.5],
  [0.8, 0.2],
  [0.4, 0.6],
] as const;
const RIDGE_CANDIDATES = [30, 300] as const;

function countsMember(people: People, { peopleMin }: TopNTask, settings: TopNSettings): SparseForm {
  const gram = withPeopleMin(gramRows(people), peopleMin);
  const input = { pairs: gram, sourcePeople: gram.itemPeople, targetPeople: gram.itemPeople };
  const { sourcePower, targetPower } = settings;
  return finish(itemItemSteps(input, { sourcePower, targetPower, keep: KEEP }));
}

// The ridge does best with a person's weight n^-½ instead of 1/n (perf.md 3.0), rounded to 2^-20 alike.
function ridgeMember(people: People, { peopleMin }: TopNTask, settings: TopNSettings): SparseForm {
  const weightOf = new Float64Array(people.rows);
  for (let person = 0; person < people.rows; person++) {
    const itemCount = people.offsets[person + 1]! - people.offsets[person]!;
    if (itemCount > 0) weightOf[person] = quantise(1 / Math.sqrt(itemCount), WEIGHT_BITS);
  }
  const gram = withPeopleMin(weightedGramRows(people, weightOf), peopleMin);
  const { ridgePeople, ridgeTargetPower: targetPower } = settings;
  const ridge = { neighbours: NEIGHBOURS, ridgePeople, targetPower };
  return finish(localRidgeSteps({ gram, sourcesOf: gram }, ridge));
}

/** Held-out questions, and whom to tell how far the search is. */
export type TopNSearch = { readonly cases: readonly TuningCase[]; readonly step?: StepDone };

const TRIALS = 1 + POWER_CANDIDATES.length + 1 + RIDGE_CANDIDATES.length;

/** Searches settings and blend weights; `fit` is learned from. */
export function tuneTopN(task: TopNTask, fit: People, { cases, step }: TopNSearch): TunedTopN {
  const popularity = popularityIn(fit);
  let trials = 0;
  const tune: typeof tuneBlend = (...asked) => {
    step?.(trials++, TRIALS);
    return tuneBlend(...asked);
  };
  let settings = TOP_N_START;
  let counts = countsMember(fit, task, settings);
  let best = tune({ forms: [counts], popularity }, cases, task.k, [1, 0, 0.001], []);
  for (const [sourcePower, targetPower] of POWER_CANDIDATES) {
    const candidate = { ...settings, sourcePower, targetPower };
    const form = countsMember(fit, task, candidate);
    const tuned = tune({ forms: [form], popularity }, cases, task.k, [1, 0, 0.001], []);
    if (tuned.objective <= best.objective) continue;
    best = tuned;
    settings = candidate;
    counts = form;
  }
  const withRidge = (candidate: TopNSettings): ReturnType<typeof tuneBlend> => {
    const forms = [counts, ridgeMember(fit, task, candidate)];
    return tune({ forms, popularity }, cases, task.k, [1, 0.6, 0, 0.001], [1, 3]);
  };
  best = withRidge(settings);
  for (const ridgePeople of RIDGE_CANDIDATES) {
    const candidate = { ...settings, ridgePeople };
    const tuned = withRidge(candidate);
    if (tuned.objective <= best.objective) continue;
    best = tuned;
    settings = candidate;
  }
  return { settings, weights: best.weights };
}

/** Learns the final model from all training people: one form, blended. */
export function learnTopN(task: TopNTask, people: People, { settings, weights }: TunedTopN): LinearModel {
  const members = [countsMember(people, task, settings), ridgeMember(people, task, settings)];
  const parts = members.map((form, x) => ({ form, weight: weights.parts[x] ?? 0 }));
  const form = finish(
    blendSteps(
      parts.filter(({ weight }) => weight > 0),
      people.cols,
    ),
  );
  return blendModel({ forms: [form], popularity: popularityIn(people) }, { ...weights, parts: [1] });
}
