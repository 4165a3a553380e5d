// Ed25519 for checking receipts offline, from Node's own cryptography.

import { createPublicKey, verify } from 'node:crypto';
import type { VerifyEd25519 } from '../../prove/verify.ts';

/** SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410 section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

export const verifyEd25519: VerifyEd25519 = ({ publicKey, message, signature }) => {
  if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};
