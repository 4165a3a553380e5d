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
import { alone, type Crew, type Job, piecesOf } from '../crew/crew.ts';
import type { Call } from '../crew/told.ts';
import { createRowBuffer, type CountRows } from '../rows.ts';
import { createEntryRoom } from './entry-room.ts';
import { createBlockWriter, type FormBlock } from './form-rows.ts';
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
  /** What makes them, in another thread too. */
  readonly call: Call;
};

/** Reads all rows twice: to learn their lengths, then to store them. A step per 256 rows. */
export function* halfRowsSteps(gram: CountRows, crew: Crew = alone()): Steps<HalfRows> {
  const { itemCount, itemWeights } = gram;
  const order = ranksOf(gram.itemPeople);
  const offsets = new Float64Array(itemCount + 1);
  const pieces = piecesOf(itemCount, PIECE_ROWS);
  const told = { gram, ...order };
  let total = 0;
  yield* crew.run(HALF_LENGTHS, told, pieces, (lengths, piece) => {
    offsets.set(lengths, 1 + piece * PIECE_ROWS);
    for (const length of lengths) total += length;
  });
  const rowMax = total <= ENTRIES_MAX ? itemCount : Math.floor(ENTRIES_MAX / itemCount);
  for (let rank = 0; rank < itemCount; rank++) {
    offsets[rank + 1] = offsets[rank]! + Math.min(rowMax, offsets[rank + 1]!);
  }
  const { targets: ranks, weights } = createEntryRoom(offsets[itemCount]!, crew);
  yield* crew.run(HALF_ROWS, { ...told, rowMax }, pieces, (block, piece) => {
    ranks.set(block.targets, offsets[piece * PIECE_ROWS]);
    weights.set(block.weights, offsets[piece * PIECE_ROWS]);
  });
  const diagonal = Float64Array.from(order.itemOf, (item) => itemWeights[item]!);
  return halfRowsOf({ ...order, offsets, ranks, weights, diagonal });
}

/** What is stored, with the way to read it. */
export function halfRowsOf(stored: Stored): HalfRows {
  const { rankOf, itemOf } = stored;
  return { rankOf, itemOf, gather: createGather(stored), call: { maker: 'halfRowsOf', given: [stored] } };
}

/** Rows in one piece of work. */
const PIECE_ROWS = 256;

type Reading = Ranks & { readonly gram: CountRows };

/** How many entries each row keeps, were all kept. */
export const HALF_LENGTHS: Job<Reading, Uint32Array> = {
  name: 'half-lengths',
  open: ({ gram, rankOf, itemOf }) => {
    const buffer = createRowBuffer(gram.itemCount);
    return (piece) =>
      Uint32Array.from(itemOf.subarray(piece * PIECE_ROWS, (piece + 1) * PIECE_ROWS), (item) => {
        gram.readRow(item, buffer);
        return keepLower(buffer, rankOf, rankOf[item]!);
      });
  },
};

/** The rows, by rank, with ranks as targets. */
export const HALF_ROWS: Job<Reading & { readonly rowMax: number }, FormBlock> = {
  name: 'half-rows',
  open: ({ gram, rankOf, itemOf, rowMax }) => {
    const buffer = createRowBuffer(gram.itemCount);
    const room = createSelectRoom(gram.itemCount);
    const writer = createBlockWriter();
    const { indices, weights } = buffer;
    return (piece) => {
      for (const item of itemOf.subarray(piece * PIECE_ROWS, (piece + 1) * PIECE_ROWS)) {
        gram.readRow(item, buffer);
        const lower = keepLower(buffer, rankOf, rankOf[item]!);
        const count = selectTop(weights, indices, lower, rowMax, room);
        for (let x = 0; x < count; x++) {
          indices[x] = indices[room.positions[x]!]!;
          weights[x] = weights[room.positions[x]!]!;
        }
        writer.append({ indices, values: weights, count });
      }
      return writer.take();
    };
  },
};

type Ranks = Pick<HalfRows, 'rankOf' | 'itemOf'>;

function ranksOf(itemPeople: Uint32Array): Ranks {
  const itemOf = Uint32Array.from(itemPeople, (_, item) => item);
  itemOf.sort((a, b) => itemPeople[b]! - itemPeople[a]! || a - b);
  const rankOf = new Uint32Array(itemPeople.length);
  for (const [rank, item] of itemOf.entries()) rankOf[item] = rank;
  return { rankOf, itemOf };
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
    // What is no number is not above zero either.
    if (lower >= rank || !(buffer.weights[x]! > 0)) continue;
    buffer.indices[kept] = lower;
    buffer.weights[kept++] = buffer.weights[x]!;
  }
  return kept;
}

/** All by rank. */
type Stored = Ranks & {
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
