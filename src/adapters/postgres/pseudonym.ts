// Owns: the two forms of a pseudonym: 32 hex digits in the engine, a uuid in a table (16 bytes, compared like
// bytes; what PostgreSQL reads needs no hyphens, what it writes has them).

import { assert } from '../../kernel/assert.ts';

import type { PersonKey } from '../../engine/ports.ts';

const HEX = /^[0-9a-f]{32}$/;

/** A pseudonym that nobody has: owner of leaves that belong to nobody, and of the check of the master key. */
export const NOBODY = '0'.repeat(32);

export function uuidOf(person: PersonKey): string {
  assert(HEX.test(person), 'a pseudonym is 32 hex digits');
  return person;
}

/** The way back: only for what was written as a pseudonym, hence the mint. */
export function pseudonymOf(uuid: string): PersonKey {
  const hex = uuid.replaceAll('-', '');
  assert(HEX.test(hex), 'a stored pseudonym is a uuid');
  return hex as PersonKey;
}

export function pseudonymBytes(person: PersonKey): Uint8Array {
  return Uint8Array.from(Buffer.from(uuidOf(person), 'hex'));
}
