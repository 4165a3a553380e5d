// A decision as a page, app or till receives it. Only what may be seen there: the items, and why in a few
// addends that still sum to the score exactly. What was held back is never part of it; that is told to the
// person alone (GET /v1/why).

import { SCORE_BITS } from '../kernel/fixed.ts';
import type { DecisionResult, NothingReason, Reason, ScoredItem, Shares } from '../facts/decision.ts';
import type { DecisionId } from '../facts/ids.ts';

/** A reason with its share of a score. */
export interface Told {
  readonly reason: Reason;
  /** In units of 2^-30: whole numbers, which add up to the score exactly in any language. */
  readonly value: number;
}

export interface SlotItem {
  readonly item: string;
  /** In units of 2^-30. */
  readonly score: number;
  readonly reasons: readonly Told[];
}

/**
 * What anybody may be told of an empty slot: three words that hint at no class and no fact, so that whoever
 * looks on cannot tell a guard from a shelf where nothing fits. Why it was exactly stands in the record.
 */
export type EmptyReason = 'no-consent' | 'nothing-fits' | 'enough-contact';

const EMPTY_REASON: Readonly<Record<NothingReason, EmptyReason>> = {
  // Whom a slot is for tells of those whom it is not for.
  'not-in-audience': 'nothing-fits',
  'person-cap': 'enough-contact',
  'contact-cap': 'enough-contact',
  'campaign-cap': 'enough-contact',
  'not-newcomer': 'nothing-fits',
  'campaign-full': 'nothing-fits',
  'held-out': 'enough-contact',
  'backed-off': 'enough-contact',
  'learned-stop': 'enough-contact',
  'quiet-hours': 'enough-contact',
  'nothing-related': 'nothing-fits',
  'no-model': 'nothing-fits',
  guarded: 'nothing-fits',
  'not-allowed': 'no-consent',
};

export interface Slot {
  readonly decision: DecisionId;
  readonly items: readonly SlotItem[];
  readonly nothing?: EmptyReason;
  /** What stands above the message. */
  readonly subject?: string;
}

/** Whole units in 1: the grain of every addend (kernel/fixed.ts, SCORE_BITS). */
const UNITS = 2 ** SCORE_BITS;
const REST: Reason = { kind: 'rest' };
const PINNED: Told = { reason: { kind: 'pinned' }, value: 0 };

export function slot(decision: DecisionId, result: DecisionResult): Slot {
  const { items, shares, nothing, pinned, subject } = result;
  const slots = items.map((item, place) => {
    const told = slotItem(item, shares, place);
    // What the shop placed is said first: nobody's facts brought it there.
    return pinned?.includes(item.item) === true ? { ...told, reasons: [PINNED, ...told.reasons] } : told;
  });
  return {
    decision,
    items: slots,
    ...(nothing === undefined ? {} : { nothing: EMPTY_REASON[nothing] }),
    ...(subject === undefined ? {} : { subject }),
  };
}

/**
 * The two strongest reasons one by one, all others summed into one `rest`. Of two equally strong ones the
 * first stays first. What the shop adds is always told by itself. Subtraction is exact here.
 */
function slotItem({ item, score }: ScoredItem, { addends, values }: Shares, place: number): SlotItem {
  const from = place * addends.length;
  let first = -1;
  let second = -1;
  let most = 0;
  let more = 0;
  for (let n = 0; n < addends.length; n += 1) {
    const strength = Math.abs(values[from + n]!);
    if (strength > most) {
      second = first;
      more = most;
      first = n;
      most = strength;
    } else if (strength > more) {
      second = n;
      more = strength;
    }
  }
  const reasons: Told[] = [];
  let rest = score;
  const last = addends.length - 1;
  const isFavoured = addends[last]?.kind === 'merchandising' && values[from + last] !== 0;
  const isTold = !isFavoured || first === last || second === last;
  for (const n of isTold ? [first, second] : [first, second, last]) {
    const addend = addends[n];
    if (addend === undefined) continue;
    const value = values[from + n]!;
    reasons.push({ reason: addend.reason, value: value * UNITS });
    rest -= value;
  }
  if (rest !== 0) reasons.push({ reason: REST, value: rest * UNITS });
  return { item, score: score * UNITS, reasons };
}

export interface PlainReason {
  readonly kind: Reason['kind'];
  readonly did?: string;
  readonly item?: string;
  readonly value: number;
}

/** An item as it stands in an answer. */
export interface PlainItem {
  readonly item: string;
  readonly score: number;
  readonly reasons: readonly PlainReason[];
}

export function plainItem({ item, score, reasons }: SlotItem): PlainItem {
  return { item, score, reasons: reasons.map(plainReason) };
}

function plainReason({ reason: { kind, did, item }, value }: Told): PlainReason {
  return { kind, ...(did === undefined ? {} : { did }), ...(item === undefined ? {} : { item }), value };
}
