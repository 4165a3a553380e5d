// Goal: an erased person is found nowhere: in no byte of the home, in no log, figure or model; not after a
// restart, not after yesterday's backup was restored, and not when the shop sends everything again. Method: a
// person of whom every word is planted (e2e-planted.ts) comes in through an order file and every message
// format, is decided for, backed up and erased; then all bytes are searched for every word in every encoding,
// and for their sealed bytes. The search itself is shown to find what is put there.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { restoreHome } from '../../src/presets/backup.ts';
import { fromBase64 } from '../../src/kernel/bytes.ts';
import { consentKept, erasedAnswer } from '../../src/surfaces/http/answers.ts';
import { decideFor, exportOf, pathOf, send, usesFacts } from '../support/e2e-ask.ts';
import { type Exported, decisionsOf } from '../support/e2e-life.ts';
import {
  DROPPED,
  KEPT,
  type Needle,
  PERSON,
  WORDS,
  needleOf,
  search,
  searchDatabase,
  searchFolder,
} from '../support/e2e-planted.ts';
import {
  OTHER,
  WITHDRAWING,
  messagesOfOthers,
  messagesOfPlanted,
  orderFile,
} from '../support/e2e-planted-messages.ts';
import { copyEqual, everythingTold } from '../support/e2e-planted-told.ts';
import { type Ended, type Running, fineline, newFolder, startServer } from '../support/e2e-running.ts';
import { NOTICE, all, newHome } from '../support/e2e-shop.ts';

const path = (name: string): string => pathOf({ name });
const exported = (server: Running, name: string): Promise<Exported> => exportOf(server, { name });

function importOrders(home: string): Promise<Ended> {
  const file = join(dirname(home), 'orders.csv');
  writeFileSync(file, orderFile());
  const claim = ['--source', 'orders', '--basis', 'consent', '--notice', 'notice-1'];
  return fineline('import', file, ...claim, '--home', home, '--json');
}

/** Everybody comes in, everybody is decided for. */
async function fill(server: Running): Promise<void> {
  const planted = messagesOfPlanted();
  expect(await send(server, planted)).toMatchObject({ consents: 1, accepted: 87, refused: {}, problems: [] });
  expect(await send(server, messagesOfOthers())).toMatchObject({ accepted: 4, refused: {} });
  await server.http('POST', '/v1/learn', { key: server.keys.admin });
  for (const person of [PERSON, OTHER, WITHDRAWING]) {
    for (let n = 0; n < 3; n += 1) expect(usesFacts(await decideFor(server, person)), person).toBe(true);
  }
  const { text } = await server.http('GET', `${path(PERSON)}/export`, { key: server.keys.officer });
  for (const word of [
    KEPT.viewed,
    KEPT.bought,
    KEPT.basket,
    KEPT.clicked,
    KEPT.liked,
    KEPT.csvItem,
    KEPT.language,
  ]) {
    expect(text, 'it is known while they are here').toContain(word);
  }
  for (const word of Object.values(DROPPED)) expect(text, 'it was never kept').not.toContain(word);
  // Until the digests are logged and the long journal is folded into a snapshot.
  for (let tries = 0; tries < 600; tries += 1) {
    if (sealedSchema.parse(await server.inPrivate('sealed', PERSON)).snapshot !== '') return;
    await sleep(100);
  }
}

const sealedSchema = z.object({
  snapshot: z.string(),
  entries: z.array(z.object({ kind: z.string(), sealed: z.string() })),
});
const keysSchema = z.object({ profile: z.string() });

/** Sealed bytes and the key of the planted person: what an erasure must destroy. */
async function doomed(server: Running): Promise<readonly Needle[]> {
  const { profile } = keysSchema.parse(await server.inPrivate('keys', PERSON));
  const { snapshot, entries } = sealedSchema.parse(await server.inPrivate('sealed', PERSON));
  expect(snapshot).not.toBe('');
  const gone = entries.filter(({ kind }) => kind === 'event' || kind === 'decision');
  expect(gone.length).toBeGreaterThan(2);
  const sealed = [snapshot, ...gone.map((entry) => entry.sealed)];
  const bytes = (text: string): Uint8Array => (fromBase64(text) ?? new Uint8Array(0)).slice(0, 40);
  return [profile, ...sealed].map((text, n) => needleOf(`doomed ${n}`, bytes(text)));
}

async function expectNowhere(home: string, server: Running, needles: readonly Needle[]): Promise<void> {
  for (const [where, text] of await everythingTold(server, OTHER)) {
    expect(search(where, Buffer.from(text), needles)).toEqual([]);
  }
  expect(searchFolder(home, needles)).toEqual([]);
}

/** The counts that models are made from, which live in memory alone. */
async function expectUncounted(server: Running, needles: readonly Needle[]): Promise<void> {
  const counts = Buffer.from(String(await server.inPrivate('statistics')));
  expect(counts.length).toBeGreaterThan(100);
  expect(search('the counts', counts, needles)).toEqual([]);
}

/** The same on a home that rests, where databases can be read row by row as well. */
function expectNowhereAtRest(home: string, needles: readonly Needle[]): void {
  expect(searchFolder(home, needles)).toEqual([]);
  for (const file of ['data/data.db', 'keys/keys.db', 'log/log.db']) {
    expect(searchDatabase(join(home, file), needles)).toEqual([]);
  }
}

/** What must hold after yesterday's backup was put back. */
async function checkRestored(home: string, yesterday: Yesterday, needles: readonly Needle[]): Promise<void> {
  expectNowhereAtRest(home, needles);
  const server = await startServer(home);
  const { status } = await server.http('GET', path(PERSON), { key: server.keys.officer });
  expect(status).toBe(410);
  expect(await server.inPrivate('keys', PERSON)).toBe('erased');
  expect(usesFacts(await decideFor(server, PERSON))).toBe(false);
  const sent = messagesOfPlanted().length - 1;
  expect(await send(server, messagesOfPlanted())).toMatchObject({ accepted: 0, repeated: 0, consents: 0 });
  expect((await send(server, messagesOfPlanted().slice(1))).refused).toEqual({ suppressed: sent });
  const other = await exported(server, OTHER);
  expect({ ...other, exported: '' }).toEqual({ ...yesterday.other, exported: '' });
  for (const { record } of decisionsOf(other)) {
    expect(await server.inPrivate('replay', record.decision)).toMatchObject({ same: true });
  }
  // The model of then knew the planted person: none serves until everybody is counted and one is made anew.
  for (let tries = 0; tries < 600 && !usesFacts(await decideFor(server, OTHER)); tries += 1) await sleep(100);
  expect(usesFacts(await decideFor(server, OTHER))).toBe(true);
  await checkWithdrawn(server);
  await sleep(1500);
  await expectNowhere(home, server, needles);
  expect(
    server
      .said()
      .split('\n')
      .filter((line) => /"level":[56]0/.test(line)),
  ).toEqual([]);
  expect(await server.stop()).toBe(0);
  expectNowhereAtRest(home, needles);
}

const allowedSchema = z.array(
  z.looseObject({
    category: z.string(),
    purpose: z.string(),
    allowed: z.boolean(),
    reason: z.string().optional(),
  }),
);

/** The withdrawal is not in the backup, but it is known: nothing counts that was said before. */
async function checkWithdrawn(server: Running): Promise<void> {
  const allowed = async (): Promise<readonly string[]> => {
    const rows = allowedSchema.parse((await exported(server, WITHDRAWING))['allowed']);
    return rows.flatMap((row) =>
      row.allowed && row.purpose !== 'serve' ? [`${row.category} ${row.purpose}`] : [],
    );
  };
  expect(await allowed()).toEqual([]);
  expect(usesFacts(await decideFor(server, WITHDRAWING))).toBe(false);
  const stale = decisionsOf(await exported(server, WITHDRAWING)).at(-1)?.record;
  expect(stale).toMatchObject({
    input: { refused: 'consent-state-stale', facts: [], barred: [] },
    reads: [],
  });
  const grants = [{ category: 'browsing', purpose: 'recommend', state: 'given' }];
  const key = await server.token(WITHDRAWING);
  const { text } = await server.http('PUT', `${path(WITHDRAWING)}/consent`, {
    key,
    body: { grants, notice: NOTICE },
  });
  consentKept.parse(JSON.parse(text));
  expect(await allowed()).toEqual(['browsing recommend']);
  await decideFor(server, WITHDRAWING);
  const { input, reads } = decisionsOf(await exported(server, WITHDRAWING)).at(-1)!.record;
  expect(
    [...reads, ...input.facts.map((fact) => fact.key)].filter((fact) => !fact.startsWith('viewed|')),
  ).toEqual([]);
}

interface Yesterday {
  readonly other: Exported;
}

describe('an erased person', () => {
  it('is found nowhere: not at once, not after a restart, not after a backup was restored', async () => {
    const home = newHome();
    const imported = await importOrders(home);
    expect(imported.code, imported.err).toBe(0);
    let server = await startServer(home);
    await fill(server);
    // Sealed from the beginning: even while they are here, no word of theirs is readable in any file.
    await expectNowhere(home, server, WORDS);
    const sealed = await doomed(server);
    expect(searchFolder(join(home, 'data'), sealed).length).toBeGreaterThan(2);
    const fromFile = join(newFolder(), 'yesterday.db');
    const yesterday = { other: await copyEqual(home, fromFile, () => exported(server, OTHER)) };
    const token = await server.token(WITHDRAWING);
    const body = { grants: all('withdrawn'), notice: NOTICE };
    const said = await server.http('PUT', `${path(WITHDRAWING)}/consent`, { key: token, body });
    expect(said.status, said.text).toBe(200);
    await decideFor(server, OTHER);

    const gone = await server.http('DELETE', path(PERSON), { key: await server.token(PERSON) });
    const { record } = erasedAnswer.parse(JSON.parse(gone.text));
    expect(record).toMatchObject({ event: 'erased', erased: { decisions: 3, profileKey: true } });
    const needles = [...WORDS, ...sealed];
    expect(search('the answer', Buffer.from(gone.text), needles)).toEqual([]);
    await expectNowhere(home, server, needles);
    await sleep(1500);
    await expectNowhere(home, server, needles);
    await expectUncounted(server, needles);
    expect(await server.stop()).toBe(0);
    expectNowhereAtRest(home, needles);

    server = await startServer(home);
    await expectUncounted(server, needles);
    expect((await send(server, messagesOfPlanted().slice(1))).accepted).toBe(0);
    await sleep(1500);
    await expectNowhere(home, server, needles);
    expect(await server.stop()).toBe(0);
    const again = await importOrders(home);
    expect(
      z.looseObject({ refused: z.record(z.string(), z.int()) }).parse(JSON.parse(again.out)).refused,
    ).toEqual({
      suppressed: 1,
    });
    expect(search('the import', Buffer.from(again.out + again.err), needles)).toEqual([]);
    expectNowhereAtRest(home, needles);

    // The backup holds their sealed bytes, and nothing readable; no key is left that opens them.
    expect(search('the backup', readFileSync(fromFile), sealed).length).toBeGreaterThan(2);
    expect(search('the backup', readFileSync(fromFile), WORDS)).toEqual([]);
    expect(searchDatabase(fromFile, WORDS)).toEqual([]);
    const twin = join(newFolder(), 'home');
    cpSync(home, twin, { recursive: true });
    const restored = await fineline('restore', '--from', fromFile, '--home', home, '--json');
    expect(restored.code, restored.err).toBe(0);
    expect(JSON.parse(restored.out)).toMatchObject({ purged: 1 });
    expect(await restoreHome({ home: twin, fromFile })).toEqual(JSON.parse(restored.out));
    await checkRestored(home, yesterday, needles);
    await checkRestored(twin, yesterday, needles);
  });

  it('would be found: the search sees a planted word in every form, and across pages', () => {
    const folder = newFolder();
    const file = join(folder, 'planted.bin');
    writeFileSync(file, Buffer.concat(WORDS.flatMap(({ bytes }) => [bytes, Buffer.from(' | ')])));
    const every = WORDS.map(({ word, form }) => ({ where: file, word, form }));
    expect(searchFolder(folder, WORDS)).toEqual(every);
    for (const offset of [0, 1, 2]) {
      const inside = Buffer.from(`${'x'.repeat(offset)}${PERSON} and more`).toString('base64');
      const hit = { where: 'base64', word: PERSON, form: `base64 at ${offset}` };
      expect(search('base64', Buffer.from(inside), WORDS)).toContainEqual(hit);
    }
    const database = join(folder, 'planted.db');
    const words = Array.from({ length: 200 }, (_, n) => `${PERSON} number ${1000 + n};`);
    const db = new DatabaseSync(database);
    db.exec('CREATE TABLE rows (text TEXT)');
    db.prepare('INSERT INTO rows VALUES (?)').run(words.join(''));
    db.close();
    const needles = words.map((word) => needleOf(word, Buffer.from(word)));
    expect(search(database, readFileSync(database), needles).length, 'pages cut words').toBeLessThan(200);
    expect(searchDatabase(database, needles)).toHaveLength(200);
  });
});
