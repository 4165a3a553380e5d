// Goal: a shop whose state is in PostgreSQL does what one in its folder does: starts, takes in, learns,
// decides, forgets, starts again, and comes back from a backup without those who left; its log goes on when
// the node that writes it dies, and is made whole from the mirror after a backup was put back. Method: the
// server of the end-to-end tests on homes whose settings name two databases.

import { spawnSync } from 'node:child_process';
import { faultOf } from '../contracts/samples.ts';
import { appendFileSync, cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAsSet } from '../../src/presets/cluster.ts';
import { openEmbedded } from '../../src/presets/embedded.ts';
import { decideFor, exportOf, pathOf, usesFacts } from '../support/e2e-ask.ts';
import { readDisk } from '../support/e2e-checks.ts';
import { type Auditor, type ReadPublic, createAuditor } from '../support/e2e-log.ts';
import { type Running, fineline, startServer } from '../support/e2e-running.ts';
import { BUYERS, newHome, stock } from '../support/e2e-shop.ts';
import { newDatabase, sql } from '../support/postgres.ts';

interface ClusterHome {
  readonly home: string;
  readonly data: string;
  readonly keys: string;
}

async function clusterHome(): Promise<ClusterHome> {
  const home = newHome();
  const [data, keys] = [await newDatabase(), await newDatabase()];
  appendFileSync(join(home, 'fineline.yaml'), `cluster: { data: '${data}', keys: '${keys}' }\n`);
  return { home, data, keys };
}

async function forget(server: Running, person: string): Promise<void> {
  const gone = await server.http('DELETE', pathOf({ name: person }), { key: server.keys.officer });
  expect(gone.status, gone.text).toBeLessThan(300);
}

/** `pg_dump` into plain SQL, as an operator would take a backup. */
function dump(url: string): string {
  const { stdout, stderr, status } = spawnSync('pg_dump', ['--dbname', url], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

function load(url: string, text: string): void {
  const { stderr, status } = spawnSync('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '--dbname', url], {
    encoding: 'utf8',
    input: text,
  });
  expect(status, stderr).toBe(0);
}

// Longer than tests of the same server hold a transaction open: what is below it is followed afterwards.
const POLL = { timeout: 60_000, interval: 200 };

/** An auditor of the mirror that lies in a home, who goes on with what a server shows. */
async function auditorOf(home: string, server: Running): Promise<Auditor> {
  const auditor = createAuditor((await server.http('GET', '/log/vkey')).text.trim());
  await auditor.follow(readDisk(home));
  return auditor;
}

const shownBy =
  (server: Running): ReadPublic =>
  (path) =>
    server.bytes(`/log/${path}`);

const sizeIn = (home: string): number => {
  const file = join(home, 'log', 'public', 'checkpoint');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[1]) : -1;
};

describe('a shop on PostgreSQL', () => {
  it('[Y4] decides after a restart as before, byte for byte, and forgets who leaves', async () => {
    const { home, data } = await clusterHome();
    let server = await startServer(home);
    await stock(server);
    const before = await Promise.all(BUYERS.map((person) => decideFor(server, person)));
    expect(before.some(usesFacts)).toBe(true);
    // Whoever else writes to this server holds up what a look sees.
    await expect
      .poll(() => server.inPrivate('statistics'), POLL)
      .toMatch(new RegExp(`^people ${BUYERS.length}\n`));
    const statistics = await server.inPrivate('statistics');
    await server.kill();

    server = await startServer(home);
    const after = await Promise.all(BUYERS.map((person) => decideFor(server, person)));
    expect(after.map(({ items }) => items)).toEqual(before.map(({ items }) => items));
    for (const { decision } of before) {
      expect(await server.inPrivate('replay', decision)).toMatchObject({ same: true });
    }
    await expect.poll(() => server.inPrivate('statistics'), POLL).toBe(statistics);

    await forget(server, BUYERS[0]!);
    expect(usesFacts(await decideFor(server, BUYERS[0]!))).toBe(false);
    expect(await server.inPrivate('statistics')).not.toBe(statistics);
    expect(await server.stop()).toBe(0);
    const rows = await sql(
      data,
      'SELECT DISTINCT kind FROM entries WHERE person IN (SELECT person FROM people)',
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it('[Y4] a restored backup brings nobody back who left since, nor a yes that was taken back', async () => {
    const { home, data } = await clusterHome();
    let server = await startServer(home);
    await stock(server);
    const [left = '', changed = '', stays = ''] = BUYERS;
    await expect.poll(() => sizeIn(home), POLL).toBeGreaterThan(0);
    const copy = dump(data);
    const copied = sizeIn(home);
    await forget(server, left);
    const grants = [{ category: '*', purpose: 'recommend', state: 'withdrawn' }];
    const body = { grants, notice: { id: 'notice-1', language: 'en' } };
    const said = await server.http('PUT', `${pathOf({ name: changed })}/consent`, {
      key: server.keys.officer,
      body,
    });
    expect(said.status, said.text).toBe(200);
    await expect.poll(() => sizeIn(home), POLL).toBeGreaterThan(copied);
    expect(await server.stop()).toBe(0);
    // As one does it: into a database of its own, then under the settings.
    const restored = await newDatabase();
    load(restored, copy);
    const settings = join(home, 'fineline.yaml');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace(data, restored));

    // The backup lacks what the log signed since: it is taken over from the mirror, and from nowhere else.
    const mirror = join(home, 'log', 'public');
    renameSync(mirror, `${mirror}.away`);
    expect(await faultOf(openAsSet({ home }))).toBe('log-rolled-back');
    rmSync(mirror, { recursive: true, force: true });
    renameSync(`${mirror}.away`, mirror);
    const signed = sizeIn(home);
    server = await startServer(home);
    const auditor = await auditorOf(home, server);
    expect((await auditor.follow(shownBy(server))).size).toBeGreaterThanOrEqual(signed);
    expect(auditor.compareAll()).toBeGreaterThan(0);
    // The model of the backup knows somebody who left since: it does not serve, and a new one does.
    const learned = await server.http('POST', '/v1/learn', { key: server.keys.admin });
    expect(learned.status, learned.text).toBe(200);
    expect(usesFacts(await decideFor(server, left))).toBe(false);
    expect(usesFacts(await decideFor(server, changed))).toBe(false);
    expect(usesFacts(await decideFor(server, stays))).toBe(true);
    expect((await exportOf(server, { name: stays })).facts.length).toBeGreaterThan(0);
    expect(await server.stop()).toBe(0);
  });

  it('[Y7] another node writes the log on when the one that did is killed', async () => {
    const { home } = await clusterHome();
    const first = await startServer(home);
    const copy = newHome();
    for (const name of ['fineline.yaml', 'keys', 'keys.json'])
      cpSync(join(home, name), join(copy, name), { recursive: true });
    const second = await startServer(copy);
    await stock(first);
    await expect.poll(() => sizeIn(home), POLL).toBeGreaterThan(0);
    // What the mirror of the one shows, the other proves; what it shows later contains that.
    const auditor = await auditorOf(home, second);
    await auditor.follow(shownBy(second));
    await first.kill();
    await forget(second, BUYERS[0]!);
    const { size } = await auditor.follow(shownBy(second));
    const grown = async (): Promise<number> => (await auditor.follow(shownBy(second))).size;
    await expect.poll(grown, { timeout: 20_000, interval: 300 }).toBeGreaterThan(size);
    // The mirror goes on in the home of the node that writes now.
    await expect.poll(() => sizeIn(copy), POLL).toBeGreaterThan(size);
    await auditor.follow(readDisk(copy));
    expect(auditor.compareAll()).toBeGreaterThan(1);
    expect(await second.stop()).toBe(0);
  });

  it('[Y5] one process for a home and a number; what lies in the folder is not the shop', async () => {
    const { home } = await clusterHome();
    const first = await openAsSet({ home });
    expect(await faultOf(openAsSet({ home }))).toBe('home-in-use');
    expect(await faultOf(openAsSet({ home }, { node: 0 }))).toBe('node-in-use');
    await first.close();
    expect(await faultOf(openEmbedded({ home }))).toBe('bad-settings');
    const copied = await fineline('backup', '--home', home, '--to', join(home, 'copy.db'));
    expect([copied.code, copied.err.replaceAll(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringContaining('pg_dump'),
    ]);
    rmSync(join(home, 'keys', 'master.key'));
    expect(await faultOf(openAsSet({ home }))).toBe('no-master-key');
  });
});
