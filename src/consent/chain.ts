// A person's consent chain: making the next record, and folding records into the grants in force.

import { canonicalJson } from '../kernel/canonical.ts';
import { assert } from '../kernel/assert.ts';
import { utf8 } from '../kernel/bytes.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { LIMITS } from '../kernel/limits.ts';
import { DAY_MS } from '../kernel/time.ts';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { ALL_CLASSES, classOfCategory, isGrantCategory } from '../facts/declared-class.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import {
  CONSENT_STATES,
  type ConsentMethod,
  type ConsentRecord,
  type ConsentState,
  type Grant,
  type GrantChange,
  type NoticeRef,
  grantKey,
} from '../facts/grant.ts';
import type { ControllerId } from '../facts/ids.ts';
import { noticeKey } from '../facts/notice.ts';
import { type Pack, packVersion } from '../facts/pack.ts';
import { GRANTABLE_PURPOSES, PURPOSES, type Purpose } from '../facts/purpose.ts';

const NO_HEAD = '0'.repeat(64);

export const EMPTY_CHAIN: ConsentChain = {
  grants: new Map(),
  seq: -1,
  head: NO_HEAD,
  withdrawals: 0,
  broken: false,
};

/** Canonical JSON of a record: what is hashed, committed and shown. */
export function consentRecordText(record: ConsentRecord): string {
  return canonicalJson({
    ...record,
    changes: record.changes.map((change) => ({ ...change })),
    notice: { ...record.notice },
  });
}

/**
 * The shape is checked again when a record is read back: a seal proves who wrote it, not that we still
 * understand it.
 */
function isReadable(record: ConsentRecord | null | undefined): boolean {
  if (typeof record !== 'object' || record === null || record.v !== 1) return false;
  const times = [record.seq, record.timeMs, record.expiresMs, record.withdrawals];
  const texts = [
    record.prev,
    record.controller,
    record.pack,
    record.method,
    record.notice?.id,
    record.notice?.language,
  ];
  return (
    times.every(Number.isSafeInteger) &&
    ['undefined', 'string'].includes(typeof record.notice?.version) &&
    texts.every((text) => typeof text === 'string') &&
    Array.isArray(record.changes) &&
    record.changes.every(isReadableChange)
  );
}

function isReadableChange(change: GrantChange | null | undefined): boolean {
  return (
    typeof change === 'object' &&
    change !== null &&
    isGrantCategory(change.category) &&
    (change.category !== ALL_CLASSES || change.state !== 'given') &&
    PURPOSES.includes(change.purpose) &&
    CONSENT_STATES.includes(change.state)
  );
}

export interface NewConsent {
  readonly controller: ControllerId;
  readonly changes: readonly GrantChange[];
  readonly notice: NoticeRef;
  readonly method: ConsentMethod;
  readonly pack: Pack;
  readonly timeMs: number;
  /** Of this person, in the key store, now; default: as many as the chain holds, this one included. */
  readonly withdrawals?: number;
}

/**
 * The next link of the chain. Grants end after `LIMITS.grantYearsMax` years: consent is not for ever (GDPR
 * 5(1)(e)).
 */
export function nextConsentRecord(chain: ConsentChain, consent: NewConsent): ConsentRecord {
  assert(Number.isSafeInteger(consent.timeMs), 'a consent record has a time in whole milliseconds');
  assert(consent.changes.length > 0, 'a consent record says something');
  return {
    v: 1,
    seq: chain.seq + 1,
    prev: chain.head,
    controller: consent.controller,
    changes: consent.changes,
    notice: consent.notice,
    method: consent.method,
    pack: packVersion(consent.pack),
    timeMs: consent.timeMs,
    expiresMs: consent.timeMs + LIMITS.grantYearsMax * 365 * DAY_MS,
    withdrawals: consent.withdrawals ?? withdrawalsAfter(chain, consent),
  };
}

/** True when the record takes something back; such records are counted in the key store as well. */
export function takesBack(record: Pick<ConsentRecord, 'changes'>): boolean {
  return record.changes.some((change) => change.state !== 'given');
}

/** A no to all classes at once: those that were opened are closed, and silence opens none. */
function closeClasses(grants: Map<string, Grant>, purpose: Purpose, no: Grant): void {
  for (const key of grants.keys()) {
    const [category = '', of] = key.split(' ');
    if (of === purpose && classOfCategory(category) !== undefined) grants.set(key, no);
  }
}

/** A no to everything. Saying nothing would not do: where silence is a yes, a lost no would become one. */
function allTakenBack({ timeMs, expiresMs }: ConsentRecord): [string, Grant][] {
  const no: Grant = { state: 'withdrawn', sinceMs: timeMs, expiresMs };
  return DATA_CATEGORIES.flatMap((category) =>
    GRANTABLE_PURPOSES.map((purpose): [string, Grant] => [grantKey(category, purpose), no]),
  );
}

function withdrawalsAfter(chain: ConsentChain, record: Pick<ConsentRecord, 'changes'>): number {
  return chain.withdrawals + (takesBack(record) ? 1 : 0);
}

/**
 * True when withdrawals were lost before this record (a crash between key store and journal, an old backup):
 * the key store had counted more than the chain holds.
 */
export function hasLost(chain: ConsentChain, record: ConsentRecord): boolean {
  return record.withdrawals > withdrawalsAfter(chain, record);
}

/** A yes that is said again while it stands has stood since it was said first. */
function countOf(before: Grant | undefined, state: ConsentState, now: number): Pick<Grant, 'withdrawals'> {
  const stands = before?.state === 'given' && state === 'given';
  const withdrawals = stands ? (before.withdrawals ?? 0) : now;
  return withdrawals === 0 ? {} : { withdrawals };
}

/**
 * Adds one record. A record out of order, one that does not name its predecessor, or one that cannot be
 * read breaks the chain for good: from then on nothing is allowed that needs a grant.
 */
export function foldConsent(chain: ConsentChain, record: ConsentRecord): ConsentChain {
  if (!isReadable(record)) return { ...chain, seq: chain.seq + 1, broken: true };
  const fits = !chain.broken && record.seq === chain.seq + 1 && record.prev === chain.head;
  const withdrawals = Math.max(withdrawalsAfter(chain, record), record.withdrawals);
  // Only what is said now counts.
  const grants = new Map<string, Grant>(hasLost(chain, record) ? allTakenBack(record) : chain.grants);
  const { timeMs: sinceMs, expiresMs } = record;
  const notice = noticeKey(record.notice);
  for (const { category, purpose, state } of record.changes) {
    const key = grantKey(category, purpose);
    const said = { state, sinceMs, expiresMs, ...countOf(grants.get(key), state, withdrawals) };
    const isBefore = notice === undefined || state !== 'given';
    if (category === ALL_CLASSES) closeClasses(grants, purpose, said);
    else grants.set(key, isBefore ? said : { ...said, notice });
  }
  return {
    grants,
    seq: record.seq,
    head: sha256Hex(utf8(consentRecordText(record))),
    withdrawals,
    broken: !fits,
  };
}
