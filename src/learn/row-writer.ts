/*
 * Compressed rows of pair statistics that are filled in any order: the hash table's order is not that of
 * rows.
 */
import { CONTRIBUTION_UNIT } from './contribution.ts';
import type { RowBuffer } from './rows.ts';

/** Entries are written in any order, then rows are read. */
export type RowWriter = {
  readonly write: (row: number, index: number, people: number, units: number) => void;
  readonly entriesMax: number;
  readonly readRow: (row: number, into: RowBuffer) => void;
};

/**
 * Room for all rows. `degrees[r + 1]` is the length of row r; the array is taken over and holds row ends
 * afterwards.
 */
export function createRowWriter(degrees: Uint32Array): RowWriter {
  for (let row = 1; row < degrees.length; row++) degrees[row]! += degrees[row - 1]!;
  const offsets = degrees;
  const next = offsets.slice();
  const entryCount = offsets.at(-1) ?? 0;
  const indices = new Uint32Array(entryCount);
  const people = new Uint32Array(entryCount);
  const weights = new Float64Array(entryCount);
  return {
    write: (row, index, peopleCount, units) => {
      const at = next[row]!++;
      indices[at] = index;
      people[at] = peopleCount;
      weights[at] = units / CONTRIBUTION_UNIT;
    },
    entriesMax: entryCount,
    readRow: (row, into) => {
      const from = offsets[row]!;
      const to = offsets[row + 1]!;
      into.indices.set(indices.subarray(from, to));
      into.people.set(people.subarray(from, to));
      into.weights.set(weights.subarray(from, to));
      into.count = to - from;
    },
  };
}
