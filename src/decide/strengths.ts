// How strongly each of several things that lie in the past still speaks, step by step as a model was learned.

import { type FadeSettings, createFading } from '../kernel/fading.ts';
import { FACT_BITS, quantise } from '../kernel/fixed.ts';

/**
 * Strength of each speaker that is remembered, as a fact has it; `steps` hold their numbers, below `count`,
 * oldest step first.
 */
export function strengthsOf(
  count: number,
  steps: readonly (readonly number[])[],
  settings: FadeSettings,
): ReadonlyMap<number, number> {
  const faded = createFading(count, settings, count)(steps.length, (at) => steps[at] ?? []);
  const strengths = new Map<number, number>();
  for (let x = 0; x < faded.count; x += 1)
    strengths.set(faded.items[x]!, quantise(faded.values[x]!, FACT_BITS));
  return strengths;
}
