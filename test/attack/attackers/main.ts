// npm run bench -- attackers [name …] [--seed N] [--people N]: each attacker of attackers.ts in turn, first
// on an unguarded variant, then on Fineline. Prints a table, and ends with 1 when an attack succeeds that is
// no known gap, or when one fails on the unguarded variant. What the onlooker learns from lists needs Python
// and has a command of its own: npm run bench -- onlooker.

import { parseArgs } from 'node:util';
import type { Trial } from './attacker.ts';
import { ATTACKERS } from './attackers.ts';
import { allWell, reportOf } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, people: { type: 'string', default: '40' } },
});
const options = { seed: Number(values.seed), people: Number(values.people) };
const names = ATTACKERS.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no attacker ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  process.exit(2);
}
const trials: Trial[] = [];
for (const { name, attack } of ATTACKERS) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const startedMs = performance.now();
  trials.push(...(await attack(options)));
  console.error(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}
console.log(`Seed ${options.seed}, ${options.people} people.\n`);
console.log(reportOf(trials));
process.exit(allWell(trials) ? 0 : 1);
