// Guard counts as a release may see them: with noise, or plain when sigma is 0. The noise of a cell depends
// on the seed of the release and the cell's name alone, so it is the same whenever, and in whatever order,
// somebody asks: averaging many answers gives nothing.

import { utf8 } from '../../kernel/bytes.ts';
import { seededRandom } from '../../kernel/random.ts';
import { discreteGaussian } from './discrete-gaussian.ts';
import type { GuardCounts } from './guard-counts.ts';

/** People by stratum; with noise also below 0. */
export type Cell = (leaf: string, item: string) => readonly number[];

export function noisyCells(
  counts: GuardCounts,
  { sigma, seed }: { readonly sigma: number; readonly seed: string },
): Cell {
  if (sigma === 0) return counts.cell;
  const known = new Map<string, readonly number[]>();
  return (leaf, item) => {
    const name = JSON.stringify([seed, leaf, item]);
    const before = known.get(name);
    if (before !== undefined) return before;
    const random = seededRandom(utf8(`guard-noise\0${name}`));
    const noisy = counts.cell(leaf, item).map((count) => count + discreteGaussian(random, sigma));
    known.set(name, noisy);
    return noisy;
  };
}
