// Goal: questions are answered alike by a running server and by the home itself, and receipts can be checked
// by anybody. Method: one home, first with a server, then without.

import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseObject } from '../../facts/parse.ts';
import { type Ended, type Running, cli, orderCsv, startCli, tempPlace } from './testing.ts';

const place = tempPlace();
const home = place.path('home');
const data = place.file('orders.csv', orderCsv({ orders: 240, people: 40, things: 20 }));
let server: Running;

beforeAll(async () => {
  server = startCli(['start', '--port', '0', '--home', home, '--data', data]);
  await server.seen('Ctrl-C stops it');
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  place.dispose();
});

const ask = (...words: string[]): Promise<Ended> => cli([...words, '--home', home]);

function answer({ code, out, err }: Ended): Readonly<Record<string, unknown>> {
  const fields = parseObject(JSON.parse(out), 'answer');
  if (code !== 0 || !fields.ok) throw new Error(`ended with ${code}: ${err}`);
  return fields.value;
}

async function decide(): Promise<string> {
  const slot = answer(
    await ask('decide', '--person', '10007', '--placement', 'home', '--limit', '3', '--json'),
  );
  expect(slot['items']).toHaveLength(3);
  return String(slot['decision']);
}

async function until(attempt: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await attempt()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
  throw new Error('it did not happen within 20 s');
}

test('[Q23] [Q24] with a server: every question, and nothing of what was held back', async () => {
  const decision = await decide();
  const told = answer(await ask('why', decision, '--json'));
  expect(told).toMatchObject({ decision, placement: 'home', purpose: 'recommend' });
  expect(told).not.toHaveProperty('held');
  expect((await ask('why', decision)).out).toContain('✓ = the score, exactly');
  expect((await ask('why', 'nothing')).code).toBe(1);
  expect(answer(await ask('consent', '10007', '--json'))).toMatchObject({ person: '10007', records: 1 });
  expect(answer(await ask('export', '10007', '--json'))).toMatchObject({ format: 'fineline-export/1' });
  expect(answer(await ask('learn', '--json'))).toMatchObject({ items: 20 });
  const replayed = await ask('replay', decision);
  expect([replayed.code, replayed.err.includes('stop it to replay')]).toEqual([3, true]);
  expect((await ask('serve', '--port', '0')).err).toContain('in use by process');
});

test('[Q25] with a server: receipts verify step by step, and altered ones do not', async () => {
  const decision = await decide();
  const { address } = JSON.parse(readFileSync(`${home}/server.json`, 'utf8')) as { readonly address: string };
  const key = (JSON.parse(readFileSync(`${home}/keys.json`, 'utf8')) as { readonly officer: string }).officer;
  let proof = '';
  await until(async () => {
    const reply = await fetch(`${address}/v1/receipts/${decision}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    proof = await reply.text();
    return reply.status === 200;
  });
  const vkey = (await (await fetch(`${address}/log/vkey`)).text()).trim();
  const file = place.file('receipt.tlog-proof', proof);
  const elsewhere = place.path('no-home-here');
  const offline = await cli(['verify', file, '--vkey', vkey, '--home', elsewhere]);
  expect([offline.code, existsSync(elsewhere)]).toEqual([0, false]);
  expect(offline.out.match(/^✓ /gm)?.length).toBe(5);
  expect(offline.out).toContain('decision verified');
  for (const log of [`${address}/log`, `${home}/log/public`]) {
    const linked = await cli(['verify', file, '--log', log, '--home', elsewhere]);
    expect([linked.code, linked.out.includes('(consistency proof)')]).toEqual([0, true]);
  }
  const altered = await cli(['verify', '-', '--vkey', vkey], {
    input: proof.replace(/^index (\d)/m, 'index 1$1'),
  });
  expect([altered.code, altered.out.includes('✗ not verified')]).toEqual([1, true]);
  const other = 'fineline.local/log+00000000+AQ==';
  expect((await cli(['verify', file, '--vkey', other])).code).toBe(2);
  expect((await cli(['verify', file, '--home', elsewhere])).err).toContain('which key do you trust?');
  const answered = answer(await cli(['verify', file, '--vkey', vkey, '--json']));
  expect(answered).toMatchObject({ verified: true, kind: 'decision' });
});

test('[Q23] with a server: a withdrawal rules the next decision, and its receipt verifies', async () => {
  const kept = await ask('consent', '10008', '--withdraw', '*:recommend', '--json');
  const checked = await cli(['verify', '-', '--home', home], { input: kept.out });
  expect([checked.code, checked.out.includes('the record and its salt give the commitment')]).toEqual([
    0,
    true,
  ]);
  const next = await ask('decide', '--person', '10008', '--placement', 'home', '--json');
  expect(next.out).not.toContain('"kind":"fact"');
  expect((await ask('consent', '10008', '--give', 'purchases:recommend')).code).toBe(2);
  expect(
    (await ask('consent', '10008', '--give', 'purchase:recommend', '--notice', 'notice-1')).err,
  ).toContain('Did you mean purchases?');
});

test('[Q27] [Q23] with a server: erase asks, and erases', async () => {
  const asked = await ask('erase', '10009');
  expect([asked.code, asked.err.includes('add --yes')]).toEqual([2, true]);
  expect((await ask('export', '10009', '--json')).code).toBe(0);
  const erased = await ask('erase', '10009', '--yes', '--json');
  const checked = await cli(['verify', '-', '--home', home], { input: erased.out });
  expect([erased.code, checked.code]).toEqual([0, 0]);
  const gone = await ask('export', '10009', '--json');
  expect(gone.code).toBe(1);
  expect(JSON.parse(gone.out)).toMatchObject({ error: { code: 'not-found' } });
});

test('[Q23] [Q26] [Q28] without a server: the same, replay, a backup that brings nobody back', async () => {
  const decision = await decide();
  const told = answer(await ask('why', decision, '--json'));
  const backup = place.path('backup.db');
  expect(answer(await ask('backup', '--to', backup, '--json'))).toMatchObject({ file: backup });
  server.child.kill('SIGINT');
  const ended = await server.ended;
  expect([ended.code, existsSync(`${home}/server.json`)]).toEqual([0, false]);

  expect(answer(await ask('why', decision, '--json'))).toEqual(told);
  const replayed = await ask('replay', decision);
  expect([replayed.code, replayed.out.includes('✓ same')]).toEqual([0, true]);
  expect((await ask('replay', 'AAAA')).code).toBe(1);
  await decide();
  expect((await ask('erase', '10010', '--yes')).code).toBe(0);
  expect((await ask('export', '10010')).err).toContain('erased');
  // 10009 was erased before the backup, 10010 after it: of neither is more there than sealed evidence.
  expect(answer(await ask('restore', '--from', backup, '--json'))).toMatchObject({ purged: 2 });
  expect((await ask('export', '10010')).code).toBe(1);
  expect((await ask('export', '10011', '--json')).code).toBe(0);
  expect(answer(await ask('learn', '--json'))).toMatchObject({ items: 20 });
});
