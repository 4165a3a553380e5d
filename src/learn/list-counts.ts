/*
 * What each person has, as lists of things: their own, packed, one list of numbers for each person.
 *
 * Where no table of sums of pairs holds what is asked, what is kept is what the sums are made of. That is
 * exact by its nature: the state is who is in it, whatever was added and taken away before. Items are
 * interned and let go with the last person who has them.
 */
import { assert } from '../kernel/assert.ts';
import { compareIds } from './contribution.ts';

/** Lists of one person, in an order that says something. */
export type Lists = readonly (readonly string[])[];

export type ListCounts = {
  readonly peopleTotal: () => number;
  /** People who have the item in a list. */
  readonly itemPeople: (id: string) => number;
  readonly listsOf: (person: string) => Lists;
  /** All items, ascending. */
  readonly itemIds: () => readonly string[];
  /** Puts these lists in the place of what this person had; none: takes the person away. */
  readonly replace: (person: string, lists: Lists | undefined) => void;
  /** Of each person their lists: the length of each before its items, in places of `itemIds`. */
  readonly packedOver: (itemIds: readonly string[]) => Iterable<Uint32Array>;
  /** Lists of everybody, without who they are. */
  readonly everybody: () => Iterable<Lists>;
};

// Each list as its length and its items; an index whose item has gone is used again.
type State = {
  readonly packed: Map<string, Uint32Array>;
  readonly indexOf: Map<string, number>;
  readonly idOf: (string | undefined)[];
  readonly people: number[];
  readonly freeIndices: number[];
};

/** Nobody's lists. */
export function createListCounts(): ListCounts {
  const state: State = { packed: new Map(), indexOf: new Map(), idOf: [], people: [], freeIndices: [] };
  return {
    peopleTotal: () => state.packed.size,
    itemPeople: (id) => state.people[state.indexOf.get(id) ?? -1] ?? 0,
    listsOf: (person) => unpack(state, state.packed.get(person) ?? new Uint32Array(0)),
    itemIds: () => [...state.indexOf.keys()].sort(compareIds),
    replace: (person, lists) => replace(state, person, lists),
    packedOver: (itemIds) => packedOver(state, itemIds),
    everybody: () => everybody(state),
  };
}

function replace(state: State, person: string, lists: Lists | undefined): void {
  const old = state.packed.get(person);
  const next = lists === undefined || lists.length === 0 ? undefined : pack(state, lists);
  // The new ones first: an item that stays keeps its place.
  if (next === undefined) state.packed.delete(person);
  else state.packed.set(person, next);
  if (old !== undefined) for (const index of itemsIn(old)) leave(state, index);
}

function pack(state: State, lists: Lists): Uint32Array {
  const numbers: number[] = [];
  for (const list of lists) {
    assert(list.length > 0, 'a list holds something');
    numbers.push(list.length, ...list.map((id) => indexIn(state, id)));
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

function* packedOver({ packed, idOf }: State, itemIds: readonly string[]): Generator<Uint32Array> {
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  const places = Uint32Array.from(idOf, (id) => (id === undefined ? 0 : (placeOf.get(id) ?? itemIds.length)));
  for (const numbers of packed.values()) {
    const placed = numbers.slice();
    for (let at = 0; at < placed.length;) {
      const end = at + 1 + placed[at]!;
      for (at += 1; at < end; at += 1) {
        placed[at] = places[placed[at]!]!;
        assert(placed[at]! < itemIds.length, 'every item of a list is named');
      }
    }
    yield placed;
  }
}

function* everybody(state: State): Generator<Lists> {
  for (const numbers of state.packed.values()) yield unpack(state, numbers);
}

function unpack({ idOf }: State, numbers: Uint32Array): Lists {
  const lists: string[][] = [];
  for (let at = 0; at < numbers.length; at += 1 + numbers[at]!) {
    const held = numbers.subarray(at + 1, at + 1 + numbers[at]!);
    lists.push(Array.from(held, (index) => idOf[index] ?? ''));
  }
  return lists;
}
