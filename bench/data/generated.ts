// A million interactions drawn from a seed, to measure what learning costs at a size that no public file
// here has: 50,000 people, 20,000 things, popularity like 1/√rank, each person with a taste of their own.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationFiles } from './convert.ts';
import { seededRandom } from '../../src/kernel/random.ts';

const PEOPLE = 50_000;
const ITEMS = 20_000;
const OF_EACH = 20;
const TASTES = 100;
/** Of the things of a person, those that are of their taste. */
const TASTE_SHARE = 0.7;

/** The last thing of every tenth person is the target. */
export function convertGenerated(folder: string): EvaluationFiles {
  const random = seededRandom(1);
  const train = ['person,item'];
  const test = ['person,item'];
  // The square of an even draw has a density like 1/√rank.
  const popular = (below: number): number => Math.floor(random.unit() ** 2 * below);
  for (let person = 0; person < PEOPLE; person++) {
    const taste = random.below(TASTES);
    for (let x = 0; x < OF_EACH; x++) {
      const isOfTaste = random.unit() < TASTE_SHARE;
      const item = isOfTaste ? popular(ITEMS / TASTES) * TASTES + taste : popular(ITEMS);
      train.push(`${person},${item}`);
      if (person % 10 === 0 && x === 0) test.push(`${person},${popular(ITEMS / TASTES) * TASTES + taste}`);
    }
  }
  mkdirSync(folder, { recursive: true });
  const files = { train: join(folder, 'generated-train.csv'), test: join(folder, 'generated-test.csv') };
  writeFileSync(files.train, `${train.join('\n')}\n`);
  writeFileSync(files.test, `${test.join('\n')}\n`);
  return files;
}
