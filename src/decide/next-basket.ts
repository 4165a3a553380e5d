// What somebody's next basket may hold: rows of a next-basket model for what they bought, faded order by
// order as the model was learned, and for each thing one addend that speaks for that very thing: how much
// such a thing is bought again at all, and how often this person did.

import { type WeighedFact, addendOf } from '../facts/decision.ts';
import type { Kept, Row } from './rows.ts';
import { type Shelf, placeOn } from './shelf.ts';
import type { NextBasket } from './shelf-models.ts';
import { strengthsOf } from './strengths.ts';

const nextRows = new WeakMap<readonly WeighedFact[], Kept<readonly Row[]>>();

/** First what each fact speaks for, then what each repeats; facts in their order. */
export function rowsOfOrders(shelf: Shelf, facts: readonly WeighedFact[]): readonly Row[] {
  const { nextBasket } = shelf;
  if (nextBasket === undefined) return [];
  const kept = nextRows.get(facts);
  if (kept?.shelf === shelf) return kept.value;
  const value = makeRows(shelf, nextBasket, facts);
  nextRows.set(facts, { shelf, value });
  return value;
}

function makeRows(
  shelf: Shelf,
  { others, itself, unit, fades }: NextBasket,
  facts: readonly WeighedFact[],
): readonly Row[] {
  const orders = ordersIn(facts);
  const speaking = strengthsOf(facts.length, orders, { decay: fades.decay, sharePower: fades.sharePower });
  const again = strengthsOf(facts.length, orders, { decay: fades.ownDecay, sharePower: 0 });
  const rows: Row[] = [];
  const repeats: Row[] = [];
  for (const [n, { key, item }] of facts.entries()) {
    const weight = speaking.get(n);
    // Too far back to speak is too far back to be repeated.
    if (weight === undefined) continue;
    const index = shelf.indexOf.get(item);
    if (index !== undefined) rows.push({ ...addendOf('fact', key), model: others, index, weight });
    // What too few people have for a model to know it, its own buyer may well buy again.
    const place = placeOn(shelf, item);
    if (place === undefined) continue;
    const ofItem = index === undefined ? 0 : weight * itself[index]!;
    const value = ofItem + (again.get(n) ?? 0) * fades.ownWeight;
    repeats.push({ ...addendOf('repeat', key), model: unit, index: place, weight: value });
  }
  return [...rows, ...repeats];
}

/** Places of the facts in each order, oldest order first. What nothing is left of is no order. */
function ordersIn(facts: readonly WeighedFact[]): readonly (readonly number[])[] {
  const orders = new Map<number, number[]>();
  for (const [n, { orders: numbers = [] }] of facts.entries()) {
    for (const number of numbers) {
      const order = orders.get(number);
      if (order === undefined) orders.set(number, [n]);
      else order.push(n);
    }
  }
  return [...orders].sort(([a], [b]) => a - b).map(([, places]) => places);
}
