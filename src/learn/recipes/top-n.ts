/*
 * The best list for a person from everything they have had, in no order: normalised counts plus a ridge on
 * each thing's neighbours, plus what is like it by the catalogue's words. `fineline evaluate --task topn`
 * measures it, and `for-you` is served from it.
 *
 * Settings and the weights of ridge and likeness are found on held-out people (held-out-things.ts): some of
 * what they have is hidden and must be found again. Weights are remembered in scaled units, in which a
 * member's usual best score is 1, because the same member scores otherwise on everybody than on a sample.
 */
import type { Crew } from '../crew/crew.ts';
import { gramRows, weightedGramRows } from '../gram.ts';
import { blendRowsSteps } from '../models/blend.ts';
import { type ItemItemInput, itemItemRows, itemItemSteps } from '../models/item-item.ts';
import { localRidgesSteps } from '../models/local-ridge.ts';
import { greatestWeight, rowsOf, type SparseForm, type Steps } from '../models/sparse-form.ts';
import { type CountRows, withPeopleMin } from '../rows.ts';
import { type LinearModel, popularityOf } from '../score.ts';
import { memberScalesSteps, type TuningCase } from '../tune.ts';
import { quantise, WEIGHT_BITS } from '../../kernel/fixed.ts';
import { casesOverAll, type HeldOutThings, type People } from './held-out-things.ts';
import { exactForm } from './exact.ts';
import { PRIOR_MIN, greatestOf, priorOf, strengthsOf } from './prior.ts';
import type { TopNSettings, TunedTopN } from './top-n-candidates.ts';

/** Lists of `k`; pairs, and things, with fewer people than `peopleMin` have no weight. */
export type TopNTask = {
  readonly k: number;
  readonly peopleMin: number;
  /** Targets kept per source in the finished model; all, where nothing is said. */
  readonly keep?: number;
  /** Of all things with all, by what the catalogue says (likeness.ts); absent: it says nothing. */
  readonly likeness?: SparseForm | undefined;
  /** Who computes; this thread alone where nobody is named. */
  readonly crew?: Crew | undefined;
};

/** A finished model is learned from everybody, under settings that were found on held-out people. */
export type Found = {
  readonly tuned: TunedTopN;
  readonly heldOut: HeldOutThings;
  /** Of each thing, by the trend; absent: 1. */
  readonly factors?: Float64Array | undefined;
};

/** Targets per source of the counts, where something is added to them. */
export const MEMBER_KEEP = 500;

/**
 * Normalised counts with these exponents. `rows` are thresholded; of `sources` alone, where they are given.
 */
export function countsSteps(
  { rows, sources, crew }: Counting,
  settings: TopNSettings,
  keep: number,
): Steps<SparseForm> {
  return itemItemSteps({ ...bothSides(rows), ...(sources && { sources }) }, { ...settings, keep }, crew);
}

type Counting = {
  readonly rows: CountRows;
  readonly sources?: Uint8Array;
  readonly crew?: Crew | undefined;
};

function bothSides(rows: CountRows): ItemItemInput {
  return { pairs: rows, sourcePeople: rows.itemPeople, targetPeople: rows.itemPeople };
}

/** The things that somebody is known by. */
export function factsIn(cases: readonly TuningCase[], itemCount: number): Uint8Array {
  const isFact = new Uint8Array(itemCount);
  for (const { occasion } of cases) for (const thing of occasion.facts) isFact[thing] = 1;
  return isFact;
}

/** The ridge does best with a person's weight n^-½ instead of 1/n (perf.md 3.0), rounded to 2^-20 alike. */
export function ridgeRows(people: People, peopleMin: number): CountRows {
  const weightOf = new Float64Array(people.rows);
  for (let person = 0; person < people.rows; person++) {
    const itemCount = people.offsets[person + 1]! - people.offsets[person]!;
    if (itemCount > 0) weightOf[person] = quantise(1 / Math.sqrt(itemCount), WEIGHT_BITS);
  }
  return withPeopleMin(weightedGramRows(people, weightOf), peopleMin);
}

/** The ridge under each of several λ. */
export function ridgesSteps(
  gram: CountRows,
  { neighbours, ridgeTargetPower: targetPower }: TopNSettings,
  ridgePeople: readonly number[],
  crew: Crew | undefined,
): Steps<readonly SparseForm[]> {
  return localRidgesSteps({ gram, sourcesOf: gram, crew }, { neighbours, targetPower }, ridgePeople);
}

/**
 * Learns the finished model from everybody: one form, all its numbers exact, its greatest weight 1. The
 * counts, which have most entries, are never there as a whole beside it: their rows are made where they are
 * added to those of the ridge.
 */
export function* learnTopNSteps(
  task: TopNTask,
  people: People,
  { tuned, heldOut, factors }: Found,
): Steps<LinearModel> {
  const { settings, ridge, likeness = 0 } = tuned;
  const { peopleMin, keep = people.cols, crew } = task;
  const rows = withPeopleMin(gramRows(people), peopleMin);
  const ridges =
    ridge > 0
      ? yield* ridgesSteps(ridgeRows(people, peopleMin), settings, [settings.ridgePeople], task.crew)
      : [];
  const beside = [
    ...ridges.map((form) => ({ form, share: ridge })),
    ...(task.likeness && likeness > 0 ? [{ form: task.likeness, share: likeness }] : []),
  ];
  const cases = tuned.asked > 0 ? casesOverAll(heldOut) : [];
  const countsKeep = beside.length > 0 ? MEMBER_KEEP : keep;
  const sources = factsIn(cases, people.cols);
  const own = countsSteps({ rows, sources, crew }, settings, countsKeep);
  const usual = yield* usualSteps(cases, own, { forms: beside.map(({ form }) => form), crew });
  // Where the counts never speak, likeness is measured by itself.
  const [ofCounts = 0, ...ofOthers] = usual;
  const one = ofCounts > 0 ? ofCounts : ofOthers.some((best) => best > 0) ? 1 : 0;
  const counts = { rows: itemItemRows(bothSides(rows), { ...settings, keep: countsKeep }), weight: 1 };
  const others = beside.map(({ form, share }, x) => ({
    rows: rowsOf(form),
    weight: ofOthers[x]! > 0 ? inTwoDigits((share * one) / ofOthers[x]!) : 0,
  }));
  const parts = [counts, ...others];
  const blend = yield* blendRowsSteps({ parts, keep, factors }, crew);
  const strengths = strengthsOf(rows.itemPeople, factors);
  const most = (all: ArrayLike<number>): number => greatestOf(all, rows.itemPeople, peopleMin);
  const faded = most(strengths) / most(rows.itemPeople);
  const prior = inTwoDigits((tuned.popular * one * faded) / (greatestWeight(blend) || 1));
  return {
    parts: [{ form: exactForm(blend), weight: 1 }],
    ownWeight: 0,
    popularity: popularityOf(
      priorOf(rows.itemPeople, peopleMin, { most: Math.max(PRIOR_MIN, prior), strengths }),
    ),
    popularityWeight: 1,
  };
}

/** The mean best score of the counts and of the other forms, 0 for one that never speaks. */
function* usualSteps(
  cases: readonly TuningCase[],
  counts: Steps<SparseForm>,
  others: { readonly forms: readonly SparseForm[]; readonly crew: Crew | undefined },
): Steps<readonly number[]> {
  const forms = [yield* counts, ...others.forms];
  const nothing = popularityOf(new Float64Array(forms[0]!.itemCount));
  const scales = yield* memberScalesSteps({ forms, popularity: nothing }, cases, others.crew);
  return scales.map((scale) => (scale > 0 ? 1 / scale : 0));
}

/** Nobody moves a number of two digits alone, but where two are equally near. */
function inTwoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
