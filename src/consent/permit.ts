// May data of this category be used for this purpose, for this person, here and now? One total function
// with one way to yes; everything missing, unknown, unreadable or contradictory is a no. It is consulted
// when data arrive (admit.ts) and each time they are read (profile/door.ts).

import { LIMITS } from '../kernel/limits.ts';
import { DAY_MS } from '../kernel/time.ts';
import { DATA_CATEGORIES, type DataCategory } from '../facts/category.ts';
import { type GrantCategory, classCategory, classOfCategory } from '../facts/declared-class.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import { type Grant, grantKey } from '../facts/grant.ts';
import type { ControllerId } from '../facts/ids.ts';
import { type ClassName, NEVER_OPENED } from '../facts/item.ts';
import { LAWFUL_DEFAULTS, type LawfulDefault, type Pack } from '../facts/pack.ts';
import type { NoticeLookup } from '../facts/notice.ts';
import type { Permissions } from '../facts/permissions.ts';
import type { Place } from '../facts/place.ts';
import type { Signals } from '../facts/signals.ts';
import type { PurposeRules } from '../facts/policy.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';
import { type Refusal, refuse } from '../facts/refusal.ts';

export interface PermitInput {
  readonly chain: ConsentChain;
  /** Withdrawals counted outside backups; `undefined` when the key store has no such person. */
  readonly revocations: number | undefined;
  readonly pack: Pack | undefined;
  readonly place: Place | undefined;
  readonly signals: Signals;
  /** Least age the person can have by what they said; `undefined` when they said nothing. */
  readonly ageYears: number | undefined;
  readonly nowMs: number;
  /** Registered notices; `undefined`: nobody knows which, so no yes counts. */
  readonly notices: NoticeLookup | undefined;
  /** Purposes the shop uses, each with what it may read; absent: the shop narrows nothing. */
  readonly purposes?: PurposeRules | undefined;
  /** With whom the shop would learn together; absent or nobody: `pool` is a no. */
  readonly partners?: readonly ControllerId[] | undefined;
}

/**
 * Categories the contract itself needs: what was ordered, what lies in the basket, what the person told
 * their account.
 */
export const CONTRACT_CATEGORIES: readonly DataCategory[] = ['purchases', 'basket', 'declared'];

/** Purposes that write to a person or advertise from a profile. */
const PROFILED_ADS: readonly Purpose[] = ['advertise', 'contact'];

export function permit(input: PermitInput): Permissions {
  const pack = input.pack;
  const permissions = {
    pack: pack ?? NO_PACK,
    place: input.place,
    nowMs: input.nowMs,
    refusal: (category: DataCategory, purpose: Purpose): Refusal | undefined =>
      pack === undefined
        ? refuse('no-pack', 'No legal pack is loaded for this place.')
        : judge(input, pack, category, purpose),
    declared: (purpose: Purpose): readonly ClassName[] =>
      pack === undefined ? [] : declaredClasses(input, pack, purpose),
  };
  // The only mint of the brand.
  return permissions as unknown as Permissions;
}

/**
 * Stands in when no pack is loaded; `refusal` has said no already, so nothing here is ever consulted for a
 * yes.
 */
const NO_PACK: Pack = {
  code: 'none',
  asOf: '0000-00-00',
  confidence: 'none',
  defaults: {
    serve: 'never',
    recommend: 'never',
    improve: 'never',
    advertise: 'never',
    contact: 'never',
    benefit: 'never',
    measure: 'never',
    guard: 'never',
    pool: 'never',
  },
  consentAgeYears: 999,
  profiledAdsAgeYears: 999,
  gpcForbids: PURPOSES,
  sensitiveByDeclaration: false,
  profileDaysMax: 0,
  evidenceDays: 0,
};

/**
 * Only a yes in force opens a class, in front of a notice that asks for it; neither a law that reads silence
 * as a yes nor the contract does.
 */
function declaredClasses(input: PermitInput, pack: Pack, purpose: Purpose): readonly ClassName[] {
  const isClosed =
    // What tells something sensitive never leaves the shop.
    purpose === 'pool' ||
    !pack.sensitiveByDeclaration ||
    !LAWFUL_DEFAULTS.includes(pack.defaults[purpose]) ||
    pack.defaults[purpose] === 'never' ||
    !Number.isFinite(input.nowMs) ||
    (input.purposes !== undefined && input.purposes[purpose] === undefined);
  if (isClosed) return [];
  const refused = judgeState(input) ?? judgeAge(input, pack, purpose) ?? judgeSignals(input, pack, purpose);
  if (refused !== undefined) return [];
  const classes: ClassName[] = [];
  for (const [key, grant] of input.chain.grants) {
    const [category = '', of] = key.split(' ');
    const name = of === purpose ? classOfCategory(category) : undefined;
    if (name === undefined || NEVER_OPENED.includes(name)) continue;
    const refusal =
      judgeGiven(grant, input.nowMs, () => name) ??
      judgeNotice(input.notices, grant, classCategory(name), purpose);
    if (refusal === undefined) classes.push(name);
  }
  return classes.sort();
}

function judge(
  input: PermitInput,
  pack: Pack,
  category: DataCategory,
  purpose: Purpose,
): Refusal | undefined {
  if (!PURPOSES.includes(purpose)) return refuse('unknown-purpose', 'The purpose is not one that exists.');
  if (!DATA_CATEGORIES.includes(category))
    return refuse('unknown-category', 'The category is not one that exists.');
  if (!Number.isFinite(input.nowMs)) return refuse('grant-unreadable', 'The time is not known.');
  const lawful = pack.defaults[purpose];
  if (!LAWFUL_DEFAULTS.includes(lawful))
    return refuse('no-pack', `The legal pack does not say how ${purpose} is lawful.`);
  if (lawful === 'contract') {
    if (CONTRACT_CATEGORIES.includes(category)) return undefined;
    return refuse('no-grant', `The contract does not need ${category}.`);
  }
  // Learning together is learning: whoever said no to that has said no to this.
  const improved = purpose === 'pool' ? judge(input, pack, category, 'improve') : undefined;
  return (
    improved ??
    judgeState(input) ??
    judgeAge(input, pack, purpose) ??
    judgeSignals(input, pack, purpose) ??
    judgeGrant(input, lawful, category, purpose) ??
    judgePolicy(input, category, purpose) ??
    judgePartners(input, category, purpose)
  );
}

/** The person's own record must be whole and no older than what the key store remembers. */
function judgeState({ chain, revocations }: PermitInput): Refusal | undefined {
  if (chain.broken) return refuse('grant-unreadable', 'The consent chain has a missing or unreadable link.');
  if (chain.seq >= 0 && revocations === undefined)
    return refuse('consent-state-stale', 'The key store does not know this person.');
  // Asked as "is it enough?", because a count that is not a number compares false both ways.
  if (!(chain.withdrawals >= (revocations ?? 0))) {
    return refuse(
      'consent-state-stale',
      `${revocations} withdrawals are known, the journal has ${chain.withdrawals}.`,
    );
  }
  return undefined;
}

function judgeAge({ ageYears }: PermitInput, pack: Pack, purpose: Purpose): Refusal | undefined {
  if (ageYears === undefined) return undefined;
  const least = PROFILED_ADS.includes(purpose)
    ? Math.max(pack.profiledAdsAgeYears, pack.consentAgeYears)
    : pack.consentAgeYears;
  // NaN compares false both ways, so ask for the yes; nobody is infinitely old.
  return ageYears >= least && ageYears < Infinity
    ? undefined
    : refuse('minor', `At least ${least} years are asked for here.`);
}

/** Only a plain `false` is no objection: a signal that is there but unreadable was sent for a reason. */
function objects(signal: unknown): boolean {
  return signal !== false;
}

/** Whether a list of uses names this one. A list that cannot be read names them all. */
function names(uses: unknown, purpose: Purpose): boolean {
  if (uses === undefined) return false;
  return !Array.isArray(uses) || uses.some((use) => use === purpose || !PURPOSES.includes(use as Purpose));
}

function judgeSignals({ signals }: PermitInput, pack: Pack, purpose: Purpose): Refusal | undefined {
  const { gpc, optsOut = false, ends } = signals;
  if ((objects(gpc) || objects(optsOut)) && pack.gpcForbids.includes(purpose)) {
    return refuse('signal-objects', 'Global Privacy Control, or an opt-out that counts like it, is on.');
  }
  if (names(ends, purpose)) {
    return refuse('signal-objects', `A consent string or the phone objects to ${purpose}.`);
  }
  return undefined;
}

function judgeGrant(
  input: PermitInput,
  lawful: LawfulDefault,
  category: DataCategory,
  purpose: Purpose,
): Refusal | undefined {
  if (lawful === 'never') return refuse('no-grant', `${purpose} is not allowed here, not even with a grant.`);
  const grant = input.chain.grants.get(grantKey(category, purpose));
  if (grant !== undefined) {
    const said = judgeGiven(grant, input.nowMs, () => `${category} for ${purpose}`);
    return said ?? judgeNotice(input.notices, grant, category, purpose);
  }
  const { gpc, endsSilence } = input.signals;
  const isEnded = objects(gpc) || names(endsSilence, purpose);
  if (lawful === 'opt-out' && !isEnded) return undefined;
  if (lawful === 'opt-out') return refuse('signal-objects', 'A privacy signal ends what rests on silence.');
  return refuse('no-grant', `Nobody was asked, or nobody answered: ${category} for ${purpose}.`);
}

/**
 * What was said in front of a notice counts as long as the notice is registered and can be read. A yes that
 * names none is from before notices were registered, or nobody could have said it.
 */
function judgeNotice(
  notices: NoticeLookup | undefined,
  { notice, sinceMs }: Grant,
  category: GrantCategory,
  purpose: Purpose,
): Refusal | undefined {
  if (notices === undefined) return refuse('notice-unknown', 'Nobody knows which notices are registered.');
  if (notice !== undefined) return notices.refusal(notice, category, purpose);
  if (notices.isBefore(sinceMs)) return undefined;
  return refuse('notice-unknown', 'The grant does not say which notice was shown.');
}

/** Asked last: what the person said is told first, and the shop's word only ever takes away. */
function judgePolicy(
  { purposes }: PermitInput,
  category: DataCategory,
  purpose: Purpose,
): Refusal | undefined {
  if (purposes === undefined) return undefined;
  const categories = Object.hasOwn(purposes, purpose) ? purposes[purpose] : undefined;
  if (categories?.includes(category) === true) return undefined;
  const what = categories === undefined ? purpose : `${category} for ${purpose}`;
  return refuse('not-in-policy', `The shop’s policy does not use ${what}.`);
}

/**
 * Learning together rests on a yes in front of a text that names every partner of now: whoever said yes to
 * one has not said yes to another. Silence, and a yes that names no text, name nobody.
 */
function judgePartners(
  { chain, notices, partners = [] }: PermitInput,
  category: DataCategory,
  purpose: Purpose,
): Refusal | undefined {
  if (purpose !== 'pool') return undefined;
  if (partners.length === 0) return refuse('not-in-policy', 'The shop learns together with nobody.');
  const notice = chain.grants.get(grantKey(category, purpose))?.notice;
  const named = notice === undefined ? undefined : notices?.partners(notice);
  const unnamed = partners.find((partner) => named?.has(partner) !== true);
  if (unnamed === undefined) return undefined;
  return refuse('notice-does-not-ask', `The notice did not name ${unnamed}.`);
}

/** Longest life of a yes, whatever its record says. */
const GRANT_MS_MAX = LIMITS.grantYearsMax * 365 * DAY_MS;

function judgeGiven(grant: Grant, nowMs: number, what: () => string): Refusal | undefined {
  if (grant.state !== 'given') return refuse('no-grant', `The person said no: ${what()}.`);
  if (!Number.isFinite(grant.sinceMs) || !Number.isFinite(grant.expiresMs)) {
    return refuse('grant-unreadable', `The times of the grant cannot be read: ${what()}.`);
  }
  if (grant.sinceMs > nowMs + LIMITS.clockSkewMsMax) {
    return refuse('grant-unreadable', `The grant begins in the future: ${what()}.`);
  }
  if (nowMs >= Math.min(grant.expiresMs, grant.sinceMs + GRANT_MS_MAX)) {
    return refuse('grant-expired', `The grant has run out: ${what()}.`);
  }
  return undefined;
}
