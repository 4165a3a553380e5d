// Every mutant, one after the other, in a thread that is ended when a slip makes it run for ever: that is
// noticed, too. `from`: number of the first.

import { Worker } from 'node:worker_threads';
import { MUTATED_FILES, type Mutant, mutantsOf } from './mutants.ts';

/** A mutant takes seconds; twenty times that on a machine with other work. */
const STUCK_MS = 180_000;
const WORKER = new URL('./mutant-worker.ts', import.meta.url);

/** `undefined`: the attack let it live. */
export type Told = { readonly at: number; readonly by: string | undefined };

export function allMutants(): readonly Mutant[] {
  return MUTATED_FILES.flatMap(mutantsOf);
}

/** Calls `told` for each, in their order. */
export async function attackMutants(from: number, told: (one: Told) => void): Promise<void> {
  const { length } = allMutants();
  for (let at = from; at < length;) {
    const stuckAt = await attackUntilStuck(at, (one) => {
      at = one.at + 1;
      told(one);
    });
    if (stuckAt === undefined) return;
    told({ at: stuckAt, by: 'it does not end' });
    at = stuckAt + 1;
  }
}

/** Number of the one that does not end; `undefined` when all have been attacked. */
function attackUntilStuck(from: number, told: (one: Told) => void): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: { from } });
    let at = from;
    let timer = setTimeout(stuck, STUCK_MS);
    function stuck(): void {
      void worker.terminate();
      resolve(at);
    }
    worker.on('message', (one: Told) => {
      clearTimeout(timer);
      told(one);
      at = one.at + 1;
      timer = setTimeout(stuck, STUCK_MS);
    });
    worker.on('error', (error) => {
      clearTimeout(timer);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
