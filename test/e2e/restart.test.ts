// Goal: a home that was filled starts again as it was, and one that was damaged says so, or denies, and never
// guesses. Method: a server is stopped and started on the same home; then files of a home are changed by
// hand.

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isFault } from '../../src/kernel/fault.ts';
import { fromBase64 } from '../../src/kernel/bytes.ts';
import { openEmbedded } from '../../src/presets/embedded.ts';
import { readyAnswer } from '../../src/surfaces/http/answers.ts';
import { decideFor, exportOf, usesFacts } from '../support/e2e-ask.ts';
import { type Exported, decisionsOf, exportSchema } from '../support/e2e-life.ts';
import { type Running, fineline, startServer } from '../support/e2e-running.ts';
import { BUYERS, newHome, stock } from '../support/e2e-shop.ts';

/** A stocked home that rests. */
async function filledHome(): Promise<string> {
  const home = newHome();
  const server = await startServer(home);
  await stock(server);
  await decideFor(server, BUYERS[0]!, 'home');
  expect(await server.stop()).toBe(0);
  return home;
}

/** Code and message of the fault that opening ends with. */
async function faultOf(
  options: Parameters<typeof openEmbedded>[0],
): Promise<{ code: string; message: string }> {
  try {
    const embedded = await openEmbedded(options);
    await embedded.close();
  } catch (error) {
    if (!isFault(error)) throw error;
    return { code: error.code, message: error.message };
  }
  throw new Error('the home opened as if nothing had happened');
}

describe('a second start', () => {
  it('serves the same model at once, imports and learns nothing, and decides as before', async () => {
    const home = newHome();
    let server = await startServer(home);
    await stock(server);
    const chances = await Promise.all(BUYERS.map((person) => decideFor(server, person, 'home')));
    const before = await Promise.all(BUYERS.map((person) => decideFor(server, person)));
    const known = await Promise.all(BUYERS.map((person) => exportOf(server, { name: person })));
    const models = await server.inPrivate('documents', 'model');
    const statistics = await server.inPrivate('statistics');
    expect(await server.stop()).toBe(0);

    server = await startServer(home);
    // The first thing that it is asked: nothing was waited for.
    const after = await Promise.all(BUYERS.map((person) => decideFor(server, person)));
    expect(readyAnswer.parse(JSON.parse((await server.http('GET', '/readyz')).text)).ready).toBe(true);
    expect(after.map(({ items }) => items)).toEqual(before.map(({ items }) => items));
    for (const [at, person] of BUYERS.entries()) {
      const { facts, ...now } = await exportOf(server, { name: person });
      expect(facts).toEqual(known[at]!.facts);
      const made = decisionsOf({ facts, ...now }).map(({ record }) => record.input);
      expect(new Set(made.map(({ model, catalogue }) => `${model} ${catalogue}`)).size).toBe(1);
    }
    // The same seed, which stands in the record, gives the same bytes, also where chance has its part.
    for (const { decision } of [...chances, ...before]) {
      expect(await server.inPrivate('replay', decision)).toMatchObject({ same: true });
    }
    expect(await server.inPrivate('statistics')).toBe(statistics);
    expect(await server.inPrivate('documents', 'model')).toEqual(models);
    expect(await server.inPrivate('documents', 'import')).toEqual([]);
    expect(await server.stop()).toBe(0);
  });
});

const sealedSchema = z.object({ entries: z.array(z.object({ kind: z.string(), sealed: z.string() })) });

describe('a home that was changed by hand', () => {
  it('a flipped bit in sealed bytes denies that person, and nobody else', async () => {
    const home = newHome();
    let server = await startServer(home);
    await stock(server);
    const [victim = '', ...others] = BUYERS;
    const { entries } = sealedSchema.parse(await server.inPrivate('sealed', victim));
    const sealed = Buffer.from(fromBase64(entries.find(({ kind }) => kind === 'event')?.sealed ?? '') ?? []);
    expect(await server.stop()).toBe(0);
    const file = join(home, 'data', 'data.db');
    const bytes = readFileSync(file);
    const at = bytes.indexOf(sealed.subarray(0, 32));
    expect(at).toBeGreaterThan(0);
    bytes.writeUInt8(bytes.readUInt8(at + 20) ^ 1, at + 20);
    writeFileSync(file, bytes);

    server = await startServer(home);
    const denied = await decideFor(server, victim);
    expect(usesFacts(denied)).toBe(false);
    const record = decisionsOf(await exportedLoosely(server, victim)).at(-1)?.record;
    expect(record).toMatchObject({ input: { refused: 'data-unreadable', facts: [], barred: [] }, reads: [] });
    const lines = [{ item: 'coat-1' }];
    const body = [
      {
        kind: 'purchase',
        id: 'later',
        person: victim,
        source: 'till',
        time: new Date().toISOString(),
        lines,
      },
    ];
    const sent = await server.http('POST', '/v1/events', { key: server.keys.collect, body });
    expect(JSON.parse(sent.text)).toMatchObject({ accepted: 0, refused: { 'data-unreadable': 1 } });
    for (const person of others) {
      expect(usesFacts(await decideFor(server, person)), person).toBe(true);
    }
    expect(String(await server.inPrivate('statistics'))).toMatch(/^people 11\n/);
    expect(await server.stop()).toBe(0);
  });

  it('without its keys, or with those of another home, it does not start and loses nothing', async () => {
    const home = await filledHome();
    const kept = join(dirname(home), 'kept');
    cpSync(join(home, 'keys'), kept, { recursive: true });
    rmSync(join(home, 'keys'), { recursive: true });
    const data = readFileSync(join(home, 'data', 'data.db'));
    for (let start = 0; start < 2; start += 1) {
      expect(await faultOf({ home })).toMatchObject({ code: 'no-keys' });
      expect(existsSync(join(home, 'keys')), 'no new keys are made').toBe(false);
    }
    const { code, err } = await fineline('serve', '--port', '0', '--home', home);
    expect([code, err.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('put the keys folder back'),
    ]);
    expect(readFileSync(join(home, 'data', 'data.db')).equals(data), 'not a byte is changed').toBe(true);
    cpSync(join(await filledHome(), 'keys'), join(home, 'keys'), { recursive: true });
    expect(await faultOf({ home })).toMatchObject({ code: 'other-keys' });
    rmSync(join(home, 'keys'), { recursive: true, force: true });
    cpSync(kept, join(home, 'keys'), { recursive: true });
    const server = await startServer(home);
    expect((await exportOf(server, { name: BUYERS[0]! })).facts.length).toBeGreaterThan(0);
    expect(await server.stop()).toBe(0);
  });

  it('another master key, a broken one, or none is refused', async () => {
    const home = await filledHome();
    const masterKey = Buffer.alloc(32, 9).toString('base64');
    expect(await faultOf({ home, masterKey })).toMatchObject({ code: 'wrong-master-key' });
    expect(await faultOf({ home, masterKey: 'c2hvcnQ=' })).toMatchObject({ code: 'bad-master-key' });
    const file = join(home, 'keys', 'master.key');
    const right = readFileSync(file);
    rmSync(file);
    expect(await faultOf({ home })).toMatchObject({ code: 'no-master-key' });
    writeFileSync(file, right.subarray(0, 31));
    expect(await faultOf({ home })).toMatchObject({ code: 'bad-master-key' });
    writeFileSync(file, right);
    await (await openEmbedded({ home })).close();
  });

  it('an older log, another or none is refused: signing on from there would fork it', async () => {
    const home = await filledHome();
    const older = join(dirname(home), 'older-log');
    cpSync(join(home, 'log'), older, { recursive: true });
    const server = await startServer(home);
    for (const person of BUYERS) {
      const key = server.keys.officer;
      const grants = [{ category: 'browsing', purpose: 'advertise', state: 'refused' }];
      const body = { grants, notice: { id: 'notice-1', language: 'en' } };
      expect((await server.http('PUT', `/v1/people/${person}/consent`, { key, body })).status).toBe(200);
    }
    await until(
      async () =>
        (await server.http('GET', '/log/checkpoint')).text !==
        readFileSync(join(older, 'public/checkpoint'), 'utf8'),
    );
    expect(await server.stop()).toBe(0);
    const newest = join(dirname(home), 'newest-log');
    cpSync(join(home, 'log'), newest, { recursive: true });
    const putLog = (from: string | undefined): void => {
      rmSync(join(home, 'log'), { recursive: true });
      if (from !== undefined) cpSync(from, join(home, 'log'), { recursive: true });
    };
    putLog(older);
    expect(await faultOf({ home })).toMatchObject({ code: 'log-rolled-back' });
    putLog(undefined);
    expect(await faultOf({ home })).toMatchObject({ code: 'log-rolled-back' });
    putLog(join(await filledHome(), 'log'));
    expect((await faultOf({ home })).code).toMatch(/^log-/);
    putLog(newest);
    await (await openEmbedded({ home })).close();
  });
});

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it does not happen');
}

/** An export in which an entry cannot be opened. */
async function exportedLoosely(server: Running, person: string): Promise<Exported> {
  const { text } = await server.http('GET', `/v1/people/${person}/export`, { key: server.keys.officer });
  const raw = z
    .looseObject({ journal: z.array(z.looseObject({ kind: z.string() })) })
    .parse(JSON.parse(text));
  const journal = raw.journal.filter((entry) => entry['readable'] !== false);
  expect(raw.journal.length - journal.length).toBe(1);
  return exportSchema.parse({ ...raw, journal });
}
