// Names resolved to places on the shelf. A person's facts and bars stay the same objects from one decision to
// the next (engine/seen.ts), so what was resolved once is kept with them, for as long as both they and the
// shelf live.

import {
  type Addend,
  type Barred,
  type ContextItem,
  type GuardName,
  type WeighedFact,
  addendOf,
} from '../facts/decision.ts';
import type { WeightRows } from '../facts/joint-model.ts';
import type { Pressure } from '../facts/contact.ts';
import { type Shelf, leafOn, placeOn } from './shelf.ts';
import { normalise } from './weigh.ts';

/** An addend with its row of a model. */
export interface Row extends Addend {
  /**
   * Which of the shelf's: its own, of complements, what is borrowed, or one that speaks for the thing itself.
   */
  readonly model: WeightRows;
  readonly index: number;
  readonly weight: number;
}

export interface Kept<T> {
  readonly shelf: Shelf;
  readonly value: T;
}

const factRows = new WeakMap<readonly WeighedFact[], Kept<readonly Row[]>>();
const barredPlaces = new WeakMap<readonly Barred[], Kept<ReadonlyMap<number, Barred>>>();

/** Rows of the facts that the model knows, with their normalised weights. */
export function rowsOfFacts(shelf: Shelf, facts: readonly WeighedFact[]): readonly Row[] {
  const kept = factRows.get(facts);
  if (kept?.shelf === shelf) return kept.value;
  const rows: Row[] = [];
  for (const { key, item, weight } of normalise(facts)) {
    const index = shelf.indexOf.get(item);
    if (index !== undefined) rows.push(...rowsAt(shelf, addendOf('fact', key), { index, weight }));
  }
  factRows.set(facts, { shelf, value: rows });
  return rows;
}

/** Rows of the context in one of the shelf's models; where complements say nothing, there are none. */
export function rowsOfContext(
  shelf: Shelf,
  context: readonly ContextItem[],
  model = shelf.model,
): readonly Row[] {
  const rows: Row[] = [];
  for (const { item, weight } of context) {
    const index = shelf.indexOf.get(item);
    if (index === undefined || index >= model.itemIds.length) continue;
    const addend = addendOf('context', item);
    if (model === shelf.model) rows.push(...rowsAt(shelf, addend, { index, weight }));
    else rows.push({ ...addend, model, index, weight });
  }
  return rows;
}

/**
 * What the shop itself learned, and beside it what it borrows: two addends, so that each is told as it is.
 */
function rowsAt(
  { model, borrowed }: Shelf,
  addend: Addend,
  at: Pick<Row, 'index' | 'weight'>,
): readonly Row[] {
  const own = { ...addend, model, ...at };
  if (borrowed === undefined || borrowed.offsets[at.index] === borrowed.offsets[at.index + 1]) return [own];
  return [own, { ...addend, joint: true, model: borrowed, ...at }];
}

export function barredOn(shelf: Shelf, barred: readonly Barred[]): ReadonlyMap<number, Barred> {
  const kept = barredPlaces.get(barred);
  if (kept?.shelf === shelf) return kept.value;
  const places = new Map<number, Barred>();
  for (const entry of barred) {
    const index = placeOn(shelf, entry.item);
    if (index !== undefined) places.set(index, entry);
  }
  barredPlaces.set(barred, { shelf, value: places });
  return places;
}

export const NO_LEAVES: ReadonlyMap<number, number> = new Map();

/** A no to one thing is about that thing; to so many of one leaf it is about the kind. */
const KIND_MIN = 2;

/** Leaves of which several things are disliked, with how many; things that no model knows count as well. */
export function dislikedLeavesOn(shelf: Shelf, barred: readonly Barred[]): ReadonlyMap<number, number> {
  let counts: Map<number, number> | undefined;
  for (const { item, guard } of barred) {
    if (guard !== 'disliked') continue;
    counts ??= new Map();
    const leaf = leafOn(shelf, item);
    if (leaf !== undefined) counts.set(leaf, (counts.get(leaf) ?? 0) + 1);
  }
  if (counts === undefined) return NO_LEAVES;
  return new Map([...counts].filter(([, count]) => count >= KIND_MIN));
}

/** Bars that are about the idea. Who sent back a size that did not fit may want the next. */
const OF_PRODUCTS: readonly GuardName[] = ['bought', 'disliked', 'item-cap'];

/**
 * Products of which a variant was bought, said no to or shown often enough, or is in front of the person, if
 * it may speak there: of what may not, nothing may be seen in a list.
 */
export function productsMetOn(
  shelf: Shelf,
  barred: readonly Barred[],
  speaking: readonly ContextItem[],
): Set<number> {
  const met = new Set<number>();
  const named = barred.filter(({ guard }) => OF_PRODUCTS.includes(guard));
  for (const { item } of [...speaking, ...named]) {
    const place = placeOn(shelf, item);
    const product = place === undefined ? 0 : (shelf.products?.[place] ?? 0);
    if (product !== 0) met.add(product);
  }
  return met;
}

/** Leaves at a cap of the policy's `contact`. */
export function cappedLeavesOn(shelf: Shelf, pressure: Pressure | undefined): ReadonlyMap<number, number> {
  if (pressure === undefined || pressure.leaves.length === 0) return NO_LEAVES;
  const capped = new Map<number, number>();
  for (const { item, number } of pressure.leaves) {
    const leaf = leafOn(shelf, item);
    if (leaf !== undefined) capped.set(leaf, number);
  }
  return capped;
}
