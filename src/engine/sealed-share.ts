// What a person adds to everything that is learned, written down and sealed with their own profile key, bound
// to their name: whoever makes models reads it without opening the journal, and when the key goes at an
// erasure it is noise, wherever a copy of it lies.

import type { Week } from '../measure/responses/response-counts.ts';
import type { ReadyKeys } from './journal.ts';
import type { Crypto, PersonKey, Share } from './ports.ts';

/** All that one person adds, to statistics and to responses. */
export interface WholeShare {
  readonly share: Share;
  readonly weeks: readonly Week[] | undefined;
}

/** Lengths are multiples of it: how much somebody has is not told to the byte. */
const STEP_BYTES = 256;

/** Whether there is anything in it. */
export function isEmptyShare({ share, weeks = [] }: WholeShare): boolean {
  const { items = [], baskets = [], sessions = [], guard } = share;
  return items.length + baskets.length + sessions.length + weeks.length === 0 && guard === undefined;
}

export function sealShare(crypto: Crypto, keys: ReadyKeys, person: PersonKey, whole: WholeShare): Uint8Array {
  const plain = crypto.utf8(JSON.stringify(whole));
  const padded = new Uint8Array(Math.ceil(plain.length / STEP_BYTES) * STEP_BYTES).fill(0x20);
  padded.set(plain);
  return crypto.seal(keys.profile, padded, placeOf(crypto, person));
}

/** `undefined`: these bytes are not of this person in this life of theirs. */
export function openShare(
  crypto: Crypto,
  profile: Uint8Array,
  { person, sealed }: { readonly person: PersonKey; readonly sealed: Uint8Array },
): WholeShare | undefined {
  const plain = crypto.open(crypto.sealKey(profile), sealed, placeOf(crypto, person));
  // Written by `sealShare` and authenticated by the seal, so its shape is trusted.
  return plain === undefined ? undefined : (JSON.parse(crypto.text(plain)) as WholeShare);
}

function placeOf(crypto: Crypto, person: PersonKey): Uint8Array {
  return crypto.utf8(`${person}|share`);
}
