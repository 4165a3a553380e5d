// A receipt that was checked, step by step: what held, in the order of the chain from the record to the key.

import type { VerificationError, VerifiedReceipt } from '../../../prove/verify.ts';
import { isoInstant } from '../../../kernel/time.ts';
import { count } from '../layout.ts';

/** Steps that were checked, each one sentence. */
export function stepsOf(receipt: VerifiedReceipt, key: string): readonly string[] {
  switch (receipt.kind) {
    case 'promise':
      return [
        ...(receipt.opening === undefined ? [] : ['the record and its salt give the commitment']),
        'the commitment is in the signed batch (audit path to its root)',
        `the batch is signed by ${key} (Ed25519), ${isoInstant(receipt.timeMs)}`,
        `promised to be in the log by ${isoInstant(receipt.dueMs)}`,
      ];
    case 'record':
      return ['the record and its salt give the leaf', ...placed(receipt, key)];
    case 'decision':
      return [
        'the decision and its salt give the commitment that was promised',
        digestedText(receipt.digest),
        'the digest and its salt give the leaf',
        ...placed(receipt, key),
      ];
    case 'document':
      return ['the document’s SHA-256 gives the leaf', ...placed(receipt, key)];
  }
}

function placed(
  { index, size }: { readonly index: number; readonly size: number },
  key: string,
): readonly string[] {
  return [
    `the leaf is number ${count(index)} in the log of ${count(size)} (audit path to its root)`,
    `the log’s head is signed by ${key} (Ed25519)`,
  ];
}

function digestedText({ count: decisions, from, to }: Period & { readonly count: number }): string {
  const which = decisions === 1 ? 'the one' : `one of the ${count(decisions)}`;
  return `the commitment is ${which} digested for ${period({ from, to })}`;
}

interface Period {
  readonly from: number;
  readonly to: number;
}

function period({ from, to }: Period): string {
  return `${isoInstant(from)} to ${isoInstant(to)}`;
}

export function verificationText(error: VerificationError): string {
  return `not verified (${error.code}): ${error.message}`;
}
