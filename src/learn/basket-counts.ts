/*
 * The baskets that complements are learned from, each person's own and bounded.
 *
 * The evidence of `baskets.ts` compares a basket with the same person's others and counts leaves beside
 * things; leaves belong to the catalogue and change. No table of sums of pairs holds both, so what is kept is
 * what the sums are made of: the baskets themselves, packed, one list of numbers for each person. That is
 * exact by its nature: the state is who is in it, whatever was added and taken away before. Items are
 * interned and let go with the last person who has them.
 */
import { assert } from '../kernel/assert.ts';
import { LIMITS } from '../kernel/limits.ts';
import { compareIds } from './contribution.ts';
import type { Histories } from './histories.ts';

/** Baskets of one person, oldest first; each holds distinct items. */
export type BasketList = readonly (readonly string[])[];

export type BasketCounts = {
  readonly peopleTotal: () => number;
  /** People who have the item in a basket. */
  readonly itemPeople: (id: string) => number;
  readonly basketsOf: (person: string) => BasketList;
  /** All items, ascending. */
  readonly itemIds: () => readonly string[];
  /** Puts these baskets in the place of what this person had; none: takes the person away. */
  readonly replace: (person: string, baskets: BasketList | undefined) => void;
  /** The same baskets with item x at place x of `itemIds`, which names every item that is there. */
  readonly histories: (itemIds: readonly string[]) => Histories;
  /** Who has what, without who they are, in canonical order: equal baskets, equal text. */
  readonly canonicalText: () => string;
};

/**
 * What of a person's baskets counts: the newest `LIMITS.ordersPerPersonMax`, and of each the items that count
 * in their contribution. So nobody moves more pairs here than there. Baskets without any are left out.
 *
 * Example: `basketsOfShare([['a', 'x'], ['x']], ['a', 'b'])` is `[['a']]`.
 */
export function basketsOfShare(baskets: BasketList, items: readonly string[]): BasketList {
  const counted = new Set(items);
  return baskets
    .slice(-LIMITS.ordersPerPersonMax)
    .map((basket) => [...new Set(basket)].filter((item) => counted.has(item)).sort(compareIds))
    .filter((basket) => basket.length > 0);
}

// Each basket as its length and its items; an index whose item has gone is used again.
type State = {
  readonly packed: Map<string, Uint32Array>;
  readonly indexOf: Map<string, number>;
  readonly idOf: (string | undefined)[];
  readonly people: number[];
  readonly freeIndices: number[];
};

/** Nobody's baskets. */
export function createBasketCounts(): BasketCounts {
  const state: State = { packed: new Map(), indexOf: new Map(), idOf: [], people: [], freeIndices: [] };
  return {
    peopleTotal: () => state.packed.size,
    itemPeople: (id) => state.people[state.indexOf.get(id) ?? -1] ?? 0,
    basketsOf: (person) => unpack(state, state.packed.get(person) ?? new Uint32Array(0)),
    itemIds: () => [...state.indexOf.keys()].sort(compareIds),
    replace: (person, baskets) => replace(state, person, baskets),
    histories: (itemIds) => histories(state, itemIds),
    canonicalText: () => canonicalText(state),
  };
}

function replace(state: State, person: string, baskets: BasketList | undefined): void {
  const old = state.packed.get(person);
  const next = baskets === undefined || baskets.length === 0 ? undefined : pack(state, baskets);
  // The new ones first: an item that stays keeps its place.
  if (next === undefined) state.packed.delete(person);
  else state.packed.set(person, next);
  if (old !== undefined) for (const index of itemsIn(old)) leave(state, index);
}

function pack(state: State, baskets: BasketList): Uint32Array {
  assert(baskets.length <= LIMITS.ordersPerPersonMax, 'the baskets of one person are bounded');
  const numbers: number[] = [];
  for (const basket of baskets) {
    assert(new Set(basket).size === basket.length && basket.length > 0, 'a basket holds each item once');
    numbers.push(basket.length, ...basket.map((id) => indexIn(state, id)));
  }
  const packed = Uint32Array.from(numbers);
  for (const index of itemsIn(packed)) state.people[index] = (state.people[index] ?? 0) + 1;
  return packed;
}

function indexIn({ indexOf, idOf, people, freeIndices }: State, id: string): number {
  const known = indexOf.get(id);
  if (known !== undefined) return known;
  const index = freeIndices.pop() ?? idOf.length;
  indexOf.set(id, index);
  idOf[index] = id;
  people[index] = 0;
  return index;
}

function leave({ indexOf, idOf, people, freeIndices }: State, index: number): void {
  const id = idOf[index];
  assert(id !== undefined && people[index]! > 0, 'an item that somebody had is there');
  people[index]! -= 1;
  if (people[index]! > 0) return;
  indexOf.delete(id);
  idOf[index] = undefined;
  freeIndices.push(index);
}

/** The distinct items of one person. */
function itemsIn(packed: Uint32Array): ReadonlySet<number> {
  const items = new Set<number>();
  for (let at = 0; at < packed.length;) {
    const end = at + 1 + packed[at]!;
    for (at += 1; at < end; at += 1) items.add(packed[at]!);
  }
  return items;
}

function histories({ packed, idOf }: State, itemIds: readonly string[]): Histories {
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  const places = Uint32Array.from(idOf, (id) => (id === undefined ? 0 : (placeOf.get(id) ?? itemIds.length)));
  let [steps, lines] = [0, 0];
  for (const numbers of packed.values()) {
    for (let at = 0; at < numbers.length; at += 1 + numbers[at]!, steps += 1) lines += numbers[at]!;
  }
  const personOffsets = new Uint32Array(packed.size + 1);
  const stepOffsets = new Uint32Array(steps + 1);
  const items = new Uint32Array(lines);
  let [person, step, line] = [0, 0, 0];
  for (const numbers of packed.values()) {
    for (let at = 0; at < numbers.length;) {
      const end = at + 1 + numbers[at]!;
      for (at += 1; at < end; at += 1) items[line++] = places[numbers[at]!]!;
      stepOffsets[++step] = line;
    }
    personOffsets[++person] = step;
  }
  assert(
    items.every((item) => item < itemIds.length),
    'every item of a basket is named',
  );
  return { itemCount: itemIds.length, personOffsets, stepOffsets, items };
}

function canonicalText(state: State): string {
  const people = [...state.packed.values()].map((numbers) =>
    JSON.stringify(unpack(state, numbers).map((basket) => basket.toSorted(compareIds))),
  );
  return people.sort(compareIds).join('\n');
}

function unpack({ idOf }: State, numbers: Uint32Array): BasketList {
  const baskets: string[][] = [];
  for (let at = 0; at < numbers.length; at += 1 + numbers[at]!) {
    const held = numbers.subarray(at + 1, at + 1 + numbers[at]!);
    baskets.push(Array.from(held, (index) => idOf[index] ?? ''));
  }
  return baskets;
}
