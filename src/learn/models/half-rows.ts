/*
 * The lower half of a symmetric count matrix, stored in order of popularity.
 *
 * Item with rank r (0 = most people) stores only its pairs with items of lower rank. Popular items, which
 * are neighbours of many, then have short rows, and rare items have few pairs anyway: gathering the submatrix
 * of 100 neighbours reads thousands of entries instead of hundreds of thousands (the ordering by degree known
 * from triangle counting; Chiba and Nishizeki, SIAM J. Comput. 1985, doi 10.1137/0214017). 8 bytes per stored
 * pair. Above `ENTRIES_MAX` each row keeps its strongest pairs only; what is missing counts as zero. Bits for
 * pairs, of which only those are looked at that are wanted, took as long: memory is what is waited for.
 */
import { assert } from '../../kernel/assert.ts';
import { createRowBuffer, type CountRows } from '../rows.ts';
import { createEntryRoom } from './entry-room.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import type { Steps } from './sparse-form.ts';

/** Most stored pairs: 64 million, 512 MB. */
const ENTRIES_MAX = 2 ** 26;

export type HalfRows = {
  /** Item → its place in order of people, descending; ties by index. */
  readonly rankOf: Uint32Array;
  /** Rank → item. */
  readonly itemOf: Uint32Array;
  /**
   * Writes G over the first `count` of `chosen` (ranks, ascending) into the lower triangle of `matrix`
   * (row-major, row length `count`).
   */
  readonly gather: (chosen: Uint32Array, count: number, matrix: Float64Array) => void;
};

/** Reads all rows twice: to learn their lengths, then to store them. A step per 512 rows. */
export function* halfRowsSteps(gram: CountRows): Steps<HalfRows> {
  const { itemCount, itemWeights } = gram;
  const { rankOf, itemOf } = ranksOf(gram.itemPeople);
  const buffer = createRowBuffer(itemCount);
  const room = createSelectRoom(itemCount);
  const offsets = new Float64Array(itemCount + 1);
  const rowMax = yield* rowLengthSteps(gram, { rankOf, itemOf }, offsets);
  const { targets: ranks, weights } = createEntryRoom(offsets[itemCount]!);
  for (let rank = 0; rank < itemCount; rank++) {
    if (rank % 512 === 0) yield { done: rank, total: itemCount };
    gram.readRow(itemOf[rank]!, buffer);
    const lower = keepLower(buffer, rankOf, rank);
    const kept = selectTop(buffer.weights, buffer.indices, lower, rowMax, room);
    for (let x = 0; x < kept; x++) {
      const position = room.positions[x]!;
      ranks[offsets[rank]! + x] = buffer.indices[position]!;
      weights[offsets[rank]! + x] = buffer.weights[position]!;
    }
  }
  const diagonal = Float64Array.from(itemOf, (item) => itemWeights[item]!);
  return { rankOf, itemOf, gather: createGather({ offsets, ranks, weights, diagonal }) };
}

type Ranks = Pick<HalfRows, 'rankOf' | 'itemOf'>;

function ranksOf(itemPeople: Uint32Array): Ranks {
  const itemOf = Uint32Array.from(itemPeople, (_, item) => item);
  itemOf.sort((a, b) => itemPeople[b]! - itemPeople[a]! || a - b);
  const rankOf = new Uint32Array(itemPeople.length);
  for (const [rank, item] of itemOf.entries()) rankOf[item] = rank;
  return { rankOf, itemOf };
}

// Fills offsets, by rank, with the ends of the rows; returns the longest row allowed.
function* rowLengthSteps(gram: CountRows, { rankOf, itemOf }: Ranks, offsets: Float64Array): Steps<number> {
  const { itemCount } = gram;
  const buffer = createRowBuffer(itemCount);
  let total = 0;
  for (let rank = 0; rank < itemCount; rank++) {
    if (rank % 512 === 0) yield { done: rank, total: itemCount };
    gram.readRow(itemOf[rank]!, buffer);
    offsets[rank + 1] = keepLower(buffer, rankOf, rank);
    total += offsets[rank + 1]!;
  }
  const rowMax = total <= ENTRIES_MAX ? itemCount : Math.floor(ENTRIES_MAX / itemCount);
  for (let rank = 0; rank < itemCount; rank++) {
    offsets[rank + 1] = offsets[rank]! + Math.min(rowMax, offsets[rank + 1]!);
  }
  return rowMax;
}

/** Moves the entries of lower rank to the front, with their ranks in place of their items. */
function keepLower(
  buffer: { readonly count: number; readonly indices: Uint32Array; readonly weights: Float64Array },
  rankOf: Uint32Array,
  rank: number,
): number {
  let kept = 0;
  for (let x = 0; x < buffer.count; x++) {
    const lower = rankOf[buffer.indices[x]!]!;
    if (lower >= rank || buffer.weights[x]! <= 0) continue;
    buffer.indices[kept] = lower;
    buffer.weights[kept++] = buffer.weights[x]!;
  }
  return kept;
}

/** All by rank. */
type Stored = {
  readonly offsets: Float64Array;
  readonly ranks: Uint32Array;
  readonly weights: Float32Array;
  readonly diagonal: Float64Array;
};

/**
 * Most items of one system: their places are bytes, so that those of a catalogue stay in the nearest cache.
 */
const CHOSEN_MAX = 254;
const NOWHERE = 255;

function createGather({ offsets, ranks, weights, diagonal }: Stored): HalfRows['gather'] {
  const placeOf = new Uint8Array(diagonal.length).fill(NOWHERE);
  return (chosen, count, matrix) => {
    assert(count <= CHOSEN_MAX, 'places of chosen items are bytes');
    matrix.fill(0, 0, count * count);
    for (let row = 0; row < count; row++) {
      const rank = chosen[row]!;
      const end = offsets[rank + 1]!;
      for (let x = offsets[rank]!; x < end; x++) {
        const column = placeOf[ranks[x]!]!;
        if (column !== NOWHERE) matrix[row * count + column] = weights[x]!;
      }
      matrix[row * count + row] = diagonal[rank]!;
      placeOf[rank] = row;
    }
    for (let row = 0; row < count; row++) placeOf[chosen[row]!] = NOWHERE;
  };
}
