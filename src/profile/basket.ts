// What lies in a person's basket. "Bought, so no longer in the basket" depends on what came first, and
// events come in any order; so the last touches of each thing are kept with their times, and the fact is
// their sum since the thing was last bought.

import type { Channel } from '../facts/channel.ts';
import type { Fact } from '../facts/fact.ts';
import type { Basis } from '../facts/source.ts';
import { mergeFacts } from './merge.ts';

/**
 * Touches kept per thing: more than anybody changes their mind about one thing before buying it. Older ones
 * are let go.
 */
export const TOUCHES_MAX = 32;

/**
 * Something was put in (positive pieces) or taken out (negative). What differs between touches of one fact,
 * and no more.
 */
export interface Touch {
  readonly timeMs: number;
  readonly quantity: number;
  readonly channel: Channel;
  readonly basis: Basis;
  readonly expiresMs: number;
}

/** The touch that a fact of a single basket event stands for. */
export function touchOf(fact: Fact): Touch {
  const { quantity, channel, basis, expiresMs } = fact;
  return { timeMs: fact.lastMs, quantity, channel, basis, expiresMs };
}

/**
 * The newest `TOUCHES_MAX` of these, oldest first, without those at or before the last purchase. A choice
 * by order alone: the same touches leave the same list, however they came.
 */
export function keepTouches(touches: readonly Touch[], boughtMs: number): readonly Touch[] {
  return touches
    .filter((touch) => touch.timeMs > boughtMs)
    .sort(byOrder)
    .slice(-TOUCHES_MAX);
}

function byOrder(a: Touch, b: Touch): number {
  if (a.timeMs !== b.timeMs) return a.timeMs - b.timeMs;
  const textA = touchText(a);
  const textB = touchText(b);
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

function touchText({ quantity, channel, basis, expiresMs }: Touch): string {
  return `${quantity} ${channel} ${basis} ${expiresMs}`;
}

/** The fact that these touches add up to; `pattern` gives what they have in common (key, thing, source). */
export function basketFact(pattern: Fact, touches: readonly Touch[]): Fact | undefined {
  let fact: Fact | undefined;
  for (const { timeMs, ...touch } of touches) {
    const count = touch.quantity > 0 ? 1 : 0;
    const one = { ...pattern, ...touch, count, returned: 0, firstMs: timeMs, lastMs: timeMs };
    fact = fact === undefined ? one : mergeFacts(fact, one);
  }
  return fact;
}
