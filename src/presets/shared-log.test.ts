// Goal: a shop on PostgreSQL whose log lay in its home goes on with the same log in the databases. Method:
// the preset itself, in this process, over real databases.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isFault } from '../kernel/fault.ts';
import { newDatabase } from '../../test/support/postgres.ts';
import { openCluster } from './cluster.ts';

import type { WitnessLog } from '../engine/ports.ts';

it('[Y20] a log that moves from its home into the databases keeps its tree and stays there', async () => {
  const home = mkdtempSync(join(tmpdir(), 'fineline-shared-log-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const options = { home, postgres: { data: await newDatabase(), keys: await newDatabase() } };
  const sizeOf = async (log: WitnessLog): Promise<number> =>
    Number(((await log.checkpoint()) ?? '').split('\n')[1]);
  const before = await openCluster(options);
  const { log } = before.engine.core.world;
  // To keep the log is a duty, which a node takes soon after its start.
  await expect
    .poll(async () => before.engine.maintain().then(() => sizeOf(log)), { timeout: 20_000 })
    .toBeGreaterThan(0);
  const [size, bundle] = [await sizeOf(log), await log.read('tile/entries/000.p/16')];
  expect(size).toBeGreaterThan(0);
  await before.close();
  for (let start = 0; start < 2; start += 1) {
    const after = await openCluster({ ...options, sharedLog: true });
    expect(await sizeOf(after.engine.core.world.log)).toBeGreaterThanOrEqual(size);
    expect(await after.engine.core.world.log.read('tile/entries/000.p/16')).toEqual(bundle);
    await after.engine.maintain();
    await after.close();
  }
  const code = await openCluster(options).catch((error: unknown) => (isFault(error) ? error.code : error));
  expect(code).toBe('log-moved');
});
