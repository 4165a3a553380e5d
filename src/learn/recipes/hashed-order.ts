/*
 * People in an order that follows from what they have alone: not from names, nor from who else is there, nor
 * from the order in which they came. So a sample taken from it is the same in a world that never met somebody
 * who left.
 */

/**
 * In the order of a hash of their lists, written in ids; of people with equal lists it does not matter who
 * comes first. `listsOf` answers with places of `itemIds`, which ascend.
 */
export function inHashedOrder(
  people: readonly number[],
  itemIds: readonly string[],
  listsOf: (person: number) => readonly Uint32Array[],
): readonly number[] {
  return createHashes(itemIds).ordered(people, listsOf);
}

export type Hashes = {
  /** As `inHashedOrder`. */
  readonly ordered: (
    people: readonly number[],
    listsOf: (person: number) => readonly Uint32Array[],
  ) => readonly number[];
  /** One list in an order that follows from what is in it. */
  readonly shuffled: (items: Uint32Array) => Uint32Array;
};

/** `itemIds` ascend; another `seed`, another order. */
export function createHashes(itemIds: readonly string[], seed = 0): Hashes {
  const itemHashes = Float64Array.from(itemIds, hashOf);
  return {
    ordered: (people, listsOf) => {
      const hashes = Float64Array.from(people, (person) => hashOfLists(listsOf(person), itemHashes, seed));
      const order = Uint32Array.from(people, (_, at) => at);
      const listsAt = (at: number): readonly Uint32Array[] => listsOf(people[at]!);
      order.sort((a, b) => hashes[a]! - hashes[b]! || compareLists(listsAt(a), listsAt(b)));
      return Array.from(order, (at) => people[at]!);
    },
    shuffled: (items) => {
      const all = hashOfLists([items], itemHashes, seed) % LANE;
      const drawn = Array.from(items, (item) => ({ item, hash: mixed(all, itemHashes[item]! % LANE) }));
      drawn.sort((a, b) => a.hash - b.hash || a.item - b.item);
      return Uint32Array.from(drawn, ({ item }) => item);
    },
  };
}

function hashOfLists(lists: readonly Uint32Array[], itemHashes: Float64Array, seed: number): number {
  let [high, low] = [lists.length, seed];
  for (const items of lists) {
    high = mixed(high, items.length);
    for (const item of items) {
      const hash = itemHashes[item]!;
      high = mixed(high, Math.floor(hash / LANE));
      low = mixed(low ^ high, hash % LANE);
    }
  }
  return (high >>> LANE_CUT) * LANE + (low >>> 0);
}

const LANE = 2 ** 32;
/** 21 + 32 bits are a whole number in a double. */
const LANE_CUT = 11;

function mixed(hash: number, next: number): number {
  const one = Math.imul(hash ^ next, 0x9e3779b1);
  return Math.imul(one ^ (one >>> 15), 0x85ebca77);
}

/** Of a name, whatever else is there: two lanes of 32 bits in one number, 21 of the first. */
export function hashOf(id: string): number {
  let [high, low] = [id.length, 1];
  for (let at = 0; at < id.length; at += 1) {
    high = mixed(high, id.charCodeAt(at));
    low = mixed(low + at, high);
  }
  return (high >>> LANE_CUT) * LANE + (low >>> 0);
}

/** Places follow ids, so this order too is the same whoever else is there. */
function compareLists(a: readonly Uint32Array[], b: readonly Uint32Array[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [n, one] of a.entries()) {
    const other = b[n]!;
    if (one.length !== other.length) return one.length - other.length;
    for (let at = 0; at < one.length; at += 1) {
      if (one[at] !== other[at]) return one[at]! - other[at]!;
    }
  }
  return 0;
}
