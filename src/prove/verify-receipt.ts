// The one place where a `VerifiedReceipt` is made. Each kind of receipt is a chain of steps, and every step
// must hold:
//
//     promise    record ─salt→ commitment ─path→ batch root ─signature→ key
//     record     record ─salt→ commitment → leaf ─path→ log root ─signature→ key
//     decision   decision ─salt→ commitment ─path→ digest record ─salt→ leaf ─path→ log root ─signature→ key
//     document   SHA-256 → leaf ─path→ log root ─signature→ key
//
// Only the key comes from the checker; everything else may come from an attacker.

import { equalBytes, fromBase64 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/canonical.ts';
import { type Result, ok } from '../kernel/result.ts';
import type {
  DigestRecord,
  DigestedDecision,
  InclusionReceipt,
  LogPlace,
  PromiseReceipt,
  Receipt,
  VerificationError,
  VerifiedReceipt,
} from '../facts/receipt.ts';
import { parseDigestRecord, recordBytes } from './chain.ts';
import { type Checkpoint, type LogTrust, verifyCheckpoint } from './checkpoint.ts';
import { failed } from './failure.ts';
import {
  decisionCommitment,
  documentLeafOf,
  opensDecision,
  opensRecord,
  personalLeaf,
  recordCommitment,
  SALT_BYTES,
} from './leaf.ts';
import { sha256 } from '../kernel/sha256.ts';
import { type Hash, leafHash } from './merkle.ts';
import { verifyConsistency, verifyInclusion } from './merkle-proof.ts';
import { verifyPromise } from './promise.ts';
import { openReceipt } from './receipt.ts';

/** What the checker brings along. */
export interface ReceiptTrust extends LogTrust {
  /**
   * A signed checkpoint the checker got elsewhere (a witness, a newspaper): the receipt's must agree with it.
   */
  readonly checkpoint?: string;
  /** Consistency proof between the two checkpoints, when their sizes differ. */
  readonly consistency?: readonly Hash[];
}

type WithoutBrand<T> = T extends unknown ? Pick<T, Extract<keyof T, string>> : never;

function mint(facts: WithoutBrand<VerifiedReceipt>): VerifiedReceipt {
  // The only mint of verified receipts: its callers below have checked every step.
  return facts as VerifiedReceipt;
}

/** Checks a receipt, given as text or opened. Never throws for any receipt, however wrong. */
export function verifyReceipt(
  receipt: string | Receipt,
  trust: ReceiptTrust,
): Result<VerifiedReceipt, VerificationError> {
  const opened = typeof receipt === 'string' ? openReceipt(receipt) : ok(receipt);
  if (!opened.ok) return opened;
  return opened.value.kind === 'promise'
    ? verifyPromiseReceipt(opened.value, trust)
    : verifyInclusionReceipt(opened.value, trust);
}

function verifyPromiseReceipt(
  receipt: PromiseReceipt,
  trust: LogTrust,
): Result<VerifiedReceipt, VerificationError> {
  const promised = verifyPromise(receipt, trust);
  if (!promised.ok) return promised;
  const { commitment, terms } = promised.value;
  const { origin, timeMs, dueMs } = terms;
  const { opening } = receipt;
  const facts = { kind: 'promise', origin, commitment, timeMs, dueMs } as const;
  if (opening === undefined) return ok(mint(facts));
  const salt = fromBase64(opening.salt) ?? new Uint8Array(0);
  const opens = opening.scheme === 'record' ? opensRecord : opensDecision;
  if (!opens({ commitment, salt, record: recordBytes(opening.record) })) {
    return failed(
      'not-opened',
      'record and salt do not open the promised commitment: the record was altered',
    );
  }
  return ok(mint({ ...facts, opening }));
}

function verifyInclusionReceipt(
  receipt: InclusionReceipt,
  trust: ReceiptTrust,
): Result<VerifiedReceipt, VerificationError> {
  const { extra } = receipt;
  if (extra === undefined) {
    return failed(
      'no-opening',
      'the proof carries no record: check it with the leaf itself (verifyLeafProof)',
    );
  }
  if (extra.kind === 'document') {
    const placed = verifyLeafProof(receipt, documentLeafOf(extra.sha256), trust);
    return placed.ok ? ok(mint({ kind: 'document', ...placed.value, sha256: extra.sha256 })) : placed;
  }
  const salt = fromBase64(extra.salt);
  if (salt?.length !== SALT_BYTES) return failed('malformed', 'a salt is base64 of 32 bytes');
  const commitment = recordCommitment(salt, recordBytes(extra.record));
  const placed = verifyLeafProof(receipt, personalLeaf(commitment), trust);
  if (!placed.ok) return placed;
  if (extra.decision === undefined) {
    return ok(mint({ kind: 'record', ...placed.value, commitment, record: extra.record }));
  }
  const decided = verifyDigested(extra.record, extra.decision);
  if (!decided.ok) return decided;
  return ok(mint({ kind: 'decision', ...placed.value, ...decided.value, digestCommitment: commitment }));
}

function verifyDigested(
  record: JsonObject,
  decision: DigestedDecision,
): Result<{ commitment: Uint8Array; decision: JsonObject; digest: DigestRecord }, VerificationError> {
  const digest = parseDigestRecord(record);
  if (digest === undefined) return failed('malformed', 'a decision is proved through a digest record');
  const salt = fromBase64(decision.salt);
  const root = fromBase64(digest.root);
  if (salt?.length !== SALT_BYTES || root === undefined) {
    return failed('malformed', 'a salt and a root are base64 of 32 bytes');
  }
  const commitment = decisionCommitment(salt, sha256(recordBytes(decision.record)));
  const path = decision.path.map((text) => fromBase64(text) ?? new Uint8Array(0));
  const claim = { leaf: leafHash(commitment), index: decision.index, size: digest.count, path, root };
  if (!verifyInclusion(claim)) {
    return failed('not-in-digest', 'the decision is not among those that the digest commits to');
  }
  return ok({ commitment, decision: decision.record, digest });
}

/**
 * Checks that `leaf` stands in the log where the proof says. For auditors, who know leaves and no records.
 */
export function verifyLeafProof(
  proof: { readonly index: number; readonly path: readonly Hash[]; readonly checkpoint: string },
  leaf: Uint8Array,
  trust: ReceiptTrust,
): Result<LogPlace & { readonly origin: string }, VerificationError> {
  const head = verifyCheckpoint(proof.checkpoint, trust);
  if (!head.ok) return head;
  const { origin, size, root } = head.value;
  const { index, path } = proof;
  if (!verifyInclusion({ leaf: leafHash(leaf), index, size, path, root })) {
    return failed(
      'not-in-tree',
      'the path does not lead from this record to the signed root: one of them was altered',
    );
  }
  if (trust.checkpoint !== undefined) {
    const linked = verifyLink(head.value, trust.checkpoint, trust);
    if (!linked.ok) return linked;
  }
  return ok({ origin, index, size, root });
}

/** Checks that a head and a signed checkpoint from elsewhere are of one and the same log. */
function verifyLink(
  head: Checkpoint,
  checkpoint: string,
  trust: ReceiptTrust,
): Result<Checkpoint, VerificationError> {
  const held = verifyCheckpoint(checkpoint, trust);
  if (!held.ok) return held;
  const [small, large] = head.size <= held.value.size ? [head, held.value] : [held.value, head];
  if (small.size === large.size) {
    if (equalBytes(small.root, large.root)) return held;
    return failed(
      'forked',
      `two signed roots for size ${small.size}: the log showed different people different trees`,
    );
  }
  const path = trust.consistency;
  if (path === undefined) {
    return failed(
      'not-linked',
      `the checkpoints have sizes ${small.size} and ${large.size}: give a consistency proof`,
    );
  }
  const claim = { from: small.size, fromRoot: small.root, to: large.size, toRoot: large.root, path };
  if (!verifyConsistency(claim)) {
    return failed('forked', `the consistency proof from ${small.size} to ${large.size} does not hold`);
  }
  return held;
}
