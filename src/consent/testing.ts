// What the tests of consent are made of: chains built through the real fold, and inputs with one thing changed.

import { assert } from '../kernel/assert.ts';
import type { Result } from '../kernel/result.ts';
import type { DataCategory } from '../facts/category.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import type { ConsentState, GrantChange } from '../facts/grant.ts';
import { parseControllerId } from '../facts/ids.ts';
import type { Permissions } from '../facts/permissions.ts';
import { NO_SIGNALS } from '../facts/place.ts';
import type { Purpose } from '../facts/purpose.ts';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from './chain.ts';
import { EU } from './packs.ts';
import { type PermitInput, permit } from './permit.ts';

/** The value of a parse that cannot fail in this test. */
export function must<T>(parsed: Result<T, unknown>): T {
  assert(parsed.ok, `a test gives readable input, got ${JSON.stringify(parsed)}`);
  return parsed.value;
}

export const SHOP = must(parseControllerId('shop'));

/** 2026-07-25T12:00:00Z. */
export const NOW = 1_784_980_800_000;

export function change(category: DataCategory, purpose: Purpose, state: ConsentState): GrantChange {
  return { category, purpose, state };
}

/** A chain of one record per list of changes, said at these times (default: a day ago). */
export function chainOf(
  ...records: readonly (readonly GrantChange[] | { changes: readonly GrantChange[]; timeMs: number })[]
): ConsentChain {
  let chain = EMPTY_CHAIN;
  for (const record of records) {
    const said = 'timeMs' in record ? record : { changes: record, timeMs: NOW - 86_400_000 };
    const next = {
      ...said,
      controller: SHOP,
      notice: { id: 'n1', language: 'en' },
      method: 'centre',
      pack: EU,
    } as const;
    chain = foldConsent(chain, nextConsentRecord(chain, next));
  }
  return chain;
}

/** Permissions in the EU, of somebody of whom nothing else is known. */
export function permitting(input: Partial<PermitInput> = {}): Permissions {
  const chain = input.chain ?? EMPTY_CHAIN;
  return permit({
    chain,
    revocations: chain.withdrawals,
    pack: EU,
    place: { country: 'DE' },
    signals: NO_SIGNALS,
    ageYears: undefined,
    nowMs: NOW,
    ...input,
  });
}
