// How steps fade before a model of what comes next reads them: part of its artefact, in the header.

import { WEIGHT_BITS, isQuantised } from '../kernel/fixed.ts';

/** Weights stay below: as multiples of 2^-20 they then fit a 32-bit float. */
export const WEIGHT_LIMIT = 16;

/**
 * How what a person did fades before a model of what comes next reads it (kernel/fading.ts): each older step
 * weighs `decay` times the next, of a step of n things each has n^-sharePower.
 */
export interface ModelFades {
  readonly decay: number;
  readonly sharePower: number;
  /**
   * The own term: what somebody had fades by `ownDecay` and adds `ownWeight` (multiple of 2^-20) to itself.
   */
  readonly ownDecay: number;
  readonly ownWeight: number;
  /** How steps faded in what was learned from: which people are behind a weight depends on it. */
  readonly learnDecay: number;
}

/** In one order, whoever made the object: its bytes are hashed. */
export function fadesList({
  decay,
  sharePower,
  ownDecay,
  ownWeight,
  learnDecay,
}: ModelFades): readonly number[] {
  return [decay, sharePower, ownDecay, ownWeight, learnDecay];
}

/** `undefined` for what was not written so. */
export function fadesOf(listed: unknown): ModelFades | undefined {
  if (!Array.isArray(listed) || listed.length !== 5) return undefined;
  if (!listed.every((one): one is number => typeof one === 'number' && one >= 0 && one < WEIGHT_LIMIT))
    return undefined;
  const [decay = 0, sharePower = 0, ownDecay = 0, ownWeight = 0, learnDecay = 0] = listed;
  const isFading = [decay, ownDecay, learnDecay].every((factor) => factor > 0 && factor <= 1);
  if (!isFading || sharePower > 1 || !isQuantised(ownWeight, WEIGHT_BITS)) return undefined;
  return { decay, sharePower, ownDecay, ownWeight, learnDecay };
}
