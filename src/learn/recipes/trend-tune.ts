/*
 * How fast "lately" fades, and how much it counts, found on the shop's own newest contacts.
 *
 * The newest tenth of all contacts is hidden, everybody's, and asked for from what was there before it: so
 * what is judged is a list for days that nobody has seen. A contact is the last one: what somebody had before
 * and got again in these days is asked for as if they had not had it. Who is asked follows from a hash of
 * what they have, as for the other settings (held-out-things.ts). Where too few can be asked, or nothing is
 * surely better, nothing fades.
 */
import { gramRows } from '../gram.ts';
import { type Steps, within } from '../models/sparse-form.ts';
import { withPeopleMin } from '../rows.ts';
import { popularityOf } from '../score.ts';
import { type BlendWeights, createSummer } from '../summed.ts';
import { type Trial, type TuningCase, gainAt } from '../tune.ts';
import { topK } from '../../kernel/topk.ts';
import { createHashes } from './hashed-order.ts';
import { affordable } from './held-out-sample.ts';
import {
  type NamedPeople,
  type People,
  SHOP_BOUNDS,
  type ThingsBounds,
  heldOutThings,
  packRows,
} from './held-out-things.ts';
import { agedOccasion } from './occasions.ts';
import { MEMBER_KEEP, type Found, type TopNTask, countsSteps, factsIn } from './top-n.ts';
import { tuneTopNSteps } from './top-n-tune.ts';
import type { TunedTopN } from './top-n-candidates.ts';
import { surelyMore } from './surely.ts';
import { type Dated, type Trend, factorsOf, isDated, levelsOf } from './trend.ts';

const NEWEST_SHARE = 0.1;
/** Fewer lists tell trends apart by chance. */
const CASES_MIN = 100;
/** Lists in one step. */
const CASES_A_STEP = 32;
const HALF_LIVES_DAYS = [4, 7, 14, 28, 56, 112] as const;
const POWERS = [0.5, 0.75, 1] as const;
const CANDIDATES: readonly Trend[] = HALF_LIVES_DAYS.flatMap((halfLifeDays) =>
  POWERS.map((power) => ({ halfLifeDays, power })),
);

/** What was there before a day, and what the same people got from it on. */
export type NewestHidden = {
  readonly untilDay: number;
  /** What is learned from: of the people of the sample what they had before. */
  readonly fit: People;
  readonly cases: readonly TuningCase[];
};

/** Nothing where no days are known, or all of them are one. */
export function newestHidden(
  named: NamedPeople,
  { casesMax, thingsMax }: ThingsBounds = SHOP_BOUNDS,
): NewestHidden | undefined {
  const { itemIds, people, days } = named;
  const untilDay = days === undefined ? undefined : cutDay(days);
  if (days === undefined || untilDay === undefined) return undefined;
  const rowOf = (person: number): Uint32Array =>
    people.indices.subarray(people.offsets[person], people.offsets[person + 1]);
  const partOf = (person: number, isNew: boolean): Uint32Array =>
    rowOf(person).filter((_, at) => days[people.offsets[person]! + at]! >= untilDay === isNew);
  const everybody = Array.from({ length: people.rows }, (_, person) => person);
  const hashed = createHashes(itemIds, 1).ordered(everybody, (person) => [
    partOf(person, false),
    partOf(person, true),
  ]);
  const chosen = affordable(hashed, thingsMax, (person) => rowOf(person).length);
  const cases: TuningCase[] = [];
  for (const person of chosen) {
    if (cases.length === casesMax) break;
    const [before, targets] = [partOf(person, false), partOf(person, true)];
    if (before.length === 0 || targets.length === 0) continue;
    const rowDays = days.subarray(people.offsets[person], people.offsets[person + 1]);
    const knownDays = rowDays.filter((day) => day < untilDay);
    cases.push({ occasion: agedOccasion(before, ageOn(untilDay, knownDays)), targets });
  }
  const entriesMax = chosen.reduce((sum, person) => sum + rowOf(person).length, 0);
  const size = { rows: chosen.length, cols: people.cols, entriesMax };
  return { untilDay, fit: packRows((n) => partOf(chosen[n]!, false), size), cases };
}

/** The first day of the newest contacts; contacts without a day stand before all others. */
export function cutDay(days: Int32Array): number | undefined {
  const known = days.filter(isDated).sort();
  const cut = known[Math.floor(known.length * (1 - NEWEST_SHARE))];
  return cut === undefined || cut === known[0] ? undefined : cut;
}

/** Of each of a person’s things, in days; what came nobody knows when is taken for half a year old. */
export function ageOn(today: number, days: Int32Array): (at: number) => number {
  return (at) => (isDated(days[at]!) ? today - days[at]! : UNDATED_AGE_DAYS);
}

const UNDATED_AGE_DAYS = 180;

/** Nothing where nothing fades. `bounds` and people as in `heldOutThings`. */
export function* tuneTrendSteps(
  task: TopNTask,
  named: NamedPeople,
  tuned: TunedTopN,
  bounds?: ThingsBounds,
): Steps<Trend | undefined> {
  // Where the safe settings stand, nothing is chosen.
  if (tuned.asked === 0 || named.days === undefined) return undefined;
  const hidden = newestHidden(named, bounds);
  if (hidden === undefined || hidden.cases.length < CASES_MIN) return undefined;
  const { cases, fit, untilDay } = hidden;
  const rows = withPeopleMin(gramRows(fit), task.peopleMin);
  const sources = factsIn(cases, fit.cols);
  const counts = countsSteps({ rows, sources, crew: task.crew }, tuned.settings, MEMBER_KEEP);
  const form = yield* within(counts, { done: 0, total: cases.length });
  const members = { forms: [form], popularity: popularityOf(new Float64Array(fit.cols)) };
  const scene = { members, weights: { parts: [1], own: 0, popularity: 0 }, cases, k: task.k };
  return yield* bestTrendSteps(
    scene,
    { people: named.people, days: named.days },
    {
      peopleMin: task.peopleMin,
      untilDay,
    },
  );
}

/** Of each thing, by everybody's contacts; nothing where nothing fades. */
export function trendFactors(
  { people, days }: NamedPeople,
  peopleMin: number,
  trend: Trend | undefined,
): Float64Array | undefined {
  if (trend === undefined || days === undefined) return undefined;
  return factorsOf(levelsOf({ people, days }, peopleMin)(trend.halfLifeDays), trend.power);
}

/**
 * All that is found before everybody is learned from: the settings, what they were found on, and the trend.
 * For the shop and for `evaluate` alike.
 */
export function* foundTopNSteps(
  task: TopNTask,
  named: NamedPeople,
  { bounds, seed }: { readonly bounds?: ThingsBounds; readonly seed?: number } = {},
): Steps<Found> {
  const heldOut = heldOutThings(named, bounds, seed);
  const settings = yield* tuneTopNSteps(task, heldOut);
  const trend = yield* tuneTrendSteps(task, named, settings, bounds);
  const tuned = trend === undefined ? settings : { ...settings, trend };
  yield { done: 1, total: 1 };
  return { tuned, heldOut, factors: trendFactors(named, task.peopleMin, trend) };
}

/** Lists that are made without a trend, and what was got after them. */
export type Scene = Trial & { readonly weights: BlendWeights };

/** Those behind a trend, and the day from which on nothing is known. */
export type Known = { readonly peopleMin: number; readonly untilDay: number };

/** The trend under which these lists are surely best. Each is summed up once; every trend orders it anew. */
export function* bestTrendSteps(
  { members, weights, cases, k }: Scene,
  dated: Dated,
  { peopleMin, untilDay }: Known,
): Steps<Trend | undefined> {
  const at = { done: 0, total: cases.length };
  const candidates: Float64Array[] = [];
  const levelsUnder = levelsOf(dated, peopleMin, untilDay);
  for (const halfLifeDays of HALF_LIVES_DAYS) {
    yield at;
    const levels = levelsUnder(halfLifeDays);
    candidates.push(...POWERS.map((power) => factorsOf(levels, power)));
  }
  const itemCount = members.popularity.values.length;
  const sumUp = createSummer(itemCount);
  const gainOf = gainAt(k);
  const items = new Uint32Array(itemCount);
  const scores = new Float64Array(itemCount);
  const more = candidates.map(() => ({ sum: 0, squares: 0 }));
  for (const [n, { occasion, targets }] of cases.entries()) {
    if (n % CASES_A_STEP === 0) yield { done: n, total: cases.length };
    const { count, items: met, parts, popularity } = sumUp(members, occasion, k);
    const wanted = new Set(targets);
    const gainUnder = (factors: Float64Array | undefined): number => {
      items.set(met.subarray(0, count));
      for (let x = 0; x < count; x++) {
        let score = weights.popularity * popularity[x]!;
        for (const [part, weight] of weights.parts.entries()) score += weight * parts[part]![x]!;
        scores[x] = score * (factors?.[met[x]!] ?? 1);
      }
      return gainOf({ count: topK(scores, items, count, k), items }, wanted);
    };
    const plain = gainUnder(undefined);
    for (const [x, factors] of candidates.entries()) {
      const difference = gainUnder(factors) - plain;
      more[x]!.sum += difference;
      more[x]!.squares += difference * difference;
    }
  }
  const surely = more.map((one) => surelyMore(one, cases.length));
  const best = surely.reduce((first, least, x) => (least > surely[first]! ? x : first), 0);
  return surely[best]! > 0 ? CANDIDATES[best] : undefined;
}
