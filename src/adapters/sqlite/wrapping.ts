// Owns: what the master key is used for: the pepper of pseudonyms and the wrapping of person keys. Both come
// from it by HKDF, so that no key is used for two things (NIST SP 800-108).
//
//     wrapped = nonce 12 · AES-256-GCM(profile 32 · evidence 32) · tag 16; associated data: person, state

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { u16, utf8 } from '../../kernel/bytes.ts';
import { hkdfSha256 } from '../../kernel/sha256.ts';
import { PSEUDONYM_BYTES, pseudonymOf } from './pseudonym.ts';

import type { PersonKey } from '../../engine/ports.ts';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const WRAPPED_BYTES = NONCE_BYTES + 2 * KEY_BYTES + TAG_BYTES;

export interface KeyPair {
  readonly profile: Uint8Array;
  readonly evidence: Uint8Array;
}

export interface Wrapping {
  /** 32 bytes for a named use outside the key store. */
  derive(label: string): Uint8Array;
  personKey(controller: string, person: string): PersonKey;
  wrap(person: Uint8Array, state: number, keys: KeyPair): Uint8Array;
  /** `undefined`: wrapped for another person or state, under another master key, or damaged. */
  unwrap(person: Uint8Array, state: number, wrapped: Uint8Array): KeyPair | undefined;
}

/** `master` has 32 bytes and may be wiped afterwards. */
export function createWrapping(master: Uint8Array): Wrapping {
  assert(master.length === KEY_BYTES, 'the master key has 32 bytes');
  const derive = (use: string): Uint8Array =>
    hkdfSha256({ key: master, info: utf8(`fineline/keystore/${use}/v1`), lengthBytes: KEY_BYTES });
  // Of the next generation: the master key itself is not kept.
  const named = derive('named');
  const pepper = createSecretKey(derive('pepper'));
  const wrappingKey = createSecretKey(derive('wrap'));

  return {
    derive: (label) => hkdfSha256({ key: named, info: utf8(label), lengthBytes: KEY_BYTES }),

    personKey(controller, person): PersonKey {
      const name = utf8(controller);
      // Length first: ("ab", "c") and ("a", "bc") are two people.
      const mac = createHmac('sha256', pepper)
        .update(u16(name.length))
        .update(name)
        .update(person, 'utf8')
        .digest();
      return pseudonymOf(mac.subarray(0, PSEUDONYM_BYTES));
    },

    wrap(person, state, keys): Uint8Array {
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
    },

    unwrap(person, state, wrapped): KeyPair | undefined {
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
    },
  };
}

function associated(person: Uint8Array, state: number): Uint8Array {
  const bytes = new Uint8Array(PSEUDONYM_BYTES + 1);
  bytes.set(person);
  bytes[PSEUDONYM_BYTES] = state;
  return bytes;
}
