// Owns: what one master key does: it wraps the keys of people, and the root, from which all comes that must
// not change when another master key takes its place. Both uses come from it by HKDF, so that no key is used
// for two things (NIST SP 800-108).
//
//     wrapped = nonce 12 · AES-256-GCM(profile 32 · evidence 32) · tag 16; associated data: person, state

import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { hex, utf8 } from '../../kernel/bytes.ts';
import { hkdfSha256 } from '../../kernel/sha256.ts';
import { NOBODY, PSEUDONYM_BYTES } from './pseudonym.ts';

import type { KeyPair } from '../../engine/ports.ts';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const WRAPPED_BYTES = NONCE_BYTES + 2 * KEY_BYTES + TAG_BYTES;
const ID_BYTES = 8;
/** In the place of a state, beside nobody: 0 and 1 are states of people. */
const ROOT = 2;

/** Two secrets that stay the same whichever master key wraps them. */
export interface Root {
  /** Of uses outside the key store. */
  readonly named: Uint8Array;
  /** Of pseudonyms. */
  readonly pepper: Uint8Array;
}

export interface Wrapping {
  /** 16 hex digits that name the key and open nothing. */
  readonly id: string;
  /** The root of a store that this key was the first of. */
  readonly ownRoot: () => Root;
  /** 32 bytes for a named use that ends with this key. */
  secret(label: string): Uint8Array;
  wrapRoot(root: Root): Uint8Array;
  /** `undefined`: another key's, or damaged. */
  unwrapRoot(wrapped: Uint8Array): Root | undefined;
  wrap(person: Uint8Array, state: number, keys: KeyPair): Uint8Array;
  /** `undefined`: wrapped for another person or state, under another master key, or damaged. */
  unwrap(person: Uint8Array, state: number, wrapped: Uint8Array): KeyPair | undefined;
}

/** `master` has 32 bytes and may be wiped afterwards. */
export function createWrapping(master: Uint8Array): Wrapping {
  assert(master.length === KEY_BYTES, 'the master key has 32 bytes');
  const derive = (use: string, lengthBytes = KEY_BYTES): Uint8Array =>
    hkdfSha256({ key: master, info: utf8(`fineline/keystore/${use}/v1`), lengthBytes });
  // Of the next generation: the master key itself is not kept.
  const own = { named: derive('named'), pepper: derive('pepper') };
  const wrappingKey = createSecretKey(derive('wrap'));

  const wrap = (person: Uint8Array, state: number, keys: KeyPair): Uint8Array => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce);
    cipher.setAAD(associated(person, state));
    const wrapped = new Uint8Array(WRAPPED_BYTES);
    wrapped.set(nonce);
    wrapped.set(cipher.update(keys.profile), NONCE_BYTES);
    wrapped.set(cipher.update(keys.evidence), NONCE_BYTES + KEY_BYTES);
    cipher.final();
    wrapped.set(cipher.getAuthTag(), NONCE_BYTES + 2 * KEY_BYTES);
    return wrapped;
  };
  const unwrap = (person: Uint8Array, state: number, wrapped: Uint8Array): KeyPair | undefined => {
    const nonce = wrapped.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(associated(person, state));
    decipher.setAuthTag(wrapped.subarray(NONCE_BYTES + 2 * KEY_BYTES));
    const plain = decipher.update(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + 2 * KEY_BYTES));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    const keys = {
      profile: Uint8Array.from(plain.subarray(0, KEY_BYTES)),
      evidence: Uint8Array.from(plain.subarray(KEY_BYTES)),
    };
    plain.fill(0);
    return keys;
  };
  return {
    id: hex(derive('id', ID_BYTES)),
    ownRoot: () => ({ named: Uint8Array.from(own.named), pepper: Uint8Array.from(own.pepper) }),
    secret: (label) => hkdfSha256({ key: own.named, info: utf8(label), lengthBytes: KEY_BYTES }),
    wrapRoot: ({ named, pepper }) => wrap(NOBODY, ROOT, { profile: named, evidence: pepper }),
    unwrapRoot(wrapped): Root | undefined {
      const pair = unwrap(NOBODY, ROOT, wrapped);
      return pair === undefined ? undefined : { named: pair.profile, pepper: pair.evidence };
    },
    wrap,
    unwrap,
  };
}

/** What a master key is called, without keeping anything of it. */
export function masterIdOf(master: Uint8Array): string {
  return hex(hkdfSha256({ key: master, info: utf8('fineline/keystore/id/v1'), lengthBytes: ID_BYTES }));
}

function associated(person: Uint8Array, state: number): Uint8Array {
  const bytes = new Uint8Array(PSEUDONYM_BYTES + 1);
  bytes.set(person);
  bytes[PSEUDONYM_BYTES] = state;
  return bytes;
}
