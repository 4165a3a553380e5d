// What may not be shown to this person now, from what the View lets us know (what was shown before: caps.ts).
// The bar is an input of the decision: it is recorded with it, so that a replay bars the same things.

import { DAY_MS, HOUR_MS } from '../kernel/time.ts';
import type { Barred, GuardName } from '../facts/decision.ts';
import type { Fact } from '../facts/fact.ts';
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
  return gather((add) => barByFacts(view, add, () => false));
}

/**
 * The same where things are bought again: of what was bought only what is not due yet is barred. Due is a
 * thing after half of the usual time between two of its purchases; bought once, after half of the usual time
 * between the person's orders; after the only order, half a week.
 */
export function barNotDue(view: View): readonly Barred[] {
  const times = view.orders().map(({ timeMs }) => timeMs);
  const between = gapOf({ count: times.length, firstMs: times[0] ?? 0, lastMs: times.at(-1) ?? 0 });
  const usualMs = between ?? WEEK_MS;
  return gather((add) =>
    barByFacts(view, add, (fact) => view.nowMs - fact.lastMs >= DUE_SHARE * (gapOf(fact) ?? usualMs)),
  );
}

/** Half: some come a little earlier than they use to, and a list is no reminder. */
const DUE_SHARE = 0.5;
const WEEK_MS = 7 * DAY_MS;

function gapOf({ count, firstMs, lastMs }: Pick<Fact, 'count' | 'firstMs' | 'lastMs'>): number | undefined {
  return count < 2 ? undefined : (lastMs - firstMs) / (count - 1);
}

type Add = (item: ItemId, guard: GuardName, number: number) => void;

function gather(collect: (add: Add) => void): readonly Barred[] {
  const barred = new Map<ItemId, Barred>();
  collect((item, guard, number) => {
    if (!barred.has(item)) barred.set(item, { item, guard, number });
  });
  return [...barred.values()].sort(byItem);
}

/**
 * What the person said no to, with the number that bars it: disliked, or dismissed of late. A look beside it
 * changes nothing: a look is a moment, a no is a wish.
 */
export function dislikedIn(view: View): ReadonlyMap<ItemId, number> {
  const disliked = new Map<ItemId, number>();
  for (const fact of view.read('declared')) {
    if (fact.kind === 'dislikes' && fact.item !== undefined) disliked.set(fact.item, 1);
  }
  for (const { kind, item, count, lastMs } of view.read('interactions')) {
    if (kind !== 'dismissed' || item === undefined || disliked.has(item)) continue;
    if (view.nowMs - lastMs < DISMISSED_HOURS * HOUR_MS) disliked.set(item, count);
  }
  return disliked;
}

function barByFacts(view: View, add: Add, isDue: (fact: Fact) => boolean): void {
  for (const [item, times] of dislikedIn(view)) add(item, 'disliked', times);
  const purchases = view.read('purchases');
  // Bought on the web and at the till it is two facts: what came back of one says so of the thing.
  for (const { item, returned } of purchases)
    if (item !== undefined && returned > 0) add(item, 'returned', returned);
  for (const fact of purchases) {
    if (fact.item === undefined || fact.returned > 0) continue;
    if (fact.quantity > 0 && !isDue(fact)) add(fact.item, 'bought', fact.quantity);
  }
}
