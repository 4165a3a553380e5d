// What the tests of consent are made of: chains built through the real fold, and inputs with one thing
// changed.

import { assert } from '../kernel/assert.ts';
import type { Result } from '../kernel/result.ts';
import { DATA_CATEGORIES, type DataCategory } from '../facts/category.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import { type ConsentState, type Grant, type GrantChange, grantKey } from '../facts/grant.ts';
import { parseControllerId } from '../facts/ids.ts';
import type { Permissions } from '../facts/permissions.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../facts/purpose.ts';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from './chain.ts';
import { EU } from './packs.ts';
import { type PermitInput, permit } from './permit.ts';
import type { NoticeLookup } from '../facts/notice.ts';
import { refuse } from '../facts/refusal.ts';

/** The value of a parse that cannot fail in this test. */
export function must<T>(parsed: Result<T, unknown>): T {
  assert(parsed.ok, `a test gives readable input, got ${JSON.stringify(parsed)}`);
  return parsed.value;
}

export const SHOP = must(parseControllerId('shop'));

export const DAY = 86_400_000;

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

/** A home of before there were notices: a yes that names none counts, one that names any does not. */
export const BEFORE_NOTICES: NoticeLookup = {
  refusal: (key) => refuse('notice-unknown', `The notice ${key} is not registered.`),
  partners: () => new Set(),
  isBefore: () => true,
};

/** Permissions in the EU, of somebody of whom nothing else is known. */
export function permitting(input: Partial<PermitInput> = {}): Permissions {
  const chain = input.chain ?? EMPTY_CHAIN;
  return permit({
    notices: BEFORE_NOTICES,
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

/** `category purpose` of everything that may be used without or with a grant, but for the order itself. */
export function allowed(permissions: Permissions): readonly string[] {
  return GRANTABLE_PURPOSES.flatMap((purpose) =>
    DATA_CATEGORIES.filter((category) => permissions.refusal(category, purpose) === undefined).map(
      (category) => `${category} ${purpose}`,
    ),
  );
}

/** Everything allowed by somebody: what a test takes one thing away from. */
export const ALL = chainOf(
  DATA_CATEGORIES.flatMap((category) =>
    GRANTABLE_PURPOSES.map((purpose) => change(category, purpose, 'given')),
  ),
);

/** A chain that holds this as its only grant, purchases for recommend, whatever it is. */
export function withGrant(grant: unknown): ConsentChain {
  const grants = new Map([[grantKey('purchases', 'recommend'), grant as Grant]]);
  return { ...EMPTY_CHAIN, seq: 0, grants };
}

/** The reason why not, `undefined` for yes; purchases for recommend unless told otherwise. */
export function reason(
  input: Partial<PermitInput>,
  category: DataCategory = 'purchases',
  purpose: Purpose = 'recommend',
) {
  return permitting(input).refusal(category, purpose)?.refused;
}
