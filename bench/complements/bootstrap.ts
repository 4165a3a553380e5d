// How far a figure over questions could have come out otherwise, had other questions been asked.

import { seededRandom } from '../../src/kernel/random.ts';
import { quantile } from '../../src/surfaces/cli/evaluate/metrics.ts';

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
  const random = seededRandom(seed);
  const places = Uint32Array.from({ length: count }, (_, place) => place);
  const value = figure(places);
  const draws = Float64Array.from({ length: ROUNDS }, () => {
    for (let x = 0; x < count; x += 1) places[x] = random.below(count);
    return figure(places);
  });
  return { value, low: quantile(draws, 0.025), high: quantile(draws, 0.975) };
}

/** The share of ones among the chosen places. */
export function shareOf(hits: Uint8Array, places: Uint32Array): number {
  let sum = 0;
  for (const place of places) sum += hits[place]!;
  return places.length === 0 ? 0 : sum / places.length;
}
