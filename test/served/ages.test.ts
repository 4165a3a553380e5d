// Goal: what `evaluate` measures with, and a shop finds its trend on, are the weights of decisions. Method:
// the same purchases through the door.

import { expect, it } from 'vitest';
import { ALL, permitting } from '../../src/consent/testing.ts';
import { normalise, weigh } from '../../src/decide/weigh.ts';
import { agedOccasion } from '../../src/learn/recipes/occasions.ts';
import { DAY, NOW, fact, viewOf } from '../../src/profile/testing.ts';

it('[D13] purchases weigh in a decision as where lists are measured', () => {
  const ages = [0, 3, 40, 180, 364];
  const view = viewOf(
    ages.map((days, n) => fact('bought', `a${n}`, { lastMs: NOW - days * DAY })),
    { permissions: permitting({ chain: ALL }) },
  );
  const weights = normalise(weigh(view)).map(({ weight }) => weight);
  const measured = agedOccasion(Uint32Array.from(ages.keys()), (at) => ages[at]!);
  expect([[...measured.values], [...measured.facts]]).toEqual([weights, [0, 1, 2, 3, 4]]);
  // What says nothing any more is still theirs.
  const tooOld = agedOccasion(Uint32Array.of(0, 1), (at) => 4000 * at);
  expect([[...tooOld.values], [...tooOld.facts], [...tooOld.barred]]).toEqual([[1], [0], [0, 1]]);
});
