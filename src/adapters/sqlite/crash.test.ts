// Goal: kill -9 at any moment loses nothing that was acknowledged, tears nothing, and brings nobody back.
// Method: a child process writes under load and is killed at random moments; after each kill the raw files
// are searched for erased people, then the same home is opened again and compared with what the child had
// said.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { leafOf, personOf } from '../../../test/contracts/samples.ts';
import { newHome, plantedIn, type Home } from './testing.ts';

const ROUNDS = process.env['FINELINE_FULL'] === '1' ? 200 : 6;
const SEED = 7;
/** Numbers of one round; no child gets this far. */
const ROUND_NUMBERS = 1_000_000;

interface Said {
  readonly appended: Set<number>;
  readonly keyed: Set<number>;
  readonly erased: Set<number>;
}

async function runAndKill(home: Home, from: number, killAfterMs: number, said: Said): Promise<void> {
  const script = fileURLToPath(new URL('../../../test/contracts/sqlite-crash-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, home.dataDir, home.keysDir, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  await sleep(killAfterMs);
  child.kill('SIGKILL');
  await closed;
  // The last line may be cut.
  for (const line of text.split('\n').slice(0, -1)) {
    const n = Number(line.slice(2));
    if (line.startsWith('a')) said.appended.add(n);
    else if (line.startsWith('k')) said.keyed.add(n);
    else said.erased.add(n);
  }
}

/** Compares one round with what is stored; returns how many rows were found. */
async function checkRound(home: Home, from: number, said: Said): Promise<number> {
  const store = await home.open();
  try {
    let rows = 0;
    const leaves = new Set((await store.people.outbox(ROUND_NUMBERS)).map(({ leaf }) => leaf.join()));
    const last = Math.max(from, ...said.keyed, ...said.appended);
    for (let n = from; n <= last + 10; n += 1) {
      const keys = await store.keys.get(personOf(n));
      const history = await store.people.history(personOf(n));
      if (said.keyed.has(n)) expect(keys, `keys of ${n}`).toBeDefined();
      if (said.erased.has(n)) expect([keys, history], `erased ${n}`).toEqual(['erased', []]);
      // An erasure may have been under way: then its keys are gone, and the rows are all there or all gone.
      if (said.appended.has(n) && keys !== 'erased')
        expect(history.length, `rows of ${n}`).toBeGreaterThan(0);
      if (history.length === 0) continue;
      rows += history.length;
      expect(keys, `no row is without keys: ${n}`).toBeDefined();
      expect(history.length, `all rows of ${n}`).toBe(history[0]?.sealed[0]);
      const stored = await store.people.load(personOf(n));
      expect(stored?.entries.map(({ seq }) => seq)).toEqual(history.map((_, seq) => seq));
      expect(leaves.has(leafOf(n).join()), `the leaf of ${n} came with its rows`).toBe(true);
    }
    return rows;
  } finally {
    await store.close();
  }
}

describe('kill -9 under load', () => {
  it(`[S13] ${ROUNDS} kills: nothing acknowledged is lost, nothing is torn, nobody is back`, async () => {
    const home = newHome();
    const random = seededRandom(SEED);
    let rows = 0;
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const said: Said = { appended: new Set(), keyed: new Set(), erased: new Set() };
      const from = round * ROUND_NUMBERS;
      await runAndKill(home, from, random.below(400), said);
      const left = plantedIn(home.dataDir);
      expect([...said.erased].filter((n) => left.has(n))).toEqual([]);
      rows += await checkRound(home, from, said);
      acknowledged += said.appended.size;
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS);
    expect(rows).toBeGreaterThan(acknowledged);
    home.remove();
  });
});
