// What somebody may look at next: rows of a next-click model for what they looked at, newest strongest, faded
// look by look as the model was learned. The context says what lies before them, in the order in which they
// came to it; their own looks just now stand before that, as far as the context does not hold the same thing.
// And for each look of their own one addend that speaks for that very thing: people go back to what they came
// from.

import {
  type Addend,
  type ContextItem,
  type DecisionInput,
  type WeighedFact,
  addendOf,
} from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';
import type { Placement } from '../facts/placement.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Row } from './rows.ts';
import { type Shelf, placeOn } from './shelf.ts';
import { strengthsOf } from './strengths.ts';

/**
 * The context of a request as a decision has it: for a next click in the order in which it came, newest last;
 * for all other strategies in the order of ids, each thing once.
 */
export function contextFor(items: readonly ItemId[], { strategy }: Placement): readonly ContextItem[] {
  const isInTurn = strategy === 'next-click';
  const told = isInTurn ? items.slice(-LIMITS.contextItemsMax) : [...new Set(items)].sort();
  return told.map((item) => ({ item, weight: 1 }));
}

interface Speaker {
  readonly addend: Addend;
  readonly item: ItemId;
}

/**
 * First the context in its order, then the facts in theirs, then what each fact repeats; what is in the
 * context is not shown again. `scoring` is the context that may speak.
 */
export function rowsOfLooks(
  shelf: Shelf,
  scoring: readonly ContextItem[],
  { facts, rules }: Pick<DecisionInput, 'facts' | 'rules'>,
): readonly Row[] {
  const { nextClick } = shelf;
  if (nextClick === undefined) return [];
  const inContext = [...new Set(scoring.map(({ item }) => item))];
  const placeOf = new Map(inContext.map((item, at) => [item, at]));
  const own = facts.filter(({ item }) => !placeOf.has(item));
  const speakers: readonly Speaker[] = [
    ...inContext.map((item) => ({ addend: addendOf('context', item), item })),
    ...own.map(({ key, item }) => ({ addend: addendOf('fact', key), item })),
  ];
  const looks = [
    ...looksOf(own).map((at) => [inContext.length + at]),
    ...scoring.map(({ item }) => [placeOf.get(item) ?? 0]),
  ];
  const { decay, sharePower, ownDecay, ownWeight } = nextClick.fades;
  const speaking = strengthsOf(speakers.length, looks, { decay, sharePower });
  const rows = speakers.flatMap(({ addend, item }, at): readonly Row[] => {
    const weight = speaking.get(at);
    const index = placeOn(shelf, item);
    if (weight === undefined || index === undefined) return [];
    return [{ ...addend, model: nextClick.rows, index, weight }];
  });
  // Models of before there was such a term have 0 there; records of before were decided without.
  if (ownWeight === 0 || (rules ?? 0) < 5) return rows;
  const again = strengthsOf(speakers.length, looks, { decay: ownDecay, sharePower: 0 });
  const repeats = own.flatMap(({ key, item }, n): readonly Row[] => {
    const at = inContext.length + n;
    const index = placeOn(shelf, item);
    // Too far back to speak is too far back to be looked at again.
    if (!speaking.has(at) || index === undefined) return [];
    const weight = (again.get(at) ?? 0) * ownWeight;
    if (weight === 0) return [];
    return [{ ...addendOf('repeat', key), model: nextClick.unit, index, weight }];
  });
  return [...rows, ...repeats];
}

/** Places of the facts, look by look, oldest first. */
function looksOf(facts: readonly WeighedFact[]): readonly number[] {
  const looks = facts.flatMap(({ orders = [] }, fact) => orders.map((at) => ({ at, fact })));
  return looks.sort((a, b) => a.at - b.at || a.fact - b.fact).map(({ fact }) => fact);
}
