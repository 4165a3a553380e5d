// An Ed25519 key for tests of the log: deterministic from one byte, over node:crypto.

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { type NoteSigner, type VerifyEd25519, formatVkey, keyIdOf } from '../../src/prove/note.ts';

/** PKCS #8 and SPKI wrappers of a raw 32-byte Ed25519 key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export interface LogKey {
  readonly signer: NoteSigner;
  readonly vkey: string;
  readonly publicKey: Uint8Array;
}

/** A key named `name` whose seed is 32 times `seed`. */
export function logKey(name: string, seed: number): LogKey {
  const der = Buffer.concat([PKCS8, Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki.subarray(SPKI.length));
  const signer: NoteSigner = {
    name,
    keyId: keyIdOf(name, publicKey),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
  return { signer, vkey: formatVkey({ name, publicKey }), publicKey };
}

export const verifyEd25519: VerifyEd25519 = ({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};
