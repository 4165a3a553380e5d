/*
 * What is wanted now: of what people have, what came lately counts more, for everybody alike.
 *
 * Formula: every weight that leads to thing t, and what t has for being popular, times
 *
 *   ((Σ over the dated people of t of 2^(−age / halfLifeDays) + (u_t + s) · μ) / (n_t + s)) ^ power
 *
 * divided by the greatest of these; age is in days since the newest contact, n_t the people of t, u_t those
 * of them of whom nobody knows the day, μ the mean over all contacts and s = 10. So a model stays linear,
 * with the same reasons, and a thing that few have is drawn to the mean. Popularity that fades is a far
 * better baseline than popularity (Ji, Sun, Zhang and Li, SIGIR 2020, doi 10.1145/3397271.3401233).
 *
 * A single late buyer must not show: of each thing the newest `peopleMin` count as if on the day of the last
 * of these, and things with fewer dated people say nothing, neither of themselves nor in the mean or the
 * newest day. So whatever is told of "lately" rests on as many people.
 */
import { pow } from '../../kernel/maths.ts';
import type { People } from './held-out-things.ts';

export type Trend = { readonly halfLifeDays: number; readonly power: number };

/** People by what they have, and of each of `people.indices` the UTC day since 1970 on which it last came. */
export type Dated = { readonly people: People; readonly days: Int32Array };

/** So many people of average age are added to each thing. */
const SMOOTHING_PEOPLE = 10;
/** Beyond so many half-lives a contact counts as if it had come then: 2^-64. */
const HALF_LIVES_MAX = 64;

/** Contacts whose day nobody knows say nothing of when. */
export function isDated(day: number): boolean {
  return day > 0;
}

/** Of each thing the days of its contacts before `untilDay`, newest first: rows of things. */
type DaysOfThings = {
  readonly offsets: Uint32Array;
  readonly days: Int32Array;
  /** People of each thing without a day. */
  readonly undated: Uint32Array;
};

function daysOfThings({ people, days }: Dated, untilDay: number): DaysOfThings {
  const counts = (at: number): boolean => isDated(days[at]!) && days[at]! < untilDay;
  const offsets = new Uint32Array(people.cols + 1);
  const undated = new Uint32Array(people.cols);
  for (const [at, thing] of people.indices.entries()) {
    if (counts(at)) offsets[thing + 1]!++;
    else if (!isDated(days[at]!)) undated[thing]!++;
  }
  for (let thing = 0; thing < people.cols; thing++) offsets[thing + 1]! += offsets[thing]!;
  const next = offsets.slice();
  const sorted = new Int32Array(offsets[people.cols]!);
  for (const [at, thing] of people.indices.entries()) if (counts(at)) sorted[next[thing]!++] = days[at]!;
  for (let thing = 0; thing < people.cols; thing++)
    sorted
      .subarray(offsets[thing], offsets[thing + 1])
      .sort()
      .reverse();
  return { offsets, days: sorted, undated };
}

/**
 * Of each thing what stands in brackets in the formula, from the contacts before `untilDay`. Things of which
 * nothing is told have the mean.
 */
export function levelsOf(
  dated: Dated,
  peopleMin: number,
  untilDay = Infinity,
): (halfLifeDays: number) => Float64Array {
  const { offsets, days, undated } = daysOfThings(dated, untilDay);
  const things = dated.people.cols;
  const least = Math.max(1, peopleMin);
  const isTold = (thing: number): boolean => offsets[thing + 1]! - offsets[thing]! >= least;
  // The day behind which the newest of a thing stand together.
  const shownDay = (thing: number): number => days[offsets[thing]! + least - 1]!;
  let newest = 0;
  let told = 0;
  for (let thing = 0; thing < things; thing++) {
    if (!isTold(thing)) continue;
    newest = Math.max(newest, shownDay(thing));
    told += offsets[thing + 1]! - offsets[thing]!;
  }
  return (halfLifeDays) => {
    const shares = sharesByAge(halfLifeDays);
    const shareOf = (day: number): number => shares[Math.min(newest - day, shares.length - 1)]!;
    const sums = new Float64Array(things);
    for (let thing = 0; thing < things; thing++) {
      if (!isTold(thing)) continue;
      const shown = shownDay(thing);
      for (let at = offsets[thing]!; at < offsets[thing + 1]!; at++)
        sums[thing]! += shareOf(Math.min(days[at]!, shown));
    }
    const mean = sums.reduce((a, b) => a + b, 0) / Math.max(1, told);
    return sums.map((sum, thing) => {
      if (!isTold(thing)) return mean;
      const people = offsets[thing + 1]! - offsets[thing]! + undated[thing]!;
      const drawn = (undated[thing]! + SMOOTHING_PEOPLE) * mean;
      return (sum + drawn) / (people + SMOOTHING_PEOPLE);
    });
  };
}

/** The factors under a power, the greatest 1; all of them 1 where nothing is told. */
export function factorsOf(levels: Float64Array, power: number): Float64Array {
  const powers = levels.map((level) => pow(level, power));
  const greatest = powers.reduce((a, b) => Math.max(a, b), 0);
  return greatest > 0 ? powers.map((one) => one / greatest) : powers.fill(1);
}

function sharesByAge(halfLifeDays: number): Float64Array {
  return Float64Array.from({ length: HALF_LIVES_MAX * halfLifeDays + 1 }, (_, age) =>
    pow(2, -age / halfLifeDays),
  );
}
