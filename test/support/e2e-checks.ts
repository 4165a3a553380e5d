// What must hold after every start of the kill test, whatever moment the kill came at.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { z } from 'zod';
import { nodeCrypto } from '../../src/adapters/node-crypto/crypto.ts';
import { openEntry } from '../../src/engine/journal.ts';
import { readyKeys } from '../../src/engine/replaying.ts';
import type { Crypto, PersonKey } from '../../src/engine/ports.ts';
import type { EntryKind } from '../../src/facts/entry.ts';
import { fromBase64, hex, utf8 } from '../../src/kernel/bytes.ts';
import { basketsOfShare, createBasketCounts } from '../../src/learn/basket-counts.ts';
import { type ContributionDescriptor, contributionOf } from '../../src/learn/contribution.ts';
import { lastDaysText } from '../../src/learn/last-days.ts';
import { createCounts } from '../../src/learn/counts.ts';
import { decisionDigest } from '../../src/prove/chain.ts';
import { personalLeaf, recordCommitment, recordSalt } from '../../src/prove/leaf.ts';
import { keepsPromise, verifyReceipt } from '../../src/prove/verify.ts';
import { eventsAnswer, readyAnswer } from '../../src/surfaces/http/answers.ts';
import type { Book, Gone } from './e2e-book.ts';
import { type Exported, type MadeDecision, checkLife } from './e2e-life.ts';
import { exportOf } from './e2e-ask.ts';
import type { Client } from './e2e-clients.ts';
import type { ReadPublic } from './e2e-log.ts';
import type { Running } from './e2e-running.ts';
import { BUYERS } from './e2e-shop.ts';

/** "Hangs", never "slow today". */
const HANGS_MS = 60_000;
/** Events in one request. */
const BATCH = 500;

/** The log as it lies on the disk of a server that is dead. */
export function readDisk(home: string): ReadPublic {
  return async (path) => {
    try {
      return new Uint8Array(await readFile(join(home, 'log', 'public', path)));
    } catch {
      return undefined;
    }
  };
}

export async function checkAfterStart(
  server: Running,
  book: Book,
  clients: readonly Client[],
): Promise<void> {
  // At once: an erased person must not be back for a moment, whatever is still being recovered.
  await checkGone(server, book.gone.filter(({ back }) => !back).slice(-100));
  await untilRecovered(server);
  for (const client of clients) {
    await client.unsettled?.settle(server);
    client.unsettled = undefined;
  }
  const exports: Exported[] = [];
  for (const { story } of book.lives) story.push('a start');
  for (const life of book.lives) {
    if (life.state !== 'here') continue;
    const exported = await exportOf(server, life);
    checkLife(life, exported);
    exports.push(exported);
  }
  for (const name of BUYERS) exports.push(await exportOf(server, { name }));
  expect(await server.inPrivate('statistics'), 'statistics equal a fresh recount').toBe(recount(exports));
  const titles = z.record(z.string(), z.string()).parse(await server.inPrivate('titles'));
  for (const [id, title] of book.titles) expect(titles[id]).toBe(title);
  for (const gone of book.gone) if (!gone.checked) await checkDigests(server, book, gone);
  await checkPromises(server, book);
}

/** Erased people are gone for whoever asks, and what a shop sends of them is refused. */
export async function checkGone(server: Running, gone: readonly Gone[]): Promise<void> {
  for (const { name } of gone) {
    const answer = await server.http('GET', `/v1/people/${name}`, { key: server.keys.officer });
    expect(answer.status, `${name} was erased: ${answer.text}`).toBe(410);
    expect(await server.inPrivate('keys', name), `keys of ${name}`).toBe('erased');
  }
  const order = {
    kind: 'purchase',
    source: 'till',
    time: new Date().toISOString(),
    items: [{ item: 'coat-1' }],
  };
  for (let at = 0; at < gone.length; at += BATCH) {
    const body = gone
      .slice(at, at + BATCH)
      .map(({ name }) => ({ ...order, id: `again-${name}`, person: name }));
    const { text } = await server.http('POST', '/v1/events', { key: server.keys.collect, body });
    const refused = { suppressed: body.length };
    expect(eventsAnswer.parse(JSON.parse(text)), text).toMatchObject({ accepted: 0, repeated: 0, refused });
  }
}

async function untilRecovered(server: Running): Promise<void> {
  const end = Date.now() + HANGS_MS;
  for (;;) {
    const { text } = await server.http('GET', '/readyz');
    if (readyAnswer.parse(JSON.parse(text)).recovered) return;
    if (Date.now() > end) throw new Error('the server does not recover');
    await sleep(20);
  }
}

/** The counts as they follow from what people may read of themselves; no code of the engine in between. */
function recount(exports: readonly Exported[]): string {
  const counts = createCounts();
  const baskets = createBasketCounts();
  const contributions: ContributionDescriptor[] = [];
  for (const [at, { facts }] of exports.entries()) {
    const read = facts.filter(
      ({ category, purposes }) => category === 'purchases' && purposes.includes('improve'),
    );
    // Two hundred kills take ten minutes, and somebody buys in them what nobody buys in a day.
    if (buysAsNoPersonDoes(read)) continue;
    const bought = read.filter(({ quantity }) => quantity > 0);
    const contacts = bought.map(({ item = '', last }) => ({ item, lastMs: Date.parse(last) }));
    const contribution = contributionOf(contacts);
    if (contribution === undefined) continue;
    counts.add(contribution);
    contributions.push(contribution);
    baskets.replace(`${at}`, basketsOfShare(ordersIn(bought), contribution.items));
  }
  return `${counts.canonicalText()}${lastDaysText(contributions)}\nbaskets\n${baskets.canonicalText()}`;
}

/** More than a thousand purchases in one day: left out of what is learned (src/learn/inhuman.ts). */
function buysAsNoPersonDoes(read: Exported['facts']): boolean {
  const perDay = new Map<string, number>();
  for (const { count, first, last } of read) {
    const [from, to] = [first.slice(0, 10), last.slice(0, 10)];
    const days = 1 + (Date.parse(to) - Date.parse(from)) / 86_400_000;
    if (count > 1000 * days) return true;
    if (days === 1) perDay.set(from, (perDay.get(from) ?? 0) + count);
  }
  return [...perDay.values()].some((count) => count > 1000);
}

/** What one source says was bought at one instant, oldest first. */
function ordersIn(bought: Exported['facts']): readonly (readonly string[])[] {
  const orders = new Map<string, string[]>();
  for (const { item = '', source, times = [] } of bought) {
    for (const time of times)
      orders.set(`${time} ${source}`, [...(orders.get(`${time} ${source}`) ?? []), item]);
  }
  return [...orders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, items]) => items);
}

const sealedSchema = z.object({
  snapshot: z.string(),
  entries: z.array(z.object({ seq: z.int(), kind: z.string(), sealed: z.string() })),
});

/**
 * What is left of an erased person is sealed evidence, and with their evidence key it opens: every decision
 * they were ever given is in a digest, and the leaf of each digest was promised to the log.
 */
async function checkDigests(server: Running, book: Book, gone: Gone): Promise<void> {
  const { name } = gone;
  const key = z.string().parse(await server.inPrivate('key-of', name)) as PersonKey;
  const left = sealedSchema.parse(await server.inPrivate('sealed', name));
  expect(left.snapshot, `the snapshot of ${name}`).toBe('');
  const kinds = new Set(left.entries.map(({ kind }) => kind));
  expect([...kinds].filter((kind) => !['consent', 'digest', 'erasure'].includes(kind))).toEqual([]);
  const evidence = fromBase64(gone.evidenceKey) ?? new Uint8Array(0);
  const keys = readyKeys(testCrypto(), { profile: evidence, evidence, revocations: 0 });
  let covered = 0;
  let consents = 0;
  for (const { seq, kind, sealed } of left.entries) {
    // Checked above.
    const entry = { seq, kind: kind as EntryKind, sealed: fromBase64(sealed) ?? new Uint8Array(0) };
    const opened = openEntry(testCrypto(), keys, key, entry);
    expect(opened, `evidence ${seq} of ${name} opens`).toBeDefined();
    if (opened?.kind === 'consent') consents += 1;
    if (opened?.kind !== 'digest') continue;
    const text = opened.digest.record;
    const record = z.object({ seq: z.int(), prev: z.string(), from: z.int(), to: z.int(), count: z.int() });
    const written = record.loose().parse(JSON.parse(text));
    const commitments = gone.commitments.slice(covered, covered + written.count);
    expect(
      { ...decisionDigest({ ...written, commitments }).record },
      `digest ${written.seq} of ${name}`,
    ).toEqual(written);
    covered += written.count;
    const salt = recordSalt({ evidenceKey: evidence, chain: 'decisions', seq: written.seq });
    book.owed.set(hex(personalLeaf(recordCommitment(salt, utf8(text)))), `a digest of ${name}`);
  }
  expect(covered, `decisions of ${name} that digests cover`).toBe(gone.commitments.length);
  expect(consents, `consent records of ${name}`).toBe(gone.consents);
  gone.checked = true;
}

let crypto: Crypto | undefined;

function testCrypto(): Crypto {
  if (crypto !== undefined) return crypto;
  const keysDir = mkdtempSync(join(tmpdir(), 'fineline-e2e-crypto-'));
  crypto = nodeCrypto({ keysDir, entropy: { bytes: (count) => new Uint8Array(randomBytes(count)) } });
  rmSync(keysDir, { recursive: true });
  return crypto;
}

/** Waits until the log has everything that it owes; what is missing when it hangs is named. */
async function checkPromises(server: Running, book: Book): Promise<void> {
  const { auditor } = book;
  const end = Date.now() + HANGS_MS;
  for (;;) {
    await auditor.follow((path) => server.bytes(`/log/${path}`));
    for (const leaf of book.owed.keys()) if (auditor.indexOf(leaf) !== undefined) book.owed.delete(leaf);
    const open = await proveDecisions(server, book);
    if (book.owed.size === 0 && open.length === 0) return;
    if (Date.now() > end) throw new Error(`not in the log: ${[...book.owed.values(), ...open].join(', ')}`);
    await sleep(150);
  }
}

/** Fetches and checks the proof of every decision not proven yet; returns those that have none so far. */
async function proveDecisions(server: Running, book: Book): Promise<readonly string[]> {
  const open: string[] = [];
  for (const { name, decisions } of [...book.lives, { name: 'nobody', decisions: book.strangers }]) {
    for (const [decision, made] of decisions) {
      if (made.proven) continue;
      const answer = await server.http('GET', `/v1/receipts/${decision}`, { key: server.keys.officer });
      if (answer.status === 404) open.push(`a decision for ${name}`);
      else prove(book, decision, { made, text: answer.text });
    }
  }
  return open;
}

function prove(book: Book, decision: string, { made, text }: { made: MadeDecision; text: string }): void {
  const { auditor } = book;
  const proof = verifyReceipt(text, auditor.trust);
  if (!proof.ok || proof.value.kind !== 'decision') throw new Error(`no proof of a decision: ${text}`);
  expect(proof.value.decision['decision']).toBe(decision);
  expect(keepsPromise(made.promise, proof.value), 'the log keeps the promise').toBe(true);
  const leaf = hex(personalLeaf(proof.value.digestCommitment));
  // The proof may name a checkpoint that is newer than our copy of the log.
  if (auditor.indexOf(leaf) === undefined) book.owed.set(leaf, `the digest of ${decision}`);
  made.proven = true;
  book.counts.proofs += 1;
}
