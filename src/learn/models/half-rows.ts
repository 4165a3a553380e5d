/*
 * The lower half of a symmetric count matrix, stored in order of popularity.
 *
 * Item with rank r (0 = most people) stores only its pairs with items of lower rank. Popular items, which
 * are neighbours of many, then have short rows, and rare items have few pairs anyway: gathering the submatrix
 * of 100 neighbours reads thousands of entries instead of hundreds of thousands (the ordering by degree known
 * from triangle counting; Chiba and Nishizeki, SIAM J. Comput. 1985, doi 10.1137/0214017). 8 bytes per stored
 * pair. Above `ENTRIES_MAX` each row keeps its strongest pairs only; what is missing counts as zero.
 */
import { createRowBuffer, type CountRows } from '../rows.ts';
import { createEntryRoom } from './entry-room.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import type { Steps } from './sparse-form.ts';

/** Most stored pairs: 64 million, 512 MB. */
const ENTRIES_MAX = 2 ** 26;

export type HalfRows = {
  /** Item → its place in order of people, descending; ties by index. */
  readonly rankOf: Uint32Array;
  /**
   * Writes G over the first `count` of `chosen` (in rank order) into the lower triangle of `matrix`
   * (row-major, row length `count`), with `ridge` added on the diagonal.
   */
  readonly gather: (chosen: Uint32Array, count: number, ridge: number, matrix: Float64Array) => void;
};

/** Reads all rows twice: to learn their lengths, then to store them. A step per 512 rows. */
export function* halfRowsSteps(gram: CountRows): Steps<HalfRows> {
  const { itemCount } = gram;
  const rankOf = ranksOf(gram.itemPeople);
  const buffer = createRowBuffer(itemCount);
  const room = createSelectRoom(itemCount);
  const offsets = new Float64Array(itemCount + 1);
  const rowMax = yield* rowLengthSteps(gram, rankOf, offsets);
  const { targets: indices, weights } = createEntryRoom(offsets[itemCount]!);
  for (let item = 0; item < itemCount; item++) {
    if (item % 512 === 0) yield { done: item, total: itemCount };
    gram.readRow(item, buffer);
    const lower = keepLower(buffer, rankOf, rankOf[item]!);
    const kept = selectTop(buffer.weights, buffer.indices, lower, rowMax, room);
    for (let x = 0; x < kept; x++) {
      const position = room.positions[x]!;
      indices[offsets[item]! + x] = buffer.indices[position]!;
      weights[offsets[item]! + x] = buffer.weights[position]!;
    }
  }
  return { rankOf, gather: createGather({ offsets, indices, weights, diagonal: gram.itemWeights }) };
}

function ranksOf(itemPeople: Uint32Array): Uint32Array {
  const order = Array.from(itemPeople, (_, item) => item);
  order.sort((a, b) => itemPeople[b]! - itemPeople[a]! || a - b);
  const rankOf = new Uint32Array(itemPeople.length);
  for (const [rank, item] of order.entries()) rankOf[item] = rank;
  return rankOf;
}

// Fills offsets with the ends of the rows; returns the longest row allowed.
function* rowLengthSteps(gram: CountRows, rankOf: Uint32Array, offsets: Float64Array): Steps<number> {
  const buffer = createRowBuffer(gram.itemCount);
  let total = 0;
  for (let item = 0; item < gram.itemCount; item++) {
    if (item % 512 === 0) yield { done: item, total: gram.itemCount };
    gram.readRow(item, buffer);
    offsets[item + 1] = keepLower(buffer, rankOf, rankOf[item]!);
    total += offsets[item + 1]!;
  }
  const rowMax = total <= ENTRIES_MAX ? gram.itemCount : Math.floor(ENTRIES_MAX / gram.itemCount);
  for (let item = 0; item < gram.itemCount; item++) {
    offsets[item + 1] = offsets[item]! + Math.min(rowMax, offsets[item + 1]!);
  }
  return rowMax;
}

function keepLower(
  buffer: { readonly count: number; readonly indices: Uint32Array; readonly weights: Float64Array },
  rankOf: Uint32Array,
  rank: number,
): number {
  let kept = 0;
  for (let x = 0; x < buffer.count; x++) {
    const index = buffer.indices[x]!;
    if (rankOf[index]! >= rank || buffer.weights[x]! <= 0) continue;
    buffer.indices[kept] = index;
    buffer.weights[kept++] = buffer.weights[x]!;
  }
  return kept;
}

type Stored = {
  readonly offsets: Float64Array;
  readonly indices: Uint32Array;
  readonly weights: Float32Array;
  readonly diagonal: Float64Array;
};

function createGather({ offsets, indices, weights, diagonal }: Stored): HalfRows['gather'] {
  const placeOf = new Int32Array(diagonal.length).fill(-1);
  return (chosen, count, ridge, matrix) => {
    matrix.fill(0, 0, count * count);
    for (let row = 0; row < count; row++) {
      const item = chosen[row]!;
      const end = offsets[item + 1]!;
      for (let x = offsets[item]!; x < end; x++) {
        const column = placeOf[indices[x]!]!;
        if (column >= 0) matrix[row * count + column] = weights[x]!;
      }
      matrix[row * count + row] = diagonal[item]! + ridge;
      placeOf[item] = row;
    }
    for (let row = 0; row < count; row++) placeOf[chosen[row]!] = -1;
  };
}
