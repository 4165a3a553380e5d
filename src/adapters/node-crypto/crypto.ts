// Owns: the Crypto port on Node's own cryptography (OpenSSL). Keys are made into KeyObjects once: the set-up
// of a raw key costs several times the encryption of a small entry.

import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  createSecretKey,
  hash,
  verify,
  type KeyObject,
} from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { type LogKey, loadLogKey, PUBLIC_KEY_BYTES, signWith } from './log-key.ts';

import type { Crypto, Entropy, SealKey } from '../../engine/ports.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_KEY_BYTES = 32;
/** Public keys that are kept ready: an installation verifies its own log and a few witnesses. */
const PUBLIC_KEYS_MAX = 64;
/** SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410 section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

class ReadyKey implements SealKey {
  readonly kind = 'seal-key';
  readonly #key: KeyObject;
  constructor(raw: Uint8Array) {
    this.#key = createSecretKey(raw);
  }
  static keyOf(key: SealKey): KeyObject {
    assert(key instanceof ReadyKey, 'a seal key was made by this adapter');
    return key.#key;
  }
}

/** Of Node's `binary`: a letter for each byte. */
function bytesOfBinary(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Ed25519, for whoever signs nothing. */
export function nodeVerify(): Crypto['verify'] {
  const publicKeys = new Map<string, KeyObject>();
  const readyPublicKey = (raw: Uint8Array): KeyObject => {
    const name = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('latin1');
    const found = publicKeys.get(name);
    if (found !== undefined) return found;
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
    if (publicKeys.size >= PUBLIC_KEYS_MAX) publicKeys.clear();
    publicKeys.set(name, key);
    return key;
  };
  return (key, bytes, signature) =>
    key.length === PUBLIC_KEY_BYTES && verify(null, bytes, readyPublicKey(key), signature);
}

export interface NodeCryptoOptions {
  readonly keysDir: string;
  readonly entropy: Entropy;
  /** Signs in place of `keysDir/log.key`, which is then neither read nor made. */
  readonly logKey?: LogKey;
}

/** Opens (or makes) `keysDir/log.key`. Faults: `bad-log-key`, and what a file can do. */
export function nodeCrypto(options: NodeCryptoOptions): Crypto {
  const { privateKey, publicKey } = options.logKey ?? loadLogKey(options.keysDir);
  return {
    publicKey,

    utf8: (text) => Buffer.from(text, 'utf8'),

    text: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'),

    // As text and back: memory that Node makes for 32 bytes costs as much as hashing 2 KB.
    sha256: (bytes) => bytesOfBinary(hash('sha256', bytes, 'binary')),

    sealKey(raw): SealKey {
      assert(raw.length === SEAL_KEY_BYTES, 'a seal key has 32 bytes');
      return new ReadyKey(raw);
    },

    seal(key, plain, aad): Uint8Array {
      const nonce = options.entropy.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', ReadyKey.keyOf(key), nonce);
      cipher.setAAD(aad);
      // From Buffer's pool: memory of its own for each small entry costs more than the encryption, in
      // collecting it again.
      const sealed = Buffer.allocUnsafe(NONCE_BYTES + plain.length + TAG_BYTES);
      sealed.set(nonce);
      sealed.set(cipher.update(plain), NONCE_BYTES);
      cipher.final();
      sealed.set(cipher.getAuthTag(), NONCE_BYTES + plain.length);
      return sealed;
    },

    open(key, sealed, aad): Uint8Array | undefined {
      const end = sealed.length - TAG_BYTES;
      if (end < NONCE_BYTES) return undefined;
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', ReadyKey.keyOf(key), nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(aad);
      decipher.setAuthTag(sealed.subarray(end));
      const plain = decipher.update(sealed.subarray(NONCE_BYTES, end));
      try {
        decipher.final();
      } catch {
        // The only thing `final` can say in this mode: the tag does not fit.
        return undefined;
      }
      return plain;
    },

    sign: (bytes) => signWith(privateKey, bytes),

    verify: nodeVerify(),
  };
}
