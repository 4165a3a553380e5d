// Goal: the key that signs the log is replaced while a shop serves, whatever stops on the way; what was
// signed before holds for ever, and whoever wrote one key down can check what is signed today. Method: real
// servers, the real command, kills, disks that are full.

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startCli } from '../../src/surfaces/cli/testing.ts';
import { decideFor } from '../support/e2e-ask.ts';
import { createAuditor, type ReadPublic } from '../support/e2e-log.ts';
import { fineline, newFolder, type Running, startServer } from '../support/e2e-running.ts';
import { BUYERS, newHome, stock } from '../support/e2e-shop.ts';
import { checkedApart, checkedBy, logKeyActs, proofOf } from '../support/log-key-acts.ts';
import { loadOn } from '../support/master-acts.ts';

const [ANN = '', BEN = ''] = BUYERS;

/** When command and server are killed, in steps from the first moment on to after the last; in full all. */
const KILLS = process.env['FINELINE_FULL'] === '1' ? [0, 1, 2, 3, 4, 5] : [0, 2, 4];

const logKeyFiles = (home: string): readonly string[] =>
  readdirSync(join(home, 'keys')).filter((name) => /^log.*\.key/.test(name));

const logOf =
  (server: Running): ReadPublic =>
  (path) =>
    server.bytes(`/log/${path}`);

/** At once; answers what those that were through with it left in use. */
async function threeRotate(home: string): Promise<ReadonlySet<string>> {
  const rotate = () => fineline('keys', 'rotate', 'log', '--json', '--home', home);
  const through = (await Promise.all([rotate(), rotate(), rotate()])).filter(({ code }) => code === 0);
  expect(through.length).toBeGreaterThan(0);
  return new Set(through.map(({ out }) => z.object({ used: z.string() }).parse(JSON.parse(out)).used));
}

const publicText = (home: string, name: string): string =>
  readFileSync(join(home, 'log', 'public', name), 'utf8');

describe('another log key in an embedded home', () => {
  it('[Y35] under load all are served; old receipts hold, old keys check new ones', async () => {
    const home = newHome();
    let server = await startServer(home);
    await stock(server);
    const { list, rotate, end, settled } = logKeyActs(home);
    const [first] = (await list()).keys;
    const auditor = createAuditor(first!.vkey);
    await auditor.follow(logOf(server));
    const promiseBefore = JSON.stringify((await decideFor(server, ANN)).receipt);
    const proofBefore = await proofOf(server, ANN, await decideFor(server, ANN));

    const load = loadOn(server, [ANN, BEN]);
    const { used, old } = await rotate();
    expect(old).toEqual([first!.id]);
    const [, second] = (await settled()).keys;
    expect([second!.id, second!.state]).toEqual([used, 'used']);
    // While both sign, whoever knows the old one notices nothing.
    await auditor.follow(logOf(server));
    const both = JSON.stringify((await decideFor(server, ANN)).receipt);
    for (const key of [first!, second!])
      expect(await checkedBy(both, '--vkey', key.vkey)).toMatchObject({ code: 'ok' });

    expect((await end(first!.id)).file).toBe(join(home, 'keys', 'log.key'));
    const { asked, failed } = await load.stop();
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(20);
    const promise = JSON.stringify((await decideFor(server, ANN)).receipt);
    const proof = await proofOf(server, ANN, await decideFor(server, ANN));
    const chain = join(newFolder(), 'successions');
    writeFileSync(chain, Buffer.from((await server.bytes('/log/successions'))!));
    for (const receipt of [promise, proof]) {
      expect(await checkedBy(receipt, '--vkey', second!.vkey)).toMatchObject({ code: 'ok' });
      expect(await checkedBy(receipt, '--vkey', first!.vkey)).toMatchObject({ code: 'unsigned' });
      const followed = await checkedBy(receipt, '--vkey', first!.vkey, '--successions', chain);
      expect(followed).toEqual({ verified: true, code: 'ok', signedBy: second!.vkey });
    }
    for (const receipt of [promiseBefore, proofBefore]) {
      expect(await checkedBy(receipt, '--vkey', first!.vkey)).toMatchObject({ code: 'ok' });
      expect(await checkedBy(receipt, '--vkey', second!.vkey)).toMatchObject({ code: 'unsigned' });
      const followed = await checkedBy(receipt, '--vkey', second!.vkey, '--successions', chain);
      expect(followed).toEqual({ verified: true, code: 'ok', signedBy: first!.vkey });
      // From the log as it is now, too: its folder, and its address.
      for (const log of [join(home, 'log', 'public'), `${server.url}/log`])
        expect(await checkedBy(receipt, '--log', log)).toMatchObject({ code: 'ok', signedBy: first!.vkey });
    }
    expect(publicText(home, 'vkey')).toBe(`${second!.vkey}\n`);

    // The first one is needed by nothing any more.
    await server.kill();
    rmSync(join(home, 'keys', 'log.key'));
    server = await startServer(home);
    const after = await proofOf(server, BEN, await decideFor(server, BEN));
    const words = ['--log', `${server.url}/log`, '--vkey', first!.vkey];
    for (const check of [checkedBy, checkedApart])
      expect(await check(after, ...words)).toMatchObject({ code: 'ok', signedBy: second!.vkey });
    expect(logKeyFiles(home)).toEqual([`log-${used}.key`]);
    expect(await server.stop()).toBe(0);
    // Without the one in use nothing opens, and the file is named.
    renameSync(join(home, 'keys', `log-${used}.key`), join(home, 'lost'));
    const refusal = await fineline('decide', '--person', ANN, '--placement', 'steady', '--home', home);
    expect([refusal.code, refusal.err]).toEqual([3, expect.stringContaining(`log-${used}.key`)]);
  });

  it('[Y35] three in a row lead from the first to the last, and back', async () => {
    const home = newHome();
    const server = await startServer(home);
    await stock(server);
    const { list, rotate, end, settled } = logKeyActs(home);
    const proofs = [await proofOf(server, ANN, await decideFor(server, ANN))];
    for (let n = 0; n < 3; n += 1) {
      const { old } = await rotate();
      await settled();
      // One rotation is left to sign beside for a while.
      if (n !== 1) for (const id of old) await end(id);
      proofs.push(await proofOf(server, ANN, await decideFor(server, ANN)));
    }
    const { keys } = await list();
    expect(keys.map(({ state }) => state)).toEqual(['ended', 'ended', 'ended', 'used']);
    const chain = join(newFolder(), 'successions');
    writeFileSync(chain, Buffer.from((await server.bytes('/log/successions'))!));
    for (const { vkey } of keys) {
      for (const proof of proofs)
        expect(await checkedBy(proof, '--vkey', vkey, '--successions', chain)).toMatchObject({ code: 'ok' });
    }
    expect(await server.stop()).toBe(0);
  });

  it(`[Y36] command and server killed ${KILLS.length} times: one new key, one log`, async () => {
    const home = newHome();
    let server = await startServer(home);
    await stock(server);
    const { list, end, settled } = logKeyActs(home);
    const [first] = (await list()).keys;
    const auditor = createAuditor(first!.vkey);
    await auditor.follow(logOf(server));
    for (const n of KILLS) {
      const run = startCli(['keys', 'rotate', 'log', '--json', '--home', home]);
      const killer = setTimeout(() => run.child.kill('SIGKILL'), 100 + 130 * n);
      await Promise.all([run.ended, sleep(60 * n).then(() => server.kill())]);
      clearTimeout(killer);
      server = await startServer(home);
      await decideFor(server, ANN);
      await auditor.follow(logOf(server));
    }
    await fineline('keys', 'rotate', 'log', '--home', home);
    const { keys } = await settled();
    // Nobody was through with it before the last one, or everybody took the same.
    expect(keys.filter(({ state }) => state === 'used')).toHaveLength(1);
    expect(logKeyFiles(home)).toHaveLength(keys.length);
    await auditor.follow(logOf(server));
    expect(auditor.compareAll()).toBeGreaterThan(1);
    for (const { id, state } of keys) if (state === 'old') await end(id);
    const proof = await proofOf(server, BEN, await decideFor(server, BEN));
    expect(await checkedBy(proof, '--vkey', first!.vkey, '--log', `${server.url}/log`)).toMatchObject({
      code: 'ok',
    });
    expect(await server.stop()).toBe(0);
  });

  it('[Y36] two at once make one key; one in use does not end, nor one whose successor waits', async () => {
    const home = newHome();
    const server = await startServer(home);
    const { list, rotate, settled } = logKeyActs(home);
    // On a busy machine one may be through before the next has begun, which then makes another: again.
    let made = await threeRotate(home);
    for (let tries = 1; made.size > 1 && tries < 5; tries += 1) {
      await settled();
      made = await threeRotate(home);
    }
    expect(made.size).toBe(1);
    const { keys } = await settled();
    const now = keys.at(-1)!;
    expect([now.id, now.state]).toEqual([...made, 'used']);
    expect(keys.slice(0, -1).filter(({ state }) => state !== 'old')).toEqual([]);
    const end = async (id: string) => (await fineline('keys', 'end', 'log', id, '--home', home)).code;
    expect(await end(now.id)).toBe(1);
    expect(await end('01234567')).toBe(1);
    expect(await server.stop()).toBe(0);
    // While nobody serves, what is used waits for the next start, and the one before does not end.
    const { used, inLog } = await rotate();
    expect(inLog).toBe(false);
    expect(await end(now.id)).toBe(1);
    // Again is the same rotation.
    expect((await rotate()).used).toBe(used);
    expect((await list()).keys).toHaveLength(keys.length + 1);
    const again = await startServer(home);
    await settled();
    expect(await end(now.id)).toBe(0);
    expect(await again.stop()).toBe(0);
  });
});
