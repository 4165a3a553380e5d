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
import { createRowBuffer, type PairRows } from '../rows.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { createFormBuilder, type SparseForm, type Steps } from './sparse-form.ts';

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
};

/** Items with no people have factor 0, so they get no weights. */
function powersOf(counts: ArrayLike<number>, exponent: number): Float64Array {
  return Float64Array.from(counts, (count) => (count > 0 ? pow(count, exponent) : 0));
}

/** Computes the model row by row, a step per 512 rows. */
export function* itemItemSteps(input: ItemItemInput, settings: ItemItemSettings): Steps<SparseForm> {
  const { itemCount } = input.pairs;
  const sourceFactors = powersOf(input.sourcePeople, -settings.sourcePower);
  const targetFactors = powersOf(input.targetPeople, -settings.targetPower);
  const buffer = createRowBuffer(itemCount);
  const room = createSelectRoom(itemCount);
  const keys = new Float64Array(itemCount);
  const indices = new Uint32Array(settings.keep);
  const weights = new Float64Array(settings.keep);
  const builder = createFormBuilder(itemCount, itemCount * 16);
  for (let source = 0; source < itemCount; source++) {
    if (source % 512 === 0) yield { done: source, total: itemCount };
    input.pairs.readRow(source, buffer);
    for (let x = 0; x < buffer.count; x++) {
      keys[x] = buffer.weights[x]! * targetFactors[buffer.indices[x]!]!;
    }
    const kept = selectTop(keys, buffer.indices, buffer.count, settings.keep, room);
    for (let x = 0; x < kept; x++) {
      const position = room.positions[x]!;
      indices[x] = buffer.indices[position]!;
      weights[x] = keys[position]! * sourceFactors[source]!;
    }
    builder.appendRow(indices, weights, kept);
  }
  return builder.finish();
}
