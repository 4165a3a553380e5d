// What goes into the log: 34 bytes, `0x01 ‖ type ‖ C`, and nothing else; no pseudonym, no time, no place. A
// leaf about a person is an HMAC under a salt that only their evidence key gives, so the public log tells
// nothing about them, and once that key is destroyed nobody can open or link it again, the operator included
// (research: standards.md part 4).
//
// The salt, not the key, is handed out with a receipt: it opens one record and says nothing of the next. It
// has exactly 32 bytes everywhere, because HMAC pads shorter keys with zeros and two salts could otherwise
// open one commitment.

import { assert } from '../kernel/assert.ts';
import { concatBytes, equalBytes, u64, utf8 } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type HmacKey, hkdfSha256, hmacKey, hmacSha256, hmacWith, sha256 } from '../kernel/sha256.ts';

export const COMMITMENT_BYTES = 32;
export const SALT_BYTES = 32;
const LEAF_VERSION = 0x01;
const PERSONAL = 0x01;
const DOCUMENT = 0x02;

const RECORD_DOMAIN = utf8('fineline-consent-leaf/v1\0');
const DECISION_DOMAIN = utf8('fineline-decision/v1\0');
const DAY_INFO = utf8('fineline/day/v1\0');
/**
 * A person has two chains that both count from 0: salts of one must say nothing about records of the other.
 */
const SALT_INFOS = {
  consent: utf8('fineline/salt/v1\0'),
  decisions: utf8('fineline/digest-salt/v1\0'),
} as const;

/** `consent`: what the person allowed; `decisions`: the digests of what was decided for them. */
export type Chain = keyof typeof SALT_INFOS;

/** Salt of the record `seq` of a chain: HKDF-SHA256 of the person's evidence key (32 bytes). */
export function recordSalt(options: {
  readonly evidenceKey: Uint8Array;
  readonly chain: Chain;
  readonly seq: number;
}): Uint8Array {
  const { evidenceKey, chain, seq } = options;
  assert(evidenceKey.length === 32, 'an evidence key has 32 bytes');
  return hkdfSha256({
    key: evidenceKey,
    info: concatBytes(SALT_INFOS[chain], u64(seq)),
    lengthBytes: SALT_BYTES,
  });
}

/** Commitment to a record: `record` is its canonical JSON as UTF-8. */
export function recordCommitment(salt: Uint8Array, record: Uint8Array): Uint8Array {
  assert(salt.length === SALT_BYTES, 'a salt has 32 bytes');
  return hmacSha256(salt, concatBytes(RECORD_DOMAIN, record));
}

/**
 * Key for one person's decisions of one day, to be prepared once: decisions are made often. `day` is
 * `2026-07-25`.
 */
export function decisionDayKey(evidenceKey: Uint8Array, day: string): HmacKey {
  assert(evidenceKey.length === 32, 'an evidence key has 32 bytes');
  const info = concatBytes(DAY_INFO, utf8(day));
  return hmacKey(hkdfSha256({ key: evidenceKey, info, lengthBytes: 32 }));
}

/** Salt of the `seq`-th decision under a day key. */
export function decisionSalt(dayKey: HmacKey, seq: number): Uint8Array {
  return hmacWith(dayKey, u64(seq));
}

/**
 * Commitment to a decision, given the SHA-256 of its record, which the caller may compute with the platform's
 * own.
 */
export function decisionCommitment(salt: Uint8Array, recordDigest: Uint8Array): Uint8Array {
  assert(
    salt.length === SALT_BYTES && recordDigest.length === 32,
    'a salt and a record digest have 32 bytes each',
  );
  return hmacSha256(salt, concatBytes(DECISION_DOMAIN, recordDigest));
}

/** The leaf of a commitment to something personal. */
export function personalLeaf(commitment: Uint8Array): Uint8Array {
  assert(commitment.length === COMMITMENT_BYTES, 'a commitment has 32 bytes');
  return concatBytes(Uint8Array.of(LEAF_VERSION, PERSONAL), commitment);
}

/**
 * The leaf of a document that is about nobody: policy, model, pack, notice. Whoever has it can find it in the
 * log.
 */
export function documentLeaf(document: Uint8Array): Uint8Array {
  return documentLeafOf(sha256(document));
}

/** The same from the document's SHA-256. */
export function documentLeafOf(digest: Uint8Array): Uint8Array {
  assert(digest.length === 32, 'a SHA-256 has 32 bytes');
  return concatBytes(Uint8Array.of(LEAF_VERSION, DOCUMENT), digest);
}

/** A leaf that opens to nothing and looks like any other: fills a batch. `random`: 32 bytes of entropy. */
export function dummyLeaf(random: Uint8Array): Uint8Array {
  return personalLeaf(random);
}

export interface Leaf {
  readonly kind: 'personal' | 'document';
  readonly commitment: Uint8Array;
}

/** What an auditor checks of every entry: exactly 34 bytes, version 1, a known type. */
export function parseLeaf(leaf: Uint8Array): Leaf | undefined {
  const [version, type] = leaf;
  if (leaf.length !== LIMITS.leafBytes || version !== LEAF_VERSION) return undefined;
  if (type !== PERSONAL && type !== DOCUMENT) return undefined;
  return { kind: type === PERSONAL ? 'personal' : 'document', commitment: leaf.slice(2) };
}

/** True when salt and record (canonical bytes) open the commitment. */
export function opensRecord(claim: {
  readonly commitment: Uint8Array;
  readonly salt: Uint8Array;
  readonly record: Uint8Array;
}): boolean {
  return (
    claim.salt.length === SALT_BYTES &&
    equalBytes(recordCommitment(claim.salt, claim.record), claim.commitment)
  );
}

/** The same for a decision. */
export function opensDecision(claim: {
  readonly commitment: Uint8Array;
  readonly salt: Uint8Array;
  readonly record: Uint8Array;
}): boolean {
  if (claim.salt.length !== SALT_BYTES) return false;
  return equalBytes(decisionCommitment(claim.salt, sha256(claim.record)), claim.commitment);
}
