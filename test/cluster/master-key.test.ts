// Goal: the master key is replaced while several nodes serve: none seals with it before all hold it, one that
// was away says by name what it lacks, and a copy of the keys from before needs the old one. Method: real
// servers, each with a home, on one PostgreSQL; the real command.

import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Database } from '../../src/adapters/postgres/database.ts';
import { masterTable } from '../../src/adapters/postgres/masters.ts';
import { loadMasters } from '../../src/adapters/sqlite/master-key.ts';
import { createRing } from '../../src/adapters/sqlite/ring.ts';
import { openAsSet } from '../../src/presets/cluster.ts';
import { pathsOf } from '../../src/presets/paths.ts';
import { lookUpSettings } from '../../src/presets/settings-file.ts';
import { decideFor, pathOf } from '../support/e2e-ask.ts';
import { fineline, startServer } from '../support/e2e-running.ts';
import { BUYERS, newHome, stock } from '../support/e2e-shop.ts';
import { acts, listed, loadOn } from '../support/master-acts.ts';
import { newDatabase, sql } from '../support/postgres.ts';

const POLL = { timeout: 30_000, interval: 300 };

interface Homes {
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly keysUrl: string;
}

async function threeHomes(): Promise<Homes> {
  const first = newHome();
  const [data, keysUrl] = [await newDatabase(), await newDatabase()];
  appendFileSync(join(first, 'fineline.yaml'), `cluster: { data: '${data}', keys: '${keysUrl}' }\n`);
  return { first, second: newHome(), third: newHome(), keysUrl };
}

function copyHome(from: string, to: string): void {
  for (const name of ['fineline.yaml', 'keys', 'keys.json'])
    cpSync(join(from, name), join(to, name), { recursive: true });
}

it('[Y33] a new master key is used when every node holds it, under load, and the old one ends', async () => {
  const { first, second, third, keysUrl } = await threeHomes();
  const one = await startServer(first);
  for (const home of [second, third]) copyHome(first, home);
  const two = await startServer(second);
  await stock(one);
  const [left = '', ...others] = BUYERS;
  const keysBefore = await Promise.all(others.map((person) => one.inPrivate('keys', person)));
  const copy = spawnSync('pg_dump', ['--dbname', keysUrl], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const loads = [loadOn(one, others), loadOn(two, others.toReversed(), 'two')];

  const { made } = await acts(first).make();
  const early = await fineline('keys', 'use', 'master', made, '--home', first);
  expect([early.code, early.err.replaceAll(/\s+/g, ' ')]).toEqual([
    1,
    expect.stringContaining('is not held by node 1: nothing was changed'),
  ]);
  expect((await listed(first)).masters.map(({ state }) => state)).toEqual(['used']);
  cpSync(join(first, 'keys', `master-${made}.key`), join(second, 'keys', `master-${made}.key`));
  const { used, old } = await acts(first).use(made);
  expect(used).toBe(made);
  const [before = ''] = old;
  const gone = await two.http('DELETE', pathOf({ name: left }), { key: two.keys.officer });
  expect(gone.status, gone.text).toBeLessThan(300);
  await expect.poll(async () => (await listed(first)).wraps(before), POLL).toBe(0);

  // The node that was away: it says what it lacks, and serves with it.
  const refusal = await openAsSet({ home: third }, { node: 5 }).catch((error: unknown) => error);
  expect(String(refusal)).toContain(`the master key ${made}`);
  cpSync(join(first, 'keys', `master-${made}.key`), join(third, 'keys', `master-${made}.key`));
  const three = await startServer(third);
  expect((await decideFor(three, others[0]!)).items.length).toBeGreaterThan(0);
  expect((await listed(first)).running).toEqual([0, 1, 2]);

  await acts(first).end(before);
  for (const load of loads) {
    const { asked, failed } = await load.stop();
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(10);
  }
  for (const home of [first, second, third]) rmSync(join(home, 'keys', 'master.key'), { force: true });
  for (const server of [one, two, three]) {
    expect(await Promise.all(others.map((person) => server.inPrivate('keys', person)))).toEqual(keysBefore);
    expect(await server.inPrivate('keys', left)).toBe('erased');
  }
  await one.kill();
  const again = await startServer(first);
  expect((await decideFor(again, others[0]!)).items.length).toBeGreaterThan(0);
  for (const server of [again, two, three]) expect(await server.stop()).toBe(0);

  // A copy of the keys from before the rotation needs the key of then, and names it.
  const restored = await newDatabase();
  const loaded = spawnSync('psql', ['-q', '--dbname', restored], { encoding: 'utf8', input: copy.stdout });
  expect(loaded.status, loaded.stderr).toBe(0);
  const settings = join(first, 'fineline.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(keysUrl, restored));
  const told = await openAsSet({ home: first }).catch((error: unknown) => error);
  expect(String(told)).toContain(`wrapped with the master key ${before}; at hand: ${made}`);
});

it('[Y33] a node that lacks the key in use is not ready and answers nothing, until it has it', async () => {
  const { first, second, keysUrl } = await threeHomes();
  const one = await startServer(first);
  copyHome(first, second);
  const two = await startServer(second);
  await stock(one);
  const { made, file } = await acts(first).make();
  // Past the command, which would have asked: somebody uses a key that one node does not hold.
  const database = new Database({ url: keysUrl, poolMax: 1 });
  const table = masterTable(database);
  const ring = createRing(() => loadMasters(join(first, 'keys'), undefined, true));
  ring.start(await table.rows(), (await table.page('', 1))[0]?.wrapped);
  expect(await table.announce({ id: made, root: ring.rootBy(made), madeMs: Date.now() })).toBe(true);
  expect(await table.use(made)).toBe(true);
  await database.close();
  const ready = async (): Promise<number> => (await two.http('GET', '/readyz')).status;
  await expect.poll(ready, POLL).toBe(503);
  expect(two.said()).toContain(`master-${made}.key`);
  const asked = await two.http('GET', `${pathOf({ name: BUYERS[3]! })}/export`, { key: two.keys.officer });
  expect([asked.status, asked.text]).toEqual([503, expect.not.stringContaining('no-such-person')]);
  expect((await one.http('GET', '/readyz')).status).toBe(200);
  expect((await decideFor(one, BUYERS[3]!)).items.length).toBeGreaterThan(0);

  cpSync(file, join(second, 'keys', `master-${made}.key`));
  await expect.poll(ready, POLL).toBe(200);
  expect((await decideFor(two, BUYERS[3]!)).items.length).toBeGreaterThan(0);
  for (const server of [one, two]) expect(await server.stop()).toBe(0);
});

it('[Y33] nodes whose connections were cut for a moment are waited for before a key is used', async () => {
  const { first, second } = await threeHomes();
  const one = await startServer(first);
  copyHome(first, second);
  const two = await startServer(second);
  const { data } = lookUpSettings(pathsOf(first)).cluster!;
  const { made } = await acts(first).make();
  const using = fineline('keys', 'use', 'master', made, '--home', first);
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  const isOver = using.then(() => true);
  // As a server of the data does that is started again: for a moment no node has its number.
  for (let over = false; !over;) {
    await sql(data, cut);
    over = await Promise.race([isOver, pause(700, false)]);
  }
  const told = await using;
  expect([told.code, told.err.replaceAll(/\s+/g, ' ')]).toEqual([
    1,
    expect.stringMatching(/is not held by node (?:0, )?1: nothing was changed/),
  ]);
  expect((await listed(first)).masters.map(({ state }) => state)).toEqual(['used']);
  for (const server of [one, two]) expect((await server.http('GET', '/readyz')).status).toBe(200);
  for (const server of [one, two]) expect(await server.stop()).toBe(0);
});

it('[Y33] a shop does not move to a home that was away while its master key was replaced', async () => {
  const { first, second } = await threeHomes();
  expect(await (await startServer(first)).stop()).toBe(0);
  copyHome(first, second);
  const { made, file } = await acts(first).make();
  const { old } = await acts(first).use(made);
  await acts(first).end(old[0]!);
  const move = () =>
    fineline('migrate', '--from', 'cluster', '--to', 'embedded', '--remove-source', '--home', second);
  const refusal = await move();
  expect([refusal.code, refusal.err.replaceAll(/\s+/g, ' ')]).toEqual([
    3,
    expect.stringContaining(`need the master key ${made}, which is not here: nothing was moved`),
  ]);
  expect(await (await startServer(first)).stop()).toBe(0);
  cpSync(file, join(second, 'keys', `master-${made}.key`));
  const moved = await move();
  expect([moved.code, moved.err]).toEqual([0, expect.any(String)]);
});
