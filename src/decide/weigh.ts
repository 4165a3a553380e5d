// From facts to weights: how much each thing a person did counts now. Reading the View is what makes a fact
// "used", so only categories that score are read. Weights are multiples of 2^-10 (kernel/fixed.ts): products
// with model weights then add up exactly.

import { LIMITS } from '../kernel/limits.ts';
import { DAY_MS } from '../kernel/time.ts';
import type { Fact } from '../facts/fact.ts';
import type { WeighedFact } from '../facts/decision.ts';
import { strengthOf, toUnitLength } from '../facts/strength.ts';
import { SESSION_GAP_MS, type View } from '../facts/view.ts';
import { dislikedIn } from './bar.ts';

/**
 * Facts that score at most; the strongest are kept. Bounds a decision's time whatever a person has collected.
 */
const SCORING_FACTS_MAX = 100;

/**
 * Reads the View and weighs what it shows. Sorted by item, then key: the canonical order of every
 * explanation.
 */
export function weigh(view: View): readonly WeighedFact[] {
  const raw: WeighedFact[] = [];
  const disliked = dislikedIn(view);
  for (const category of ['purchases', 'browsing', 'basket', 'interactions', 'declared'] as const) {
    for (const fact of view.read(category)) {
      if (fact.item === undefined || disliked.has(fact.item)) continue;
      const weight = rawWeight(fact, view.nowMs);
      if (weight > 0) raw.push({ key: fact.key, item: fact.item, weight });
    }
  }
  raw.sort((a, b) => b.weight - a.weight || compare(a.key, b.key));
  return raw.slice(0, SCORING_FACTS_MAX).sort((a, b) => compare(a.item, b.item) || compare(a.key, b.key));
}

/**
 * What was bought, with the orders it was bought in: for a next basket. The newest `contributionItemsMax`
 * facts, because learning reads no more of anybody; what cannot be placed in an order says nothing of the
 * next.
 */
export function weighOrders(view: View): readonly WeighedFact[] {
  const disliked = dislikedIn(view);
  const facts = new Map<string, WeighedFact & { readonly orders: number[] }>();
  for (const [number, { items, keys }] of [...view.orders().entries()].toReversed()) {
    for (const [at, item] of items.entries()) {
      const key = keys[at];
      if (key === undefined || disliked.has(item)) continue;
      const known = facts.get(key);
      if (known !== undefined) known.orders.unshift(number);
      else if (facts.size < LIMITS.contributionItemsMax)
        facts.set(key, { key, item, weight: 1, orders: [number] });
    }
  }
  return [...facts.values()].sort((a, b) => compare(a.item, b.item) || compare(a.key, b.key));
}

/**
 * What the person has been looking at, while their session lasts: for a next click. Facts with the places of
 * their looks in it; a pause of half an hour, also the one until now, and there is nothing.
 */
export function weighSession(view: View): readonly WeighedFact[] {
  const session = view.sessions().at(-1);
  const lastMs = session?.times.at(-1);
  if (session === undefined || lastMs === undefined || view.nowMs - lastMs >= SESSION_GAP_MS) return [];
  const disliked = dislikedIn(view);
  const facts = new Map<string, WeighedFact & { readonly orders: number[] }>();
  for (const [at, item] of session.items.entries()) {
    const key = session.keys[at];
    if (key === undefined || disliked.has(item)) continue;
    const known = facts.get(key);
    if (known !== undefined) known.orders.push(at);
    else facts.set(key, { key, item, weight: 1, orders: [at] });
  }
  return [...facts.values()].sort((a, b) => compare(a.item, b.item) || compare(a.key, b.key));
}

function rawWeight(fact: Fact, nowMs: number): number {
  // Nothing left of it (all returned, taken out again): it is no longer true.
  return fact.quantity <= 0 ? 0 : strengthOf(fact.kind, (nowMs - fact.lastMs) / DAY_MS);
}

/**
 * With a length of 1 in all. Done inside the decision: "without this fact" is then the same decision with one
 * fact less, its neighbours' weights included.
 */
export function normalise(facts: readonly WeighedFact[]): readonly WeighedFact[] {
  const weights = toUnitLength(facts.map(({ weight }) => weight));
  if (weights.length === 0) return [];
  return facts.map(({ key, item }, n) => ({ key, item, weight: weights[n]! }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
