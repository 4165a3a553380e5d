// Goal: the master key is replaced while a shop serves, whatever stops on the way, and no person is lost,
// come back, or opened by a key that ended. Method: real servers, the real command, kills, disks that are
// full.

import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeMaster } from '../../src/adapters/sqlite/master-key.ts';
import { openMasterTable } from '../../src/adapters/sqlite/masters.ts';
import { openEmbeddedStore } from '../../src/adapters/sqlite/store.ts';
import { createWrapping, masterIdOf } from '../../src/adapters/sqlite/wrapping.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { cli, startCli } from '../../src/surfaces/cli/testing.ts';
import { faultOf, personOf } from '../contracts/samples.ts';
import { decideFor, pathOf, send, usesFacts } from '../support/e2e-ask.ts';
import { acts, listed, loadOn, wrapBack } from '../support/master-acts.ts';
import { fineline, startServer } from '../support/e2e-running.ts';
import { BUYERS, newHome, stock } from '../support/e2e-shop.ts';

const POLL = { timeout: 20_000, interval: 200 };

const keyFiles = (home: string): readonly string[] =>
  readdirSync(join(home, 'keys')).filter((name) => name.endsWith('.key') && name.startsWith('master'));

const stored = (home: string) =>
  openEmbeddedStore({ dataDir: join(home, 'data'), keysDir: join(home, 'keys') });

describe('another master key in an embedded home', () => {
  it('[Y34] under load all are served, names stay, the old key ends and is not needed', async () => {
    const home = newHome();
    let server = await startServer(home);
    await stock(server);
    const [left = '', ...others] = BUYERS;
    const before = await Promise.all(others.map((person) => decideFor(server, person)));
    const keysBefore = await Promise.all(others.map((person) => server.inPrivate('keys', person)));
    const nameBefore = await server.inPrivate('key-of', left);
    const copy = join(home, 'copy.db');
    expect((await fineline('backup', '--home', home, '--to', copy)).code).toBe(0);

    const token = await server.token(others[0]!);
    const opens = async (key: string): Promise<number> =>
      (await server.http('GET', pathOf({ name: others[0]! }), { key })).status;

    const load = loadOn(server, others);
    const { used, old } = await acts(home).rotate();
    expect(old).toHaveLength(1);
    const [first = ''] = old;
    const gone = await server.http('DELETE', pathOf({ name: left }), { key: server.keys.officer });
    expect(gone.status, gone.text).toBeLessThan(300);
    const newer = await server.token(others[0]!);
    expect([await opens(token), await opens(newer)]).toEqual([200, 200]);
    await expect.poll(async () => (await listed(home)).wraps(first), POLL).toBe(0);
    const told = await listed(home);
    expect([told.wraps(used), told.unreadable]).toEqual([told.rows, 0]);
    expect((await acts(home).end(first)).file).toBe(join(home, 'keys', 'master.key'));
    // What the old key signed ends with it; what the new one signed does not.
    await expect.poll(() => opens(token), POLL).toBe(401);
    expect(await opens(newer)).toBe(200);
    const { asked, failed } = await load.stop();
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(20);
    expect(statSync(join(home, 'keys', `master-${used}.key`)).mode & 0o777).toBe(0o600);
    renameSync(join(home, 'keys', 'master.key'), join(home, 'old.key'));
    await server.kill();

    server = await startServer(home);
    const after = await Promise.all(others.map((person) => decideFor(server, person)));
    expect(after.map(({ items }) => items.length)).toEqual(before.map(({ items }) => items.length));
    expect(after.some(usesFacts)).toBe(true);
    expect(await Promise.all(others.map((person) => server.inPrivate('keys', person)))).toEqual(keysBefore);
    expect(await server.inPrivate('key-of', left)).toBe(nameBefore);
    expect(await server.inPrivate('keys', left)).toBe('erased');
    expect(await server.stop()).toBe(0);

    // A copy of the data from before fits, and brings nobody back.
    const restored = await fineline('restore', '--home', home, '--from', copy, '--json');
    expect([restored.code, JSON.parse(restored.out)]).toEqual([0, expect.objectContaining({ purged: 1 })]);
  });

  it('[Y34] a copy of the keys from before says by its name which key it needs', async () => {
    const home = newHome();
    const store = await stored(home);
    await store.keys.create([personOf(1)]);
    await store.close();
    cpSync(join(home, 'keys'), join(home, 'keys-before'), { recursive: true });
    const copy = join(home, 'copy.db');
    expect((await fineline('backup', '--home', home, '--to', copy)).code).toBe(0);
    const { used, old } = await acts(home).rotate();
    const [first = ''] = old;
    await acts(home).end(first);
    // Put back as an operator might: the old store of keys, and only the key that is in use now.
    for (const name of readdirSync(join(home, 'keys')))
      if (name.startsWith('keys.db')) rmSync(join(home, 'keys', name));
    cpSync(join(home, 'keys-before', 'keys.db'), join(home, 'keys', 'keys.db'));
    renameSync(join(home, 'keys', 'master.key'), join(home, 'old.key'));
    const refusal = await fineline('restore', '--home', home, '--from', copy);
    expect(refusal.code).toBe(3);
    expect(refusal.err.replaceAll(/\s+/g, ' ')).toContain(
      `wrapped with the master key ${first}; at hand: ${used}`,
    );
    renameSync(join(home, 'old.key'), join(home, 'keys', 'master.key'));
    expect((await fineline('restore', '--home', home, '--from', copy)).code).toBe(0);
  });

  it('[Y31] killed again and again, the command goes on; nobody’s keys change', async () => {
    const home = newHome();
    let store = await stored(home);
    const people = Array.from({ length: 6000 }, (_, n) => personOf(n));
    const before = await store.keys.create(people);
    await store.keys.erase(personOf(7), 1e13);
    await store.close();
    const random = seededRandom(11);
    let kills = 0;
    for (let isOver = false; !isOver;) {
      const run = startCli(['keys', 'rotate', 'master', '--json', '--home', home]);
      // Sooner than any machine can be through with it, then later and later.
      const afterMs = 150 + random.below(300) + 15 * kills ** 2;
      const killer = setTimeout(() => run.child.kill('SIGKILL'), afterMs);
      const ended = await run.ended;
      clearTimeout(killer);
      isOver = ended.signal === null;
      if (isOver) expect([ended.code, ended.err]).toEqual([0, '']);
      else kills += 1;
      // Whatever there is, opens.
      store = await stored(home);
      expect(await store.keys.get(personOf(5))).toEqual(before.get(personOf(5)));
      await store.close();
    }
    expect(kills).toBeGreaterThan(0);
    const told = await listed(home);
    const inUse = told.masters.filter(({ state }) => state === 'used');
    expect([inUse.length, told.wraps(inUse[0]!.id)]).toEqual([1, people.length + 1]);
    store = await stored(home);
    const after = await store.keys.create(people);
    expect(after).toEqual(new Map([...before].filter(([person]) => person !== personOf(7))));
    expect(await store.keys.get(personOf(7))).toBe('erased');
    await store.close();
  });

  it('[Y31] a server that is killed while rows are wrapped anew goes on at its next start', async () => {
    const home = newHome();
    const store = await stored(home);
    await store.keys.create(Array.from({ length: 4000 }, (_, n) => personOf(n)));
    await store.close();
    let server = await startServer(home);
    const { old } = await acts(home).rotate();
    const [first = ''] = old;
    await server.kill();
    expect((await listed(home)).wraps(first)).toBeGreaterThan(0);
    server = await startServer(home);
    const early = await cli(['keys', 'end', 'master', first, '--home', home]);
    if (early.code !== 0) expect(early.err).toMatch(/[0-9]+ rows are still wrapped/);
    await expect.poll(async () => (await listed(home)).wraps(first) ?? 0, POLL).toBe(0);
    expect((await listed(home)).unreadable).toBe(0);
    expect(await server.stop()).toBe(0);
  });

  it('[Y31] a row that a late node wrapped with the old key holds up its end, and follows', async () => {
    const home = newHome();
    let store = await stored(home);
    const before = await store.keys.create([personOf(1), personOf(2)]);
    await store.close();
    const old = createWrapping(readFileSync(join(home, 'keys', 'master.key')));
    const { used } = await acts(home).rotate();
    await wrapBack(await stored(home), { old, used, person: personOf(2), keys: before.get(personOf(2))! });
    const early = await cli(['keys', 'end', 'master', old.id, '--home', home]);
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('1 rows are still wrapped')]);
    await acts(home).end(old.id);
    store = await stored(home);
    expect(await store.keys.create([personOf(1), personOf(2)])).toEqual(before);
    await store.close();
  });

  it('[Y31] between any two steps: a file, an announcement, a lost file', async () => {
    const home = newHome();
    const server = await startServer(home);
    await stock(server);
    // Killed after the file was made: that one is taken.
    const made = makeMaster(join(home, 'keys'));
    // Killed after it was announced: a start in between knows it.
    const first = await acts(home).rotate();
    expect(first.used).toBe(made.id);
    await expect.poll(async () => (await listed(home)).wraps(first.old[0]!), POLL).toBe(0);
    await server.stop();
    const next = makeMaster(join(home, 'keys'));
    const store = await stored(home);
    const table = openMasterTable(join(home, 'keys'));
    await table.announce({ id: next.id, root: store.ring.rootBy(next.id), madeMs: 5 });
    await store.close();
    // Lost before it was used: a start asks for it by name, and it can be taken back.
    renameSync(next.file, join(home, 'lost'));
    const refusal = await stored(home).catch((error: unknown) => error);
    expect(String(refusal)).toContain(next.id);
    expect((await cli(['keys', 'rotate', 'master', '--home', home])).err).toContain(next.id);
    await acts(home).end(next.id);
    table.close();
    await (await stored(home)).close();
    // A key that is in use does not end, one that nobody knows neither.
    for (const id of [first.used, '0123456789abcdef'])
      expect((await cli(['keys', 'end', 'master', id, '--home', home])).code).toBe(1);
    expect((await cli(['keys', 'end', 'master', '--home', home])).code).toBe(2);
    expect((await cli(['keys', 'use', 'decide', '--home', home])).code).toBe(2);
  });

  it('[Y31] two at once make one key, and a full disk none', async () => {
    const home = newHome();
    const server = await startServer(home);
    await stock(server);
    const full = await cli(['keys', 'rotate', 'master', '--home', home], { fileBlocksMax: 0 });
    expect([full.code, full.err]).toEqual([3, expect.stringMatching(/disk|full|large/)]);
    expect(keyFiles(home)).toEqual(['master.key']);
    expect((await listed(home)).masters.map(({ state }) => state)).toEqual(['used']);
    const both = await Promise.all(
      [1, 2].map(() => cli(['keys', 'rotate', 'master', '--json', '--home', home])),
    );
    expect(both.map(({ code }) => code)).toContain(0);
    await expect
      .poll(async () => (await listed(home)).masters.filter(({ state }) => state === 'used').length, POLL)
      .toBe(1);
    for (const { code, err } of both) if (code !== 0) expect(err).toMatch(/announced|rows|took/);
    expect((await decideFor(server, BUYERS[0]!)).items.length).toBeGreaterThan(0);
    await send(server, []);
    expect(await server.stop()).toBe(0);
  });

  it('[Y32] keys from outside: both are given, then the new one is used; what is wrong is said', async () => {
    const home = newHome();
    const [one, two] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
    const open = (masterKey: string) =>
      openEmbeddedStore({ dataDir: join(home, 'data'), keysDir: join(home, 'keys'), masterKey });
    let store = await open(one);
    const before = await store.keys.create([personOf(1)]);
    const [first = ''] = store.ring.holds;
    await store.close();
    store = await open(`${one} ${two}`);
    const second = masterIdOf(Buffer.alloc(32, 2));
    await store.close();
    const run = (key: string, ...words: string[]) =>
      cli(['keys', ...words, '--home', home], { env: { FINELINE_MASTER_KEY: key } });
    expect((await run(one, 'rotate', 'master')).err).toContain('comes from outside');
    const lacking = await run(one, 'use', 'master', second);
    expect([lacking.code, lacking.err]).toEqual([3, expect.stringContaining(second)]);
    expect((await run(`${one},${two}`, 'use', 'master', second)).code).toBe(0);
    expect((await run(`${one} ${two}`, 'end', 'master', first)).code).toBe(0);
    expect(existsSync(join(home, 'keys', 'master.key'))).toBe(false);
    expect(await faultOf(open(one))).toBe('wrong-master-key');
    store = await open(two);
    expect(await store.keys.create([personOf(1)])).toEqual(before);
    await store.close();
  });
});
