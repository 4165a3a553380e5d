// Goal: a home that has another key than the log it finds says which one is missing, and leaves everything
// as it is. Method: a table that says nothing yet, folders of keys.

import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadLogKey } from '../adapters/node-crypto/log-key.ts';
import { logVkey } from '../engine/log-ring.ts';
import { openLogKeys } from './log-keys-home.ts';

import type { LogKeyRow, LogKeyTable } from '../engine/ports.ts';

const origin = 'town.example/log';
const entropy = { bytes: (count: number) => new Uint8Array(count) };
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'fineline-log-keys-'));

it('[Y37] a home that lacks the key of the log it finds names it, and makes none', async () => {
  const said: string[] = [];
  const rows = (): readonly LogKeyRow[] =>
    said.map((vkey) => ({ vkey, state: 'used', madeMs: 1, note: '', proof: '' }));
  const table: Pick<LogKeyTable, 'rows' | 'first'> = {
    rows: async () => rows(),
    first: async ({ vkey }) => {
      said.push(vkey);
    },
  };
  const there = logVkey(origin, loadLogKey(newFolder()).publicKey);
  const open = async (keysDir: string, vkey: string) =>
    openLogKeys({ origin, keysDir, table: table as LogKeyTable, entropy, there: async () => vkey });
  const [empty, other] = [newFolder(), newFolder()];
  const own = logVkey(origin, loadLogKey(other).publicKey);
  for (const keysDir of [empty, other])
    await expect(open(keysDir, there)).rejects.toMatchObject({ code: 'no-log-key' });
  expect(readdirSync(empty)).toEqual([]);
  expect(said).toEqual([]);
  expect((await open(other, own)).ring.vkey).toBe(own);
  expect(said).toEqual([own]);
});
