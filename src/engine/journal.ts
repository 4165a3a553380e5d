// A person's journal entries as bytes: JSON, sealed with the person's own key and bound to their place in the
// journal, so that a store cannot swap, repeat or move one without being noticed.

import { decisionRecordOf, decisionRecordText } from '../decide/record.ts';
import { consentRecordText } from '../consent/chain.ts';
import type { Entry, EntryKind } from '../facts/entry.ts';
import type { Crypto, PersonKey, SealKey, SealedEntry } from './ports.ts';

/** A person's keys, made ready. */
export interface ReadyKeys {
  readonly profile: SealKey;
  readonly evidence: SealKey;
  /** Raw, for salts. */
  readonly evidenceRaw: Uint8Array;
}

/**
 * Which key seals what: evidence survives erasure until its term, everything else dies with the profile key.
 */
const SEALED_BY: Readonly<Record<EntryKind, 'profile' | 'evidence'>> = {
  consent: 'evidence',
  digest: 'evidence',
  erasure: 'evidence',
  event: 'profile',
  decision: 'profile',
  link: 'profile',
  restriction: 'profile',
};

/** Kinds that outlive an erasure, sealed, until the evidence term ends. */
export const EVIDENCE_KINDS: readonly EntryKind[] = ['consent', 'digest', 'erasure'];

/**
 * What stands in the entry, before sealing. For consent and decisions these are the canonical bytes that are
 * committed.
 */
export function entryText(entry: Entry): string {
  switch (entry.kind) {
    case 'consent':
      return consentRecordText(entry.record);
    case 'decision':
      return decisionRecordText(entry.record);
    case 'event':
      return JSON.stringify(entry.event);
    case 'link':
      return JSON.stringify(entry.link);
    case 'restriction':
      return JSON.stringify(entry.restriction);
    case 'digest':
      return entry.digest.record;
    case 'erasure':
      return entry.erasure.record;
  }
}

export interface EntryPlace {
  readonly person: PersonKey;
  readonly seq: number;
  readonly kind: EntryKind;
}

function aad(crypto: Crypto, { person, seq, kind }: EntryPlace): Uint8Array {
  return crypto.utf8(`${person}|${seq}|${kind}`);
}

export function sealEntry(crypto: Crypto, keys: ReadyKeys, place: EntryPlace, plain: Uint8Array): Uint8Array {
  return crypto.seal(keys[SEALED_BY[place.kind]], plain, aad(crypto, place));
}

/**
 * `undefined` when the bytes are not what this journal holds at this place: the person is then unreadable,
 * and nothing is allowed.
 */
export function openEntry(
  crypto: Crypto,
  keys: ReadyKeys,
  person: PersonKey,
  entry: SealedEntry,
): Entry | undefined {
  const plain = openPlain(crypto, keys, person, entry);
  return plain === undefined ? undefined : entryOf(entry.kind, crypto.text(plain));
}

/** The bytes that `entryText` made; `undefined` as above. */
export function openPlain(
  crypto: Crypto,
  keys: ReadyKeys,
  person: PersonKey,
  entry: SealedEntry,
): Uint8Array | undefined {
  const place = { person, seq: entry.seq, kind: entry.kind };
  return crypto.open(keys[SEALED_BY[entry.kind]], entry.sealed, aad(crypto, place));
}

/** The bytes were written by `entryText` and are authenticated by the seal, so their shape is trusted. */
export function entryOf(kind: EntryKind, text: string): Entry {
  if (kind === 'digest') return { kind, digest: { record: text } };
  if (kind === 'erasure') return { kind, erasure: { record: text } };
  if (kind === 'decision') return { kind, record: decisionRecordOf(text) };
  const value = JSON.parse(text) as never;
  switch (kind) {
    case 'consent':
      return { kind, record: value };
    case 'event':
      return { kind, event: value };
    case 'link':
      return { kind, link: value };
    case 'restriction':
      return { kind, restriction: value };
  }
}
