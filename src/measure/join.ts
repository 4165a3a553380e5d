// Joins what happened to the decision that led to it: an impression, a click or a dismissal names its
// decision; a purchase is a conversion of the newest decision within the window that had shown the item. The
// propensity travels along, so that another policy can be evaluated on the same log (inverse propensity:
// Horvitz and Thompson 1952).

import { DAY_MS } from '../kernel/time.ts';
import type { AdmittedEvent } from '../facts/event.ts';
import type { DecisionId, ItemId } from '../facts/ids.ts';
import type { Outcome } from '../facts/outcome.ts';

/** A list as it was decided. */
export interface Shown {
  readonly decision: DecisionId;
  readonly placement: string;
  readonly items: readonly ItemId[];
  readonly timeMs: number;
  readonly propensity: number;
}

/** A purchase so long after a decision is still counted as its conversion. */
const CONVERSION_DAYS = 7;

export interface Joined {
  readonly placement: string;
  readonly outcome: Outcome;
}

/** Outcomes of one event; each item of the event joins at most one decision, however many lines name it. */
export function joinOutcomes(shown: readonly Shown[], event: AdmittedEvent): readonly Joined[] {
  const things = [...new Set(event.lines.map(({ item }) => item))];
  if (event.kind === 'purchase') return things.flatMap((item) => joinPurchase(shown, event, item));
  const kind = REPORTED[event.kind];
  if (kind === undefined || event.decision === undefined) return [];
  const from = shown.find((list) => list.decision === event.decision);
  if (from === undefined) return [];
  const items = things.filter((item) => from.items.includes(item));
  return items.map((item) => join(from, { item, kind, timeMs: event.timeMs }));
}

const REPORTED: Readonly<Partial<Record<AdmittedEvent['kind'], Outcome['kind']>>> = {
  impression: 'impression',
  click: 'click',
  dismiss: 'dismissal',
};

function joinPurchase(shown: readonly Shown[], event: AdmittedEvent, item: ItemId): readonly Joined[] {
  let newest: Shown | undefined;
  for (const list of shown) {
    const inWindow = list.timeMs <= event.timeMs && event.timeMs - list.timeMs <= CONVERSION_DAYS * DAY_MS;
    if (!inWindow || !list.items.includes(item)) continue;
    if (newest === undefined || list.timeMs >= newest.timeMs) newest = list;
  }
  return newest === undefined ? [] : [join(newest, { item, kind: 'conversion', timeMs: event.timeMs })];
}

function join(from: Shown, outcome: Pick<Outcome, 'item' | 'kind' | 'timeMs'>): Joined {
  return {
    placement: from.placement,
    outcome: { decision: from.decision, propensity: from.propensity, ...outcome },
  };
}
