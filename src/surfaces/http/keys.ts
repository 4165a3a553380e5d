// Service keys: one per role, shown once when they are made. The running server holds SHA-256 hashes only, so
// that neither its memory nor its settings give a key away. A plain hash is enough, because a key is 256
// random bits: there is nothing to guess.

import { base64url, equalBytes, fromHex, hex, utf8 } from '../../kernel/bytes.ts';
import { sha256 } from '../../kernel/sha256.ts';

/** What a service key may be for. A person's token is not a key (person-token.ts). */
export const KEY_ROLES = ['collect', 'decide', 'officer', 'admin'] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

/** Hex SHA-256 of every key of a role; several while keys are being replaced. */
export type HashedKeys = Readonly<Record<KeyRole, readonly string[]>>;
/** What is written to `keys.json`, once. */
export type PlainKeys = Readonly<Record<KeyRole, string>>;

const KEY = /^flk_(collect|decide|officer|admin)_[A-Za-z0-9_-]{43}$/;
const KEY_BYTES = 32;

/** One new key per role. `plain` is for the file of the owner, `hashed` for the server. */
export function createKeys(entropy: { bytes(count: number): Uint8Array }): {
  readonly plain: PlainKeys;
  readonly hashed: HashedKeys;
} {
  const make = (role: KeyRole): string => `flk_${role}_${base64url(entropy.bytes(KEY_BYTES))}`;
  const plain = {
    collect: make('collect'),
    decide: make('decide'),
    officer: make('officer'),
    admin: make('admin'),
  };
  return { plain, hashed: hashKeys(plain) };
}

function hashKeys(plain: PlainKeys): HashedKeys {
  const of = (role: KeyRole): readonly string[] => [hashKey(plain[role])];
  return { collect: of('collect'), decide: of('decide'), officer: of('officer'), admin: of('admin') };
}

/** Hex SHA-256 of a key. */
export function hashKey(key: string): string {
  return hex(sha256(utf8(key)));
}

export interface KeyCheck {
  /** Whether this is the hash of one of them (`hashKey`). */
  knows(hash: string): boolean;
  /** From now on these hold, and no others. */
  use(hashed: HashedKeys): void;
  /** The role of a key that is known; `undefined` for anything else. Compares in constant time. */
  roleOf(key: string): KeyRole | undefined;
}

export function createKeyCheck(hashed: HashedKeys): KeyCheck {
  let known = bytesOf(hashed);
  let names = namesOf(hashed);
  return {
    knows: (hash) => names.has(hash),
    use: (others) => {
      known = bytesOf(others);
      names = namesOf(others);
    },
    roleOf: (key) => {
      const written = KEY.exec(key)?.[1];
      const role = KEY_ROLES.find((name) => name === written);
      if (role === undefined) return undefined;
      const hash = sha256(utf8(key));
      let found = false;
      // All are compared, so that the time does not say which one fits.
      for (const one of known.get(role) ?? []) found = equalBytes(one, hash) || found;
      return found ? role : undefined;
    },
  };
}

function bytesOf(hashed: HashedKeys): ReadonlyMap<KeyRole, readonly Uint8Array[]> {
  const hashesOf = (role: KeyRole): readonly Uint8Array[] =>
    hashed[role].map((text) => fromHex(text)).filter((hash) => hash !== undefined);
  return new Map(KEY_ROLES.map((role) => [role, hashesOf(role)]));
}

function namesOf(hashed: HashedKeys): ReadonlySet<string> {
  return new Set(KEY_ROLES.flatMap((role) => hashed[role]));
}
