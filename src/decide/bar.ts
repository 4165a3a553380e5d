// What may not be shown to this person now, from what the View lets us know and from what was shown before. The bar is an
// input of the decision: it is recorded with it, so that a replay bars the same things.

import { HOUR_MS } from '../kernel/time.ts';
import type { Barred, GuardName } from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';
import type { Placement } from '../facts/placement.ts';
import type { View } from '../facts/view.ts';

/** One item shown to a person by an earlier decision. Every decision counts as shown: a cap that waits for a report can be exceeded. */
export interface Exposure {
  readonly placement: string;
  readonly items: readonly ItemId[];
  readonly timeMs: number;
}

/** `dismissed` counts for so long; "less of this" weighs more than silence (field.md: two days in Brave Ads, we take thirty). */
const DISMISSED_HOURS = 30 * 24;

export interface BarInput {
  readonly view: View | undefined;
  readonly exposures: readonly Exposure[];
  readonly placement: Placement;
  readonly nowMs: number;
}

/** Sorted by item; one entry per item, the first guard that speaks. */
export function bar({ view, exposures, placement, nowMs }: BarInput): readonly Barred[] {
  const barred = new Map<ItemId, Barred>();
  const add = (item: ItemId, guard: GuardName, number: number): void => {
    if (!barred.has(item)) barred.set(item, { item, guard, number });
  };
  if (view !== undefined) barFacts(view, add);
  barShown({ exposures, placement, nowMs }, add);
  return [...barred.values()].sort((a, b) => (a.item < b.item ? -1 : 1));
}

type Add = (item: ItemId, guard: GuardName, number: number) => void;

function barFacts(view: View, add: Add): void {
  for (const fact of view.read('declared')) {
    if (fact.kind === 'dislikes' && fact.item !== undefined) add(fact.item, 'disliked', 1);
  }
  for (const fact of view.read('interactions')) {
    const recent = view.nowMs - fact.lastMs < DISMISSED_HOURS * HOUR_MS;
    if (fact.kind === 'dismissed' && recent && fact.item !== undefined) add(fact.item, 'disliked', fact.count);
  }
  for (const fact of view.read('purchases')) {
    if (fact.item === undefined) continue;
    if (fact.returned > 0) add(fact.item, 'returned', fact.returned);
    else if (fact.quantity > 0) add(fact.item, 'bought', fact.quantity);
  }
}

function barShown({ exposures, placement, nowMs }: Pick<BarInput, 'exposures' | 'placement' | 'nowMs'>, add: Add): void {
  const sinceMs = nowMs - placement.capPerItem.windowHours * HOUR_MS;
  const shown = new Map<ItemId, number>();
  for (const exposure of exposures) {
    if (exposure.timeMs <= sinceMs) continue;
    for (const item of exposure.items) shown.set(item, (shown.get(item) ?? 0) + 1);
  }
  for (const [item, times] of shown) {
    if (times >= placement.capPerItem.impressionsMax) add(item, 'item-cap', times);
  }
}

/** Lists of this placement shown within its window. */
export function shownBefore({ exposures, placement, nowMs }: Pick<BarInput, 'exposures' | 'placement' | 'nowMs'>): number {
  const sinceMs = nowMs - placement.capPerPerson.windowHours * HOUR_MS;
  let count = 0;
  for (const exposure of exposures) {
    if (exposure.placement === placement.id && exposure.timeMs > sinceMs) count += 1;
  }
  return count;
}
