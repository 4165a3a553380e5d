// A decision as a page, app or till receives it. Only what may be seen there: the items, and why in a few
// addends that still sum to the score exactly. What was held back is never part of it; that is told to the
// person alone (GET /v1/why).

import { SCORE_BITS } from '../kernel/fixed.ts';
import type { Contribution, DecidedItem, DecisionResult, NothingReason } from '../facts/decision.ts';
import { factName } from '../facts/fact-key.ts';
import type { DecisionId } from '../facts/ids.ts';

export interface Reason {
  readonly kind: 'fact' | 'context' | 'prior' | 'rest';
  /** What the person did with `item`, e.g. `bought`; only for facts. */
  readonly did?: string;
  readonly item?: string;
  /**
   * Share of the score, in units of 2^-30: whole numbers, which add up to the score exactly in any language.
   */
  readonly value: number;
}

export interface SlotItem {
  readonly item: string;
  /** In units of 2^-30. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export interface Slot {
  readonly decision: DecisionId;
  readonly items: readonly SlotItem[];
  readonly nothing?: NothingReason;
}

/** Whole units in 1: the grain of every addend (kernel/fixed.ts, SCORE_BITS). */
const UNITS = 2 ** SCORE_BITS;

export function slot(decision: DecisionId, result: DecisionResult): Slot {
  const items = result.items.map(slotItem);
  return result.nothing === undefined ? { decision, items } : { decision, items, nothing: result.nothing };
}

/** The two strongest reasons one by one, all others summed into one `rest`. Subtraction is exact here. */
function slotItem({ item, score, contributions }: DecidedItem): SlotItem {
  let [first, second]: (Contribution | undefined)[] = [];
  for (const contribution of contributions) {
    if (stronger(contribution, first)) [first, second] = [contribution, first];
    else if (stronger(contribution, second)) second = contribution;
  }
  const reasons: Reason[] = [];
  let rest = score;
  for (const told of [first, second]) {
    if (told === undefined) continue;
    reasons.push(reason(told));
    rest -= told.value;
  }
  if (rest !== 0) reasons.push({ kind: 'rest', value: rest * UNITS });
  return { item, score: score * UNITS, reasons };
}

/** Of two equally strong ones the first stays first: contributions come in canonical order. */
function stronger(a: Contribution, b: Contribution | undefined): boolean {
  return b === undefined || Math.abs(a.value) > Math.abs(b.value);
}

function reason({ kind, of, value }: Contribution): Reason {
  const units = value * UNITS;
  if (kind === 'prior') return { kind, value: units };
  if (kind === 'context') return { kind, item: of, value: units };
  const { kind: did, thing } = factName(of);
  return { kind, did, item: thing, value: units };
}
