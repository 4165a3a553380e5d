// A person as the engine holds them while they are being served: keys ready, journal folded. Changed in place
// by one journal entry at a time; what is not folded here was not said.

import { EMPTY_CHAIN, foldConsent, hasLost, takesBack } from '../consent/chain.ts';
import type { Exposure } from '../decide/caps.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import type { DecisionRecord } from '../facts/decision.ts';
import type { Trial } from '../facts/fatigue.ts';
import type { Fact } from '../facts/fact.ts';
import type { Entry, LinkEntry, RestrictionEntry } from '../facts/entry.ts';
import type { ConsentRecord } from '../facts/grant.ts';
import type { DecisionId, PersonId } from '../facts/ids.ts';
import { utcDay } from '../kernel/time.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { HmacKey } from '../kernel/sha256.ts';
import { leastAgeYears } from '../profile/age.ts';
import { type EventMark, type MutableProfile, emptyProfile, foldEvent, pruneFacts } from '../profile/fold.ts';
import { foldLink } from '../profile/joined.ts';
import { foldRestriction } from '../profile/restricted.ts';
import { decisionDayKey } from '../prove/leaf.ts';
import { foldTrial } from '../decide/trial.ts';
import type { ReadyKeys } from './journal.ts';
import { stillNeeded } from './needed.ts';
import type { PersonKey } from './ports.ts';
import type { KeptSeen, Looks } from './seen-key.ts';

/** A decision as caps and outcomes need it. */
export interface Given extends Exposure {
  readonly decision: DecisionId;
  readonly propensity: number;
}

/** Decisions not yet committed together (prove/: the digest of a period). */
export interface OpenDigest {
  /** Start of the period. */
  readonly fromMs: number;
  /** Journal places of the decisions, in order. */
  readonly seqs: number[];
  /** Base64 of their commitments. */
  readonly commitments: string[];
}

export interface Person {
  readonly key: PersonKey;
  /** Empty while the person is known by pseudonym only. */
  id: PersonId;
  readonly keys: ReadyKeys;
  revocations: number;
  /** Next free place in the journal. */
  nextSeq: number;
  snapshotSeq: number;
  chain: ConsentChain;
  profile: MutableProfile;
  links: readonly LinkEntry[];
  /** Keys of facts that may be used for nothing but what they were given for (restricting.ts). */
  restricted: ReadonlySet<string>;
  given: Given[];
  /** When the newest list was shown that is not in `given` any more; −∞ when all are. */
  forgottenMs: number;
  /** Weeks that began with a lot, the newest. */
  trials: readonly Trial[];
  digest: { nextSeq: number; prev: string };
  open: OpenDigest | undefined;
  /** Counts what changes the person; an answer kept from an earlier count is not given again. */
  version: number;
  /** What the door let through a moment ago (seen.ts). */
  seen: Partial<Record<Looks, KeptSeen>>;
  /**
   * What they said of themselves, picked out of the profile once: every permission asks for age and
   * residence.
   */
  traits: ReadonlyMap<string, Fact> | undefined;
  /** True when an entry could not be opened: then nothing is allowed. */
  unreadable: boolean;
  /** True when an erasure was begun: it will be finished, whatever happened in between. */
  leaving: boolean;
  /** True when facts were dropped whose events still lie in the store, until a snapshot takes their place. */
  pruned: boolean;
  /** Withdrawals on their way to the key store: until they are counted and written nothing is allowed. */
  withdrawing: number;
  /** Resolves when the withdrawal that was begun last is counted and said (withdrawal-count.ts). */
  counting: Promise<void> | undefined;
  /**
   * True when something folded here could not be written: this copy is not the truth, and nothing may be
   * added to it.
   */
  lost: boolean;
  /** Entries on their way to the store; while there are any the person stays in memory. */
  pending: number;
  /** Their bytes, in their order: no two entries are sealed alike, so they tell ours in the store. */
  underWay: Uint8Array[];
  dayKey: { readonly day: string; readonly key: HmacKey } | undefined;
}

/** A journal that grew this long since its snapshot is folded into a new one. */
export const ENTRIES_BEFORE_SNAPSHOT = 64;

export const NO_DIGEST = '0'.repeat(64);

export function newPerson(key: PersonKey, id: PersonId, keys: ReadyKeys, revocations: number): Person {
  return {
    key,
    id,
    keys,
    revocations,
    nextSeq: 0,
    snapshotSeq: -1,
    chain: EMPTY_CHAIN,
    profile: emptyProfile(),
    links: [],
    restricted: new Set(),
    given: [],
    forgottenMs: Number.NEGATIVE_INFINITY,
    trials: [],
    digest: { nextSeq: 0, prev: NO_DIGEST },
    open: undefined,
    version: 0,
    seen: {},
    traits: undefined,
    unreadable: false,
    leaving: false,
    pruned: false,
    withdrawing: 0,
    counting: undefined,
    lost: false,
    pending: 0,
    underWay: [],
    dayKey: undefined,
  };
}

/**
 * Folds everything but decisions, which need their commitment as well (`foldDecision`). `false`: an event
 * counted before. `mark`: `eventMark` of the event, where it is known.
 */
export function foldEntry(person: Person, entry: Entry, mark?: EventMark): boolean {
  person.version += 1;
  person.seen = {};
  switch (entry.kind) {
    case 'consent':
      if (hasLost(person.chain, entry.record)) takeBackAll(person);
      person.chain = foldConsent(person.chain, entry.record);
      if (takesBack(entry.record)) dropUnneeded(person, entry.record);
      return true;
    case 'event':
      if (entry.event.traits !== undefined) person.traits = undefined;
      return foldEvent(person.profile, entry.event, mark);
    case 'link':
      person.links = foldLink(person.links, entry.link);
      countTaking(person, entry.link);
      return true;
    case 'restriction':
      person.restricted = foldRestriction(person.restricted, entry.restriction);
      countTaking(person, entry.restriction);
      return true;
    case 'erasure':
      // Begun and not finished: nothing may be read any more; maintenance finishes it (erasing.ts).
      person.leaving = true;
      person.unreadable = true;
      return true;
    case 'digest':
    case 'decision':
      return true;
  }
}

/**
 * What was lost may have been a word about one fact, or a parting, and nobody knows which: all facts that are
 * there are set aside until the person sets them free, and all joins end until they join again.
 */
function takeBackAll(person: Person): void {
  person.restricted = new Set([...person.restricted, ...person.profile.facts.keys()]);
  person.links = [];
}

function dropUnneeded(person: Person, record: ConsentRecord): void {
  const ageYears = leastAgeYears({ facts: traitsOf(person) }, record.timeMs);
  if (dropFacts(person, stillNeeded({ record, chain: person.chain, ageYears })) > 0) person.pruned = true;
}

/** Trait facts by key; cheap to ask for again and again. */
export function traitsOf(person: Person): ReadonlyMap<string, Fact> {
  person.traits ??= new Map([...person.profile.facts].filter(([, fact]) => fact.kind === 'trait'));
  return person.traits;
}

/** Takes facts out of the profile; returns how many. */
export function dropFacts(person: Person, keep: (fact: Fact) => boolean): number {
  person.traits = undefined;
  person.version += 1;
  person.seen = {};
  return pruneFacts(person.profile, keep);
}

/**
 * A parting or restriction is counted like a withdrawal; one that follows lost ones does not heal the loss.
 */
function countTaking(person: Person, { withdrawals }: LinkEntry | RestrictionEntry): void {
  if (withdrawals === person.chain.withdrawals + 1) person.chain = { ...person.chain, withdrawals };
}

/** Folds a decision: what was shown, for caps and outcomes. */
export function foldDecision(person: Person, record: DecisionRecord): void {
  person.trials = foldTrial(person.trials, record);
  // Nothing was shown: no cap counts it and no outcome comes of it.
  if (record.result.items.length === 0) return;
  person.given.push({
    decision: record.decision,
    placement: record.input.placement,
    items: record.result.items.map(({ item }) => item),
    timeMs: record.input.timeMs,
    channel: record.input.channel,
    ...(record.input.campaign === undefined ? {} : { campaign: record.input.campaign }),
    propensity: record.result.propensity,
  });
  if (person.given.length > LIMITS.exposuresPerPersonMax) dropExposure(person);
}

/**
 * The oldest list of the placement that has most of them leaves: a day of page views does not wash away the
 * one e-mail of the week, whose cap would then be no cap.
 */
function dropExposure(person: Person): void {
  const { given } = person;
  const counts = new Map<string, number>();
  let most = 0;
  for (const { placement } of given) {
    const count = (counts.get(placement) ?? 0) + 1;
    counts.set(placement, count);
    most = Math.max(most, count);
  }
  const oldest = given.findIndex(({ placement }) => counts.get(placement) === most);
  const [gone] = given.splice(oldest, 1);
  if (gone !== undefined) person.forgottenMs = Math.max(person.forgottenMs, gone.timeMs);
}

/** The key that salts this person's decisions of a day; made once a day. */
export function dayKeyOf(person: Person, timeMs: number): HmacKey {
  const day = utcDay(timeMs);
  if (person.dayKey?.day !== day) person.dayKey = { day, key: decisionDayKey(person.keys.evidenceRaw, day) };
  return person.dayKey.key;
}
