// Goal: a shop that moves to PostgreSQL and back is the same shop, row by row, and its decisions replay byte
// for byte; its log goes along; a move that is stopped goes on, and nobody serves half of one. Method: the
// server of the end-to-end tests and the real command; then stores that fail on purpose.

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openMovable as openDatabases } from '../../src/adapters/postgres/moving.ts';
import { openMovable as openFolder } from '../../src/adapters/sqlite/moving.ts';
import { openEmbeddedStore } from '../../src/adapters/sqlite/store.ts';
import { openAsSet } from '../../src/presets/cluster.ts';
import { MOVE_MARK, moveShop } from '../../src/presets/moving.ts';
import { bytesOf, entryOf, faultOf, leafOf, personOf } from '../contracts/samples.ts';
import { verifyReceipt } from '../../src/prove/verify.ts';
import { publishVkey } from '../../src/surfaces/cli/home/vkey-file.ts';
import { decideFor, exportOf, pathOf, usesFacts } from '../support/e2e-ask.ts';
import { readDisk } from '../support/e2e-checks.ts';
import { type Auditor, createAuditor } from '../support/e2e-log.ts';
import { type Running, fineline, startServer } from '../support/e2e-running.ts';
import { BUYERS, newHome, stock } from '../support/e2e-shop.ts';
import { newDatabase } from '../support/postgres.ts';

import type { Movable } from '../../src/engine/ports.ts';

const told = z.object({
  people: z.number(),
  entries: z.number(),
  keys: z.number(),
  hash: z.string(),
  log: z.object({ size: z.number(), waiting: z.number() }),
});

interface Life {
  readonly home: string;
  readonly data: string;
  readonly keys: string;
  readonly decisions: readonly string[];
  readonly statistics: unknown;
  /** Follows the log wherever it lies. */
  readonly auditor: Auditor;
  /** File with the receipt of the first of the decisions. */
  readonly receipt: string;
}

/** What the log has of a decision, in time. */
async function receiptOf(server: Running, decision: string): Promise<string> {
  const ask = () => server.http('GET', `/v1/receipts/${decision}`, { key: server.keys.officer });
  await expect.poll(async () => (await ask()).status, { timeout: 20_000, interval: 200 }).toBe(200);
  return (await ask()).text;
}

/** A shop that has lived a little: somebody left, somebody took a yes back. It rests. */
async function livedShop(): Promise<Life> {
  const home = newHome();
  const server = await startServer(home);
  await stock(server);
  const [left = '', changed = ''] = BUYERS;
  const key = server.keys.officer;
  const decided = await Promise.all(BUYERS.map((person) => decideFor(server, person)));
  expect((await server.http('DELETE', pathOf({ name: left }), { key })).status).toBeLessThan(300);
  const grants = [{ category: '*', purpose: 'improve', state: 'withdrawn' }];
  const body = { grants, notice: { id: 'notice-1', language: 'en' } };
  expect((await server.http('PUT', `${pathOf({ name: changed })}/consent`, { key, body })).status).toBe(200);
  const statistics = await server.inPrivate('statistics');
  const decisions = decided.slice(1).map(({ decision }) => decision);
  const receipt = join(home, 'receipt.txt');
  writeFileSync(receipt, await receiptOf(server, decisions[0]!));
  const vkey = (await server.http('GET', '/log/vkey')).text.trim();
  const auditor = createAuditor(vkey);
  await auditor.follow((path) => server.bytes(`/log/${path}`));
  publishVkey(join(home, 'log'), vkey);
  expect(await server.stop()).toBe(0);
  const urls = { data: await newDatabase(), keys: await newDatabase() };
  return { home, ...urls, decisions, statistics, auditor, receipt };
}

async function assertSame({ home, decisions, statistics, auditor, receipt }: Life): Promise<void> {
  const server = await startServer(home);
  for (const decision of decisions) {
    expect(await server.inPrivate('replay', decision)).toMatchObject({ same: true });
  }
  expect(await server.inPrivate('statistics')).toBe(statistics);
  const [left = '', , stays = ''] = BUYERS;
  expect(usesFacts(await decideFor(server, left))).toBe(false);
  expect((await exportOf(server, { name: stays })).facts.length).toBeGreaterThan(0);
  // The log goes on from what was seen in the other place: what is decided here is proved, and so is a
  // receipt of before.
  await receiptOf(server, (await decideFor(server, stays)).decision);
  await auditor.follow((path) => server.bytes(`/log/${path}`));
  expect(verifyReceipt(await receiptOf(server, decisions[0]!), auditor.trust).ok).toBe(true);
  expect(await server.stop()).toBe(0);
  await auditor.follow(readDisk(home));
  expect(auditor.compareAll()).toBeGreaterThan(1);
  const checked = await fineline('verify', receipt, '--log', join(home, 'log'));
  expect(checked.code, checked.out + checked.err).toBe(0);
}

const PEOPLE = 12;

/** Twelve people with journals of every shape, without a server. */
async function fill(folders: { readonly dataDir: string; readonly keysDir: string }): Promise<void> {
  const store = await openEmbeddedStore(folders);
  const people = Array.from({ length: PEOPLE }, (_, n) => personOf(n));
  await store.keys.create(people);
  await store.people.append(
    people.flatMap((one, n) => [entryOf(one, n, { leaf: leafOf(n) }), entryOf(one, 50)]),
  );
  const [first, second, third] = [personOf(0), personOf(1), personOf(2)];
  await store.people.compact(first, { upToSeq: 20, sealed: bytesOf(9, 5000), drop: ['event'] });
  await store.keys.revoke(second);
  await store.keys.erase(third, 9000);
  await store.people.erase(third, { keep: [], leaf: leafOf(99) });
  await store.close();
}

describe('a shop that moves', () => {
  it('[Y6] [Y20] to PostgreSQL and back: the same rows, the same decisions, nobody who left', async () => {
    const life = await livedShop();
    const { home, data, keys } = life;
    const urls = ['--data-url', data, '--keys-url', keys, '--home', home, '--json', '--remove-source'];
    const settings = join(home, 'fineline.yaml');
    const embedded = readFileSync(settings, 'utf8');
    const there = await fineline('migrate', '--from', 'embedded', '--to', 'cluster', ...urls);
    expect(there.code, there.err).toBe(0);
    const moved = told.parse(JSON.parse(there.out));
    expect(moved.people).toBe(BUYERS.length);
    expect(moved.keys).toBeGreaterThan(BUYERS.length);
    expect(existsSync(join(home, 'data', 'data.db')) || existsSync(join(home, 'keys', 'keys.db'))).toBe(
      false,
    );
    expect(moved.log.size).toBeGreaterThan(0);
    expect(await faultOf(openAsSet({ home }))).toBe('log-moved');
    appendFileSync(settings, `cluster: ${JSON.stringify({ data, keys })}\n`);
    await assertSame(life);

    const back = await fineline('migrate', '--from', 'cluster', '--to', 'embedded', ...urls);
    expect(back.code, back.err).toBe(0);
    const returned = told.parse(JSON.parse(back.out));
    expect(returned.people).toBeGreaterThanOrEqual(moved.people);
    expect(returned.log.size).toBeGreaterThan(moved.log.size);
    expect(await faultOf(openAsSet({ home }))).toBe('not-migrated');
    writeFileSync(settings, embedded);
    await assertSame(life);
  });

  it('[Y6] a move that was stopped goes on, serves nowhere meanwhile, and finds what differs', async () => {
    const home = newHome();
    const [data, keys] = [await newDatabase(), await newDatabase()];
    const folders = { dataDir: join(home, 'data'), keysDir: join(home, 'keys') };
    await fill(folders);
    const folder = openFolder(folders);
    const databases = await openDatabases({ dataUrl: data, keysUrl: keys });
    let puts = 0;
    const stopping: Movable = {
      ...databases,
      putPerson: async (person) => {
        puts += 1;
        if (puts > 5) throw new Error('planted');
        return databases.putPerson(person);
      },
    };
    await expect(moveShop(folder, stopping)).rejects.toThrow('planted');
    await folder.close();
    await databases.close();
    expect(await faultOf(openAsSet({ home }))).toBe('moving');
    appendFileSync(join(home, 'fineline.yaml'), `cluster: ${JSON.stringify({ data, keys })}\n`);
    expect(await faultOf(openAsSet({ home }))).toBe('moving');

    const [again, target] = [openFolder(folders), await openDatabases({ dataUrl: data, keysUrl: keys })];
    puts = 0;
    const bending: Movable = {
      ...target,
      putPerson: async (person) => {
        puts += 1;
        const entries = person.entries.map((entry, at) => (at === 0 ? { ...entry, expiresDay: 1 } : entry));
        return target.putPerson(puts === 2 ? { ...person, entries } : person);
      },
    };
    expect(await faultOf(moveShop(again, bending))).toBe('differs');
    // Five of before, and none of them twice.
    expect(puts).toBe(PEOPLE - 5);
    puts = 0;
    const counting: Movable = {
      ...target,
      putPerson: async (person) => {
        puts += 1;
        return target.putPerson(person);
      },
    };
    // Stopped at the log, which goes last: neither place opens yet.
    const last = async (): Promise<void> => Promise.reject(new Error('planted'));
    await expect(moveShop(again, counting, { last })).rejects.toThrow('planted');
    for (const side of [again, target]) expect((await side.pointers()).has(MOVE_MARK)).toBe(true);
    expect(await moveShop(again, counting)).toMatchObject({ people: PEOPLE, keys: PEOPLE + 1, leaves: 13 });
    expect(await target.erasures()).toBe(1);
    expect(puts).toBe(1);
    expect(await faultOf(moveShop(again, target))).toBe('not-empty');
    await again.close();
    await target.close();
    // It moved without a log: none is begun beside its people.
    expect(await faultOf(openAsSet({ home }))).toBe('no-log');
  });
});
