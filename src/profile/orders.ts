// What was bought at once. A fact adds up one thing over all orders and no longer knows beside what it was
// bought; so the last times of each thing are kept behind its fact, and an order is what one source says was
// bought at one instant. Nothing else is kept: an order leaves with its facts, and a thing that stays behind
// the door, came back or ran out is in none.

import type { Fact, Profile } from '../facts/fact.ts';
import type { ItemId } from '../facts/ids.ts';
import type { Order } from '../facts/view.ts';
import { LIMITS } from '../kernel/limits.ts';

/**
 * The newest of these times, each once, oldest first. As many as orders count: an order of the newest fifty
 * is among the newest fifty of each thing in it.
 */
export function keepTimes(times: readonly number[], timeMs: number): readonly number[] {
  if (times.includes(timeMs)) return times;
  return [...times, timeMs].sort((a, b) => a - b).slice(-LIMITS.ordersPerPersonMax);
}

/**
 * The newest `LIMITS.ordersPerPersonMax` orders among `facts` that were made after `afterMs`, oldest first;
 * those of one instant by source, the things of each by id.
 */
export function ordersOf(
  facts: readonly Fact[],
  { boughtAt }: Pick<Profile, 'boughtAt'>,
  afterMs: number,
): readonly Order[] {
  const orders = new Map<string, { readonly timeMs: number; readonly facts: Map<ItemId, string> }>();
  for (const { key, kind, item, quantity, source } of facts) {
    if (kind !== 'bought' || item === undefined || !(quantity > 0)) continue;
    for (const timeMs of boughtAt?.get(key) ?? []) {
      if (timeMs <= afterMs) continue;
      const name = `${timeMs} ${source}`;
      const order = orders.get(name);
      if (order === undefined) orders.set(name, { timeMs, facts: new Map([[item, key]]) });
      else order.facts.set(item, key);
    }
  }
  return [...orders]
    .sort(([a, one], [b, other]) => one.timeMs - other.timeMs || (a < b ? -1 : 1))
    .slice(-LIMITS.ordersPerPersonMax)
    .map(([, { timeMs, facts: of }]) => {
      // Of one source, so keys stand as things do.
      const sorted = [...of].sort(([a], [b]) => (a < b ? -1 : 1));
      const items = Object.freeze(sorted.map(([item]) => item));
      return Object.freeze({ timeMs, items, keys: Object.freeze(sorted.map(([, key]) => key)) });
    });
}
