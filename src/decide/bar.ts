// What may not be shown to this person now, from what the View lets us know and from what was shown before.
// The bar is an input of the decision: it is recorded with it, so that a replay bars the same things.

import { HOUR_MS } from '../kernel/time.ts';
import type { Barred, GuardName } from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';
import type { Placement } from '../facts/placement.ts';
import type { View } from '../facts/view.ts';

/**
 * One item shown to a person by an earlier decision. Every decision counts as shown: a cap that waits for a
 * report can be exceeded.
 */
export interface Exposure {
  readonly placement: string;
  readonly items: readonly ItemId[];
  readonly timeMs: number;
}

/**
 * `dismissed` counts for so long; "less of this" weighs more than silence (field.md: two days in Brave Ads,
 * we take thirty).
 */
const DISMISSED_HOURS = 30 * 24;

export interface ShownInput {
  readonly exposures: readonly Exposure[];
  readonly placement: Placement;
  readonly nowMs: number;
}

/** What the View bars. Sorted by item; one entry per item, the first guard that speaks. */
export function barFacts(view: View): readonly Barred[] {
  return gather((add) => barByFacts(view, add));
}

/**
 * The same, and what was shown too often. The very list of before when nothing was: then nothing has to be
 * resolved anew.
 */
export function barShown(barred: readonly Barred[], shown: ShownInput): readonly Barred[] {
  const capped = gather((add) => barByCaps(shown, add));
  if (capped.length === 0) return barred;
  return gather((add) => {
    for (const { item, guard, number } of [...barred, ...capped]) add(item, guard, number);
  });
}

type Add = (item: ItemId, guard: GuardName, number: number) => void;

function gather(collect: (add: Add) => void): readonly Barred[] {
  const barred = new Map<ItemId, Barred>();
  collect((item, guard, number) => {
    if (!barred.has(item)) barred.set(item, { item, guard, number });
  });
  return [...barred.values()].sort((a, b) => (a.item < b.item ? -1 : 1));
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

function barByCaps({ exposures, placement, nowMs }: ShownInput, add: Add): void {
  const { impressionsMax, windowHours } = placement.capPerItem;
  // No item can have been shown more often than there were lists.
  if (exposures.length < impressionsMax) return;
  const sinceMs = nowMs - windowHours * HOUR_MS;
  for (const [item, everShown] of timesShown(exposures)) {
    if (everShown < impressionsMax) continue;
    const times = exposures.reduce((sum, list) => sum + (list.timeMs > sinceMs ? timesIn(list, item) : 0), 0);
    if (times >= impressionsMax) add(item, 'item-cap', times);
  }
}

function timesIn({ items }: Exposure, item: ItemId): number {
  let times = 0;
  for (const shown of items) if (shown === item) times += 1;
  return times;
}

interface Totals {
  readonly counts: Map<ItemId, number>;
  /**
   * Lists counted so far, and the last of them: another one there means that the list of lists was changed,
   * not only longer.
   */
  length: number;
  last: Exposure | undefined;
}

// Lists are remembered in one array that grows; counting each list once instead of at every decision saves
// 600 steps at 60 lists.
const totalsOf = new WeakMap<readonly Exposure[], Totals>();

/** How often each item is in these lists, whatever their time: never less than within a window. */
function timesShown(exposures: readonly Exposure[]): ReadonlyMap<ItemId, number> {
  let totals = totalsOf.get(exposures);
  const grown =
    totals !== undefined && totals.length <= exposures.length && exposures[totals.length - 1] === totals.last;
  if (totals === undefined || !grown)
    totalsOf.set(exposures, (totals = { counts: new Map(), length: 0, last: undefined }));
  const { counts } = totals;
  for (const { items } of exposures.slice(totals.length)) {
    for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  totals.length = exposures.length;
  totals.last = exposures[exposures.length - 1];
  return counts;
}

/**
 * Lists of this placement shown within its window. A list with nothing in it was not shown: whoever keeps
 * asking beyond the cap does not push its end away.
 */
export function shownBefore({ exposures, placement, nowMs }: ShownInput): number {
  const sinceMs = nowMs - placement.capPerPerson.windowHours * HOUR_MS;
  let count = 0;
  for (const exposure of exposures) {
    if (exposure.items.length === 0 || exposure.placement !== placement.id) continue;
    if (exposure.timeMs > sinceMs) count += 1;
  }
  return count;
}
