/*
 * Finding the settings of lists for a person (top-n.ts), and what ridge and likeness weigh in them.
 */
import { gramRows } from '../gram.ts';
import { formAmong, type SparseForm, type Steps, within } from '../models/sparse-form.ts';
import type { Popularity } from '../occasion.ts';
import { type CountRows, withPeopleMin } from '../rows.ts';
import { popularityOf } from '../score.ts';
import { type TunedBlend, type TuningCase, tuneBlendSteps } from '../tune.ts';
import type { HeldOutThings } from './held-out-things.ts';
import { priorOf } from './prior.ts';
import { MEMBER_KEEP, type TopNTask, countsSteps, factsIn, ridgeRows, ridgesSteps } from './top-n.ts';
import {
  POWER_CANDIDATES,
  RIDGE_CANDIDATES,
  SAFE,
  searchAmong,
  type TopNMost,
  type TopNSettings,
  type TunedTopN,
} from './top-n-candidates.ts';

/** Fewer lists tell settings apart by chance: the standard error of a recall from 200 lists is .03. */
export const CASES_MIN = 200;

/** The weight of the ridge that λ is compared at first, and that of likeness, in scaled units. */
const RIDGE_START = 0.6;
const LIKENESS_START = 0.35;
/**
 * A sample is thinner than the shop, so on it likeness looks better than it is, as a ridge does. With 1,
 * which is chosen then, lists of twenty from one person hold .089 of what is hidden of Sports, with 0.35
 * .098, without likeness .091; of Complete Journey's later days, where random hiding misleads, 0.6 leaves
 * .037 of .045, 0.35 .042. From three people no set wanted more than 0.35.
 */
const LIKENESS_MOST = 0.35;

/** Where the search begins: a thousandth of a usual best score. */
const POPULAR_START = 0.001;

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

/** What stands beside the counts, what it weighs at first, and the most. */
type Beside = { readonly form: SparseForm; readonly start: number; readonly most: number };

/** The counts stand; beside them the others and what is popular are weighed. */
function weighed(
  { task, cases, popularity, most }: Search,
  counts: SparseForm,
  beside: readonly Beside[] = [],
): Steps<TunedBlend> {
  const forms = [counts, ...beside.map(({ form }) => form)];
  const moving = beside.map((_, x) => 1 + x);
  const [ofCounts, , ofOwn, ofPopular] = most;
  return tuneBlendSteps(
    { members: { forms, popularity }, cases, k: task.k },
    {
      start: [1, ...beside.map(({ start }) => start), 0, POPULAR_START],
      free: moving.length > 0 ? [...moving, forms.length + 1] : [],
      most: [ofCounts, ...beside.map((one) => one.most), ofOwn, ofPopular],
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
    const start = [{ form: ridge, start: RIDGE_START, most: search.most[1] }];
    const { objective: reached, coordinates } = yield* within(weighed(search, counts, start), at);
    if (reached <= best) continue;
    best = reached;
    beside = [{ form: ridge, start: coordinates[1]!, most: search.most[1] }];
    const found = { ridge: coordinates[1]!, popular: coordinates[3]! };
    tuned = { ...tuned, ...found, settings: { ...settings, ridgePeople: people[n]! } };
  }
  if (likeness === undefined) return tuned;
  const all = [...beside, { form: likeness, start: LIKENESS_START, most: LIKENESS_MOST }];
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
