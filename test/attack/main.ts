// npm run bench -- sabotage [--quick | --mutants [--from N]]: changes one line of the code after the other,
// in a copy, and looks whether the attack notices (sabotages.ts). Ends with 1 when a line could be changed
// unnoticed. `--quick` is the form that `npm test` runs: the first sabotage for each rule, and none that
// shows to a unit test alone.
// `--mutants` makes every small slip of mutants.ts in turn, from number N on, and lists those that neither
// the attack nor the unit tests beside them notice: an hour or two.

import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type Noticed, openWorkshop } from './sabotaged.ts';
import { allMutants, attackMutants } from './mutating.ts';
import type { Mutant } from './mutants.ts';
import type { Sabotage } from './sabotage.ts';
import { SABOTAGES } from './sabotages.ts';

const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({
  options: { quick: flag, mutants: flag, from: { type: 'string', default: '0' } },
});
/** The rarest fault shows within 1,200 worlds, half of them within two. */
const WORLDS_MAX = 2000;
const FROM = 77_000_000;

async function noticed(sabotage: Sabotage): Promise<Noticed> {
  const { caughtBy, worldsBefore = 0 } = sabotage;
  return typeof caughtBy === 'string'
    ? workshop.attack(sabotage, { worlds: WORLDS_MAX, from: FROM + worldsBefore })
    : workshop.test(sabotage, caughtBy.test);
}

function firstOfEachRule(): readonly Sabotage[] {
  return SABOTAGES.filter(
    ({ caughtBy }, at) =>
      typeof caughtBy === 'string' && SABOTAGES.findIndex((other) => other.caughtBy === caughtBy) === at,
  );
}

/** A slip that lives is no failure: many change nothing that could be seen, or err on the strict side. */
async function mutate(from: number): Promise<void> {
  const mutants = allMutants();
  const unseen: Mutant[] = [];
  await attackMutants(from, ({ at, by }) => {
    const mutant = mutants[at];
    if (by === undefined && mutant !== undefined) unseen.push(mutant);
  });
  console.log(`${mutants.length - from} slips, ${unseen.length} not seen by the attack`);
  const tests = openWorkshop();
  const living = unseen.filter((mutant) => {
    const lives = !tests.failsWith(mutant, dirname(mutant.file));
    if (lives) console.log(`${mutant.file}:${mutant.line} lives: ${mutant.now}`);
    return lives;
  });
  tests.close();
  console.log(`${living.length} of them not by the unit tests of its folder either`);
}

if (values.mutants) {
  await mutate(Number(values.from));
  process.exit(0);
}
const workshop = openWorkshop();
let missed = 0;
const control = await workshop.attack(undefined, { worlds: 20, from: FROM });
console.log(`nothing changed: ${control.by.length === 0 ? 'nothing noticed' : control.by.join(', ')}`);
if (control.by.length > 0) missed += 1;
const chosen = values.quick ? firstOfEachRule() : SABOTAGES;
for (const sabotage of chosen) {
  const { file, old, now, caughtBy } = sabotage;
  const expected = typeof caughtBy === 'string' ? caughtBy : caughtBy.test;
  const { by, decisions } = await noticed(sabotage);
  const isCaught = by.includes(expected);
  if (!isCaught) missed += 1;
  const others = by.filter((name) => name !== expected);
  const changedTo = `${old} → ${now === '' ? '(nothing)' : now}`;
  const words = isCaught ? `caught by ${expected}` : `NOT CAUGHT by ${expected}`;
  const over = sabotage.worldsBefore === undefined ? '' : `, ${sabotage.worldsBefore} worlds passed over`;
  const also = others.length === 0 ? '' : `; also ${others.join(', ')}`;
  console.log(`${file}: ${changedTo}\n  ${words} after ${decisions} decisions${over}${also}`);
}
workshop.close();
console.log(`${chosen.length} sabotages, ${missed} not caught`);
process.exitCode = missed > 0 ? 1 : 0;
