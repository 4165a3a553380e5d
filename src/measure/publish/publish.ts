// The gate: the one way for a number about people to become public. Noise is drawn once for each number of a
// release, and what is less than `tellFrom` with it is `few`.
//
// A cell that is `few` cannot be had by subtraction: the total has noise of its own, so the total less the
// other rows is the cell with the noise of all of them, which is more than the cell itself carried. All
// numbers before anything was hidden are ρ-zCDP together, and hiding by the noisy number, like any arithmetic
// on the outcome, adds nothing to that. So no second cell has to be hidden for the first one's sake.

import { assert } from '../../kernel/assert.ts';
import type { Random } from '../../kernel/random.ts';
import { type Asked, periodOf } from '../../facts/question.ts';
import type { PeopleTold, Release } from '../../facts/release.ts';
import type { Counts } from './count.ts';
import { discreteGaussian } from './discrete-gaussian.ts';

/**
 * Standard deviations between k and the least number that is told: noise lifts a group of k over it once in
 * 30,000 times, and a smaller one more rarely.
 */
const MARGIN_SIGMAS = 4;

export interface Publishing {
  readonly controller: string;
  readonly nowMs: number;
  readonly year: number;
  readonly peopleMin: number;
  /**
   * A new generator for each number, from entropy of its own: whoever knows some of the noise, because they
   * invented the people behind it, learns nothing of the rest.
   */
  readonly random: () => Random;
}

/** How many counts one person moves by one: the total, and their rows. */
function countsMoved({ question: { rowsPerPersonMax } }: Asked): number {
  return 1 + rowsPerPersonMax;
}

/**
 * The least whole σ² for which counts that one person moves by √`moved` in L2 are ρ-zCDP: σ² ≥ moved / 2ρ.
 */
export function sigmaSquaredFor(rhoMillionths: number, moved: number): number {
  assert(Number.isInteger(rhoMillionths) && rhoMillionths > 0, 'a release costs something');
  return Math.ceil((moved * 1_000_000) / (2 * rhoMillionths));
}

/** Makes the release. Whoever calls it has asked `roomFor` and keeps it before anybody sees it. */
export function publish(
  asked: Asked,
  counts: Counts,
  { controller, nowMs, year, peopleMin, random }: Publishing,
): Release {
  assert(periodOf(asked.question).toMs <= nowMs, 'a period is over when it is told of');
  const { question, rhoMillionths } = asked;
  const sigmaSquared = sigmaSquaredFor(rhoMillionths, countsMoved(asked));
  const tellFrom = peopleMin + Math.ceil(MARGIN_SIGMAS * Math.sqrt(sigmaSquared));
  const told = (people: number): PeopleTold => {
    const noisy = people + discreteGaussian(random(), sigmaSquared);
    return noisy >= tellFrom ? noisy : 'few';
  };
  return {
    v: 1,
    controller,
    question,
    timeMs: nowMs,
    year,
    peopleMin,
    tellFrom,
    sigmaSquared,
    rhoMillionths,
    total: told(counts.total),
    rows: [...counts.rows].map(([row, people]) => ({ row, people: told(people) })),
  };
}
