// Goal: which key signs is said by the key store, and a process that has not heard of it for long signs
// nothing. Method: a ring over rows and a clock in the test's hand.

import { expect, it } from 'vitest';
import { logKey, verifyEd25519 } from '../../test/support/log-key.ts';
import { createLogRing } from '../engine/log-ring.ts';
import { HOUR_MS } from '../kernel/time.ts';

import type { LogKeyRow } from '../engine/ports.ts';

const ORIGIN = 'town.example/log';
const [first, second] = [logKey(ORIGIN, 1), logKey(ORIGIN, 2)];
const row = (vkey: string, state: LogKeyRow['state']): LogKeyRow => ({
  vkey,
  state,
  madeMs: 1,
  note: '',
  proof: '',
});

function ringOver(rows: readonly LogKeyRow[]) {
  const at = { nowMs: 1, isUnreadable: false };
  const pairs = () => {
    if (at.isUnreadable) throw new Error('unreadable');
    return [first, second].map(({ publicKey, signer: { sign } }) => ({ publicKey, sign, file: '' }));
  };
  const options = {
    origin: ORIGIN,
    table: { rows: async () => rows, prove: async () => undefined },
    pairs,
    verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
      verifyEd25519({ publicKey, message, signature }),
    nowMs: () => at.nowMs,
  };
  return { at, ring: createLogRing(options, rows) };
}

it('[Y37] a process that has not heard for half an hour which key signs, signs nothing until it has', () => {
  const rows = [row(first.vkey, 'used')];
  const { at, ring } = ringOver(rows);
  at.nowMs += HOUR_MS / 2;
  expect(ring.signers()).toHaveLength(1);
  at.nowMs += 1;
  expect(() => ring.signers()).toThrow('30 minutes');
  ring.follow(rows);
  expect(ring.signers()).toHaveLength(1);
});

it('[Y37] a file that cannot be read keeps nobody from hearing that a key has ended', () => {
  const { at, ring } = ringOver([row(first.vkey, 'old'), row(second.vkey, 'used')]);
  at.isUnreadable = true;
  const third = logKey(ORIGIN, 3).vkey;
  const rows = [row(first.vkey, 'ended'), row(second.vkey, 'used'), row(third, 'announced')];
  expect(() => ring.follow(rows)).toThrow('unreadable');
  expect(ring.uses).toEqual([second.vkey]);
});
