// Crypto without files, for tests and the simulator: the platform's own primitives, and a log key that lives
// as long as the process.

import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Crypto, Entropy, SealKey } from '../../engine/ports.ts';

/** Made ready once: setting up raw bytes costs four times the encryption of a small entry. */
interface ReadyKey extends SealKey {
  readonly ready: KeyObject;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** DER of an Ed25519 public key up to its 32 bytes (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export function memoryCrypto(entropy: Entropy): Crypto {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const readyOf = (key: SealKey): KeyObject => (key as ReadyKey).ready;
  return {
    publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)),
    utf8: (text) => encoder.encode(text),
    text: (bytes) => decoder.decode(bytes),
    sha256: (bytes) => hash('sha256', bytes, 'buffer'),
    sealKey: (raw): ReadyKey => ({ kind: 'seal-key', ready: createSecretKey(raw) }),
    seal: (key, plain, aad) => {
      const nonce = entropy.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', readyOf(key), nonce).setAAD(aad);
      return new Uint8Array(
        Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
      );
    },
    open: (key, sealed, aad) => {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', readyOf(key), sealed.subarray(0, NONCE_BYTES));
        decipher.setAAD(aad).setAuthTag(sealed.subarray(-TAG_BYTES));
        return new Uint8Array(
          Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]),
        );
      } catch {
        return undefined;
      }
    },
    sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
    verify: (raw, bytes, signature) => {
      if (raw.length !== 32) return false;
      const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
      return verify(null, bytes, key, signature);
    },
  };
}
