// Everything that was acknowledged in one test, and what it is still owed: people, promises, and who has
// gone.

import { expect } from 'vitest';
import type { VerifiedPromise } from '../../src/facts/receipt.ts';
import { hex } from '../../src/kernel/bytes.ts';
import { personalLeaf } from '../../src/prove/leaf.ts';
import { verifyReceipt } from '../../src/prove/verify.ts';
import type { Auditor } from './e2e-log.ts';
import type { Life, MadeDecision } from './e2e-life.ts';

/** An erased person, with what an officer would need to check that every promise to them was kept. */
export interface Gone {
  readonly name: string;
  /** Base64, known from before. */
  readonly evidenceKey: string;
  /** Commitments of all their decisions, in the order they were made. */
  readonly commitments: readonly Uint8Array[];
  /** Consent records, without that of the erasure. */
  readonly consents: number;
  checked: boolean;
  back: boolean;
}

export interface Book {
  readonly auditor: Auditor;
  readonly lives: Life[];
  readonly gone: Gone[];
  /** Leaves (hex) that were promised, and for what. */
  readonly owed: Map<string, string>;
  /** Decisions about nobody. */
  readonly strangers: Map<string, MadeDecision>;
  /** Titles of things as they were acknowledged last. */
  readonly titles: Map<string, string>;
  readonly counts: Record<
    'requests' | 'events' | 'consents' | 'decisions' | 'erasures' | 'returns' | 'proofs',
    number
  >;
  nextNumber: number;
}

export function newBook(auditor: Auditor): Book {
  const counts = { requests: 0, events: 0, consents: 0, decisions: 0, erasures: 0, returns: 0, proofs: 0 };
  return {
    auditor,
    lives: [],
    gone: [],
    owed: new Map(),
    strangers: new Map(),
    titles: new Map(),
    counts,
    nextNumber: 0,
  };
}

/** A promise as it came, checked against the key of the log alone. */
export function promiseIn(book: Book, receipt: unknown): VerifiedPromise {
  const verified = verifyReceipt(JSON.stringify(receipt), book.auditor.trust);
  if (!verified.ok || verified.value.kind !== 'promise') {
    throw new Error(`not a promise: ${verified.ok ? verified.value.kind : verified.error.message}`);
  }
  expect(verified.value.dueMs).toBeGreaterThan(verified.value.timeMs);
  return verified.value;
}

/** A leaf of its own was promised. */
export function owe(book: Book, { commitment }: VerifiedPromise, what: string): void {
  book.owed.set(hex(personalLeaf(commitment)), what);
}
