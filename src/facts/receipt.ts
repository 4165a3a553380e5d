// What a person is handed as evidence, and what checking it can say. A receipt comes in two forms: first a
// promise, signed at once over a small batch; then an inclusion proof in the public log (C2SP tlog-proof).
// Both are read and checked in prove/, by anyone, offline; only prove/verify-receipt.ts makes a
// `VerifiedReceipt`.

import type { JsonObject } from '../kernel/canonical.ts';

/** Which commitment scheme an opening belongs to: the person's chain of records, or a single decision. */
export type CommitmentScheme = 'record' | 'decision';

/** What opens a commitment: the record itself and its 32-byte salt (base64). */
export interface Opening {
  readonly scheme: CommitmentScheme;
  readonly record: JsonObject;
  readonly salt: string;
}

/**
 * Given at once: "this commitment will be in the log by the time I name". Hashes are base64, 32 bytes each.
 */
export interface PromiseReceipt {
  readonly v: 1;
  readonly kind: 'promise';
  readonly commitment: string;
  /** Place of the commitment in the signed batch, from 0. */
  readonly index: number;
  /** Audit path in the tree of the batch, leaf's sibling first. */
  readonly path: readonly string[];
  /** C2SP signed note: origin, batch root, count, time, due. */
  readonly note: string;
  /** Absent in answers that a page or a till may show: the record tells more than the answer may. */
  readonly opening?: Opening;
}

/**
 * A decision inside a day's digest: opens the decision, and leads from its commitment to the digest's root.
 */
export interface DigestedDecision {
  readonly record: JsonObject;
  readonly salt: string;
  readonly index: number;
  readonly path: readonly string[];
}

/** The unauthenticated `extra` line of a `.tlog-proof`: what the checker needs to compute the leaf again. */
export type ProofExtra =
  | {
      readonly kind: 'record';
      readonly record: JsonObject;
      readonly salt: string;
      readonly decision?: DigestedDecision;
    }
  | { readonly kind: 'document'; readonly sha256: Uint8Array };

/** A parsed `.tlog-proof`. */
export interface InclusionReceipt {
  readonly kind: 'inclusion';
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly checkpoint: string;
  readonly extra?: ProofExtra;
}

export type Receipt = PromiseReceipt | InclusionReceipt;

/**
 * What every record of a person's chain carries; `prev` is the SHA-256 (hex) of the record before, zeros for
 * the first.
 */
export interface ChainLink {
  readonly v: 1;
  readonly seq: number;
  readonly prev: string;
}

/** The record that commits to one person's decisions of one period; its links form a chain of their own. */
export interface DigestRecord extends ChainLink {
  readonly kind: 'decisions';
  /** Start of the period, milliseconds since 1970 UTC, included. */
  readonly from: number;
  /** End of the period, excluded. */
  readonly to: number;
  readonly count: number;
  /** RFC 6962 root over the decision commitments, in the order they were made; base64. */
  readonly root: string;
}

declare const verifiedBrand: unique symbol;
interface Verified {
  readonly [verifiedBrand]: true;
  readonly origin: string;
}

/** Where in the log a verified receipt stands. */
export interface LogPlace {
  readonly index: number;
  readonly size: number;
  /** Root of the log at `size`. */
  readonly root: Uint8Array;
}

export interface VerifiedPromise extends Verified {
  readonly kind: 'promise';
  readonly commitment: Uint8Array;
  readonly timeMs: number;
  readonly dueMs: number;
  readonly opening?: Opening;
}

export interface VerifiedRecord extends Verified, LogPlace {
  readonly kind: 'record';
  readonly commitment: Uint8Array;
  readonly record: JsonObject;
}

export interface VerifiedDecision extends Verified, LogPlace {
  readonly kind: 'decision';
  /** The decision's own commitment, as promised. */
  readonly commitment: Uint8Array;
  readonly decision: JsonObject;
  /** Commitment of the digest record, as logged. */
  readonly digestCommitment: Uint8Array;
  readonly digest: DigestRecord;
}

export interface VerifiedDocument extends Verified, LogPlace {
  readonly kind: 'document';
  readonly sha256: Uint8Array;
}

/** A receipt whose every step was checked against a key the checker already trusted. */
export type VerifiedReceipt = VerifiedPromise | VerifiedRecord | VerifiedDecision | VerifiedDocument;

export type VerificationCode =
  /** Not in the form of a receipt, note, checkpoint or key. */
  | 'malformed'
  /** A verifier key of a type that is not Ed25519. */
  | 'unsupported-key'
  /** No signature by the key the checker trusts. */
  | 'unsigned'
  /** A signature by that key, but over something else. */
  | 'bad-signature'
  /** Signed, alone, by a key that another one had followed. */
  | 'succeeded'
  /** The chain of successions does not hold together, or does not lead to the key the checker trusts. */
  | 'no-succession'
  /** Signed, but for another log. */
  | 'wrong-origin'
  /** The path does not lead from the commitment to the signed root. */
  | 'not-in-tree'
  /** The decision is not among those the digest commits to. */
  | 'not-in-digest'
  /** The record and salt do not give the commitment. */
  | 'not-opened'
  /** The proof carries nothing that opens the leaf. */
  | 'no-opening'
  /** Two signed statements that no single log can have made. */
  | 'forked'
  /** The checkpoint held by the checker has another size, and no consistency proof was given. */
  | 'not-linked'
  | 'history-gap'
  | 'history-broken'
  | 'history-head';

/** Why something was not verified, in words for the person who holds it. */
export interface VerificationError {
  readonly code: VerificationCode;
  readonly message: string;
}
