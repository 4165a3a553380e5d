/*
 * Normalised item-item counts: the simplest linear model, and hard to beat when normalised well.
 *
 * Formula: w(i → j) = c(i, j) / (p(i)^a · p(j)^b), where c is the sum of the weights 1/n of the people who
 * have both, p the number of people who have an item; the `keep` greatest targets of each source stay.
 * Asymmetric cosine after Aiolli, "Efficient top-N recommendation for very large scale binary rated
 * datasets", RecSys 2013 (doi 10.1145/2507157.2507189); per-person normalisation as in item-based kNN of
 * Deshpande and Karypis, TOIS 2004 (doi 10.1145/963770.963776). a = .6, b = .4 from research/perf.md 3.0.
 * Cost: one pass over the rows, linear selection; memory of the kept entries.
 */
import { pow } from '../../kernel/maths.ts';
import { alone, type Crew, type Job, piecesOf } from '../crew/crew.ts';
import { createRowBuffer, type PairRows } from '../rows.ts';
import { entriesAtMost } from './entry-room.ts';
import { createBlockWriter, createRowSorter, type FormBlock } from './form-rows.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import {
  createFormBuilder,
  type FormRow,
  type FormRows,
  type SparseForm,
  type Steps,
} from './sparse-form.ts';

export type ItemItemSettings = {
  /** Exponent a of the source's people. */
  readonly sourcePower: number;
  /** Exponent b of the target's people: higher favours rare items. */
  readonly targetPower: number;
  /** Targets kept per source. */
  readonly keep: number;
};

/** What popularity means on either side; for symmetric counts both are `itemPeople`. */
export type ItemItemInput = {
  readonly pairs: PairRows;
  readonly sourcePeople: ArrayLike<number>;
  readonly targetPeople: ArrayLike<number>;
  /** Sources whose rows will be read, marked with 1; the others stay empty. All, where nothing is said. */
  readonly sources?: Uint8Array;
};

/** Items with no people have factor 0, so they get no weights. */
function powersOf(counts: ArrayLike<number>, exponent: number): Float64Array {
  return Float64Array.from(counts, (count) => (count > 0 ? pow(count, exponent) : 0));
}

/** Rows of the model, each computed when it is asked for. */
export function itemItemRows(input: ItemItemInput, settings: ItemItemSettings): FormRows {
  const { pairs, sourcePeople, targetPeople, sources } = input;
  const { itemCount } = pairs;
  const sourceFactors = powersOf(sourcePeople, -settings.sourcePower);
  const targetFactors = powersOf(targetPeople, -settings.targetPower);
  const buffer = createRowBuffer(itemCount);
  const room = createSelectRoom(itemCount);
  const keys = new Float64Array(itemCount);
  const targets = new Uint32Array(Math.min(settings.keep, itemCount));
  const weights = new Float32Array(targets.length);
  const row = (source: number): FormRow => {
    if (sources !== undefined && sources[source] === 0) return { from: 0, to: 0, targets, weights };
    pairs.readRow(source, buffer);
    for (let x = 0; x < buffer.count; x++) {
      keys[x] = buffer.weights[x]! * targetFactors[buffer.indices[x]!]!;
    }
    const kept = selectTop(keys, buffer.indices, buffer.count, settings.keep, room);
    for (let x = 0; x < kept; x++) {
      const position = room.positions[x]!;
      targets[x] = buffer.indices[position]!;
      weights[x] = keys[position]! * sourceFactors[source]!;
    }
    return { from: 0, to: kept, targets, weights };
  };
  const { entriesMax = Infinity } = pairs;
  const rowCount = sources === undefined ? itemCount : sources.reduce((sum, one) => sum + one, 0);
  return {
    itemCount,
    entriesMax: Math.min(entriesMax, rowCount * targets.length),
    row,
    call: { maker: 'itemItemRows', given: [input, settings] },
  };
}

/** Rows in one piece of work. */
const PIECE_ROWS = 256;

export const FORM_ROWS: Job<FormRows, FormBlock> = {
  name: 'form-rows',
  open: ({ itemCount, row }) => {
    const writer = createBlockWriter(createRowSorter(itemCount));
    return (piece) => {
      const end = Math.min(itemCount, (piece + 1) * PIECE_ROWS);
      for (let source = piece * PIECE_ROWS; source < end; source++) {
        const { from, to, targets, weights } = row(source);
        writer.append({
          indices: targets.subarray(from, to),
          values: weights.subarray(from, to),
          count: to - from,
        });
      }
      return writer.take();
    };
  },
};

/** Computes the model, a step per 256 rows. */
export function* itemItemSteps(
  input: ItemItemInput,
  settings: ItemItemSettings,
  crew: Crew = alone(),
): Steps<SparseForm> {
  const rows = itemItemRows(input, settings);
  const { itemCount, entriesMax } = rows;
  const builder = createFormBuilder(itemCount, entriesAtMost(1, entriesMax), crew);
  yield* crew.run(FORM_ROWS, rows, piecesOf(itemCount, PIECE_ROWS), builder.appendBlock);
  return builder.finish();
}
