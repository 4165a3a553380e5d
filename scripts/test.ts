// `npm test`: the checks of the repository, each counted as one test, then every test. It ends with `N
// passed, N failed` on a line of its own. `--full` (`npm run prove`) runs the long checks at their full
// counts.

import path from 'node:path';
import { allChecks } from './check/all.ts';
import { runChecks } from './check/check.ts';
import { runSuite } from './test/vitest.ts';

/** What a newcomer is promised; a run that takes longer still counts, and says so. */
const BUDGET_MINUTES = 15;
const HANGS_AFTER_MINUTES = { reduced: 30, full: 12 * 60 } as const;

const root = path.dirname(import.meta.dirname);
const full = process.argv.includes('--full');
const print = (line: string): void => console.log(line);
const startedMs = performance.now();
const timeSince = (ms: number): string => {
  const seconds = Math.round((performance.now() - ms) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

print(
  full
    ? 'Long checks run at their full counts.'
    : 'Long checks run at reduced counts; `npm run prove` runs them in full.',
);
print('\nChecks of the repository');
const checks = await runChecks(allChecks(root), print);
print(`Checks took ${timeSince(startedMs)}.`);

print('\nTests');
const suiteStartedMs = performance.now();
const suite = await runSuite({ root, full, minutesMax: HANGS_AFTER_MINUTES[full ? 'full' : 'reduced'] });
for (const note of suite.notes) print(`FAIL  ${note}`);
print('The longest files, of a worker each:');
for (const line of suite.longest) print(`  ${line.replace(root + path.sep, '')}`);
const isOver = !full && performance.now() - startedMs > BUDGET_MINUTES * 60_000;
print(
  `Tests took ${timeSince(suiteStartedMs)}; all together ${timeSince(startedMs)}` +
    `${isOver ? `, more than the ${BUDGET_MINUTES} promised` : ''}.`,
);

const passed = checks.passed + suite.passed;
const failed = checks.failed + suite.failed;
print(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
