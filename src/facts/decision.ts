// A decision and all that made it. `DecisionInput` is complete: with the model and the catalogue it names,
// the same input gives the same `DecisionResult`, byte for byte. Scores are exact dyadic numbers, so that the
// contributions of an item add up to its score in any order.

import type { AudienceSeen } from './audience.ts';
import type { Channel } from './channel.ts';
import { factName } from './fact-key.ts';
import { CONTACT_STOPS, type Pressure } from './contact.ts';
import type { FatigueState } from './fatigue.ts';
import type { CampaignId, DecisionId, ItemId, PlacementId } from './ids.ts';
import type { ClassName } from './item.ts';
import type { Purpose } from './purpose.ts';
import type { RefusalReason } from './refusal.ts';

/**
 * A fact as scoring sees it: the thing and its strength now, a multiple of 2^-10, before the list is
 * normalised.
 */
export interface WeighedFact {
  readonly key: string;
  readonly item: ItemId;
  readonly weight: number;
  /**
   * For what comes next alone: in which of the person's orders it was, or at which looks of their session, as
   * numbers that ascend with time. How these fade is the model's; so without a fact the others are as if it
   * had never been.
   */
  readonly orders?: readonly number[];
}

/**
 * A thing that lies in the shared context of the request, e.g. the product page that is open. Not a stored
 * fact.
 */
export interface ContextItem {
  readonly item: ItemId;
  readonly weight: number;
}

/** The newest of `DecisionInput.rules`: those that a decision of today names. */
export const RULES_NEWEST = 6;

export interface DecisionInput {
  readonly v: 1;
  readonly placement: PlacementId;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly limit: number;
  readonly timeMs: number;
  readonly policy: string;
  readonly pack: string;
  readonly model: string;
  /**
   * The complements model, which scores the context where a placement asks for complements. Absent: decided
   * before there was one, and decided again with the first model alone.
   */
  readonly complements?: string;
  /** The next-basket model, where a placement asks for one: what was bought speaks by it alone. */
  readonly nextBasket?: string;
  /**
   * The next-click model, where a placement asks for one: by it speaks what was looked at, and nothing else.
   * The context then stands in the order of looking, newest last, and a thing may come again.
   */
  readonly nextClick?: string;
  /** The joint model, which speaks where the first says nothing; absent for none. */
  readonly joint?: string;
  /** Revision of the catalogue: stock, titles, classes as they stood. */
  readonly catalogue: number;
  /** Release of the shadow that lay over the catalogue; absent for none. */
  readonly shadow?: string;
  /** 16 bytes of entropy, hex: all chance in a decision comes from here. */
  readonly seed: string;
  /** Why no View was opened, if none was; the result is then made from the context alone. */
  readonly refused?: RefusalReason;
  readonly facts: readonly WeighedFact[];
  readonly context: readonly ContextItem[];
  /** Beginning of the path of all that may be in the list; absent: the whole catalogue. */
  readonly within?: readonly string[];
  /**
   * Sensitive classes that the person declared for this purpose, sorted: open on a screen of their own.
   * Absent for none.
   */
  readonly declared?: readonly ClassName[];
  /** Things that may not be shown to this person now, with the guard that says so. Sorted by item. */
  readonly barred: readonly Barred[];
  /** Impressions of this placement within its window, before this one. */
  readonly shown: number;
  /** What this contact belongs to, if whoever asks says so. */
  readonly campaign?: CampaignId;
  /** What the policy's `contact` says of this person now; absent where it says nothing. */
  readonly pressure?: Pressure;
  /**
   * How tired of contact they were. Only where a lot decides whether this one is withheld: then the decision
   * is a trial. Absent in all others.
   */
  readonly fatigue?: FatigueState;
  /** The table of learned stops that was asked; absent where none was in force. */
  readonly stops?: string;
  /** What speaks for their being in the audience of the slot; absent where it has none, or without a View. */
  readonly audience?: AudienceSeen;
  /** The language they declared, for the subject; absent where nobody asks for one, or nobody knows it. */
  readonly language?: string;
  /**
   * Released numbers that the subject asks for, by place, as they are written; sorted. Absent where it asks
   * for none, or for none that may be told.
   */
  readonly figures?: readonly (readonly [place: string, written: string])[];
  /**
   * Which rules choose. 2: nearness of complements and kinds that are disliked count (D18, D19). 3: of what
   * does not belong beside a thing little is told (D65). 4: variants of one product stand for one another
   * (D81). 5: looks speak for their own thing as well (D82). 6: nearness is measured on no leaf of anything
   * that is in front, known to the model or not (D83). Absent: decided before there were these, and
   * decided again without them, so that a replay gives what was shown.
   */
  readonly rules?: 2 | 3 | 4 | 5 | 6;
}

/** Guards that know the person speak through this list; guards that know only the thing need no entry. */
export interface Barred {
  readonly item: ItemId;
  readonly guard: GuardName;
  /** The number that decided: pieces bought, times shown, … */
  readonly number: number;
}

export const GUARD_NAMES = [
  'unavailable',
  'sensitive-class',
  'proxy',
  'unjudged',
  'excluded',
  'bought',
  'returned',
  'disliked',
  'disliked-kind',
  'item-cap',
  'person-cap',
  'same-leaf',
  'leaf-share',
  'leaf-cap',
  'in-context',
  'variant',
  'not-related',
] as const;
export type GuardName = (typeof GUARD_NAMES)[number];

/** One addend of a score. */
export interface Contribution {
  /**
   * `repeat`: that the very thing was bought, or looked at, before. `merchandising`: what the shop adds
   * because it favours the thing.
   */
  readonly kind: 'fact' | 'repeat' | 'context' | 'prior' | 'merchandising';
  /** Fact key (of a repeat as well) or item id; empty for the prior and for merchandising. */
  readonly of: string;
  /** Known from what was learned together with other sellers, not from the shop’s own people. */
  readonly joint?: true;
  readonly value: number;
}

/**
 * What can add to a score. The same object in every decision for as long as the facts behind it stay, so what
 * is made of it is made once.
 */
export interface Addend {
  readonly kind: Contribution['kind'];
  readonly of: string;
  readonly joint?: true;
  readonly reason: Reason;
}

/** What a page may be told of an addend: no source, no key, no joined identity. */
export interface Reason {
  /** `pinned`: the shop placed it there; that adds nothing to its score. */
  readonly kind: Contribution['kind'] | 'rest' | 'pinned';
  /** What the person did with `item`, e.g. `bought`; only for facts and repeats. */
  readonly did?: string;
  readonly item?: string;
  /** Room for whoever writes it out. */
  text?: string;
}

/**
 * Example: of a fact `bought|web-shop|coat-1` a page is told `{kind: 'fact', did: 'bought', item: 'coat-1'}`.
 */
export function addendOf(kind: Addend['kind'], of: string): Addend {
  if (kind === 'prior' || kind === 'merchandising') return { kind, of, reason: { kind } };
  if (kind === 'context') return { kind, of, reason: { kind, item: of } };
  const { kind: did, thing } = factName(of);
  return { kind, of, reason: { kind, did, item: thing } };
}

/**
 * What each addend gave to each item, in columns: `values[place × addends.length + n]` is what addend `n`
 * added to the item at `place`; most are 0. Addends stand in canonical order: context, facts by thing,
 * repeats by thing, the prior, and last what the shop favours where it favours anything.
 */
export interface Shares {
  readonly addends: readonly Addend[];
  readonly values: Float64Array;
}

export interface ScoredItem {
  readonly item: ItemId;
  readonly score: number;
}

export interface DecidedItem extends ScoredItem {
  /** The shop placed it there. */
  readonly pinned?: true;
  readonly contributions: readonly Contribution[];
}

/** What a guard took away from the result, and the number that decided. */
export interface Held {
  readonly item: ItemId;
  readonly guard: GuardName;
  readonly number: number;
}

export const NOTHING_REASONS = [
  'not-in-audience',
  'person-cap',
  ...CONTACT_STOPS,
  'nothing-related',
  'no-model',
  'guarded',
  'not-allowed',
] as const;
export type NothingReason = (typeof NOTHING_REASONS)[number];

export interface DecisionResult {
  readonly items: readonly ScoredItem[];
  /** Of the items, in their order; the values of an item add up to its score exactly. */
  readonly shares: Shares;
  readonly nothing?: NothingReason;
  /** Those of the items that the shop placed; absent for none. Not in the record: policy and time say it. */
  readonly pinned?: readonly ItemId[];
  /** What stands above the message; absent where the slot has none, or nothing is in it. */
  readonly subject?: string;
  /** Probability, given the input without its seed, that this very list came out (after all guards). */
  readonly propensity: number;
  /** Candidates that would have ranked but were held back; at most `LIMITS.heldListedMax`. */
  readonly held: readonly Held[];
}

export const NO_SHARES: Shares = { addends: [], values: new Float64Array(0) };

/** The items of a result, each with what added to its score; what added nothing is left out. */
export function explained({ items, shares, pinned }: DecisionResult): readonly DecidedItem[] {
  const { addends, values } = shares;
  return items.map((item, place) => ({
    ...item,
    ...(pinned?.includes(item.item) === true ? { pinned: true as const } : {}),
    contributions: addends.flatMap(({ kind, of, joint }, n): Contribution[] => {
      const value = values[place * addends.length + n] ?? 0;
      return value === 0 ? [] : [{ kind, of, ...(joint === undefined ? {} : { joint }), value }];
    }),
  }));
}

/** Of a result what is kept. */
export function keptOf({ items, nothing, propensity, subject }: DecisionResult): DecisionRecord['result'] {
  return {
    items,
    ...(nothing === undefined ? {} : { nothing }),
    propensity,
    ...(subject === undefined ? {} : { subject }),
  };
}

/**
 * What is kept (encrypted) and committed to the log. Contributions and what was held back are not stored:
 * they follow from the input, and are computed again when somebody asks why.
 */
export interface DecisionRecord {
  readonly decision: DecisionId;
  readonly input: DecisionInput;
  readonly result: {
    readonly items: readonly ScoredItem[];
    readonly nothing?: NothingReason;
    readonly propensity: number;
    readonly subject?: string;
  };
  /** Keys of every fact read through the View, for the check of purpose afterwards. */
  readonly reads: readonly string[];
  /** Sequence number of the consent record that ruled (−1: none yet), so that an auditor can compare. */
  readonly consentSeq: number;
}
