// Goal: many nodes are one log, and none of them can be brought to sign what lacks what was signed before.
// Method: nodes with connections of their own over a real server; databases are copied, put back and spoilt.

import { setTimeout as pause } from 'node:timers/promises';
import { faultOf } from '../../../../test/contracts/samples.ts';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { hex } from '../../../kernel/bytes.ts';
import { faultsOf, newSeen } from '../../../../test/support/log-forks.ts';
import { logKey } from '../../../../test/support/log-key.ts';
import { newDatabase, sql } from '../../../../test/support/postgres.ts';
import { type LogUrls, openNode, pairOfTest } from '../../../../test/support/postgres-logs.ts';
import { assertIncluded, checkpointOf, newLeaf, newLeaves } from '../../../../test/support/tile-logs.ts';

import type { PostgresLog } from './log.ts';

const LEASE_MS = 200;

afterEach(() => {
  vi.restoreAllMocks();
});

async function openLog(urls: LogUrls, leaseMs = LEASE_MS): Promise<PostgresLog> {
  const { log, end } = await openNode(urls, { leaseMs });
  onTestFinished(end);
  return log;
}

async function grow(log: PostgresLog, count: number): Promise<number> {
  await log.submit(newLeaves(count));
  return (await log.integrate()).size;
}

describe('many nodes', () => {
  it('[PL1] hand over, prove and show; one of them writes; what comes twice is there once', async () => {
    const urls = await pairOfTest();
    const nodes = [await openLog(urls, 60_000), await openLog(urls), await openLog(urls)];
    const seen = newSeen();
    const own = await Promise.all(
      nodes.map(async (node) => {
        const leaves = newLeaves(150);
        await node.submit(leaves);
        seen.acknowledged.push(...leaves.map(hex));
        return leaves;
      }),
    );
    const all = own.flat();
    await Promise.all(nodes.map(async (node) => node.submit(all.toReversed())));
    const leading = await Promise.all(nodes.map(async (node) => node.leads()));
    expect(leading.filter(Boolean)).toHaveLength(1);
    const { size } = await nodes[leading.indexOf(false)]!.integrate();
    expect(size).toBe(0);
    await nodes[leading.indexOf(true)]!.integrate();
    await Promise.all(nodes.map(async (node) => node.submit(all)));
    for (const node of nodes) {
      expect((await node.integrate()).size).toBe(464);
      expect(await assertIncluded(node, all[0]!)).toBe(await assertIncluded(nodes[0]!, all[0]!));
      expect(await faultsOf(node, seen)).toEqual([]);
    }
  });

  it('[PL1] a leaf that is put again while it enters is dropped, and the batch goes on', async () => {
    const urls = await pairOfTest();
    const log = await openLog(urls);
    const leaf = newLeaf();
    await log.submit([leaf]);
    await log.integrate();
    await sql(urls.dataUrl, `INSERT INTO log_waiting VALUES ('\\x${hex(leaf)}')`);
    const size = await grow(log, 3);
    expect(await sql(urls.dataUrl, 'SELECT FROM log_waiting')).toEqual([]);
    expect(await faultsOf(log, newSeen())).toEqual([]);
    expect(size).toBe(32);
  });

  it('[PL2] the lease goes by the clock of the server, whatever a node thinks of the hour', async () => {
    const urls = await pairOfTest();
    const first = await openLog(urls, 60_000);
    expect(await first.leads()).toBe(true);
    const second = await openLog(urls, 60_000);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 1e10);
    expect(await second.leads()).toBe(false);
    vi.spyOn(Date, 'now').mockReturnValue(0);
    expect([await first.leads(), await second.leads()]).toEqual([true, false]);
    const [before] = await sql(urls.dataUrl, 'SELECT token FROM log_head');
    await sql(urls.dataUrl, 'UPDATE log_head SET expires = clock_timestamp()');
    expect([await second.leads(), await first.leads()]).toEqual([true, false]);
    const [after] = await sql(urls.dataUrl, 'SELECT token FROM log_head');
    expect(Number(after?.['token'])).toBe(Number(before?.['token']) + 1);
  });

  it('[PL2] who closes gives the lease back; who dies is followed when it has ended', async () => {
    const urls = await pairOfTest();
    const closing = await openLog(urls, 60_000);
    const next = await openNode(urls, { leaseMs: LEASE_MS });
    expect([await closing.leads(), await next.log.leads()]).toEqual([true, false]);
    await closing.close();
    expect(await next.log.leads()).toBe(true);
    await next.end();
    const last = await openLog(urls);
    await pause(1.5 * LEASE_MS);
    expect(await last.leads()).toBe(true);
    expect(await faultOf(closing.leads())).toBe('log-closed');
  });

  it('[PL9] a node that may not write never takes the lease, and does all else', async () => {
    const urls = await pairOfTest();
    const reading = { mayWrite: false, leaseMs: 50 };
    expect(await faultOf(openNode(urls, reading))).toBe('no-log');
    expect(await sql(urls.dataUrl, 'SELECT token FROM log_head')).toEqual([]);
    const writer = await openNode(urls, { leaseMs: LEASE_MS });
    await writer.log.close();
    await writer.end();
    const token = await sql(urls.dataUrl, 'SELECT token FROM log_head');
    const { log, end } = await openNode(urls, reading);
    onTestFinished(end);
    const leaf = newLeaf();
    await log.submit([leaf]);
    expect([await log.leads(), (await log.integrate()).size]).toEqual([false, 0]);
    expect(await sql(urls.dataUrl, 'SELECT token FROM log_head')).toEqual(token);
    const next = await openLog(urls);
    await next.integrate();
    await assertIncluded(log, leaf);
    await log.close();
  });

  it('[PL7] a node with another key, or for another log, is refused', async () => {
    const urls = await pairOfTest();
    await openLog(urls);
    const { signer, publicKey } = logKey('town.example/log', 8);
    const crypto = { publicKey, sign: (message: Uint8Array) => signer.sign(message), verify: () => true };
    expect(await faultOf(openNode(urls, { crypto }))).toBe('log-other-key');
    expect(await faultOf(openNode(urls, { origin: 'other.example/log' }))).toBe('log-other-origin');
  });
});

const TABLES = ['log_head', 'log_waiting', 'log_entries', 'log_tiles'] as const;
/** The tables as they are now, kept beside them. */
const keep = (url: string): Promise<unknown> =>
  sql(url, TABLES.map((name) => `CREATE TABLE kept_${name} AS SELECT * FROM ${name};`).join('\n'));
/** As a backup does it: without asking any trigger. */
const putBack = (url: string): Promise<unknown> =>
  sql(
    url,
    TABLES.map((name) => `TRUNCATE ${name}; INSERT INTO ${name} SELECT * FROM kept_${name};`).join('\n'),
  );
const dropKept = (url: string): Promise<unknown> =>
  sql(url, TABLES.map((name) => `DROP TABLE kept_${name};`).join('\n'));

describe('what was signed rules', () => {
  it('[PL5] [PL6] data of yesterday are refused, at the opening and by a node that runs', async () => {
    const urls = await pairOfTest();
    const log = await openLog(urls);
    await grow(log, 20);
    await keep(urls.dataUrl);
    await grow(log, 20);
    await putBack(urls.dataUrl);
    await log.submit(newLeaves(40));
    expect(await faultOf(log.integrate())).toBe('log-rolled-back');
    expect(await faultOf(openNode(urls))).toBe('log-rolled-back');
    await dropKept(urls.dataUrl);
  });

  it('[PL6] data of yesterday take over from a copy what they lack, if every hash fits', async () => {
    const urls = await pairOfTest();
    const log = await openLog(urls);
    await grow(log, 300);
    await keep(urls.dataUrl);
    await grow(log, 300);
    const paths = ['checkpoint', 'tile/entries/000', 'tile/entries/001', 'tile/entries/002.p/96'];
    const files = new Map<string, Uint8Array>();
    for (const path of paths) files.set(path, (await log.read(path)) ?? new Uint8Array(0));
    await putBack(urls.dataUrl);
    await dropKept(urls.dataUrl);
    const copy = async (path: string): Promise<Uint8Array | undefined> => files.get(path);
    const bent = async (path: string): Promise<Uint8Array | undefined> =>
      path.endsWith('96')
        ? files.get(path)?.map((byte, at) => (at === 50 ? byte ^ 1 : byte))
        : files.get(path);
    await pause(1.5 * LEASE_MS);
    // It gives the lease back, so that a node with a copy that fits does not wait.
    expect(await faultOf(openNode(urls, { copy: bent, leaseMs: 60_000 }))).toBe('log-rolled-back');
    const { log: healed, end } = await openNode(urls, { copy, leaseMs: 50 });
    onTestFinished(end);
    expect(checkpointOf((await healed.checkpoint()) ?? '').size).toBe(608);
    await pause(200);
    expect(await grow(healed, 5)).toBe(624);
    expect(await faultsOf(healed, newSeen())).toEqual([]);
  });

  it('[PL6] of two servers that both act as the primary one signs, the other never again', async () => {
    const pair = await pairOfTest();
    const twin = await newDatabase();
    const begun = await openNode(pair);
    await grow(begun.log, 300);
    await begun.log.close();
    await begun.end();
    const name = (url: string): string => /\/(\w+)\?/.exec(url)?.[1] ?? '';
    await sql(twin.replace(name(twin), 'postgres'), `DROP DATABASE ${name(twin)}`);
    await sql(
      twin.replace(name(twin), 'postgres'),
      `CREATE DATABASE ${name(twin)} TEMPLATE ${name(pair.dataUrl)}`,
    );
    const seen = newSeen();
    const onSign = (text: string): number => seen.signed.push(text);
    const [one, two] = [
      await openNode(pair, { onSign, leaseMs: LEASE_MS }),
      await openNode({ ...pair, dataUrl: twin }, { onSign, leaseMs: LEASE_MS }),
    ];
    for (const { log } of [one, two]) await log.submit(newLeaves(5));
    const ends = await Promise.all([faultOf(one.log.integrate()), faultOf(two.log.integrate())]);
    expect(ends.toSorted()).toEqual(['log-rolled-back', undefined]);
    const [winner, loser] = ends[0] === undefined ? [one, two] : [two, one];
    expect(await faultOf(loser.log.integrate())).toBe('log-rolled-back');
    await grow(winner.log, 5);
    expect(await faultsOf(winner.log, seen)).toEqual([]);
    for (const { end } of [one, two]) await end();
  });

  it('[PL6] without the guard nothing is signed', async () => {
    const urls = await pairOfTest();
    const log = await openLog(urls);
    const size = await grow(log, 20);
    await sql(urls.keysUrl, 'DELETE FROM log_guard');
    await log.submit(newLeaves(5));
    expect(await faultOf(log.integrate())).toBe('log-guard-missing');
    expect(await faultOf(openNode(urls))).toBe('log-guard-missing');
    expect(checkpointOf((await log.checkpoint()) ?? '').size).toBe(size);
  });

  it('[PL5] a tree that lacks what a witness cosigned is not signed', async () => {
    const urls = await pairOfTest();
    const log = await openLog(urls);
    await grow(log, 20);
    await log.witnessed((await log.checkpoint()) ?? '');
    await grow(log, 20);
    expect(await faultOf(log.witnessed('somebody\n4\nAAAA\n'))).toBe('log-other-origin');
    await sql(urls.keysUrl, `UPDATE log_guard SET root = sha256('another') WHERE kind = 'witnessed'`);
    await log.submit(newLeaves(5));
    expect(await faultOf(log.integrate())).toBe('log-rolled-back');
    expect(await faultOf(openNode(urls))).toBe('log-rolled-back');
  });

  it('[PL5] a new writer refuses tiles that do not give the root, and another’s checkpoint', async () => {
    const urls = await pairOfTest();
    const log = await openLog(urls);
    await grow(log, 20);
    const late = await openLog(urls, 60_000);
    const replica = 'SET session_replication_role = replica;';
    await sql(urls.dataUrl, `CREATE TABLE kept_tiles AS SELECT * FROM log_tiles`);
    await sql(
      urls.dataUrl,
      `${replica} UPDATE log_tiles SET hashes = set_byte(hashes, 7, 7) WHERE level = 0`,
    );
    await pause(1.5 * LEASE_MS);
    expect(await faultOf(openNode(urls))).toBe('log-damaged');
    // Whoever takes the lease and cannot prove the tree gives it back: the next has it at once.
    await late.submit(newLeaves(5));
    expect(await faultOf(late.integrate())).toBe('log-damaged');
    await sql(urls.dataUrl, 'TRUNCATE log_tiles; INSERT INTO log_tiles SELECT * FROM kept_tiles');
    const next = await openLog(urls, 50);
    expect(await next.leads()).toBe(true);
    await next.close();
    await sql(urls.dataUrl, 'DROP TABLE kept_tiles');
    await sql(urls.dataUrl, `UPDATE log_head SET note = 'nobody'`);
    expect(await faultOf(openNode(urls))).toBe('log-damaged');
  });

  it('[PL8] the database refuses to rewrite the log', async () => {
    const urls = await pairOfTest();
    const log = await openLog(urls);
    await grow(log, 300);
    const refused = [
      'UPDATE log_tiles SET hashes = set_byte(hashes, 7, 7) WHERE level = 0 AND idx = 0',
      'UPDATE log_tiles SET hashes = substring(hashes FROM 1 FOR 32) WHERE level = 0 AND idx = 1',
      'UPDATE log_head SET size = size - 1, signed = 0',
      `UPDATE log_head SET root = sha256('another')`,
      'UPDATE log_head SET signed = signed - 1',
      'UPDATE log_head SET token = token - 1',
      'INSERT INTO log_entries SELECT idx + 1000, leaf FROM log_entries LIMIT 1',
    ];
    for (const statement of refused)
      await expect(sql(urls.dataUrl, statement), statement).rejects.toThrow(/only grow|duplicate key/);
    expect(await faultsOf(log, newSeen())).toEqual([]);
  });
});
