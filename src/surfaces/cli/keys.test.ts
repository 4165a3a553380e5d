// Goal: keys are replaced while the server runs, nobody is locked out on the way, and what ended opens
// nothing.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type Ended, type Running, cli, orderCsv, startCli, tempPlace } from './testing.ts';
import { hashedAt, readKeyFile } from './home/key-file.ts';

const place = tempPlace();
const home = place.path('home');
const data = place.file('orders.csv', orderCsv({ orders: 240, people: 40, things: 20 }));
let server: Running;
let address = '';

beforeAll(async () => {
  server = startCli(['start', '--port', '0', '--no-shop', '--home', home, '--data', data]);
  await server.seen('Ctrl-C stops it');
  address = (JSON.parse(readFileSync(`${home}/server.json`, 'utf8')) as { readonly address: string }).address;
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  place.dispose();
});

const ask = (...words: string[]): Promise<Ended> => cli(['keys', ...words, '--home', home]);
const owned = (): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(`${home}/keys.json`, 'utf8')) as Record<string, string>;

/** 200 or 401, of a route for officers. */
async function opens(key: string | undefined): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${address}/v1/proxies`, { headers })).status;
}

test('[Q80] a new key holds at once, the one before until its end, and others do not change', async () => {
  const before = owned();
  expect(await opens(before['officer'])).toBe(200);
  const said = await ask('rotate', 'officer', '--keep-hours', '1');
  expect([said.code, said.out]).toEqual([0, expect.stringContaining('In force at http://')]);
  const after = owned();
  expect(after['officer']).not.toBe(before['officer']);
  expect({ ...after, officer: '' }).toEqual({ ...before, officer: '' });
  expect([await opens(after['officer']), await opens(before['officer'])]).toEqual([200, 200]);
  expect(statSync(`${home}/keys.json`).mode & 0o777).toBe(0o600);
  expect(statSync(`${home}/keys/api-keys.json`).mode & 0o777).toBe(0o600);
  expect(said.out + said.err).not.toContain(String(after['officer']));
  expect((await ask('list')).out.match(/officer {2}[0-9a-f]{8} .*(ends .*Z)?/g)).toHaveLength(2);

  expect((await ask('end', 'officer')).out).toContain('Ended: 1');
  expect([await opens(after['officer']), await opens(before['officer'])]).toEqual([200, 401]);
});

test('[Q80] with nothing kept, all that was handed out before opens nothing', async () => {
  const before = owned();
  rmSync(`${home}/keys.json`);
  expect((await ask('rotate', 'all', '--keep-hours', '0')).code).toBe(0);
  const after = owned();
  expect(Object.keys(after)).toEqual(['collect', 'decide', 'officer', 'admin']);
  expect([await opens(after['officer']), await opens(before['officer'])]).toEqual([200, 401]);
  expect((await cli(['export', '10007', '--json', '--home', home])).code).toBe(0);
});

test('[Q80] a file that cannot be read opens nothing new, and what it said before stays', async () => {
  const file = `${home}/keys/api-keys.json`;
  const text = readFileSync(file, 'utf8');
  const { officer } = owned();
  writeFileSync(file, '{"officer": ["');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await opens(officer)).toBe(200);
  expect((await ask('rotate', 'all')).err).toContain('not a list of hashed keys');
  writeFileSync(file, text);
});

test('[Q80] what is wrong with the words is said', async () => {
  expect((await ask('rotate')).err).toContain('collect|decide|officer|admin|all');
  expect((await ask('rotate', 'ofice')).err).toContain('Did you mean officer?');
  expect((await ask('rotat', 'all')).err).toContain('Did you mean rotate?');
  expect((await ask('rotate', 'all', '--keep-hours', '-1')).code).toBe(2);
});

test('[Q80] a home of before, whose file lists bare hashes, keeps its keys', () => {
  const hash = 'ab'.repeat(32);
  const old = { collect: [hash], decide: [], officer: [], admin: [] };
  writeFileSync(place.path('api-keys.json'), JSON.stringify(old));
  const kept = readKeyFile({ keys: place.path('.') });
  expect(kept).toBeDefined();
  if (kept === undefined) return;
  expect(hashedAt(kept, 0)).toEqual(old);
  const ending = { ...kept, collect: [{ hash, untilMs: 5 }] };
  expect([hashedAt(ending, 4).collect, hashedAt(ending, 5).collect]).toEqual([[hash], []]);
});
