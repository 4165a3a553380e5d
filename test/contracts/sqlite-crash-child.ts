// Owns: the process that crash.test.ts kills. It writes as fast as it can and says on its standard output
// what was acknowledged: `a <n>` batch n is stored, `k <n>` person n has keys, `e <n>` person n is erased.

import { writeSync } from 'node:fs';
import { seededRandom } from '../../src/kernel/random.ts';
import { entryOf, leafOf, personOf } from './samples.ts';
import { openEmbeddedStore } from '../../src/adapters/sqlite/store.ts';
import { plantedBytes } from '../../src/adapters/sqlite/testing.ts';

const WRITERS = 4;

async function main(): Promise<void> {
  const [dataDir = '', keysDir = '', from = '0'] = process.argv.slice(2);
  const store = await openEmbeddedStore({ dataDir, keysDir });
  const random = seededRandom(Number(from));
  let next = Number(from);
  // Synchronous: what was said before the kill was said after the disk had it.
  const say = (letter: string, n: number): number => writeSync(1, `${letter} ${n}\n`);

  const write = async (): Promise<void> => {
    for (;;) {
      const n = next;
      next += 1;
      const person = personOf(n);
      await store.keys.create([person]);
      say('k', n);
      const length = 1 + random.below(30);
      // The first byte of each row is the length of the batch, so that a torn one would show.
      const batch = Array.from({ length }, (_, seq) => {
        const sealed = plantedBytes(n, random.below(2000));
        sealed[0] = length;
        return entryOf(person, seq, { sealed });
      });
      const [first, ...rest] = batch;
      await store.people.append(first === undefined ? [] : [{ ...first, leaf: leafOf(n) }, ...rest]);
      say('a', n);
      if (n % 4 !== 0) continue;
      await store.keys.erase(person, 1000);
      await store.people.erase(person, { keep: [], leaf: leafOf(n) });
      say('e', n);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

await main();
