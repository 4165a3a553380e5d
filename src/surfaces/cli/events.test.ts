// Goal: whoever looks after a broker sees why events were put aside, and nothing of what is in them. Method:
// the real command line in this process, on a real server with letters in it.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import { openNatsStream } from '../../adapters/nats/stream.ts';
import type { EventStream } from '../../engine/ports.ts';
import { utf8 } from '../../kernel/bytes.ts';
import { runCli } from './cli.ts';
import { lagText } from './show/dead-text.ts';
import { heardIo } from './testing.ts';

let servers: NatsServers;
let stream: EventStream;
const taken: string[] = [];
let isBroken = true;

beforeAll(async () => {
  servers = await startNats({ count: 1 });
  const early = await ask('list');
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('There is no event stream')]);
  const small = { replicas: 1, partitions: 1, bytesMax: 2 ** 20 };
  stream = await openNatsStream({ ...small, servers: servers.urls });
  await stream.consume(async (batch) =>
    batch.map(({ id }) => {
      if (!isBroken) taken.push(id);
      return isBroken ? { dead: 'it fails with planted' } : 'done';
    }),
  );
  const bodies = ['secret-1', 'secret-2', 'secret-3', 'secret-4'];
  for (const [at, text] of bodies.entries())
    await stream.publish([{ shard: at, id: `m${at}`, body: utf8(text) }]);
  while ((await stream.lag()).dead < bodies.length) await sleep(50);
  isBroken = false;
});
afterAll(async () => {
  await stream.close();
  await servers.close();
});

async function ask(...words: readonly string[]) {
  const io = heardIo();
  const address = (servers.urls[0] ?? '').replace('nats://', 'nats://shop:hidden@');
  const code = await runCli(['events', 'dead', ...words, '--nats', address], io);
  expect(`${io.heard.out}${io.heard.err}`).not.toMatch(/secret|hidden/);
  return { code, ...io.heard };
}

test('[Q75] list and show tell reason, tries and age', async () => {
  const listed = await ask('list');
  expect([listed.code, listed.err]).toEqual([0, '']);
  expect(listed.out).toMatch(/ {2}1 {2}it fails with planted\n {6}since 20\d\d-.*1 try, shard 0, 8 bytes\n/);
  const json = await ask('list', '--after', '1', '--json');
  const { letters } = JSON.parse(json.out) as { readonly letters: readonly Record<string, unknown>[] };
  expect(letters.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  const keys = ['bytes', 'id', 'reason', 'seq', 'shard', 'sinceMs', 'tries'];
  expect(Object.keys(letters[0] ?? {}).sort()).toEqual(keys);
  expect((await ask('show', '2')).out).toContain('it fails with planted');
  const none = await ask('show', '99');
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('no dead letter 99')]);
});

test('[Q75] drop asks, replay sends again, and both say how many', async () => {
  const unasked = await ask('drop', '1');
  expect([unasked.code, unasked.err]).toEqual([2, expect.stringContaining('--yes')]);
  expect((await ask('drop', '1', '--yes')).out).toBe('Forgotten: 1\n');
  expect(JSON.parse((await ask('replay', '2', '--json')).out)).toEqual({ replayed: 1 });
  expect((await ask('replay', '--all')).out).toBe('Sent again: 2\n');
  await expect.poll(() => taken.length, { timeout: 30_000 }).toBe(3);
  expect((await ask()).out).toBe('No event was put aside.\n');
});

test('[Q75] lag tells how many wait, since when, and how many were put aside', async () => {
  const nats = ['--nats', servers.urls[0] ?? ''];
  const said = async (): Promise<string> => {
    const io = heardIo();
    expect(await runCli(['events', 'lag', ...nats], io)).toBe(0);
    return io.heard.out;
  };
  // What has been taken is taken out within seconds (N14).
  await expect.poll(said, { timeout: 20_000 }).toBe('0 events waiting; 0 dead letters\n');
  const json = heardIo();
  expect(await runCli(['events', 'lag', '--json', ...nats], json)).toBe(0);
  expect(JSON.parse(json.heard.out)).toEqual({ waiting: 0, oldestMs: 0, dead: 0 });
  expect(lagText({ waiting: 1, oldestMs: 90_000, dead: 1 })).toMatch(
    /^1 event waiting, the oldest for .*; 1 dead/,
  );
});

test('[Q75] what is not understood is bad usage', async () => {
  for (const words of [['show'], ['list', '3'], ['replay'], ['drop', '1', '--all'], ['burn'], ['show', 'x']])
    expect((await ask(...words)).code, words.join(' ')).toBe(2);
  const io = heardIo();
  expect(await runCli(['events', 'dead'], io)).toBe(2);
  expect(await runCli(['events', 'dead', '--nats', 'http://shop:secret@a'], io)).toBe(1);
  expect(io.heard.err).not.toContain('secret');
});
