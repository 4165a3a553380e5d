// npm run bench -- policy [--decisions 1000000] [--seed 1] [--tree FOLDER]: random decisions and events
// against a naive oracle of the policy. Prints for each rule how often it was at stake and how often it was
// broken. Ends with 1 when a rule was broken, with 2 when one was never at stake. `--tree` attacks another
// tree of sources.

import { parseArgs } from 'node:util';
import { PER_WORLD, attackWorld, newTally } from './attack.ts';
import { tableOf, untriedText, violationText } from './report.ts';
import { ROOT, loadStages } from './stages.ts';
import { createSubject } from './subject.ts';

const { values } = parseArgs({
  options: {
    decisions: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    tree: { type: 'string', default: ROOT },
  },
});
/** Worlds of one run lie side by side; runs of different seeds share none. */
const WORLDS_APART = 10_000_000;
const PROGRESS_EACH = 1000;

const subject = createSubject(await loadStages(values.tree));
const tally = newTally();
const worlds = Math.ceil(Number(values.decisions) / PER_WORLD);
const first = Number(values.seed) * WORLDS_APART;
process.stderr.write(`worlds ${first} to ${first + worlds - 1}\n`);
for (let world = 0; world < worlds; world += 1) {
  attackWorld(subject, first + world, tally);
  if ((world + 1) % PROGRESS_EACH === 0)
    process.stderr.write(`${tally.decisions.toLocaleString('en')} decisions, ${tally.broken.size} broken\n`);
}
console.log(tableOf(tally));
for (const violation of tally.violations.values()) console.log(violationText(subject, violation));
const never = untriedText(tally);
if (never !== undefined) console.log(never);
process.exitCode = tally.broken.size > 0 ? 1 : never === undefined ? 0 : 2;
