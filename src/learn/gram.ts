/*
 * Pair statistics of a batch, one row at a time, never stored.
 *
 * Row i of the Gram matrix is the sum of the rows of all people who have item i: a scatter into a dense
 * accumulator with a list of touched places. One row needs memory for one row, so a catalogue whose Gram
 * matrix would fill gigabytes is learned in megabytes (research/perf.md 3b: 70 to 136 million pairs a
 * second). The same scatter gives the directed statistics "had x, then chose y" of sequences and baskets.
 */
import { assert } from '../kernel/assert.ts';
import { type Csr, transposeCsr } from '../kernel/sparse.ts';
import { CONTRIBUTION_UNIT, contributionWeight } from './contribution.ts';
import type { CountRows, PairRows, RowBuffer } from './rows.ts';

/** Statistics of pairs (row of `byRow`, column of `byExample`) that occur in the same example. */
export type ScatterInput = {
  /** Item → examples it is in, with a value. */
  readonly byRow: Csr;
  /** Example → items, with a value. Same numbering of examples. */
  readonly byExample: Csr;
  /** Example → person; examples of one person are neighbours. A person counts once per pair. */
  readonly personOf: Uint32Array;
  /** Leaves the pair (i, i) out of row i. */
  readonly skipDiagonal: boolean;
};

/**
 * Row i, column j: Σ over examples of value(i) · value(j). Values that are multiples of 2^-10 give sums that
 * are exact in any order. A row costs the total length of the examples of its item.
 */
export function scatterRows(input: ScatterInput): PairRows {
  const { byRow, byExample, personOf, skipDiagonal } = input;
  assert(byRow.cols === byExample.rows, 'rows and examples are numbered alike');
  const columnCount = byExample.cols;
  const sums = new Float64Array(columnCount);
  const people = new Uint32Array(columnCount);
  const lastPerson = new Int32Array(columnCount).fill(-1);
  const touched = new Uint32Array(columnCount);
  const readRow = (row: number, into: RowBuffer): void => {
    let touchedCount = 0;
    for (let x = byRow.offsets[row]!; x < byRow.offsets[row + 1]!; x++) {
      const example = byRow.indices[x]!;
      const value = byRow.values[x]!;
      const person = personOf[example]!;
      const end = byExample.offsets[example + 1]!;
      for (let y = byExample.offsets[example]!; y < end; y++) {
        const column = byExample.indices[y]!;
        const last = lastPerson[column]!;
        if (last !== person) {
          if (people[column] === 0) touched[touchedCount++] = column;
          people[column]!++;
          lastPerson[column] = person;
        }
        sums[column]! += value * byExample.values[y]!;
      }
    }
    let count = 0;
    for (let x = 0; x < touchedCount; x++) {
      const column = touched[x]!;
      if (!skipDiagonal || column !== row) {
        into.indices[count] = column;
        into.people[count] = people[column]!;
        into.weights[count++] = sums[column]!;
      }
      sums[column] = 0;
      people[column] = 0;
      lastPerson[column] = -1;
    }
    into.count = count;
  };
  return { itemCount: byRow.rows, readRow, call: { maker: 'scatterRows', given: [input] } };
}

/**
 * The statistics of `counts.ts` for a whole batch: `people` holds each person's distinct items (values are
 * ignored). Equal, bit for bit, to adding the people one by one.
 */
export function gramRows(people: Csr): CountRows {
  const unitsOf = new Float64Array(people.rows);
  for (let person = 0; person < people.rows; person++) {
    const itemCount = people.offsets[person + 1]! - people.offsets[person]!;
    if (itemCount > 0) unitsOf[person] = contributionWeight(itemCount) / CONTRIBUTION_UNIT;
  }
  return weightedGramRows(people, unitsOf);
}

/** As `gramRows` with a given (dyadic) weight per person. */
export function weightedGramRows(people: Csr, weightOf: Float64Array): CountRows {
  const byItem = transposeCsr(people);
  const itemPeople = new Uint32Array(people.cols);
  const itemWeights = new Float64Array(people.cols);
  for (let item = 0; item < people.cols; item++) {
    const from = byItem.offsets[item]!;
    const to = byItem.offsets[item + 1]!;
    itemPeople[item] = to - from;
    for (let x = from; x < to; x++) itemWeights[item]! += weightOf[byItem.indices[x]!]!;
  }
  const pairs = pairsOfPeople(people, { byItem, weightOf });
  const call = { maker: 'weightedGramRows', given: [people, weightOf] };
  return { ...pairs, peopleTotal: people.rows, itemPeople, itemWeights, call };
}

type Turned = {
  /** Item → people who have it. */
  readonly byItem: Pick<Csr, 'offsets' | 'indices'>;
  readonly weightOf: Float64Array;
};

// `scatterRows` where each person is one example: nobody is met twice in a row, and an entry has no value of
// its own, so neither is stored nor looked at.
function pairsOfPeople(
  { cols, offsets, indices }: Csr,
  { byItem: { offsets: starts, indices: persons }, weightOf }: Turned,
): PairRows {
  const sums = new Float64Array(cols);
  const people = new Uint32Array(cols);
  const touched = new Uint32Array(cols);
  const readRow = (row: number, into: RowBuffer): void => {
    let touchedCount = 0;
    for (let x = starts[row]!; x < starts[row + 1]!; x++) {
      const person = persons[x]!;
      const weight = weightOf[person]!;
      const end = offsets[person + 1]!;
      for (let y = offsets[person]!; y < end; y++) {
        const column = indices[y]!;
        if (people[column] === 0) touched[touchedCount++] = column;
        people[column]!++;
        sums[column]! += weight;
      }
    }
    let count = 0;
    for (let x = 0; x < touchedCount; x++) {
      const column = touched[x]!;
      if (column !== row) {
        into.indices[count] = column;
        into.people[count] = people[column]!;
        into.weights[count++] = sums[column]!;
      }
      sums[column] = 0;
      people[column] = 0;
    }
    into.count = count;
  };
  return { itemCount: cols, entriesMax: pairsAtMost(offsets), readRow };
}

// Of each person every ordered pair of things, as if no two people had the same.
function pairsAtMost(offsets: Uint32Array): number {
  let pairs = 0;
  for (let person = 1; person < offsets.length; person++) {
    const things = offsets[person]! - offsets[person - 1]!;
    pairs += things * (things - 1);
  }
  return pairs;
}
