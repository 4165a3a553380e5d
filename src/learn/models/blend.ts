/*
 * A weighted sum of models is again a model of the same form, so blends explain and unlearn like their parts.
 *
 * Formula: w = Σ weight_m · w_m, cut to the `keep` greatest targets per source. Normalised counts and ridge
 * err differently: the blend gains 4 % over the better one on Gowalla (research/perf.md 3.0).
 * Cost: linear in the entries of the parts.
 */
import { assert } from '../../kernel/assert.ts';
import { alone, type Crew, type Job, piecesOf } from '../crew/crew.ts';
import { entriesAtMost } from './entry-room.ts';
import { createBlockWriter, createRowSorter, type FormBlock, type RowEntries } from './form-rows.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { createFormBuilder, type FormRows, rowsOf, type SparseForm, type Steps } from './sparse-form.ts';

export type BlendPart = { readonly form: SparseForm; readonly weight: number };

/** A part that is never there as a whole. */
export type BlendRows = { readonly rows: FormRows; readonly weight: number };

/** `blendRowsSteps` of forms. */
export function blendSteps(parts: readonly BlendPart[], keep: number, crew?: Crew): Steps<SparseForm> {
  const rows = parts.map(({ form, weight }) => ({ rows: rowsOf(form), weight }));
  return blendRowsSteps({ parts: rows, keep }, crew);
}

export type Blending = {
  readonly parts: readonly BlendRows[];
  readonly keep: number;
  /** Every weight that leads to a thing is multiplied by the thing’s own; absent: by 1. */
  readonly factors?: Float64Array | undefined;
};

/** Adds the parts row by row, a step per 256 rows. Targets are kept by weight, negative ones go first. */
export function* blendRowsSteps(blending: Blending, crew: Crew = alone()): Steps<SparseForm> {
  const { parts, keep } = blending;
  const itemCount = parts[0]?.rows.itemCount ?? 0;
  assert(
    parts.every(({ rows }) => rows.itemCount === itemCount),
    'blended models share one catalogue',
  );
  const entriesMax = parts.reduce((sum, { rows }) => sum + rows.entriesMax, 0);
  const builder = createFormBuilder(
    itemCount,
    entriesAtMost(itemCount, Math.min(keep, itemCount), entriesMax),
  );
  yield* crew.run(BLENDED_ROWS, blending, piecesOf(itemCount, PIECE_ROWS), builder.appendBlock);
  return builder.finish();
}

/** Rows in one piece of work. */
const PIECE_ROWS = 256;

export const BLENDED_ROWS: Job<Blending, FormBlock> = {
  name: 'blended-rows',
  open: (blending) => {
    const itemCount = blending.parts[0]?.rows.itemCount ?? 0;
    const row = openRows(blending, itemCount);
    const writer = createBlockWriter(createRowSorter(itemCount));
    return (piece) => {
      const end = Math.min(itemCount, (piece + 1) * PIECE_ROWS);
      for (let source = piece * PIECE_ROWS; source < end; source++) writer.append(row(source));
      return writer.take();
    };
  },
};

/** The sum of the parts' rows, in room that the next row takes again. */
function openRows({ parts, keep, factors }: Blending, itemCount: number): (source: number) => RowEntries {
  const sums = new Float64Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const isTouched = new Uint8Array(itemCount);
  const keys = new Float64Array(itemCount);
  const room = createSelectRoom(itemCount);
  const indices = new Uint32Array(Math.min(keep, itemCount));
  const values = new Float64Array(indices.length);
  return (source) => {
    let count = 0;
    for (const { rows, weight } of parts) {
      const { from, to, targets, weights: added } = rows.row(source);
      for (let x = from; x < to; x++) {
        const target = targets[x]!;
        if (isTouched[target] === 0) {
          isTouched[target] = 1;
          touched[count++] = target;
        }
        sums[target]! += added[x]! * weight;
      }
    }
    if (factors !== undefined) for (let x = 0; x < count; x++) sums[touched[x]!]! *= factors[touched[x]!]!;
    const kept = chooseTargets({ sums, touched, count, keep, keys, room });
    for (let x = 0; x < kept; x++) {
      indices[x] = touched[room.positions[x]!]!;
      values[x] = sums[indices[x]!]!;
    }
    for (let x = 0; x < count; x++) {
      sums[touched[x]!] = 0;
      isTouched[touched[x]!] = 0;
    }
    return { indices, values, count: kept };
  };
}

type Choice = {
  readonly sums: Float64Array;
  readonly touched: Uint32Array;
  readonly count: number;
  readonly keep: number;
  readonly keys: Float64Array;
  readonly room: ReturnType<typeof createSelectRoom>;
};

// All targets when they fit; otherwise the greatest. A negative weight says little and goes first.
function chooseTargets({ sums, touched, count, keep, keys, room }: Choice): number {
  if (count <= keep) {
    for (let x = 0; x < count; x++) room.positions[x] = x;
    return count;
  }
  for (let x = 0; x < count; x++) keys[x] = sums[touched[x]!]!;
  return selectTop(keys, touched, count, keep, room);
}
