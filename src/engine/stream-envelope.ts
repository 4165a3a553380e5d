// An admitted event as it lies in the stream, sealed twice.
//
//     version 1 ‖ day, 2 bytes ‖ seal(key of the day, pseudonym, 16 bytes ‖ seal(profile key, JSON))
//
// Inside, the person's own profile key, as in the journal: an erasure destroys that key, so it reaches what
// lies in a broker, in its replicas and in blocks its disks have not overwritten yet, without touching any of
// them. Around it a key of the day that all nodes derive from the master key: it hides the pseudonym, so that
// a broker cannot count who does how much. The day changes it because a random nonce of 96 bits carries 2³²
// messages per key (NIST SP 800-38D, 8.3), five times what 10,000 a second make in a day.

import { assert } from '../kernel/assert.ts';
import { concatBytes, fromHex, hex, u16, utf8 } from '../kernel/bytes.ts';
import { type HmacKey, hmacKey, hmacWith } from '../kernel/sha256.ts';
import { DAY_MS } from '../kernel/time.ts';
import type { Event } from '../facts/event.ts';
import type { Place } from '../facts/place.ts';
import type { Signals } from '../facts/signals.ts';
import { STREAM_SHARDS, type StreamMessage } from './event-stream.ts';
import type { Person } from './person.ts';
import type { AdmittedAs } from './taken-back.ts';
import type { Crypto, KeyStore, PersonKey, SealKey, World } from './ports.ts';

/** One event with what its request said, as the intake admitted it. */
export interface Carried {
  readonly event: Event;
  readonly place?: Place;
  readonly signals: Signals;
  readonly notAfterMs?: number;
  /** Absent: of a version before this was carried; then no yes stands behind it. */
  readonly admitted?: AdmittedAs;
}

/** Opened as far as the key of the day goes: whose it is, and what only their own key opens. */
export interface Outer {
  readonly person: PersonKey;
  readonly inner: Uint8Array;
}

export interface Envelopes {
  seal(person: Pick<Person, 'key' | 'keys'>, carried: Carried, nowMs: number): StreamMessage;
  /** `undefined`: not ours, damaged, or of a later version. */
  open(body: Uint8Array): Outer | undefined;
  /** `undefined`: sealed for other keys than these. */
  openInner(outer: Outer, keys: Person['keys']): Carried | undefined;
}

const VERSION = 1;
const HEADER_BYTES = 3;
const PSEUDONYM_BYTES = 16;
const ID_BYTES = 16;
/** Keys of days that are kept ready; messages are seldom older than today. */
const DAYS_MAX = 16;

export function createEnvelopes({ crypto, keys }: Pick<World, 'crypto' | 'keys'>): Envelopes {
  const names = hmacKey(keys.derive('event-stream/names'));
  const keyOf = dayKeys(crypto, keys);
  const aad = crypto.utf8('event-stream');
  return {
    seal: (person, carried, nowMs) => {
      const day = Math.floor(nowMs / DAY_MS);
      const plain = crypto.utf8(JSON.stringify(carried));
      const inner = crypto.seal(person.keys.profile, plain, innerAad(crypto, person.key));
      const name = fromHex(person.key);
      assert(name?.length === PSEUDONYM_BYTES, 'a pseudonym is 32 hex digits');
      const outer = crypto.seal(keyOf(day), concatBytes(name, inner), aad);
      return {
        shard: shardOf(person.key),
        id: messageId(names, person.key, carried.event.id),
        body: concatBytes(Uint8Array.of(VERSION), u16(day), outer),
      };
    },
    open: (body) => {
      if (body.length < HEADER_BYTES || body[0] !== VERSION) return undefined;
      const day = (body[1] ?? 0) * 256 + (body[2] ?? 0);
      const plain = crypto.open(keyOf(day), body.subarray(HEADER_BYTES), aad);
      if (plain === undefined || plain.length < PSEUDONYM_BYTES) return undefined;
      // The way back: these bytes were written as a pseudonym, and the seal says so.
      const person = hex(plain.subarray(0, PSEUDONYM_BYTES)) as PersonKey;
      return { person, inner: plain.subarray(PSEUDONYM_BYTES) };
    },
    openInner: ({ person, inner }, { profile }) => {
      const plain = crypto.open(profile, inner, innerAad(crypto, person));
      // Written by `seal` and authenticated, so its shape is trusted, as in the journal.
      return plain === undefined ? undefined : (JSON.parse(crypto.text(plain)) as Carried);
    },
  };
}

/** The shard of a person: six bits of a pseudonym, which is a keyed hash, so all are equally full. */
function shardOf(person: PersonKey): number {
  return Number.parseInt(person.slice(0, 2), 16) % STREAM_SHARDS;
}

/**
 * The name of an event in the stream: keyed, because ids such as `order:1001:purchase` can be guessed.
 */
function messageId(names: HmacKey, person: PersonKey, event: string): string {
  return hex(hmacWith(names, utf8(`${person}|${event}`)).subarray(0, ID_BYTES));
}

function innerAad(crypto: Crypto, person: PersonKey): Uint8Array {
  return crypto.utf8(`event-stream|${person}`);
}

function dayKeys(crypto: Crypto, keys: KeyStore): (day: number) => SealKey {
  const ready = new Map<number, SealKey>();
  return (day) => {
    const found = ready.get(day);
    if (found !== undefined) return found;
    const key = crypto.sealKey(keys.derive(`event-stream/${day}`));
    if (ready.size >= DAYS_MAX) ready.clear();
    ready.set(day, key);
    return key;
  };
}
