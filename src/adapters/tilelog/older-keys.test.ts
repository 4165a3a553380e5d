// Goal: keys that were put back from before a rotation do not sign on with the key of then. Method: a log on
// a disk that went on under another key, opened by what was known before.

import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logKey, verifyEd25519 } from '../../../test/support/log-key.ts';
import { newLeaves, ORIGIN } from '../../../test/support/tile-logs.ts';
import { createLogRing, type LogRing } from '../../engine/log-ring.ts';
import { openTileLog } from './tile-log.ts';

import type { LogKeyRow } from '../../engine/ports.ts';

const keys = [logKey(ORIGIN, 1), logKey(ORIGIN, 2)] as const;
const entropy = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  verifyEd25519({ publicKey, message, signature });

/** Over rows that its proofs go into. */
function ringOver(rows: LogKeyRow[]): LogRing {
  const pairs = () => keys.map(({ publicKey, signer: { sign } }) => ({ publicKey, sign, file: '' }));
  const prove = async (vkey: string, proof: string): Promise<void> => {
    for (const [n, row] of rows.entries()) if (row.vkey === vkey) rows[n] = { ...row, proof };
  };
  const table = { rows: async () => [...rows], prove };
  return createLogRing({ origin: ORIGIN, table, pairs, verify, nowMs: () => 0 }, [...rows]);
}

it('[W35] a log that went on under another key does not open with keys of before', async () => {
  const home = mkdtempSync(join(tmpdir(), 'fineline-log-'));
  const [first, second] = keys;
  const crypto = { publicKey: first.publicKey, sign: first.signer.sign, verify };
  const open = (signing: LogRing) => {
    const place = { dir: join(home, 'log'), keyDir: join(home, 'keys') };
    return openTileLog({ ...place, origin: ORIGIN, crypto, signing, entropy });
  };
  const of = (vkey: string, state: LogKeyRow['state'], note = ''): LogKeyRow => {
    return { vkey, state, madeMs: 1, note, proof: '' };
  };
  const before = [of(first.vkey, 'used')];
  const rows = [...before];
  const ring = ringOver(rows);
  const log = open(ring);
  const note = ring.succession(second.vkey, 1);
  rows.splice(0, 1, of(first.vkey, 'old'), of(second.vkey, 'used', note));
  await log.submit(newLeaves(2));
  await log.integrate();
  expect(ring.successions()).not.toBe('');
  await log.close();
  expect(() => open(ringOver(before))).toThrow(expect.objectContaining({ code: 'log-other-key' }));
  const again = open(ringOver(rows));
  expect(again.vkey).toBe(second.vkey);
  await again.close();
});
