// Owns: how what lies in the past fades, step by step. A step is a set of numbers below `count`; the newest
// has strength 1, each older one `decay` times the strength of the next, and a step of n gives each of its
// numbers n^-sharePower of it. Learning and deciding fade by the same lines, so that a list that is decided
// is the list that was evaluated.

import { log, pow } from './maths.ts';

export interface FadeSettings {
  /** Factor per step of age: the step just before has 1. */
  readonly decay: number;
  /** A step of n items gives each n^-sharePower. */
  readonly sharePower: number;
}

/** A faded history: `count` items with their values, most recent first. */
export interface Faded {
  count: number;
  readonly items: Uint32Array;
  readonly values: Float64Array;
}

/** Steps `0 … steps − 1`, oldest first, each with distinct items. Its answer is valid until the next call. */
export type Fading = (steps: number, itemsOf: (step: number) => ArrayLike<number>) => Faded;

/** What is weaker than this is forgotten; it ends the walk back. */
const STRENGTH_MIN = 1e-3;

/** So many of the newest steps say something, at most; the walk back ends earlier by one. */
export function reachOf(decay: number): number {
  return decay < 1 ? Math.ceil(log(STRENGTH_MIN) / log(decay)) + 1 : Infinity;
}

/** Shares of steps up to this size are computed once. */
const SHARES = 64;

/**
 * A fading with its own room for items below `itemCount`; beyond `itemsMax` distinct ones older items are
 * left out. Values are raw: a single item of the latest step has 1.
 */
export function createFading(
  itemCount: number,
  { decay, sharePower }: FadeSettings,
  itemsMax: number,
): Fading {
  const placeOf = new Int32Array(itemCount).fill(-1);
  const faded: Faded = { count: 0, items: new Uint32Array(itemsMax), values: new Float64Array(itemsMax) };
  const shares = Float64Array.from({ length: SHARES }, (_, n) => (n === 0 ? 0 : pow(n, -sharePower)));
  return (steps, itemsOf) => {
    faded.count = 0;
    let strength = 1;
    for (let step = steps - 1; step >= 0 && strength > STRENGTH_MIN; step--, strength *= decay) {
      const items = itemsOf(step);
      const share = strength * (shares[items.length] ?? pow(items.length, -sharePower));
      for (let x = 0; x < items.length; x++) {
        const item = items[x]!;
        const place = placeOf[item]!;
        if (place >= 0) faded.values[place]! += share;
        else if (faded.count < itemsMax) {
          placeOf[item] = faded.count;
          faded.items[faded.count] = item;
          faded.values[faded.count++] = share;
        }
      }
    }
    for (let x = 0; x < faded.count; x++) placeOf[faded.items[x]!] = -1;
    return faded;
  };
}
