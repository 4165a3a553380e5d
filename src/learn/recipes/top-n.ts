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
import {
  formAmong,
  greatestWeight,
  rowsOf,
  type SparseForm,
  type Steps,
  within,
} from '../models/sparse-form.ts';
import { type CountRows, withPeopleMin } from '../rows.ts';
import { type LinearModel, popularityOf } from '../score.ts';
import type { Popularity } from '../occasion.ts';
import { memberScalesSteps, type TunedBlend, type TuningCase, tuneBlendSteps } from '../tune.ts';
import { quantise, WEIGHT_BITS } from '../../kernel/fixed.ts';
import { casesOverAll, type HeldOutThings, type People } from './held-out-things.ts';
import { exactForm } from './exact.ts';
import { PRIOR_MIN, greatestOf, priorOf, strengthsOf } from './prior.ts';
import {
  POWER_CANDIDATES,
  RIDGE_CANDIDATES,
  SAFE,
  searchAmong,
  type TopNMost,
  type TopNSettings,
  type TunedTopN,
} from './top-n-candidates.ts';

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

/** Fewer lists tell settings apart by chance: the standard error of a recall from 200 lists is .03. */
const CASES_MIN = 200;

/** The weight of the ridge that λ is compared at first, and that of likeness, in scaled units. */
const RIDGE_START = 0.6;
const LIKENESS_START = 0.35;

/** Targets per source of the counts, where something is added to them. */
export const MEMBER_KEEP = 500;

/** Where the search begins: a thousandth of a usual best score. */
const POPULAR_START = 0.001;

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

// The ridge does best with a person's weight n^-½ instead of 1/n (perf.md 3.0), rounded to 2^-20 alike.
function ridgeRows(people: People, peopleMin: number): CountRows {
  const weightOf = new Float64Array(people.rows);
  for (let person = 0; person < people.rows; person++) {
    const itemCount = people.offsets[person + 1]! - people.offsets[person]!;
    if (itemCount > 0) weightOf[person] = quantise(1 / Math.sqrt(itemCount), WEIGHT_BITS);
  }
  return withPeopleMin(weightedGramRows(people, weightOf), peopleMin);
}

function ridgesSteps(
  gram: CountRows,
  { neighbours, ridgeTargetPower: targetPower }: TopNSettings,
  ridgePeople: readonly number[],
  crew: Crew | undefined,
): Steps<readonly SparseForm[]> {
  return localRidgesSteps({ gram, sourcesOf: gram, crew }, { neighbours, targetPower }, ridgePeople);
}

/**
 * Searches settings and the weight of the ridge, in steps of some ten milliseconds that tell how many
 * candidates were looked at. Of too few lists it makes none.
 */
export function* tuneTopNSteps(task: TopNTask, heldOut: HeldOutThings): Steps<TunedTopN> {
  const { fit, cases, isDated, things } = heldOut;
  yield { done: 0, total: CANDIDATES };
  if (cases.length < CASES_MIN) return SAFE;
  const rows = withPeopleMin(gramRows(fit), task.peopleMin);
  const popularity = popularityOf(priorOf(rows.itemPeople, task.peopleMin, { most: 1 }));
  const { start, most } = searchAmong(thingsOfMany(rows, task.peopleMin), isDated);
  const search: Search = { task, cases, popularity, most };
  const sources = factsIn(cases, rows.itemCount);
  const { crew } = task;
  const countsOf: CountsOf = (settings) => countsSteps({ rows, sources, crew }, settings, MEMBER_KEEP);
  const found = yield* powersSteps(search, countsOf, start);
  const likeness = task.likeness && formAmong(task.likeness, things);
  return yield* besideSteps(search, found, { countsOf, gram: ridgeRows(fit, task.peopleMin), likeness });
}

function thingsOfMany({ itemPeople }: CountRows, peopleMin: number): number {
  return itemPeople.reduce((sum, people) => sum + (people >= peopleMin ? 1 : 0), 0);
}

type Search = {
  readonly task: TopNTask;
  readonly cases: readonly TuningCase[];
  readonly popularity: Popularity;
  readonly most: TopNMost;
};

type Counted = { readonly settings: TopNSettings; readonly objective: number };

type CountsOf = (settings: TopNSettings) => Steps<SparseForm>;

/** What stands beside the counts, and what it weighs at first. */
type Beside = { readonly form: SparseForm; readonly start: number };

/** The counts stand; beside them the others and what is popular are weighed. */
function weighed(
  { task, cases, popularity, most }: Search,
  counts: SparseForm,
  beside: readonly Beside[] = [],
): Steps<TunedBlend> {
  const forms = [counts, ...beside.map(({ form }) => form)];
  const moving = beside.map((_, x) => 1 + x);
  const [ofCounts, ofRidge, ofOwn, ofPopular] = most;
  return tuneBlendSteps(
    { members: { forms, popularity }, cases, k: task.k },
    {
      start: [1, ...beside.map(({ start }) => start), 0, POPULAR_START],
      free: moving.length > 0 ? [...moving, forms.length + 1] : [],
      most: [ofCounts, ...moving.map(() => ofRidge), ofOwn, ofPopular],
    },
    task.crew,
  );
}

// Each candidate is looked at in a function of its own, which ends with a number, so that its forms are gone
// before those of the next are made. The counts that stand beside the ridges are made after those, for the
// same reason.
function* powersSteps(search: Search, countsOf: CountsOf, start: TopNSettings): Steps<Counted> {
  const triedSteps = function* (settings: TopNSettings): Steps<Counted> {
    const { objective } = yield* weighed(search, yield* countsOf(settings));
    return { settings, objective };
  };
  let best = yield* within(triedSteps(start), { done: 0, total: CANDIDATES });
  for (const [n, [sourcePower, targetPower]] of POWER_CANDIDATES.entries()) {
    const settings = { ...start, sourcePower, targetPower };
    const tried = yield* within(triedSteps(settings), { done: 1 + n, total: CANDIDATES });
    if (tried.objective > best.objective) best = tried;
  }
  return best;
}

/** The ridge under its best λ, and likeness, each where something is found with it that is not without. */
function* besideSteps(
  search: Search,
  { settings, objective }: Counted,
  { countsOf, gram, likeness }: Others,
): Steps<TunedTopN> {
  const people = [settings.ridgePeople, ...RIDGE_CANDIDATES];
  const read = { done: 1 + POWER_CANDIDATES.length, total: CANDIDATES };
  const ridges = yield* within(ridgesSteps(gram, settings, people, search.task.crew), read);
  const counts = yield* within(countsOf(settings), read);
  let best = objective;
  let tuned: TunedTopN = { settings, ridge: 0, popular: POPULAR_START, asked: search.cases.length };
  let beside: readonly Beside[] = [];
  for (const [n, ridge] of ridges.entries()) {
    const at = { done: 1 + POWER_CANDIDATES.length + n, total: CANDIDATES };
    const start = [{ form: ridge, start: RIDGE_START }];
    const { objective: reached, coordinates } = yield* within(weighed(search, counts, start), at);
    if (reached <= best) continue;
    best = reached;
    beside = [{ form: ridge, start: coordinates[1]! }];
    const found = { ridge: coordinates[1]!, popular: coordinates[3]! };
    tuned = { ...tuned, ...found, settings: { ...settings, ridgePeople: people[n]! } };
  }
  if (likeness === undefined) return tuned;
  const all = [...beside, { form: likeness, start: LIKENESS_START }];
  const last = { done: CANDIDATES - 1, total: CANDIDATES };
  const { objective: reached, coordinates } = yield* within(weighed(search, counts, all), last);
  if (reached <= best) return tuned;
  const ridge = beside.length > 0 ? coordinates[1]! : 0;
  return { ...tuned, ridge, likeness: coordinates[all.length]!, popular: coordinates[all.length + 2]! };
}

type Others = {
  readonly countsOf: CountsOf;
  readonly gram: CountRows;
  readonly likeness: SparseForm | undefined;
};

/** Powers, the first and the others; λ alike. Likeness is looked at along with the last. */
const CANDIDATES = 1 + POWER_CANDIDATES.length + 1 + RIDGE_CANDIDATES.length;

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
  // Where the counts never speak, neither does what stands beside them.
  const counts = { rows: itemItemRows(bothSides(rows), { ...settings, keep: countsKeep }), weight: 1 };
  const others = beside.map(({ form, share }, x) => ({
    rows: rowsOf(form),
    weight: usual.length > 0 ? inTwoDigits((share * usual[0]!) / usual[1 + x]!) : 0,
  }));
  const parts = [counts, ...others];
  const blend = yield* blendRowsSteps({ parts, keep, factors }, crew);
  const strengths = strengthsOf(rows.itemPeople, factors);
  const most = (all: ArrayLike<number>): number => greatestOf(all, rows.itemPeople, peopleMin);
  const faded = most(strengths) / most(rows.itemPeople);
  const prior = inTwoDigits((tuned.popular * (usual[0] ?? 0) * faded) / (greatestWeight(blend) || 1));
  return {
    parts: [{ form: exactForm(blend), weight: 1 }],
    ownWeight: 0,
    popularity: popularityOf(
      priorOf(rows.itemPeople, peopleMin, { most: Math.max(PRIOR_MIN, prior), strengths }),
    ),
    popularityWeight: 1,
  };
}

/** The mean best score of the counts and of the other forms; nothing where one of them never speaks. */
function* usualSteps(
  cases: readonly TuningCase[],
  counts: Steps<SparseForm>,
  others: { readonly forms: readonly SparseForm[]; readonly crew: Crew | undefined },
): Steps<readonly number[]> {
  const forms = [yield* counts, ...others.forms];
  const nothing = popularityOf(new Float64Array(forms[0]!.itemCount));
  const scales = yield* memberScalesSteps({ forms, popularity: nothing }, cases, others.crew);
  return scales.every((scale) => scale > 0) ? scales.map((scale) => 1 / scale) : [];
}

/** Nobody moves a number of two digits alone, but where two are equally near. */
function inTwoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
