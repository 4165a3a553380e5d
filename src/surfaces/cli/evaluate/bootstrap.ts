// How far a figure could have come out otherwise, had other questions been asked, or other people.

import { quantile } from './metrics.ts';
import { seededRandom } from '../../../kernel/random.ts';

/** A figure and its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const ROUNDS = 2000;

/**
 * The percentile bootstrap (Efron, "Bootstrap Methods: Another Look at the Jackknife", Ann. Statist. 1979):
 * the figure over `count` questions, and over 2,000 draws of as many with replacement. `figure` is given the
 * places of the questions, which may repeat.
 */
export function bootstrap(count: number, seed: number, figure: (places: Uint32Array) => number): Interval {
  return bootstrapAll(count, seed, (places) => [figure(places)])[0]!;
}

/** Several figures over the same draws. */
export function bootstrapAll(
  count: number,
  seed: number,
  figures: (places: Uint32Array) => readonly number[],
): readonly Interval[] {
  const random = seededRandom(seed);
  const places = Uint32Array.from({ length: count }, (_, place) => place);
  const values = figures(places);
  const draws = values.map(() => new Float64Array(ROUNDS));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let x = 0; x < count; x += 1) places[x] = random.below(count);
    for (const [at, value] of figures(places).entries()) draws[at]![round] = value;
  }
  return values.map((value, at) => ({
    value,
    low: quantile(draws[at]!, 0.025),
    high: quantile(draws[at]!, 0.975),
  }));
}

/** The share of ones among the chosen places. */
export function shareOf(hits: Uint8Array, places: Uint32Array): number {
  let sum = 0;
  for (const place of places) sum += hits[place]!;
  return places.length === 0 ? 0 : sum / places.length;
}
