/*
 * What is wanted now: of what people have, what came lately counts more, for everybody alike.
 *
 * Formula: every weight that leads to thing t, and what t has for being popular, times
 *
 *   ((Σ over the people who have t of 2^(−age / halfLifeDays) + s · μ) / (n_t + s)) ^ power
 *
 * divided by the greatest of these; age is in days since the newest contact of anybody, n_t the people, μ the
 * mean over all contacts and s = 10. So a model stays linear, with the same reasons, and a thing that few
 * have is drawn to the mean. Popularity that fades is a far better baseline than popularity (Ji, Sun, Zhang
 * and Li, SIGIR 2020, doi 10.1145/3397271.3401233).
 *
 * A single late buyer must not show: of each thing the newest `peopleMin` count as if on the day of the last
 * of these, so whatever is told of "lately" rests on as many people.
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
type DaysOfThings = { readonly offsets: Uint32Array; readonly days: Int32Array };

function daysOfThings({ people, days }: Dated, untilDay: number): DaysOfThings {
  const counts = (at: number): boolean => isDated(days[at]!) && days[at]! < untilDay;
  const offsets = new Uint32Array(people.cols + 1);
  for (const [at, thing] of people.indices.entries()) if (counts(at)) offsets[thing + 1]!++;
  for (let thing = 0; thing < people.cols; thing++) offsets[thing + 1]! += offsets[thing]!;
  const next = offsets.slice();
  const sorted = new Int32Array(offsets[people.cols]!);
  for (const [at, thing] of people.indices.entries()) if (counts(at)) sorted[next[thing]!++] = days[at]!;
  for (let thing = 0; thing < people.cols; thing++)
    sorted
      .subarray(offsets[thing], offsets[thing + 1])
      .sort()
      .reverse();
  return { offsets, days: sorted };
}

/** Makes the factors of all things under any trend, from the contacts before `untilDay`. */
export function trendsOf(
  dated: Dated,
  peopleMin: number,
  untilDay = Infinity,
): (trend: Trend) => Float64Array {
  const { offsets, days } = daysOfThings(dated, untilDay);
  const things = dated.people.cols;
  const newest = days.reduce((a, b) => Math.max(a, b), 0);
  return ({ halfLifeDays, power }) => {
    const shares = sharesByAge(halfLifeDays);
    const shareOf = (day: number): number => shares[Math.min(newest - day, shares.length - 1)]!;
    const sums = new Float64Array(things);
    for (let thing = 0; thing < things; thing++) {
      const [from, to] = [offsets[thing]!, offsets[thing + 1]!];
      const shown = days[Math.min(from + peopleMin, to) - 1]!;
      for (let at = from; at < to; at++) sums[thing]! += shareOf(Math.min(days[at]!, shown));
    }
    const mean = sums.reduce((a, b) => a + b, 0) / Math.max(1, days.length);
    const factors = sums.map((sum, thing) => {
      const people = offsets[thing + 1]! - offsets[thing]!;
      return pow((sum + SMOOTHING_PEOPLE * mean) / (people + SMOOTHING_PEOPLE), power);
    });
    const greatest = factors.reduce((a, b) => Math.max(a, b), 0);
    return greatest > 0 ? factors.map((factor) => factor / greatest) : factors.fill(1);
  };
}

function sharesByAge(halfLifeDays: number): Float64Array {
  return Float64Array.from({ length: HALF_LIVES_MAX * halfLifeDays + 1 }, (_, age) =>
    pow(2, -age / halfLifeDays),
  );
}
