/*
 * The statistics everything is learned from: how many people had item i, and items i and j together.
 *
 * They are additive. Adding a person and subtracting the same descriptor leaves exactly the state of a world
 * that never met the person: counts are integers, weights are integers in units of 2^-20 (sums stay below
 * 2^53), and what returns to zero is removed, not kept as zero. Shards merge by addition. Float sums would
 * not cancel bit for bit (research/perf.md, Traps).
 */
import { assert } from '../kernel/assert.ts';
import { compareIds, CONTRIBUTION_UNIT, type ContributionDescriptor } from './contribution.ts';
import { createPairTable, type PairTable } from './pair-table.ts';
import { createRowWriter } from './row-writer.ts';
import type { CountRows } from './rows.ts';

/** A pair of item ids, `a < b`. */
export type ItemPair = readonly [a: string, b: string];

/** The statistics of one item, or of one pair, in integers. */
export type CountEntry = { readonly people: number; readonly weightUnits: number };

/** Item ids ascending with their statistics as rows; row index is position in `itemIds`. */
export type CountSnapshot = { readonly itemIds: readonly string[]; readonly rows: CountRows };

/** Mutable statistics. All methods are synchronous; `add` and `subtract` cost n²/2 pair updates. */
export type Counts = {
  readonly peopleTotal: () => number;
  readonly itemTotal: () => number;
  readonly pairTotal: () => number;
  readonly add: (contribution: ContributionDescriptor) => void;
  /** Takes away what `add` put in with an equal descriptor; anything else is a bug and trips an assertion. */
  readonly subtract: (contribution: ContributionDescriptor) => void;
  /** Adds the statistics of another shard; the other is left as it is. */
  readonly merge: (other: Counts) => void;
  /** Same statistics bit for bit, whatever the order in which items were first met. */
  readonly equals: (other: Counts) => boolean;
  readonly item: (id: string) => CountEntry;
  readonly pair: (a: string, b: string) => CountEntry;
  readonly forEachItem: (visit: (id: string, entry: CountEntry) => void) => void;
  readonly forEachPair: (visit: (pair: ItemPair, entry: CountEntry) => void) => void;
  /** Pairs among `items` with fewer than `k` people now: after a subtraction, the weights that must go. */
  readonly pairsBelow: (k: number, items: readonly string[]) => readonly ItemPair[];
  /** Rows as of now, in id order. Later changes do not reach the snapshot. */
  readonly snapshot: () => CountSnapshot;
  /** Writes the statistics as text lines in canonical order; equal statistics give equal text. */
  readonly canonicalText: () => string;
};

const NOTHING: CountEntry = { people: 0, weightUnits: 0 };

// Items are interned; an index whose item has gone is used again, so long-lived statistics do not grow.
type State = {
  readonly pairs: PairTable;
  readonly indexOf: Map<string, number>;
  readonly idOf: (string | undefined)[];
  readonly freeIndices: number[];
  readonly itemPeople: number[];
  readonly itemUnits: number[];
  peopleTotal: number;
};

/** Empty statistics. */
export function createCounts(): Counts {
  const state: State = {
    pairs: createPairTable(),
    indexOf: new Map(),
    idOf: [],
    freeIndices: [],
    itemPeople: [],
    itemUnits: [],
    peopleTotal: 0,
  };
  const counts: Counts = {
    peopleTotal: () => state.peopleTotal,
    itemTotal: () => state.indexOf.size,
    pairTotal: () => state.pairs.size(),
    add: (contribution) => {
      assert(contribution.items.length > 0, 'a contribution has at least one item');
      change(state, contribution, 1);
    },
    subtract: (contribution) => {
      assertHeld(state, contribution);
      change(state, contribution, -1);
    },
    merge: (other) => merge(state, other),
    equals: (other) => sameCounts(counts, other),
    item: (id) => itemEntry(state, id),
    pair: (a, b) => pairEntry(state, a, b),
    forEachItem: (visit) => forEachItem(state, visit),
    forEachPair: (visit) => forEachPair(state, visit),
    pairsBelow: (k, items) => pairsBelow(state, k, items),
    snapshot: () => snapshot(state),
    canonicalText: () => canonicalText(counts),
  };
  return counts;
}

function changeItem(state: State, id: string, people: number, units: number): number {
  const { indexOf, idOf, itemPeople, itemUnits } = state;
  let index = indexOf.get(id);
  if (index === undefined) {
    index = state.freeIndices.pop() ?? idOf.length;
    indexOf.set(id, index);
    idOf[index] = id;
    itemPeople[index] = 0;
    itemUnits[index] = 0;
  }
  itemPeople[index]! += people;
  itemUnits[index]! += units;
  return index;
}

function heldIndex({ indexOf }: State, id: string): number {
  const index = indexOf.get(id);
  assert(index !== undefined, 'the item is in the statistics');
  return index;
}

function dropItemIfGone({ indexOf, idOf, freeIndices, itemPeople, itemUnits }: State, index: number): void {
  const id = idOf[index];
  if (itemPeople[index]! > 0 || id === undefined) return;
  assert(itemPeople[index] === 0 && itemUnits[index] === 0, 'an item without people has no weight');
  indexOf.delete(id);
  idOf[index] = undefined;
  freeIndices.push(index);
}

function change(state: State, contribution: ContributionDescriptor, sign: 1 | -1): void {
  const units = contribution.weightUnits * sign;
  const indices = contribution.items.map((id) => changeItem(state, id, sign, units));
  for (let x = 1; x < indices.length; x++) {
    for (let y = 0; y < x; y++) state.pairs.change(indices[x]!, indices[y]!, sign, units);
  }
  state.peopleTotal += sign;
  for (const index of indices) dropItemIfGone(state, index);
}

// Checked before anything changes, so that a wrong descriptor leaves the statistics as they were.
function assertHeld(state: State, { items, weightUnits }: ContributionDescriptor): void {
  assert(items.length > 0 && state.peopleTotal > 0, 'subtracting a person that was not added');
  for (const [x, id] of items.entries()) {
    const held = itemEntry(state, id);
    assert(held.people > 0 && held.weightUnits >= weightUnits, 'subtracting a person that was not added');
    for (let y = 0; y < x; y++) {
      const together = pairEntry(state, id, items[y]!);
      const enough = together.people > 0 && together.weightUnits >= weightUnits;
      assert(enough, 'subtracting a pair that was not added');
    }
  }
}

function merge(state: State, other: Counts): void {
  other.forEachItem((id, entry) => changeItem(state, id, entry.people, entry.weightUnits));
  other.forEachPair(([a, b], entry) => {
    const [x, y] = [heldIndex(state, a), heldIndex(state, b)];
    state.pairs.change(x, y, entry.people, entry.weightUnits);
  });
  state.peopleTotal += other.peopleTotal();
}

function itemEntry({ indexOf, itemPeople, itemUnits }: State, id: string): CountEntry {
  const index = indexOf.get(id);
  if (index === undefined) return NOTHING;
  return { people: itemPeople[index]!, weightUnits: itemUnits[index]! };
}

function pairEntry({ indexOf, pairs }: State, a: string, b: string): CountEntry {
  const x = indexOf.get(a);
  const y = indexOf.get(b);
  if (x === undefined || y === undefined || x === y) return NOTHING;
  return { people: pairs.people(x, y), weightUnits: pairs.weightUnits(x, y) };
}

function forEachItem(state: State, visit: (id: string, entry: CountEntry) => void): void {
  for (const id of state.indexOf.keys()) visit(id, itemEntry(state, id));
}

function forEachPair({ pairs, idOf }: State, visit: (pair: ItemPair, entry: CountEntry) => void): void {
  pairs.forEach((low, high, people, weightUnits) => {
    const a = idOf[low]!;
    const b = idOf[high]!;
    visit(a < b ? [a, b] : [b, a], { people, weightUnits });
  });
}

function pairsBelow(state: State, k: number, items: readonly string[]): readonly ItemPair[] {
  const sorted = [...new Set(items)].sort(compareIds);
  const below: ItemPair[] = [];
  for (const [x, a] of sorted.entries()) {
    for (const b of sorted.slice(x + 1)) if (pairEntry(state, a, b).people < k) below.push([a, b]);
  }
  return below;
}

function sameCounts(one: Counts, other: Counts): boolean {
  if (one.peopleTotal() !== other.peopleTotal() || one.itemTotal() !== other.itemTotal()) return false;
  if (one.pairTotal() !== other.pairTotal()) return false;
  let same = true;
  one.forEachItem((id, entry) => (same &&= sameEntry(entry, other.item(id))));
  one.forEachPair(([a, b], entry) => (same &&= sameEntry(entry, other.pair(a, b))));
  return same;
}

function canonicalText(counts: Counts): string {
  const items: string[] = [];
  counts.forEachItem((id, e) => items.push(`${JSON.stringify(id)} ${e.people} ${e.weightUnits}`));
  const pairs: string[] = [];
  counts.forEachPair((pair, e) => pairs.push(`${JSON.stringify(pair)} ${e.people} ${e.weightUnits}`));
  return [`people ${counts.peopleTotal()}`, ...items.sort(compareIds), ...pairs.sort(compareIds)].join('\n');
}

// Rows in id order, so that the order of indices is the order of ids.
function snapshot(state: State): CountSnapshot {
  const { indexOf, idOf, itemPeople, itemUnits, pairs, peopleTotal } = state;
  const itemIds = [...indexOf.keys()].sort(compareIds);
  const sources = itemIds.map((id) => heldIndex(state, id));
  const positionOf = new Uint32Array(idOf.length);
  for (const [position, index] of sources.entries()) positionOf[index] = position;
  const degrees = new Uint32Array(itemIds.length + 1);
  pairs.forEach((low, high) => {
    degrees[positionOf[low]! + 1]!++;
    degrees[positionOf[high]! + 1]!++;
  });
  const writer = createRowWriter(degrees);
  pairs.forEach((low, high, people, units) => {
    writer.write(positionOf[low]!, positionOf[high]!, people, units);
    writer.write(positionOf[high]!, positionOf[low]!, people, units);
  });
  const rows: CountRows = {
    itemCount: itemIds.length,
    peopleTotal,
    itemPeople: Uint32Array.from(sources, (index) => itemPeople[index]!),
    itemWeights: Float64Array.from(sources, (index) => itemUnits[index]! / CONTRIBUTION_UNIT),
    entriesMax: writer.entriesMax,
    readRow: writer.readRow,
  };
  return { itemIds, rows };
}

function sameEntry(a: CountEntry, b: CountEntry): boolean {
  return a.people === b.people && a.weightUnits === b.weightUnits;
}
