// The server's file of API keys (`HOME/keys/api-keys.json`): hashes alone, each perhaps with an end, so that
// an old key holds on while its successor is handed out.

import { chmodSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../../kernel/fault.ts';
import { parseObject } from '../../../facts/parse.ts';
import { type HashedKeys, KEY_ROLES, type KeyRole } from '../../http/keys.ts';
import { readJson } from './json-file.ts';

export interface KeptKey {
  /** Hex SHA-256 of the key. */
  readonly hash: string;
  /** Milliseconds since 1970; absent for keys that were made before this was written down. */
  readonly madeMs?: number;
  /** From then on it opens nothing; absent: no end. */
  readonly untilMs?: number;
}
/** Of each role, oldest first. */
export type KeptKeys = Readonly<Record<KeyRole, readonly KeptKey[]>>;

const HASH = /^[0-9a-f]{64}$/;

export function keyFileOf(paths: { readonly keys: string }): string {
  return join(paths.keys, 'api-keys.json');
}

/** `undefined` when there is none. Fault `damaged`. */
export function readKeyFile(paths: { readonly keys: string }): KeptKeys | undefined {
  const file = keyFileOf(paths);
  if (!existsSync(file)) return undefined;
  const fields = parseObject(readJson(file), 'keys');
  const lists = KEY_ROLES.map((role) => [role, fields.ok ? keptOf(fields.value[role]) : undefined] as const);
  if (lists.every(([, list]) => list !== undefined)) return Object.fromEntries(lists) as KeptKeys;
  const message = `${file}: not a list of hashed keys. Delete it, and the next start makes new keys.`;
  throw new Fault('damaged', message, { retry: 'never' });
}

export function writeKeyFile(paths: { readonly keys: string }, kept: KeptKeys): void {
  writeSecret(keyFileOf(paths), `${JSON.stringify(kept)}\n`);
}

/** What opens something at `nowMs`. */
export function hashedAt(kept: KeptKeys, nowMs: number): HashedKeys {
  const of = (role: KeyRole): readonly string[] => {
    const open = kept[role].filter(({ untilMs }) => untilMs === undefined || nowMs < untilMs);
    return open.map(({ hash }) => hash);
  };
  return { collect: of('collect'), decide: of('decide'), officer: of('officer'), admin: of('admin') };
}

/** Whole or not at all, readable by its owner only. */
export function writeSecret(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

function keptOf(value: unknown): readonly KeptKey[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const kept = value.map(oneOf).filter((one) => one !== undefined);
  return kept.length === value.length ? kept : undefined;
}

/** Homes of before keys had an end list the bare hashes. */
function oneOf(value: unknown): KeptKey | undefined {
  if (typeof value === 'string') return HASH.test(value) ? { hash: value } : undefined;
  const fields = parseObject(value, 'key');
  if (!fields.ok) return undefined;
  const { hash, madeMs, untilMs } = fields.value;
  if (typeof hash !== 'string' || !HASH.test(hash) || !isTime(madeMs) || !isTime(untilMs)) return undefined;
  return { hash, ...(madeMs === undefined ? {} : { madeMs }), ...(untilMs === undefined ? {} : { untilMs }) };
}

function isTime(value: unknown): value is number | undefined {
  return value === undefined || Number.isSafeInteger(value);
}
