// Goal: the key that signs the log is replaced while several nodes serve: nobody signs with it before all
// hold it, whoever writes the log signs with it, and what a node lacks it says by name. Method: real servers,
// each with a home, on one PostgreSQL; the real command; kills.

import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Database } from '../../src/adapters/postgres/database.ts';
import { logKeyTable } from '../../src/adapters/postgres/log-keys.ts';
import { readLogKeys } from '../../src/adapters/node-crypto/log-key.ts';
import { logVkey } from '../../src/engine/log-ring.ts';
import { openLogKeys } from '../../src/presets/log-keys-home.ts';
import type { Embedded } from '../../src/presets/embedded.ts';
import { openLogKeysActs } from '../../src/presets/log-keys.ts';
import type { WitnessLog } from '../../src/engine/ports.ts';
import { documentLeafOf } from '../../src/prove/leaf.ts';
import { documentReceiptText } from '../../src/prove/receipt.ts';
import { verifyReceipt, verifySuccessions } from '../../src/prove/verify.ts';
import { verifyEd25519 } from '../support/log-key.ts';
import { migrateShop } from '../../src/presets/migrate.ts';
import { openAsSet } from '../../src/presets/cluster.ts';
import { decideFor } from '../support/e2e-ask.ts';
import { createAuditor, type ReadPublic } from '../support/e2e-log.ts';
import { fineline, newFolder, type Running, startServer } from '../support/e2e-running.ts';
import { BUYERS, newHome, stock } from '../support/e2e-shop.ts';
import { checkedBy, logKeyActs, proofOf } from '../support/log-key-acts.ts';
import { loadOn } from '../support/master-acts.ts';
import { newDatabase, sql } from '../support/postgres.ts';

const POLL = { timeout: 60_000, interval: 300 };
const [ANN = '', BEN = ''] = BUYERS;

interface Homes {
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly keysUrl: string;
  readonly dataUrl: string;
}

async function threeHomes(): Promise<Homes> {
  const first = newHome();
  const [dataUrl, keysUrl] = [await newDatabase(), await newDatabase()];
  appendFileSync(join(first, 'fineline.yaml'), `cluster: { data: '${dataUrl}', keys: '${keysUrl}' }\n`);
  return { first, second: newHome(), third: newHome(), dataUrl, keysUrl };
}

function copyHome(from: string, to: string): void {
  for (const name of ['fineline.yaml', 'keys', 'keys.json'])
    cpSync(join(from, name), join(to, name), { recursive: true });
}

const logOf =
  (server: Running): ReadPublic =>
  (path) =>
    server.bytes(`/log/${path}`);

async function served(load: ReturnType<typeof loadOn>): Promise<void> {
  const { asked, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(asked).toBeGreaterThan(5);
}

/** Some home has the mirror, with the way from the first key to the one in use. */
async function expectMirror(homes: readonly string[], vkey: string, proofBefore: string): Promise<void> {
  const mirrors = homes.map((home) => join(home, 'log', 'public'));
  const whole = mirrors.filter((mirror) => existsSync(join(mirror, 'successions')));
  expect(whole.length).toBeGreaterThan(0);
  for (const mirror of whole) {
    expect(readFileSync(join(mirror, 'vkey'), 'utf8')).toBe(`${vkey}\n`);
    expect(await checkedBy(proofBefore, '--log', mirror)).toMatchObject({ code: 'ok' });
  }
}

it('[Y37] a new log key is used when every node holds it; whoever writes then signs with it', async () => {
  const { first, second, third } = await threeHomes();
  const one = await startServer(first);
  for (const home of [second, third]) copyHome(first, home);
  const two = await startServer(second);
  await stock(one);
  const { list, make, use, end, settled } = logKeyActs(first);
  const [before] = (await list()).keys;
  const auditor = createAuditor(before!.vkey);
  await auditor.follow(logOf(one));
  const proofBefore = await proofOf(one, ANN, await decideFor(one, ANN));
  const loads = [loadOn(one, [ANN, BEN]), loadOn(two, [BEN, ANN], 'two')];

  const { made, file } = await make();
  const early = await fineline('keys', 'use', 'log', made, '--home', first);
  expect([early.code, early.err.replaceAll(/\s+/g, ' ')]).toEqual([
    1,
    expect.stringContaining('is not held by node 1: nothing was changed'),
  ]);
  expect((await list()).keys.map(({ state }) => state)).toEqual(['used']);
  cpSync(file, join(second, 'keys', `log-${made}.key`));
  expect(await use(made)).toMatchObject({ used: made, old: [before!.id], late: [] });
  await settled();
  // Whoever wrote the log is killed: the other one, which has the key, goes on.
  await served(loads[0]!);
  await one.kill();
  await auditor.follow(logOf(two));
  const proofTwo = await proofOf(two, BEN, await decideFor(two, BEN));
  await auditor.follow(logOf(two));
  expect(auditor.compareAll()).toBeGreaterThan(1);

  // The node that was away during all of it says what it lacks, and serves with it.
  const refusal = await openAsSet({ home: third }, { node: 5 }).catch((error: unknown) => error);
  expect(String(refusal)).toContain(`log-${made}.key`);
  cpSync(file, join(third, 'keys', `log-${made}.key`));
  const three = await startServer(third);

  await end(before!.id);
  await served(loads[1]!);
  const proof = await proofOf(three, ANN, await decideFor(three, ANN));
  const vkey = (await list()).keys[1]!.vkey;
  const chain = join(newFolder(), 'successions');
  writeFileSync(chain, Buffer.from((await three.bytes('/log/successions'))!));
  for (const [receipt, signer] of [
    [proofBefore, before!.vkey],
    [proofTwo, vkey],
    [proof, vkey],
  ] as const) {
    for (const pinned of [before!.vkey, vkey]) {
      const checked = await checkedBy(receipt, '--vkey', pinned, '--successions', chain);
      expect(checked).toEqual({
        verified: true,
        code: 'ok',
        ...(signer === pinned ? {} : { signedBy: signer }),
      });
    }
  }
  expect(await checkedBy(proof, '--vkey', before!.vkey)).toMatchObject({ code: 'unsigned' });
  for (const server of [two, three]) expect(await server.stop()).toBe(0);
  await expectMirror([first, second, third], vkey, proofBefore);
});

it('[Y37] a node that lacks the key in use writes no log, promises nothing, and says so', async () => {
  const { first, second, keysUrl } = await threeHomes();
  const one = await startServer(first);
  copyHome(first, second);
  const two = await startServer(second);
  await stock(one);
  const { list, make } = logKeyActs(first);
  const { made, file } = await make();
  // Past the command, which would have asked: somebody uses a key that one node does not hold.
  const database = new Database({ url: keysUrl, poolMax: 1 });
  const table = logKeyTable(database);
  const entropy = { bytes: (count: number) => new Uint8Array(count) };
  const at = { origin: 'fineline.local/log', keysDir: join(first, 'keys'), table, entropy };
  const { ring } = await openLogKeys(at);
  const fresh = readLogKeys(join(first, 'keys')).find((key) => key.file === file)!;
  const next = logVkey('fineline.local/log', fresh.publicKey);
  expect(await table.announce({ vkey: next, madeMs: 1 })).toBe(true);
  expect(await table.use(next, { follows: ring.vkey, note: ring.succession(next, Date.now()) })).toBe(true);
  await database.close();
  await expect.poll(() => two.said(), POLL).toContain(`log-${made}.key`);
  const body = { person: BEN, placement: 'steady' };
  const asked = async (): Promise<number> =>
    (await two.http('POST', '/v1/decide', { key: two.keys.decide, body })).status;
  await expect.poll(asked, POLL).toBe(503);
  // The other one writes on, and what it signs is signed by the new key.
  await proofOf(one, ANN, await decideFor(one, ANN));
  cpSync(file, join(second, 'keys', `log-${made}.key`));
  await expect.poll(asked, POLL).toBe(200);
  expect((await list()).keys.map(({ state }) => state)).toEqual(['old', 'used']);
  for (const server of [one, two]) expect(await server.stop()).toBe(0);
});

/** Under whatever key the log is now: its proof of a leaf, checked with the key that it had first. */
async function placed(log: WitnessLog, vkey: string, digest: Uint8Array): Promise<boolean> {
  const place = await log.inclusion(documentLeafOf(digest));
  const chain = new TextDecoder().decode(await log.read('successions'));
  const keys = verifySuccessions(chain, { vkey, verifyEd25519 });
  if (place === undefined || !keys.ok) return false;
  const text = documentReceiptText(place, digest);
  return verifyReceipt(text, { vkey, verifyEd25519, keys: keys.value }).ok;
}

/** Another key takes the place of the one in use, which ends. */
async function rotateAndEnd(home: string, log: WitnessLog): Promise<void> {
  const acts = await openLogKeysActs({ home });
  const { id } = await acts.make();
  const { old } = await acts.use(id);
  await log.integrate();
  for (const one of old) await acts.end(one);
  await acts.close();
}

it('[Y37] a rotated log moves to the folder and back, and is healed from its mirror', async () => {
  const { first, dataUrl, keysUrl } = await threeHomes();
  const [one, two] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const open = async (): Promise<Embedded> => openAsSet({ home: first, fast: true });
  let shop = await open();
  let { log } = shop.engine.core.world;
  const { vkey } = log;
  await rotateAndEnd(first, log);
  await log.submit([documentLeafOf(one)]);
  await log.integrate();
  expect(await placed(log, vkey, one)).toBe(true);
  await shop.close();
  // The data go back to before there was a log; keys and mirror stay.
  await sql(dataUrl, 'TRUNCATE log_entries, log_tiles, log_waiting, log_head');
  shop = await open();
  expect(await placed(shop.engine.core.world.log, vkey, one)).toBe(true);
  await shop.close();

  const settings = join(first, 'fineline.yaml');
  const text = readFileSync(settings, 'utf8');
  const moving = { home: first, postgres: { data: dataUrl, keys: keysUrl }, removeSource: true };
  await migrateShop({ ...moving, from: 'cluster', to: 'embedded' });
  writeFileSync(settings, text.replace(/^cluster:.*$/m, ''));
  rmSync(join(first, 'keys', 'log.key'));
  shop = await open();
  ({ log } = shop.engine.core.world);
  await rotateAndEnd(first, log);
  await log.submit([documentLeafOf(two)]);
  await log.integrate();
  await shop.close();
  await migrateShop({ ...moving, from: 'embedded', to: 'cluster' });
  writeFileSync(settings, text);
  shop = await open();
  ({ log } = shop.engine.core.world);
  for (const digest of [one, two]) expect(await placed(log, vkey, digest)).toBe(true);
  await shop.close();
});
