// The keys of the HTTP API: made at the first start, written for the owner once (`HOME/keys.json`), and for
// the server as hashes (`HOME/keys/api-keys.json`), so that a copy of the owner's file may be moved to a
// vault and deleted here.

import { chmodSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Fault } from '../../../kernel/fault.ts';
import { type HashedKeys, KEY_ROLES, type KeyRole, type PlainKeys, createKeys } from '../../http/keys.ts';
import { readJson } from './json-file.ts';

export interface ApiKeys {
  readonly hashed: HashedKeys;
  /** The owner's file; it may have been moved away. */
  readonly file: string;
  readonly isNew: boolean;
}

const OWNER_FILE = 'keys.json';
const SERVER_FILE = 'api-keys.json';

/** Fault `damaged` when the server's file is not one. */
export function loadApiKeys(paths: { readonly home: string; readonly keys: string }): ApiKeys {
  const file = join(paths.home, OWNER_FILE);
  const serverFile = join(paths.keys, SERVER_FILE);
  const there = readApiKeys(paths);
  if (there !== undefined) return { hashed: there, file, isNew: false };
  const { plain, hashed } = createKeys({ bytes: (count) => randomBytes(count) });
  // The owner's file first: keys that nobody was told would be no use.
  writeSecret(file, `${JSON.stringify(plain, undefined, 2)}\n`);
  writeSecret(serverFile, `${JSON.stringify(hashed)}\n`);
  return { hashed, file, isNew: true };
}

/** Hashes of the keys that a home has; makes none. Fault `damaged`. */
export function readApiKeys(paths: { readonly keys: string }): HashedKeys | undefined {
  const file = join(paths.keys, SERVER_FILE);
  return existsSync(file) ? readHashed(file) : undefined;
}

/** The owner's key of a role; `undefined` when the file is not here (any more). */
export function ownerKey(home: string, role: KeyRole): string | undefined {
  const keys = readJson(join(home, OWNER_FILE)) as Partial<PlainKeys> | undefined;
  const key = keys?.[role];
  return typeof key === 'string' ? key : undefined;
}

function readHashed(file: string): HashedKeys {
  const value = readJson(file) as Partial<Record<KeyRole, readonly unknown[]>> | undefined;
  const isHash = (hash: unknown): boolean => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
  const isList = (role: KeyRole): boolean => Array.isArray(value?.[role]) && value[role].every(isHash);
  // Every role has just been checked to be a list of hashes.
  if (value !== undefined && KEY_ROLES.every(isList)) return value as HashedKeys;
  throw new Fault(
    'damaged',
    `${file}: not a list of hashed keys. Delete it, and the next start makes new keys.`,
    { retry: 'never' },
  );
}

/** Whole or not at all, readable by its owner only. */
function writeSecret(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
