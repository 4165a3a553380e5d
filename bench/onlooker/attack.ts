// Hands lists and truth to the attackers, who are scikit-learn in Python: logistic regression and gradient
// boosting that anybody can check, rather than ours.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Lists, WIDTH } from './lists.ts';
import type { TownLog } from './town-log.ts';

export type Attacker = 'LR' | 'GB';

export interface AttackSet {
  readonly name: string;
  /** Lists of each person. */
  readonly weeks: number;
  /** Places of a list; default `WIDTH`. */
  readonly width?: number;
  readonly lists: Lists;
  readonly attackers: readonly Attacker[];
}

/** What one attacker reached; areas under the ROC curve. */
export interface Reached {
  /** `activity`: not an attack, but what the number of orders alone tells within its own deciles. */
  readonly set: string;
  readonly class: string;
  readonly attacker: Attacker | 'none';
  readonly plain: number;
  readonly within: number;
  /** 95 % of the bootstrap of `within`. */
  readonly low: number;
  readonly high: number;
  /** Among people with the same number of orders. */
  readonly alike: number;
  /**
   * How much more than the same lists of an engine without guards told of the same people, and 95 % of it.
   */
  readonly more?: number;
  readonly moreLow?: number;
  readonly moreHigh?: number;
}

/** Folds of cross-fitting. */
const FOLDS = 2;

const MISSING = `The attackers need Python 3 with scikit-learn, and this machine's python3 has none.
Either \`apt-get install python3-sklearn\`, or make an environment and name its Python:
  python3 -m venv ${join(tmpdir(), 'onlooker')}
  ${join(tmpdir(), 'onlooker', 'bin', 'pip')} install scikit-learn
  FINELINE_PYTHON=${join(tmpdir(), 'onlooker', 'bin', 'python')} node bench/onlooker/main.ts`;

/** A Python that has scikit-learn: the one named by FINELINE_PYTHON, or one that is installed. */
export function findPython(): string {
  const named = process.env['FINELINE_PYTHON'];
  for (const python of named === undefined ? ['python3', '/usr/bin/python3'] : [named]) {
    try {
      execFileSync(python, ['-c', 'import sklearn'], { stdio: 'ignore' });
      return python;
    } catch {
      // The next one may have it.
    }
  }
  throw new Error(MISSING);
}

/** Writes the job into `folder` and runs it. Deterministic for one version of scikit-learn. */
export async function attack(
  python: string,
  job: {
    readonly folder: string;
    readonly town: TownLog;
    readonly sets: readonly AttackSet[];
    readonly seed: number;
  },
): Promise<readonly Reached[]> {
  const { folder, town, sets, seed } = job;
  writeFileSync(join(folder, 'labels.u8'), town.truth);
  writeFileSync(join(folder, 'activity.u16'), town.orders);
  for (const { name, lists } of sets) writeFileSync(join(folder, `${name}.u16`), lists);
  const words = {
    people: town.people,
    // A thing among the reasons is another than the thing itself.
    items: 2 * town.items.length,
    folds: FOLDS,
    seed,
    classes: town.classes,
    sets: sets.map(({ name, weeks, width = WIDTH, attackers }) => ({ name, lists: weeks, width, attackers })),
  };
  writeFileSync(join(folder, 'job.json'), JSON.stringify(words));
  const script = join(import.meta.dirname, 'attack.py');
  const child = spawn(python, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const reached: Reached[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    process.stderr.write(`${line}\n`);
    // Our own script wrote this line a moment ago.
    reached.push(JSON.parse(line) as Reached);
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`the attackers stopped with ${code}`);
  return reached;
}
