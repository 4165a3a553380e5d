/*
 * Which people the settings of a list for somebody are chosen on: a bounded sample that depends on what
 * people have and on nothing else.
 *
 * A fifth of the things of each of them is hidden and asked for. Who is in the sample, and which things are
 * hidden, follows from hashes of what they have, written in ids (hashed-order.ts): so the sample, and with it
 * every setting, is the same in a world that never met somebody who left.
 */
import type { Csr } from '../../kernel/sparse.ts';
import { compareIds, type ContributionDescriptor } from '../contribution.ts';
import type { TuningCase } from '../tune.ts';
import { createHashes } from './hashed-order.ts';
import { affordable } from './held-out-sample.ts';
import { wholeOccasion } from './occasions.ts';

/** Person × distinct items, ascending. */
export type People = Csr<Float32Array>;

/** People by their things, which are places of `itemIds`; ids ascend. */
export type NamedPeople = {
  readonly itemIds: readonly string[];
  readonly people: People;
  /** UTC days since 1970 of `people.indices`, 0 where nobody knows; absent: nobody knows any. */
  readonly days?: Int32Array | undefined;
};

/** What is hidden, over the things of a sample. */
export type HeldOutThings = {
  /** What is learned from while tuning. */
  readonly fit: People;
  readonly cases: readonly TuningCase[];
  /** Places of the sample's things among all things, ascending. */
  readonly things: Uint32Array;
  /** Whether it is known when things came. */
  readonly isDated: boolean;
};

export type ThingsBounds = {
  /** Lists that are asked for: a thousand tell a recall to within .015. */
  readonly casesMax: number;
  /** Things of all people in the sample, summed. On Gowalla a search through 250,000 takes 13 s of a core. */
  readonly thingsMax: number;
};

export const SHOP_BOUNDS: ThingsBounds = { casesMax: 1000, thingsMax: 250_000 };

const HIDDEN_SHARE = 0.2;

/** `seed` draws another sample; a shop's is always the first. */
export function heldOutThings(
  { itemIds, people, days }: NamedPeople,
  { casesMax, thingsMax }: ThingsBounds = SHOP_BOUNDS,
  seed = 1,
): HeldOutThings {
  const rowOf = (person: number): Uint32Array =>
    people.indices.subarray(people.offsets[person], people.offsets[person + 1]);
  const several: number[] = [];
  for (let person = 0; person < people.rows; person += 1) if (rowOf(person).length > 1) several.push(person);
  const hashes = createHashes(itemIds, seed);
  const hashed = hashes.ordered(several, (person) => [rowOf(person)]);
  const chosen = affordable(hashed, thingsMax, (person) => rowOf(person).length);
  const things = thingsOf(chosen, rowOf, itemIds.length);
  const placeOf = new Uint32Array(itemIds.length);
  for (const [place, thing] of things.entries()) placeOf[thing] = place;
  const placed = (row: Uint32Array): Uint32Array => row.map((thing) => placeOf[thing]!);
  // At most half are asked, so that most of what is learned from is whole.
  const asked = Math.min(casesMax, Math.ceil(chosen.length / 2));
  const cases: TuningCase[] = [];
  const keptOf = (person: number, n: number): Uint32Array => {
    if (n >= asked) return placed(rowOf(person));
    const mixed = placed(hashes.shuffled(rowOf(person)));
    const hidden = Math.max(1, Math.round(mixed.length * HIDDEN_SHARE));
    const kept = mixed.slice(hidden).sort();
    cases.push({ occasion: wholeOccasion(kept), targets: mixed.slice(0, hidden) });
    return kept;
  };
  const entriesMax = chosen.reduce((sum, person) => sum + rowOf(person).length, 0);
  const kept = (n: number): Uint32Array => keptOf(chosen[n]!, n);
  const fit = packRows(kept, { rows: chosen.length, cols: things.length, entriesMax });
  return { fit, cases, things, isDated: days !== undefined };
}

function thingsOf(
  people: readonly number[],
  rowOf: (person: number) => Uint32Array,
  itemCount: number,
): Uint32Array {
  const isThere = new Uint8Array(itemCount);
  for (const person of people) for (const thing of rowOf(person)) isThere[thing] = 1;
  return Uint32Array.from([...isThere.keys()].filter((thing) => isThere[thing] === 1));
}

/** The same questions, over all things. */
export function casesOverAll({ cases, things }: HeldOutThings): readonly TuningCase[] {
  const placed = (places: Uint32Array): Uint32Array => places.map((place) => things[place]!);
  return cases.map(({ occasion, targets }) => ({
    occasion: { ...occasion, facts: placed(occasion.facts), barred: placed(occasion.barred) },
    targets: placed(targets),
  }));
}

type Named = Pick<ContributionDescriptor, 'items'> & Partial<Pick<ContributionDescriptor, 'lastDays'>>;

function daysIn(all: readonly Named[], { offsets, indices }: People): Int32Array | undefined {
  if (all.every(({ lastDays }) => lastDays === undefined)) return undefined;
  const days = new Int32Array(indices.length);
  for (const [n, { lastDays }] of all.entries()) days.set(lastDays ?? [], offsets[n]);
  return days;
}

/** The people who count, each with what they add. */
export function namePeople(everybody: Iterable<Named>): NamedPeople {
  const all = [...everybody];
  const lists = all.map(({ items }) => items);
  const names = new Set<string>();
  for (const list of lists) for (const id of list) names.add(id);
  const itemIds = [...names].sort(compareIds);
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  // Contributions list their things in the order of ids.
  const row = (n: number): Uint32Array => Uint32Array.from(lists[n]!, (id) => placeOf.get(id) ?? 0);
  const entriesMax = lists.reduce((sum, list) => sum + list.length, 0);
  const people = packRows(row, { rows: lists.length, cols: itemIds.length, entriesMax });
  return { itemIds, people, days: daysIn(all, people) };
}

type Size = { readonly rows: number; readonly cols: number; readonly entriesMax: number };

/**
 * Each row ascends, and is asked for once, in order: a shop of rows at once would be as many small objects.
 */
export function packRows(rowOf: (n: number) => Uint32Array, { rows, cols, entriesMax }: Size): People {
  const offsets = new Uint32Array(rows + 1);
  const indices = new Uint32Array(entriesMax);
  for (let n = 0; n < rows; n += 1) {
    const row = rowOf(n);
    indices.set(row, offsets[n]);
    offsets[n + 1] = offsets[n]! + row.length;
  }
  const used = offsets[rows]!;
  return { rows, cols, offsets, indices: indices.slice(0, used), values: new Float32Array(used).fill(1) };
}
