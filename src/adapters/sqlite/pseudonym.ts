// Owns: the two forms of a pseudonym: 32 hex digits in the engine, 16 bytes in a table.

import { assert } from '../../kernel/assert.ts';

import type { PersonKey } from '../../engine/ports.ts';

export const PSEUDONYM_BYTES = 16;

/** A pseudonym that nobody has. */
export const NOBODY = new Uint8Array(PSEUDONYM_BYTES);

export function pseudonymBytes(person: PersonKey): Buffer {
  const bytes = Buffer.from(person, 'hex');
  assert(
    bytes.length === PSEUDONYM_BYTES && person.length === 2 * PSEUDONYM_BYTES,
    'a pseudonym is 32 hex digits',
  );
  return bytes;
}

/** The way back: only for bytes that were written as a pseudonym, hence the mint. */
export function pseudonymOf(bytes: Uint8Array): PersonKey {
  assert(bytes.length === PSEUDONYM_BYTES, 'a stored pseudonym has 16 bytes');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex') as PersonKey;
}
