// A person's records as chains: each names its number and the hash of the one before, so that nothing can be
// taken out or put in afterwards without the holder of later receipts noticing. Consent records form one
// chain; the digests of decisions form another, with salts of their own (leaf.ts).

import { assert } from '../kernel/assert.ts';
import { base64, fromBase64, utf8 } from '../kernel/bytes.ts';
import { type JsonObject, canonicalJson } from '../kernel/canonical.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { ChainLink, DigestRecord } from '../facts/receipt.ts';
import { type Levels, batchLevels, batchPath, batchRoot } from './batch-tree.ts';
import { COMMITMENT_BYTES, type Chain } from './leaf.ts';
import { type Hash, HASH_BYTES, isTreeSize } from './merkle.ts';

/** `prev` of the first record of a chain. */
export const CHAIN_START = '0'.repeat(64);

/** The bytes of a record that are committed and hashed: canonical JSON (RFC 8785) as UTF-8. */
export function recordBytes(record: JsonObject): Uint8Array {
  return utf8(canonicalJson(record));
}

/** What the next record of the chain names as `prev`: 64 hexadecimal digits. */
export function recordHead(record: JsonObject): string {
  return sha256Hex(recordBytes(record));
}

/** Which chain a record belongs to. */
export function chainOf(record: JsonObject): Chain {
  return record['kind'] === 'decisions' ? 'decisions' : 'consent';
}

/** Number and predecessor of a record from outside; `undefined` when it carries none. */
export function parseChainLink(record: JsonObject): ChainLink | undefined {
  const { v, seq, prev } = record;
  if (v !== 1 || typeof seq !== 'number' || !isTreeSize(seq)) return undefined;
  if (typeof prev !== 'string' || !/^[0-9a-f]{64}$/.test(prev)) return undefined;
  return { v, seq, prev };
}

/** A digest record from outside, with nothing in it that is not checked. */
export function parseDigestRecord(record: JsonObject): DigestRecord | undefined {
  const link = parseChainLink(record);
  const { kind, from, to, count, root } = record;
  if (link === undefined || kind !== 'decisions' || Object.keys(record).length !== 8) return undefined;
  if (!isTime(from) || !isTime(to) || from >= to) return undefined;
  if (typeof count !== 'number' || !isTreeSize(count)) return undefined;
  if (typeof root !== 'string' || fromBase64(root)?.length !== HASH_BYTES) return undefined;
  return { ...link, kind, from, to, count, root };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export interface DigestInput {
  readonly seq: number;
  readonly prev: string;
  /** Period, milliseconds since 1970 UTC: `from` included, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** Decision commitments, in the order the decisions were made. */
  readonly commitments: readonly Uint8Array[];
}

/** The record for one period of one person, and the way from each decision to its root. */
export interface DecisionDigest {
  readonly record: DigestRecord;
  /** Audit path of the decision at `index`. */
  path(index: number): Hash[];
}

/** Commits to all decisions of a period at once: one leaf a day instead of one per page view. */
export function decisionDigest(input: DigestInput): DecisionDigest {
  const { seq, prev, from, to, commitments } = input;
  for (const commitment of commitments) {
    assert(commitment.length === COMMITMENT_BYTES, 'a commitment has 32 bytes');
  }
  const levels: Levels<Hash> = batchLevels(commitments);
  const root = base64(batchRoot(levels));
  const record: DigestRecord = {
    v: 1,
    kind: 'decisions',
    seq,
    prev,
    from,
    to,
    count: commitments.length,
    root,
  };
  assert(parseDigestRecord({ ...record }) !== undefined, 'a digest record that is written can be read');
  return { record, path: (index) => batchPath(levels, index) };
}
