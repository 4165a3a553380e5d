// Goal: three processes that learn together, killed at random moments while people buy, say no and are
// erased, have learned in the end what one engine would have. Method: real processes with real workers on a
// real PostgreSQL, kill -9; a single engine in memory is told the same.

import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { type Node, newCluster } from '../support/cluster-nodes.ts';
import { THINGS, item, openHouse, personId } from '../support/house.ts';
import { type Pair, newPair } from '../support/postgres-pair.ts';
import { ALL_LEARNED, actsOf, learnedBy } from '../support/shared-learning.ts';

const IS_FULL = process.env['FINELINE_FULL'] === '1';

let pair: Pair;
let shop: Node;
const children = new Map<number, ChildProcess>();

async function start(number: number): Promise<void> {
  const { dataUrl, keysUrl, master } = pair;
  const file = new URL('../support/learner-child.ts', import.meta.url);
  const child = fork(file, [dataUrl, keysUrl, Buffer.from(master).toString('hex'), String(number)], {
    execArgv: [],
  });
  children.set(number, child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`the node ended with ${code}`));
    });
  });
}

async function kill(number: number): Promise<void> {
  const child = children.get(number);
  children.delete(number);
  if (child === undefined || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Of whoever has the duty; `undefined` while nobody knows. */
async function learned(): Promise<string | undefined> {
  const answers = await Promise.all(
    [...children.values()].map(
      (child) =>
        new Promise<string | undefined>((resolve) => {
          child.once('message', (message: { readonly learned?: string }) => resolve(message.learned));
          child.send('learned');
        }),
    ),
  );
  return answers.find((answer) => answer !== undefined);
}

afterEach(async () => {
  for (const number of children.keys()) await kill(number);
  await shop.close();
  await pair.end();
});

describe('learners that are killed', () => {
  it(
    '[E220] three processes, killed at random moments, learn what one engine learns',
    async () => {
      pair = await newPair();
      const random = seededRandom(12);
      shop = await newCluster(pair).open(9, { settings: ALL_LEARNED, roles: ['collect', 'decide'] });
      const alone = await openHouse({ settings: ALL_LEARNED });
      for (const { engine } of [shop, alone]) await engine.putItems(THINGS.map((id) => item(id)));
      await Promise.all([0, 1, 2].map(start));
      let kills = 0;
      const starting: Promise<void>[] = [];
      for (const act of actsOf(random, 60, IS_FULL ? 1500 : 200)) {
        await act(alone).catch(() => undefined);
        await act(shop).catch(() => undefined);
        await pause(random.below(20));
        const number = random.below(3);
        if (random.below(25) > 0 || !children.has(number)) continue;
        await kill(number);
        kills += 1;
        // Others take over while it begins again.
        starting.push(start(number));
      }
      await Promise.all(starting);
      for (const engine of [shop.engine, alone.engine])
        await engine.erase(personId('p3')).catch(() => undefined);
      expect(kills).toBeGreaterThan(3);
      let ours: string | undefined;
      await expect.poll(async () => (ours = await learned()), { timeout: 300_000 }).toBeDefined();
      expect(ours).toBe(await learnedBy(alone));
      expect(ours?.length).toBeGreaterThan(3000);
    },
    IS_FULL ? 1_800_000 : 600_000,
  );
});
