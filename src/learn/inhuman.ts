/*
 * Who buys as no person does: a script that places orders, a test account, a till that books on one card.
 * Such an account would speak for things as loudly as a person. It is left out of what is learned, and of
 * nothing else.
 *
 * Here purchases are looked at; whose looks are no person’s says `isCrawling` (session-counts.ts), where
 * looks are learned from. What is judged follows from the facts that learning may read anyway; nobody keeps a
 * mark.
 */
import { DAY_MS, HOUR_MS } from '../kernel/time.ts';

/** A fact about things bought: how often, and when first and last. */
export type Bought = { readonly count: number; readonly firstMs: number; readonly lastMs: number };

/**
 * Purchases in one day. A full trolley has two hundred lines, and where each piece is booked by itself five
 * hundred. Twice of that is no person's day.
 */
export const PURCHASES_PER_DAY_MAX = 1000;

/** Different hours of the clock, within 24, with an order in them: whoever sleeps four hours stays below. */
export const HOURS_AWAKE_MAX = 20;

export type Inhuman = 'too-many-purchases' | 'no-rest';

/**
 * Why this is no person’s doing; `undefined` when it may well be. `bought` are facts, in any order, `orderMs`
 * the times of orders. Facts are folded, so days are counted from below: what is certain of a fact is that
 * all of it lies between its first and its last time, which is one day or an average of several.
 *
 * Example: `inhumanBy([{ count: 1001, firstMs: 0, lastMs: 0 }], [])` is `'too-many-purchases'`.
 */
export function inhumanBy(bought: readonly Bought[], orderMs: readonly number[]): Inhuman | undefined {
  const perDay = new Map<number, number>();
  for (const { count, firstMs, lastMs } of bought) {
    const [first, last] = [dayOf(firstMs), dayOf(lastMs)];
    if (count > PURCHASES_PER_DAY_MAX * (last - first + 1)) return 'too-many-purchases';
    if (first === last) perDay.set(first, (perDay.get(first) ?? 0) + count);
  }
  for (const count of perDay.values()) if (count > PURCHASES_PER_DAY_MAX) return 'too-many-purchases';
  return orderMs.some((from) => hoursFrom(from, orderMs) > HOURS_AWAKE_MAX) ? 'no-rest' : undefined;
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

function hoursFrom(fromMs: number, orderMs: readonly number[]): number {
  const within = orderMs.filter((ms) => ms >= fromMs && ms < fromMs + DAY_MS);
  // Hours of the clock, not spans from the first order on: half past nine and ten to ten are one.
  return new Set(within.map((ms) => Math.floor(ms / HOUR_MS) % 24)).size;
}
