// What may not be shown to this person now, from what the View lets us know (what was shown before: caps.ts).
// The bar is an input of the decision: it is recorded with it, so that a replay bars the same things.

import { HOUR_MS } from '../kernel/time.ts';
import type { Barred, GuardName } from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';
import type { View } from '../facts/view.ts';
import { byItem } from './caps.ts';

/**
 * `dismissed` counts for so long; "less of this" weighs more than silence (field.md: two days in Brave Ads,
 * we take thirty).
 */
const DISMISSED_HOURS = 30 * 24;

/** What the View bars. Sorted by item; one entry per item, the first guard that speaks. */
export function barFacts(view: View): readonly Barred[] {
  return gather((add) => barByFacts(view, add));
}

type Add = (item: ItemId, guard: GuardName, number: number) => void;

function gather(collect: (add: Add) => void): readonly Barred[] {
  const barred = new Map<ItemId, Barred>();
  collect((item, guard, number) => {
    if (!barred.has(item)) barred.set(item, { item, guard, number });
  });
  return [...barred.values()].sort(byItem);
}

function barByFacts(view: View, add: Add): void {
  for (const fact of view.read('declared')) {
    if (fact.kind === 'dislikes' && fact.item !== undefined) add(fact.item, 'disliked', 1);
  }
  for (const fact of view.read('interactions')) {
    const recent = view.nowMs - fact.lastMs < DISMISSED_HOURS * HOUR_MS;
    if (fact.kind === 'dismissed' && recent && fact.item !== undefined)
      add(fact.item, 'disliked', fact.count);
  }
  for (const fact of view.read('purchases')) {
    if (fact.item === undefined) continue;
    if (fact.returned > 0) add(fact.item, 'returned', fact.returned);
    else if (fact.quantity > 0) add(fact.item, 'bought', fact.quantity);
  }
}
