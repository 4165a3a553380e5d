// The name of a decision finds its record without an index, and tells an outsider nothing: nonce ‖ (person
// key ‖ seq) masked with a keyed hash of the nonce. Two decisions of one person have nothing in common that
// can be seen.

import { base64url, fromBase64url, fromHex, hex } from '../kernel/bytes.ts';
import { type HmacKey, hmacKey, hmacWith } from '../kernel/sha256.ts';
import { type DecisionId, parseDecisionId } from '../facts/ids.ts';
import type { PersonKey } from './ports.ts';

const NONCE_BYTES = 12;
const KEY_BYTES = 16;
const SEQ_BYTES = 4;
const BYTES = NONCE_BYTES + KEY_BYTES + SEQ_BYTES;

export interface DecisionPlace {
  readonly person: PersonKey;
  readonly seq: number;
}

export interface DecisionNames {
  /** `nonce`: 12 random bytes. The name has 43 characters. */
  name(place: DecisionPlace, nonce: Uint8Array): DecisionId;
  /** Where to look; a name nobody gave leads to a person who does not exist. */
  place(name: DecisionId): DecisionPlace | undefined;
}

/** `secret`: 32 bytes, for ever the same for one key store. */
export function decisionNames(secret: Uint8Array): DecisionNames {
  const key = hmacKey(secret);
  return {
    name: ({ person, seq }, nonce) => {
      const bytes = new Uint8Array(BYTES);
      bytes.set(nonce.subarray(0, NONCE_BYTES));
      bytes.set(fromHex(person) ?? new Uint8Array(KEY_BYTES), NONCE_BYTES);
      new DataView(bytes.buffer).setUint32(NONCE_BYTES + KEY_BYTES, seq);
      mask(key, bytes);
      const id = parseDecisionId(base64url(bytes));
      if (!id.ok) throw new Error('unreachable: 43 characters are a valid id');
      return id.value;
    },
    place: (name) => {
      const bytes = fromBase64url(name);
      if (bytes === undefined || bytes.length !== BYTES) return undefined;
      mask(key, bytes);
      const seq = new DataView(bytes.buffer, bytes.byteOffset).getUint32(NONCE_BYTES + KEY_BYTES);
      return { person: hex(bytes.subarray(NONCE_BYTES, NONCE_BYTES + KEY_BYTES)) as PersonKey, seq };
    },
  };
}

function mask(key: HmacKey, bytes: Uint8Array): void {
  const pad = hmacWith(key, bytes.subarray(0, NONCE_BYTES));
  for (let at = NONCE_BYTES; at < BYTES; at += 1) bytes[at] = bytes[at]! ^ pad[at - NONCE_BYTES]!;
}
