/*
 * Settings of lists for a person: which are safe, where the search for better ones begins, and what it tries.
 */
import type { Trend } from './trend.ts';

export type TopNSettings = {
  /** Exponents of the counts (item-item.ts). */
  readonly sourcePower: number;
  readonly targetPower: number;
  /** K, λ and τ of the ridge (local-ridge.ts). */
  readonly neighbours: number;
  readonly ridgePeople: number;
  readonly ridgeTargetPower: number;
};

export type TunedTopN = {
  readonly settings: TopNSettings;
  /** What the ridge counts beside the counts, in scaled units; 0: there is none. */
  readonly ridge: number;
  /** What likeness counts beside the counts, in scaled units; absent: it does not. */
  readonly likeness?: number;
  /** What the most popular thing has for being popular, in scaled units. */
  readonly popular: number;
  /** Lists that the settings were judged by; 0: they were too few, and the safe settings stand. */
  readonly asked: number;
  /** How what came lately counts more; absent: it does not. */
  readonly trend?: Trend;
};

/**
 * A cosine of the weighted counts, without a ridge. With less on the target's side long histories drift to
 * bestsellers, with more to oddities (looked at on Online Retail).
 */
export const SAFE: TunedTopN = {
  settings: {
    sourcePower: 0.5,
    targetPower: 0.5,
    neighbours: 150,
    ridgePeople: 100,
    ridgeTargetPower: 0.1,
  },
  ridge: 0,
  popular: 0,
  asked: 0,
};

/** Of the counts, the ridge, own repeats and what is popular. */
export type TopNMost = readonly [number, number, number, number];

export const POWER_CANDIDATES = [
  [0.6, 0.4],
  [0.7, 0.3],
  [0.5, 0.3],
  [0.7, 0.5],
  [0.8, 0.2],
  [0.4, 0.6],
] as const;
export const RIDGE_CANDIDATES = [30, 300] as const;
/**
 * Of the counts, the ridge, own repeats and what is popular, the most that is tried, in scaled
 * units. A sample is thinner than the shop, and what comes later is not like what is hidden: on both the
 * ridge looks better than it is. Gowalla (at least 3 people) has recall .1812 with 3 and .1848 with 0.6. What
 * is popular must not push a person's own aside.
 */
const MOST: TopNMost = [1, 1, 0, 0.1];
/**
 * Where few things are had by many, as films are, and what is hidden is like what is asked for, a ridge is
 * best alone, on more neighbours and without giving popularity back: MovieLens 100k, a random fifth hidden,
 * has recall@20 .364 with this and .354 without. Where what is asked for comes later it is not: Online Retail
 * has .109 with this and .118 without.
 */
const FEW_THINGS = {
  ...{ thingsMax: 4000, neighbours: 250, ridgeTargetPower: 0 },
  most: [1, 12, 0, 0.1] satisfies TopNMost,
};

/**
 * Where a search begins among so many things, and the most that it tries of each weight. Whoever knows when
 * things came, as every shop does, is asked for what comes later.
 */
export function searchAmong(
  thingCount: number,
  isDated: boolean,
): {
  readonly start: TopNSettings;
  readonly most: TopNMost;
} {
  if (isDated || thingCount > FEW_THINGS.thingsMax) return { start: SAFE.settings, most: MOST };
  const { neighbours, ridgeTargetPower, most } = FEW_THINGS;
  return { start: { ...SAFE.settings, neighbours, ridgeTargetPower }, most };
}
