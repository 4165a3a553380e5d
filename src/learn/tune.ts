/*
 * Choosing the weights of a blend on held-out occasions, by coordinate search on a small grid.
 *
 * The objective is NDCG@k plus recall@k. Members are first brought to a common scale (their mean best score),
 * so that one grid suits any data. The search is deterministic: same occasions, same weights.
 */
import { log2 } from '../kernel/maths.ts';
import { finish, type SparseForm, type Steps } from './models/sparse-form.ts';
import { createScorer, type LinearModel, type Occasion, type Popularity, type Scorer } from './score.ts';

/** An occasion and what was chosen then. */
export type TuningCase = { readonly occasion: Occasion; readonly targets: Uint32Array };

export type BlendWeights = {
  readonly parts: readonly number[];
  readonly own: number;
  readonly popularity: number;
};

export type BlendMembers = {
  readonly forms: readonly SparseForm[];
  readonly popularity: Popularity;
};

export type TunedBlend = {
  readonly weights: BlendWeights;
  readonly objective: number;
  /** The weights in scaled units: one per form, then own repeats, then popularity. */
  readonly coordinates: readonly number[];
};

const GRID = [0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.7, 3];

/** The sum of NDCG@k and recall@k, averaged over the cases. */
function objectiveOf(scorer: Scorer, model: LinearModel, cases: readonly TuningCase[], k: number): number {
  const discounts = Float64Array.from({ length: k }, (_, rank) => 1 / log2(rank + 2));
  let total = 0;
  for (const { occasion, targets } of cases) {
    const ranking = scorer(model, occasion, k);
    const wanted = new Set(targets);
    let hits = 0;
    let gain = 0;
    let ideal = 0;
    for (let rank = 0; rank < ranking.count; rank++) {
      if (!wanted.has(ranking.items[rank]!)) continue;
      hits++;
      gain += discounts[rank]!;
    }
    for (let rank = 0; rank < Math.min(k, targets.length); rank++) ideal += discounts[rank]!;
    total += hits / targets.length + gain / ideal;
  }
  return cases.length === 0 ? 0 : total / cases.length;
}

/** The factor that brings each member's mean best score to 1 (0 for a member that never scores). */
export function memberScales(members: BlendMembers, cases: readonly TuningCase[]): number[] {
  const { forms, popularity } = members;
  const scorer = createScorer(popularity.values.length);
  return forms.map((form) => {
    const model = { parts: [{ form, weight: 1 }], ownWeight: 0, popularity, popularityWeight: 0 };
    let sum = 0;
    for (const { occasion } of cases) sum += Math.max(0, scorer(model, occasion, 1).scores[0] ?? 0);
    return sum > 0 ? cases.length / sum : 0;
  });
}

/** A model from members and weights. */
export function blendModel({ forms, popularity }: BlendMembers, weights: BlendWeights): LinearModel {
  return {
    parts: forms.map((form, x) => ({ form, weight: weights.parts[x] ?? 0 })),
    ownWeight: weights.own,
    popularity,
    popularityWeight: weights.popularity,
  };
}

/** The sum of NDCG@k and recall@k of members in these weights. */
export function judgeBlend(
  members: BlendMembers,
  weights: BlendWeights,
  cases: readonly TuningCase[],
  k: number,
): number {
  const scorer = createScorer(members.popularity.values.length);
  return objectiveOf(scorer, blendModel(members, weights), cases, k);
}

/** `tuneBlendSteps` at once. */
export function tuneBlend(...asked: Parameters<typeof tuneBlendSteps>): TunedBlend {
  return finish(tuneBlendSteps(...asked));
}

/**
 * Weights found by two sweeps over the coordinates, from `start` (in scaled units: 1 is a member's usual best
 * score). Only coordinates named in `free` move, each up to `most`. The returned weights include the scales.
 * A step per blend that is judged.
 */
export function* tuneBlendSteps(
  members: BlendMembers,
  cases: readonly TuningCase[],
  k: number,
  start: readonly number[],
  free: readonly number[],
  most: readonly number[] = [],
): Steps<TunedBlend> {
  let judged = 0;
  const scorer = createScorer(members.popularity.values.length);
  const scales = [...memberScales(members, cases), 1, 1];
  const unscale = (coordinates: readonly number[]): BlendWeights => {
    const scaled = coordinates.map((value, x) => value * scales[x]!);
    const formCount = members.forms.length;
    return {
      parts: scaled.slice(0, formCount),
      own: scaled[formCount]!,
      popularity: scaled[formCount + 1]!,
    };
  };
  const judge = (coordinates: readonly number[]): number =>
    objectiveOf(scorer, blendModel(members, unscale(coordinates)), cases, k);
  let best = [...start];
  yield { done: judged++, total: 2 * free.length * GRID.length };
  let objective = judge(best);
  for (let sweep = 0; sweep < 2; sweep++) {
    const objectiveBefore = objective;
    for (const coordinate of free) {
      for (const value of GRID) {
        if (value === best[coordinate] || value > (most[coordinate] ?? Infinity)) continue;
        yield { done: judged++, total: 2 * free.length * GRID.length };
        const candidate = best.with(coordinate, value);
        const candidateObjective = judge(candidate);
        if (candidateObjective <= objective) continue;
        objective = candidateObjective;
        best = candidate;
      }
    }
    if (objective === objectiveBefore) break;
  }
  return { weights: unscale(best), objective, coordinates: best };
}
