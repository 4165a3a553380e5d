// What speaks in a decision, by the strategy of its placement: rows of one model or another, what a list is
// filled with, and whether anything was learned at all.

import type { ContextItem, DecisionInput } from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import { rowsOfOrders } from './next-basket.ts';
import { rowsOfLooks } from './next-click.ts';
import { type Row, rowsOfContext, rowsOfFacts } from './rows.ts';
import type { Shelf } from './shelf.ts';
import type { Base } from './shelf-models.ts';

export interface Voice {
  readonly rows: readonly Row[];
  readonly base: Base;
  /** Popular things fill a list that nothing else fills. */
  readonly fills: boolean;
  /** Nothing was learned that could speak. */
  readonly isMute: boolean;
}

const NOTHING: Base = { prior: new Float64Array(0), popular: new Uint32Array(0) };
const MUTE: Voice = { rows: [], base: NOTHING, fills: false, isMute: true };

type Asking = Pick<DecisionInput, 'complements' | 'nextBasket' | 'nextClick' | 'facts' | 'rules'>;

/** `scoring` is the context that may speak; of a next basket it says nothing. */
export function voiceOf(
  shelf: Shelf,
  input: Asking,
  { placement, scoring }: { readonly placement: Placement; readonly scoring: readonly ContextItem[] },
): Voice {
  if (placement.strategy === 'next-click') {
    // A record of another strategy names none. What is looked at is known before anything was bought.
    if (input.nextClick === undefined || shelf.nextClick === undefined) return MUTE;
    const rows = rowsOfLooks(shelf, scoring, input);
    return { rows, base: shelf.nextClick, fills: true, isMute: false };
  }
  if (shelf.itemIds.length === 0) return MUTE;
  if (placement.strategy === 'next-basket') {
    // A record of another strategy names none, and was asked for something else.
    if (input.nextBasket === undefined || shelf.nextBasket === undefined) return MUTE;
    return { rows: rowsOfOrders(shelf, input.facts), base: shelf.nextBasket, fills: true, isMute: false };
  }
  const goesWith = speaksOfComplements(input, placement) ? shelf.complements : shelf.model;
  const ofContext = rowsOfContext(shelf, scoring, goesWith);
  const ofFacts = rowsOfFacts(shelf, input.facts);
  return {
    rows: ofContext.length === 0 ? ofFacts : [...ofContext, ...ofFacts],
    base: { prior: shelf.model.prior, popular: shelf.popular },
    fills: placement.strategy === 'for-you',
    isMute: false,
  };
}

/** Records of before there was a complements model name none, and are decided by the first alone. */
export function speaksOfComplements(
  { complements }: Pick<DecisionInput, 'complements'>,
  { strategy }: Placement,
): boolean {
  return strategy === 'complements' && complements !== undefined;
}
