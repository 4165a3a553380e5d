/*
 * Choosing the weights of a blend on held-out occasions, by coordinate search on a small grid.
 *
 * The objective is NDCG@k plus recall@k. Members are first brought to a common scale (their mean best score),
 * so that one grid suits any data. The search is deterministic: same occasions, same weights.
 */
import { log2 } from '../kernel/maths.ts';
import { alone, type Crew, type Job, piecesOf } from './crew/crew.ts';
import { finish, type Steps, within } from './models/sparse-form.ts';
import type { LinearModel } from './score.ts';
import type { Occasion } from './occasion.ts';
import { type BlendWeights, createRanker, createSummer, type Ranking, type Terms } from './summed.ts';

/** An occasion and what was chosen then. */
export type TuningCase = { readonly occasion: Occasion; readonly targets: Uint32Array };

export type BlendMembers = Terms;

export type TunedBlend = {
  readonly weights: BlendWeights;
  readonly objective: number;
  /** The weights in scaled units: one per form, then own repeats, then popularity. */
  readonly coordinates: readonly number[];
};

const GRID = [0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.7, 3, 6, 12];
/** What is tried of a coordinate for which nobody said more or less. */
const USUAL_MOST = 3;

/** Cases in one piece of work. */
const PIECE_CASES = 32;

/** Lists of `k` by these members are held against the cases. */
export type Trial = {
  readonly members: BlendMembers;
  readonly cases: readonly TuningCase[];
  readonly k: number;
};

export type Judging = Trial & { readonly candidates: readonly BlendWeights[] };

/** NDCG@k plus recall@k of each case under each candidate. */
export const GAINS: Job<Judging, Float64Array> = {
  name: 'gains',
  open: ({ members, cases, k, candidates }) => {
    const itemCount = members.popularity.values.length;
    const sumUp = createSummer(itemCount);
    const rank = createRanker(itemCount);
    const gainOf = gainAt(k);
    return (piece) => {
      const gains: number[] = [];
      for (const { occasion, targets } of casesOfPiece(cases, piece)) {
        // Each case is summed up once: weighing it again costs a fraction of that.
        const summed = sumUp(members, occasion, k);
        const wanted = new Set(targets);
        for (const weights of candidates) gains.push(gainOf(rank(summed, weights, k), wanted));
      }
      return Float64Array.from(gains);
    };
  },
};

function casesOfPiece(cases: readonly TuningCase[], piece: number): readonly TuningCase[] {
  return cases.slice(piece * PIECE_CASES, (piece + 1) * PIECE_CASES);
}

/** The sum of NDCG@k and recall@k under each of `candidates`, averaged over the cases. */
function* objectivesSteps(judging: Judging, crew: Crew): Steps<readonly number[]> {
  const { cases, candidates } = judging;
  const totals = candidates.map(() => 0);
  yield* crew.run(GAINS, judging, piecesOf(cases.length, PIECE_CASES), (gains) => {
    for (const [x, gain] of gains.entries()) totals[x % totals.length]! += gain;
  });
  return totals.map((total) => (cases.length === 0 ? 0 : total / cases.length));
}

/** NDCG@k plus recall@k of one list. */
export function gainAt(
  k: number,
): (ranking: Pick<Ranking, 'count' | 'items'>, wanted: ReadonlySet<number>) => number {
  const discounts = Float64Array.from({ length: k }, (_, rank) => 1 / log2(rank + 2));
  return ({ count, items }, wanted) => {
    let hits = 0;
    let gain = 0;
    let ideal = 0;
    for (let rank = 0; rank < count; rank++) {
      if (!wanted.has(items[rank]!)) continue;
      hits++;
      gain += discounts[rank]!;
    }
    for (let rank = 0; rank < Math.min(k, wanted.size); rank++) ideal += discounts[rank]!;
    return hits / wanted.size + gain / ideal;
  };
}

type Scaling = Omit<Trial, 'k'>;

/** The best score of each member in each case. */
export const BEST_SCORES: Job<Scaling, Float64Array> = {
  name: 'best-scores',
  open: ({ members, cases }) => {
    const sumUp = createSummer(members.popularity.values.length);
    return (piece) =>
      Float64Array.from(
        casesOfPiece(cases, piece).flatMap(({ occasion }) => {
          const { count, parts } = sumUp(members, occasion, 1);
          return members.forms.map((_, x) => greatestOf(parts[x]!, count));
        }),
      );
  },
};

/** The factor that brings each member's mean best score to 1 (0 for a member that never scores). */
export function* memberScalesSteps(
  members: BlendMembers,
  cases: readonly TuningCase[],
  crew: Crew = alone(),
): Steps<number[]> {
  const sums = members.forms.map(() => 0);
  const pieces = piecesOf(cases.length, PIECE_CASES);
  yield* crew.run(BEST_SCORES, { members, cases }, pieces, (scores) => {
    for (const [x, score] of scores.entries()) sums[x % sums.length]! += score;
  });
  return sums.map((sum) => (sum > 0 ? cases.length / sum : 0));
}

/** `memberScalesSteps` at once. */
export function memberScales(members: BlendMembers, cases: readonly TuningCase[]): number[] {
  return finish(memberScalesSteps(members, cases));
}

/** The greatest of the first `count` values, 0 at least. */
function greatestOf(values: Float64Array, count: number): number {
  let greatest = 0;
  for (let x = 0; x < count; x++) greatest = Math.max(greatest, values[x]!);
  return greatest;
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
export function judgeBlend(trial: Trial, weights: BlendWeights): number {
  return finish(objectivesSteps({ ...trial, candidates: [weights] }, alone()))[0]!;
}

/** `tuneBlendSteps` at once. */
export function tuneBlend(...asked: Parameters<typeof tuneBlendSteps>): TunedBlend {
  return finish(tuneBlendSteps(...asked));
}

/** Where a search begins and what may move, by place: one for each form, own repeats, popularity. */
export type BlendSearch = {
  /** In scaled units: 1 is a member's usual best score. */
  readonly start: readonly number[];
  /** Places of those that move; the others stay. */
  readonly free: readonly number[];
  /** The most of each; absent: 3. */
  readonly most?: readonly number[];
};

/**
 * Weights found by two sweeps over the coordinates. The returned weights include the scales. All values of a
 * coordinate are judged together.
 */
export function* tuneBlendSteps(
  trial: Trial,
  { start, free, most = [] }: BlendSearch,
  crew: Crew = alone(),
): Steps<TunedBlend> {
  const { members, cases } = trial;
  const formCount = members.forms.length;
  const scales = [...(yield* memberScalesSteps(members, cases, crew)), 1, 1];
  const unscale = (coordinates: readonly number[]): BlendWeights => {
    const scaled = coordinates.map((value, x) => value * scales[x]!);
    return {
      parts: scaled.slice(0, formCount),
      own: scaled[formCount]!,
      popularity: scaled[formCount + 1]!,
    };
  };
  let judged = 0;
  const judge = (candidates: readonly (readonly number[])[]): Steps<readonly number[]> =>
    within(objectivesSteps({ ...trial, candidates: candidates.map(unscale) }, crew), {
      done: judged++,
      total: 1 + 2 * free.length,
    });
  let best = [...start];
  let objective = (yield* judge([best]))[0]!;
  for (let sweep = 0; sweep < 2; sweep++) {
    const objectiveBefore = objective;
    for (const coordinate of free) {
      const values = GRID.filter(
        (value) => value !== best[coordinate] && value <= (most[coordinate] ?? USUAL_MOST),
      );
      const candidates = values.map((value) => best.with(coordinate, value));
      for (const [x, reached] of (yield* judge(candidates)).entries()) {
        if (reached <= objective) continue;
        objective = reached;
        best = candidates[x]!;
      }
    }
    if (objective === objectiveBefore) break;
  }
  return { weights: unscale(best), objective, coordinates: best };
}
