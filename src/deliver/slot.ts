// A decision as a page, app or till receives it. Only what may be seen there: the items, and why in a few addends that still sum
// to the score exactly. What was held back is never part of it; that is told to the person alone (GET /v1/why).

import type { Contribution, DecidedItem, DecisionResult, NothingReason } from '../facts/decision.ts';
import type { DecisionId } from '../facts/ids.ts';

export interface Reason {
  readonly kind: 'fact' | 'context' | 'prior' | 'rest';
  /** What the person did with `item`, e.g. `bought`; only for facts. */
  readonly did?: string;
  readonly item?: string;
  /** Share of the score; all reasons of an item add up to its score exactly. */
  readonly value: number;
}

export interface SlotItem {
  readonly item: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export interface Slot {
  readonly decision: DecisionId;
  readonly items: readonly SlotItem[];
  readonly nothing?: NothingReason;
}

/** Reasons shown one by one; the others are summed into one `rest`. */
const REASONS_MAX = 3;

export function slot(decision: DecisionId, result: DecisionResult): Slot {
  const items = result.items.map(slotItem);
  return result.nothing === undefined ? { decision, items } : { decision, items, nothing: result.nothing };
}

function slotItem(decided: DecidedItem): SlotItem {
  const sorted = [...decided.contributions].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const reasons = sorted.slice(0, REASONS_MAX).map(reason);
  let rest = 0;
  for (const contribution of sorted.slice(REASONS_MAX)) rest += contribution.value;
  if (rest !== 0) reasons.push({ kind: 'rest', value: rest });
  return { item: decided.item, score: decided.score, reasons };
}

/** A fact's key is `kind|source|thing` (profile/fold.ts). */
export function reason({ kind, of, value }: Contribution): Reason {
  if (kind === 'prior') return { kind, value };
  if (kind === 'context') return { kind, item: of, value };
  const first = of.indexOf('|');
  const second = of.indexOf('|', first + 1);
  return { kind, did: of.slice(0, first), item: of.slice(second + 1), value };
}
