// The promise: what a person holds before the log has grown. Commitments of a few milliseconds are put into a
// small tree and its root is signed once, because an Ed25519 signature costs fifty times a hash; each receipt
// carries its own path. If the log does not contain the commitment when the promise is due, the receipt
// convicts it.
//
//     <origin>/promise
//     <base64 root of the batch>
//     <count of commitments>
//     <when it was signed, ms since 1970 UTC>
//     <when the commitments will be in the log, ms>
//
// The first line differs from every checkpoint of this log, so that neither can be passed for the other.

import { assert } from '../kernel/assert.ts';
import { base64, fromBase64 } from '../kernel/bytes.ts';
import { type Result, ok } from '../kernel/result.ts';
import type { PromiseReceipt, VerificationError } from '../facts/receipt.ts';
import { batchLevels, batchPath, batchRoot } from './batch-tree.ts';
import { failed, parseCount } from './failure.ts';
import { COMMITMENT_BYTES } from './leaf.ts';
import { type Hash, HASH_BYTES, leafHash } from './merkle.ts';
import { verifyInclusion } from './merkle-proof.ts';
import { type NoteSigner, signNote } from './note.ts';
import { type LogTrust, openTrusted } from './trust.ts';

export interface PromiseTerms {
  readonly origin: string;
  readonly root: Hash;
  readonly count: number;
  readonly timeMs: number;
  readonly dueMs: number;
}

/** The note text that is signed. */
function promiseText({ origin, root, count, timeMs, dueMs }: PromiseTerms): string {
  assert(root.length === HASH_BYTES && count >= 1, 'a promise is about at least one commitment');
  assert(
    Number.isSafeInteger(timeMs) && Number.isSafeInteger(dueMs) && timeMs <= dueMs,
    'a promise is due later',
  );
  return `${origin}/promise\n${base64(root)}\n${count}\n${timeMs}\n${dueMs}\n`;
}

/** Signs a batch; the receipts come in the order of the commitments and share one note. */
export function signPromises(options: {
  /** Of one log: the key in use first, then one that it follows and that has not ended. */
  readonly signers: readonly [NoteSigner, ...NoteSigner[]];
  readonly commitments: readonly Uint8Array[];
  readonly timeMs: number;
  readonly dueMs: number;
}): PromiseReceipt[] {
  const { signers, commitments, timeMs, dueMs } = options;
  const levels = batchLevels(commitments);
  const texts = levels.map((level) => level.map(base64));
  const origin = signers[0].name;
  const terms = { origin, root: batchRoot(levels), count: commitments.length, timeMs, dueMs };
  const note = signNote(promiseText(terms), signers);
  return commitments.map((commitment, index) => {
    assert(commitment.length === COMMITMENT_BYTES, 'a commitment has 32 bytes');
    return {
      v: 1,
      kind: 'promise',
      commitment: base64(commitment),
      index,
      path: batchPath(texts, index),
      note,
    };
  });
}

/** What a promise note says, once the log's signature on it holds. */
export function openPromise(note: string, trust: LogTrust): Result<PromiseTerms, VerificationError> {
  const opened = openTrusted(note, trust);
  if (!opened.ok) return opened;
  const { text, by } = opened.value;
  const origin = by.key.name;
  const lines = text.split('\n');
  const [title, rootText = '', ...numbers] = lines;
  if (title !== `${origin}/promise`) {
    return failed('wrong-origin', `the note is not a promise of ${origin}`);
  }
  const root = fromBase64(rootText);
  const [count, timeMs, dueMs] = numbers.slice(0, 3).map(parseCount);
  if (root?.length !== HASH_BYTES || lines.length !== 6 || lines[5] !== '') {
    return failed('malformed', 'a promise has five lines: origin, root, count, time, due');
  }
  if (count === undefined || count === 0 || timeMs === undefined || dueMs === undefined || timeMs > dueMs) {
    return failed('malformed', 'a promise names its count, its time and a later due time in decimal');
  }
  if (by.timeMsMax !== undefined && timeMs > by.timeMsMax) {
    return failed(
      'succeeded',
      `the promise is signed by ${by.vkey} alone, after another key had followed it`,
    );
  }
  return ok({ origin, root, count, timeMs, dueMs });
}

export interface PromisedCommitment {
  readonly terms: PromiseTerms;
  readonly commitment: Uint8Array;
}

/**
 * Checks that the log promised this receipt's commitment. Says nothing yet of what the commitment is about.
 */
export function verifyPromise(
  receipt: PromiseReceipt,
  trust: LogTrust,
): Result<PromisedCommitment, VerificationError> {
  const terms = openPromise(receipt.note, trust);
  if (!terms.ok) return terms;
  const commitment = fromBase64(receipt.commitment);
  if (commitment?.length !== COMMITMENT_BYTES)
    return failed('malformed', 'a commitment is base64 of 32 bytes');
  const path: Hash[] = [];
  for (const text of receipt.path) {
    const hash = fromBase64(text);
    if (hash === undefined) return failed('malformed', 'a path is a list of hashes in base64');
    path.push(hash);
  }
  const { count: size, root } = terms.value;
  if (!verifyInclusion({ leaf: leafHash(commitment), index: receipt.index, size, path, root })) {
    return failed('not-in-tree', 'the path does not lead from the commitment to the signed batch');
  }
  return ok({ terms: terms.value, commitment });
}
