// Goal: what would cost a shop its data is said before it starts. Method: servers of the tests' own, good and
// misconfigured, and the real command.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newServerDir, removeServer, type Server, sql, startServer } from '../../../test/support/postgres.ts';
import { checkCluster } from '../../presets/cluster-check.ts';
import { startCli } from './testing.ts';

const report = z.object({
  good: z.boolean(),
  findings: z.array(
    z.object({ about: z.string(), level: z.string(), found: z.string(), remedy: z.string().optional() }),
  ),
});

let bad: Server;
let good: Server;
let home: string;

beforeAll(async () => {
  // `fsync` is off in every server of the tests; one says that it is on.
  good = startServer(newServerDir(), ['fsync=on', "synchronous_standby_names=''"]);
  bad = startServer(newServerDir(), ['synchronous_commit=off', 'full_page_writes=off', 'max_connections=12']);
  for (const server of [good, bad]) {
    await sql(server.url('postgres'), 'CREATE DATABASE data');
    await sql(server.url('postgres'), 'CREATE DATABASE keys');
  }
  await sql(bad.url('postgres'), `CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`);
  home = mkdtempSync(join(tmpdir(), 'fineline-cluster-'));
});

afterAll(() => {
  removeServer(good.dir);
  removeServer(bad.dir);
  rmSync(home, { recursive: true, force: true });
});

const levels = async (data: string, keys: string): Promise<Readonly<Record<string, string>>> => {
  const findings = await checkCluster({ postgres: { data, keys } });
  return Object.fromEntries(findings.map(({ about, level }) => [about, level]));
};

describe('fineline cluster check', () => {
  it('[Q70] finds nothing against a good pair, and says what could be better', async () => {
    const found = await levels(good.url('data'), good.url('keys'));
    expect(Object.values(found)).not.toContain('bad');
    expect(found).toMatchObject({
      'data: version': 'good',
      'data: fsync': 'good',
      'data: clock': 'good',
      'keys: schema': 'good',
      'data: replicas': 'doubtful',
      'data and keys apart': 'doubtful',
    });
    const two = await levels(good.url('data'), bad.url('keys'));
    expect(two['data and keys apart']).toBe('good');
  });

  it('[Q70] names each setting that breaks a promise', async () => {
    expect(await levels(bad.url('latin'), bad.url('latin'))).toMatchObject({
      'data: fsync': 'bad',
      'data: full_page_writes': 'bad',
      'data: synchronous_commit': 'bad',
      'data: encoding': 'bad',
      'data: connections': 'bad',
      'data and keys apart': 'bad',
    });
  });

  it('[Q70] tells a server that is not there, a wrong schema, a standby and missing rights', async () => {
    expect(await levels(good.url('nowhere'), good.url('keys'))).toMatchObject({ 'data: reachable': 'bad' });
    const url = good.url('data');
    await sql(
      url,
      `CREATE TABLE fineline_schema (role text, version int);
       INSERT INTO fineline_schema VALUES ('data', 99)`,
    );
    expect(await levels(url, good.url('keys'))).toMatchObject({ 'data: schema': 'bad' });
    await sql(url, `UPDATE fineline_schema SET role = 'keys', version = 1`);
    expect(await levels(url, good.url('keys'))).toMatchObject({ 'data: schema': 'bad' });
    await sql(url, 'DROP TABLE fineline_schema; CREATE ROLE guest LOGIN');
    await sql(url, 'ALTER DATABASE data SET default_transaction_read_only = on');
    const guest = url.replace('fineline@', 'guest@');
    expect(await levels(guest, good.url('keys'))).toMatchObject({
      'data: takes writes': 'bad',
      'data: schema': 'bad',
    });
    await sql(good.url('postgres'), 'ALTER DATABASE data RESET default_transaction_read_only');
  });

  it('[Q70] reads settings or flags, prints a report or JSON, and ends by it', async () => {
    const none = await startCli(['cluster', 'check', '--home', home]).ended;
    expect([none.code, none.err.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringContaining('--data-url')]);
    const cluster = JSON.stringify({ data: bad.url('data'), keys: good.url('keys') });
    writeFileSync(join(home, 'fineline.yaml'), `controller: shop\ncluster: ${cluster}\n`);
    const named = await startCli(['cluster', 'check', '--home', home]).ended;
    expect([named.code, named.err]).toEqual([1, '']);
    expect(named.out).toContain('✗ data: fsync: off.');
    expect(named.out).toMatch(/\d to mend before a start\./);
    expect(Math.max(...named.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const flags = ['--data-url', good.url('data'), '--keys-url', good.url('keys'), '--json'];
    const told = await startCli(['cluster', 'check', ...flags]).ended;
    expect([told.code, report.parse(JSON.parse(told.out)).good]).toEqual([0, true]);
  });

  it('[Q70] looks at the event stream, too, and repeats no password', async () => {
    const nats = 'nats://shop:secret-word@127.0.0.1:1';
    const findings = await checkCluster({
      postgres: { data: good.url('data'), keys: good.url('keys') },
      stream: { address: nats },
    });
    const lost = findings.find(({ about }) => about === 'events: connection');
    expect(lost).toMatchObject({ level: 'bad', remedy: expect.stringMatching(/Start the servers.*[a-z]$/) });
    expect(JSON.stringify(findings)).not.toContain('secret-word');
  });
});
