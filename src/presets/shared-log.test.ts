// Goal: a shop on PostgreSQL has its log in the databases, one that lay in the home moves there and stays,
// and no second log is ever begun beside one. Method: the preset itself, in this process, over real
// databases.

import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { faultOf } from '../../test/contracts/samples.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { nodeCrypto } from '../adapters/node-crypto/crypto.ts';
import { pooledEntropy } from '../adapters/node-crypto/entropy.ts';
import { openTileLog } from '../adapters/tilelog/tile-log.ts';
import { newDatabase, sql } from '../../test/support/postgres.ts';
import { newLeaves } from '../../test/support/tile-logs.ts';
import { type ClusterOptions, openCluster } from './cluster.ts';
import { LOG_ORIGIN } from './embedded.ts';
import { pathsOf } from './paths.ts';

import type { WitnessLog } from '../engine/ports.ts';

const sizeOf = async (log: WitnessLog): Promise<number> =>
  Number(((await log.checkpoint()) ?? '').split('\n')[1]);

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'fineline-shared-log-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** The log as a version before had it: in the home. */
function openFolder(home: string): WitnessLog {
  const { log, keys } = pathsOf(home);
  const entropy = pooledEntropy();
  const crypto = nodeCrypto({ keysDir: keys, entropy });
  return openTileLog({ dir: log, keyDir: keys, origin: LOG_ORIGIN, crypto, entropy });
}

it('[Y20] a log in a home moves into the databases at the first start, and stays there', async () => {
  const home = newHome();
  const options: ClusterOptions = {
    home,
    postgres: { data: await newDatabase(), keys: await newDatabase() },
  };
  const old = openFolder(home);
  await old.submit(newLeaves(20));
  const { size } = await old.integrate();
  const bundle = await old.read('tile/entries/000.p/16');
  await old.close();
  expect(
    await faultOf(openCluster({ ...options, postgres: { ...options.postgres, roles: ['decide'] } })),
  ).toBe('no-log');
  for (let start = 0; start < 2; start += 1) {
    const after = await openCluster(options);
    expect(await sizeOf(after.engine.core.world.log)).toBeGreaterThanOrEqual(size);
    expect(await after.engine.core.world.log.read('tile/entries/000.p/16')).toEqual(bundle);
    await after.engine.maintain();
    // Another node whose home still has the old log opens beside it.
    if (start === 1) await (await openCluster({ ...options, home: copyOf(home) })).close();
    await after.close();
  }
  expect(await faultOf(Promise.resolve().then(() => openFolder(home)))).toBe('log-moved');
});

function copyOf(home: string): string {
  const copy = newHome();
  for (const name of ['fineline.yaml', 'fineline.policy.yaml', 'keys', 'log'])
    cpSync(join(home, name), join(copy, name), { recursive: true });
  return copy;
}

it('[Y7] no second log is begun: not without the key, and not beside people of one elsewhere', async () => {
  const home = newHome();
  const options: ClusterOptions = {
    home,
    postgres: { data: await newDatabase(), keys: await newDatabase() },
  };
  await (await openCluster(options)).close();
  const other = newHome();
  cpSync(join(home, 'keys'), join(other, 'keys'), { recursive: true });
  rmSync(join(other, 'keys', 'log.key'));
  expect(await faultOf(openCluster({ ...options, home: other }))).toBe('no-log-key');
  expect(existsSync(join(other, 'keys', 'log.key'))).toBe(false);
  // People of a version that had the log in another home: theirs goes on first.
  await sql(options.postgres.data, 'TRUNCATE log_head, log_waiting, log_entries, log_tiles');
  await sql(options.postgres.keys, 'DELETE FROM log_guard');
  expect(await faultOf(openCluster(options))).toBe('no-log');
});
