/*
 * Writing rows of a form: as a builder appends them, or some at a time for whoever collects them.
 */
import { createEntryRoom, type EntryRoom } from './entry-room.ts';

/** The first `count` entries, in any order. */
export type RowEntries = {
  readonly indices: Uint32Array;
  readonly values: ArrayLike<number>;
  readonly count: number;
};

/** Writes a row from place `at` on, ascending and without zeros; answers where it ends. */
export type RowSorter = (row: RowEntries, into: EntryRoom, at: number) => number;

export function createRowSorter(itemCount: number): RowSorter {
  // Sorting bare indices is native and fast; the weights wait in a dense row meanwhile.
  const waiting = new Float64Array(itemCount);
  const sorted = new Uint32Array(itemCount);
  return ({ indices, values, count }, { targets, weights }, at) => {
    for (let x = 0; x < count; x++) {
      sorted[x] = indices[x]!;
      waiting[indices[x]!] = values[x]!;
    }
    let used = at;
    for (const index of sorted.subarray(0, count).sort()) {
      if (waiting[index] === 0) continue;
      targets[used] = index;
      weights[used++] = waiting[index]!;
    }
    return used;
  };
}

/** The same in the order given: for rows that are turned (`transposeForm`) before anybody reads them. */
function writeAsGiven({ indices, values, count }: RowEntries, into: EntryRoom, at: number): number {
  let used = at;
  for (let x = 0; x < count; x++) {
    if (values[x] === 0) continue;
    into.targets[used] = indices[x]!;
    into.weights[used++] = values[x]!;
  }
  return used;
}

/** Some rows of a form, one after the other. */
export type FormBlock = EntryRoom & {
  /** Of each row, where it ends. */
  readonly ends: Uint32Array;
};

export type BlockWriter = {
  readonly append: (row: RowEntries) => void;
  /** What was appended since the last time; the next row is written over it. */
  readonly take: () => FormBlock;
};

/** Writes ascending with `sort`, as given without; the room of one block is used again for the next. */
export function createBlockWriter(sort: RowSorter = writeAsGiven): BlockWriter {
  let room = createEntryRoom(ENTRIES_AT_FIRST);
  let ends: number[] = [];
  let used = 0;
  return {
    append: (row) => {
      if (used + row.count > room.targets.length) room = twice(room, used, row.count);
      used = sort(row, room, used);
      ends.push(used);
    },
    take: () => {
      const block = {
        ends: Uint32Array.from(ends),
        targets: room.targets.subarray(0, used),
        weights: room.weights.subarray(0, used),
      };
      ends = [];
      used = 0;
      return block;
    },
  };
}

/** A block of 64 rows of the ridge. */
const ENTRIES_AT_FIRST = 64 * 256;

function twice(room: EntryRoom, used: number, more: number): EntryRoom {
  const wider = createEntryRoom(Math.max(used + more, room.targets.length * 2));
  wider.targets.set(room.targets.subarray(0, used));
  wider.weights.set(room.weights.subarray(0, used));
  return wider;
}
