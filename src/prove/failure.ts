// How a check in this folder says no: one shape for all, so that steps can be chained and the person reads
// one sentence.

import { type Err, err } from '../kernel/result.ts';
import type { VerificationCode, VerificationError } from '../facts/receipt.ts';

/** `failed('unsigned', '…')` as the error side of a result. */
export function failed(code: VerificationCode, message: string): Err<VerificationError> {
  return err({ code, message });
}

/**
 * A whole number from 0 to 2^53 − 1 in decimal, without sign, leading zeros or spaces; `undefined` for any
 * other text.
 */
export function parseCount(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : undefined;
}
