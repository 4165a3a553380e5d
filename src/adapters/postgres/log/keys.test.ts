// Goal: the log goes on under another key while several nodes hold it open, and none that has not heard of it
// publishes. Method: two openings of one log with rings of their own, one of
// which hears late.

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type LogKey, logKey, verifyEd25519 } from '../../../../test/support/log-key.ts';
import { newPair, type Pair } from '../../../../test/support/postgres-pair.ts';
import { createLogRing, type LogRing } from '../../../engine/log-ring.ts';
import { documentLeaf } from '../../../prove/leaf.ts';
import { successionLeaf } from '../../../prove/succession.ts';
import { verifyCheckpoint, verifySuccessions } from '../../../prove/verify.ts';

import { Database } from '../database.ts';
import { openPostgresLog } from './log.ts';
import { logTables } from './tables.ts';

import type { LogKeyRow, LogKeyTable } from '../../../engine/ports.ts';
import type { PostgresStore } from '../store.ts';

const ORIGIN = 'town.example/log';
const [first, second] = [logKey(ORIGIN, 1), logKey(ORIGIN, 2)];
const entropy = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const leaf = (n: number): Uint8Array => documentLeaf(Uint8Array.of(n));

const verify: Parameters<typeof createLogRing>[0]['verify'] = (publicKey, message, signature) =>
  verifyEd25519({ publicKey, message, signature });

function ringOf(
  table: Pick<LogKeyTable, 'rows' | 'prove'>,
  held: readonly LogKey[],
  rows: readonly LogKeyRow[],
): LogRing {
  const pairs = () => held.map(({ publicKey, signer: { sign } }) => ({ publicKey, sign, file: '' }));
  return createLogRing({ origin: ORIGIN, table, pairs, verify, nowMs: Date.now }, rows);
}

function logOptions(signing: LogRing) {
  const { publicKey, signer } = first;
  const crypto = { publicKey, verify, sign: (message: Uint8Array) => signer.sign(message) };
  return { origin: ORIGIN, crypto, entropy, signing, leaseMs: 300 };
}

function openLog(store: PostgresStore, signing: LogRing) {
  return store.openLog(logOptions(signing));
}

async function rotated(table: LogKeyTable, ring: LogRing): Promise<void> {
  expect(await table.announce({ vkey: second.vkey, madeMs: 2 })).toBe(true);
  expect(await table.use(second.vkey, { follows: first.vkey, note: ring.succession(second.vkey, 2) })).toBe(
    true,
  );
}

async function begun(): Promise<{
  readonly pair: Pair;
  readonly store: PostgresStore;
  readonly rows: readonly LogKeyRow[];
}> {
  const pair = await newPair();
  const store = await pair.open();
  await store.logKeys.first({ vkey: first.vkey, madeMs: 1 });
  return { pair, store, rows: await store.logKeys.rows() };
}

describe('a log that goes on under another key', () => {
  it('[PL10] who has not heard of it publishes nothing, and does not turn it back', async () => {
    const { pair, store, rows } = await begun();
    const { logKeys: table } = store;
    const ring = ringOf(table, [first, second], rows);
    const one = await openLog(store, ring);
    let isDeaf = true;
    const deaf = { ...table, rows: async () => (isDeaf ? rows : table.rows()) };
    const late = await openLog(store, ringOf(deaf, [first, second], rows));
    await one.submit([leaf(1)]);
    await one.integrate();
    await rotated(table, ring);
    const { checkpoint } = await one.integrate();
    // The head that holds the succession is signed by both, and proves it.
    for (const { vkey } of [first, second]) {
      expect(verifyCheckpoint(checkpoint, { vkey, verifyEd25519 })).toMatchObject({ ok: true });
      const chain = new TextDecoder().decode(await one.read('successions'));
      expect(verifySuccessions(chain, { vkey, verifyEd25519 })).toMatchObject({ ok: true });
    }
    expect(await store.logVkey()).toBe(second.vkey);
    // The old one ends, and the one that has not heard takes the lease.
    expect(await table.end(first.vkey)).toBe(true);
    await one.close();
    await late.submit([leaf(2)]);
    await late.integrate();
    expect(await late.checkpoint()).toBe(checkpoint);
    expect(await store.logVkey()).toBe(second.vkey);
    isDeaf = false;
    await late.integrate();
    const now = (await late.checkpoint()) ?? '';
    expect(verifyCheckpoint(now, { vkey: second.vkey, verifyEd25519 })).toMatchObject({ ok: true });
    expect(verifyCheckpoint(now, { vkey: first.vkey, verifyEd25519 })).toMatchObject({ ok: false });
    expect(await late.inclusion(leaf(2))).toBeDefined();
    await late.close();
    await store.close();
    await pair.end();
  });

  it('[PL10] a writer that dies with a succession in the tree leaves it to who has heard', async () => {
    const { pair, store, rows } = await begun();
    const { logKeys: table } = store;
    const [data, keys] = [pair.dataUrl, pair.keysUrl].map((url) => new Database({ url, poolMax: 2 }));
    const tables = logTables(data!, keys!);
    let isDead = false;
    // Dead before it says what it is about to sign.
    const moveGuard: typeof tables.moveGuard = async (from, to) => {
      if (isDead) throw new Error('killed');
      return tables.moveGuard(from, to);
    };
    const ring = ringOf(table, [first, second], rows);
    const one = await openPostgresLog({ ...tables, moveGuard }, logOptions(ring));
    const deaf = { ...table, rows: async () => rows };
    const late = await openLog(store, ringOf(deaf, [first, second], rows));
    await rotated(table, ring);
    isDead = true;
    await expect(one.integrate()).rejects.toThrow('killed');
    const [, row] = await table.rows();
    expect(await tables.indexOf(successionLeaf(row!.note))).toBeDefined();
    await expect
      .poll(async () => {
        await late.integrate();
        return late.leads();
      })
      .toBe(true);
    const published = (await late.checkpoint()) ?? '';
    expect(verifyCheckpoint(published, { vkey: first.vkey, verifyEd25519 })).toMatchObject({
      ok: true,
      value: { size: 0 },
    });
    await late.close();
    for (const database of [data!, keys!]) await database.close();
    await store.close();
    await pair.end();
  });

  it('[PL11] a node that lacks the key in use takes no lease, and another one writes', async () => {
    const { pair, store, rows } = await begun();
    const { logKeys: table } = store;
    const whole = ringOf(table, [first, second], rows);
    const one = await openLog(store, whole);
    const blind = await openLog(store, ringOf(table, [first], rows));
    await rotated(table, whole);
    await one.close();
    await blind.submit([leaf(3)]);
    await blind.integrate();
    expect(await blind.leads()).toBe(false);
    expect(await blind.inclusion(leaf(3))).toBeUndefined();
    expect(() => blind.signers?.()).toThrow('log-');
    const again = await openLog(store, ringOf(table, [first, second], await table.rows()));
    await again.integrate();
    expect(await again.inclusion(leaf(3))).toBeDefined();
    for (const log of [blind, again]) await log.close();
    await store.close();
    await pair.end();
  });
});
