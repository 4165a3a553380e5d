// Attacks the mutants from a number on, one after the other, and says of each what noticed it (mutating.ts).

import { parentPort, workerData } from 'node:worker_threads';
import { allMutants } from './mutating.ts';
import { openWorkshop } from './sabotaged.ts';

const WORLDS = 300;
const FROM = 77_000_000;

const { from } = workerData as { readonly from: number };
const workshop = openWorkshop();
for (const [at, mutant] of allMutants().entries()) {
  if (at < from) continue;
  const by = await workshop.attackText(mutant, { worlds: WORLDS, from: FROM });
  parentPort?.postMessage({ at, by });
}
workshop.close();
