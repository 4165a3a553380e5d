// The keys of the HTTP API: made at the first start, written for the owner once (`HOME/keys.json`), and for
// the server as hashes (key-file.ts), so that a copy of the owner's file may be moved to a vault and deleted
// here.

import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { type HashedKeys, type KeyRole, type PlainKeys, createKeys } from '../../http/keys.ts';
import { readJson } from './json-file.ts';
import { type KeptKey, hashedAt, readKeyFile, writeKeyFile, writeSecret } from './key-file.ts';

export interface ApiKeys {
  readonly hashed: HashedKeys;
  /** The owner's file; it may have been moved away. */
  readonly file: string;
  readonly isNew: boolean;
}

interface KeyPaths {
  readonly home: string;
  readonly keys: string;
}

/** Fault `damaged` when the server's file is not one. */
export function loadApiKeys(paths: KeyPaths): ApiKeys {
  const file = ownerFileOf(paths.home);
  const there = readApiKeys(paths);
  if (there !== undefined) return { hashed: there, file, isNew: false };
  const { plain, hashed } = newKeys();
  // The owner's file first: keys that nobody was told would be no use.
  writeOwnerKeys(paths.home, plain);
  const madeMs = Date.now();
  const of = (role: KeyRole): readonly KeptKey[] => hashed[role].map((hash) => ({ hash, madeMs }));
  const kept = { collect: of('collect'), decide: of('decide'), officer: of('officer'), admin: of('admin') };
  writeKeyFile(paths, kept);
  return { hashed, file, isNew: true };
}

/** Hashes of the keys that a home has and that have not ended; makes none. Fault `damaged`. */
export function readApiKeys(paths: { readonly keys: string }): HashedKeys | undefined {
  const kept = readKeyFile(paths);
  return kept === undefined ? undefined : hashedAt(kept, Date.now());
}

export function newKeys(): ReturnType<typeof createKeys> {
  return createKeys({ bytes: (count) => randomBytes(count) });
}

export function ownerFileOf(home: string): string {
  return join(home, 'keys.json');
}

export function writeOwnerKeys(home: string, keys: Partial<PlainKeys>): void {
  writeSecret(ownerFileOf(home), `${JSON.stringify(keys, undefined, 2)}\n`);
}

/** The owner's key of a role; `undefined` when the file is not here (any more). */
export function ownerKey(home: string, role: KeyRole): string | undefined {
  const key = ownerKeys(home)[role];
  return typeof key === 'string' ? key : undefined;
}

/** What stands in the owner's file; nothing when it was moved away. */
export function ownerKeys(home: string): Partial<PlainKeys> {
  return (readJson(ownerFileOf(home)) as Partial<PlainKeys> | undefined) ?? {};
}
