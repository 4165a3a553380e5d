// npm run bench -- sabotage [--quick]: changes one line of the code after the other, in a copy, and looks
// whether the attack notices (sabotages.ts). Ends with 1 when a line could be changed unnoticed. `--quick` is
// the form that `npm test` runs: the first sabotage for each rule, and none that
// shows to a unit test alone.

import { parseArgs } from 'node:util';
import { type Noticed, openWorkshop } from './sabotaged.ts';
import type { Sabotage } from './sabotage.ts';
import { SABOTAGES } from './sabotages.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
/** The rarest fault shows within 190 worlds, half of them within two. */
const WORLDS_MAX = 2000;
const FROM = 77_000_000;

async function noticed(sabotage: Sabotage): Promise<Noticed> {
  const { caughtBy } = sabotage;
  return typeof caughtBy === 'string'
    ? workshop.attack(sabotage, { worlds: WORLDS_MAX, from: FROM })
    : workshop.test(sabotage, caughtBy.test);
}

const workshop = openWorkshop();
function firstOfEachRule(): readonly Sabotage[] {
  return SABOTAGES.filter(
    ({ caughtBy }, at) =>
      typeof caughtBy === 'string' && SABOTAGES.findIndex((other) => other.caughtBy === caughtBy) === at,
  );
}

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
  const words = isCaught ? `caught by ${expected}` : `NOT CAUGHT by ${expected}`;
  const also = others.length === 0 ? '' : `; also ${others.join(', ')}`;
  console.log(
    `${file}: ${old} → ${now === '' ? '(nothing)' : now}\n  ${words} after ${decisions} decisions${also}`,
  );
}
workshop.close();
console.log(`${chosen.length} sabotages, ${missed} not caught`);
process.exitCode = missed > 0 ? 1 : 0;
