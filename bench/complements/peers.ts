// The usual measures of what is bought together, from counts of baskets.

import { basketsOf } from '../../src/learn/baskets.ts';
import type { Histories } from '../../src/learn/histories.ts';
import { createFormBuilder, type SparseForm } from '../../src/learn/models/sparse-form.ts';
import { basketGram } from '../../src/learn/recipes/rest-of-basket.ts';
import { createRowBuffer } from '../../src/learn/rows.ts';

/** Baskets with both things, with the first, with the second, and all. */
interface Together {
  readonly both: number;
  readonly from: number;
  readonly to: number;
  readonly all: number;
}

type Measure = (pair: Together) => number;

/** Baskets with both that a lift must stand on, as usual for this measure. */
const LIFT_SUPPORT = 5;

export const PEERS: readonly (readonly [string, Measure])[] = [
  ['lift, support ≥ 5', ({ both, from, to, all }) => (both >= LIFT_SUPPORT ? (both * all) / (from * to) : 0)],
  ['confidence', ({ both, from }) => both / from],
  ['cosine', ({ both, from, to }) => both / Math.sqrt(from * to)],
];

/** A measure of all pairs that share a basket, but for those of one group where groups are given. */
export function measured(histories: Histories, measure: Measure, groupOf?: Uint32Array): SparseForm {
  const baskets = basketsOf(histories);
  const gram = basketGram(baskets, 0);
  const row = createRowBuffer(gram.itemCount);
  const builder = createFormBuilder(gram.itemCount, gram.itemCount * 16);
  const weights = new Float64Array(gram.itemCount);
  for (let item = 0; item < gram.itemCount; item += 1) {
    gram.readRow(item, row);
    for (let x = 0; x < row.count; x += 1) {
      const other = row.indices[x]!;
      const [from, to] = [gram.itemWeights[item]!, gram.itemWeights[other]!];
      const apart = groupOf === undefined || groupOf[item] !== groupOf[other];
      weights[x] = apart ? measure({ both: row.weights[x]!, from, to, all: baskets.matrix.rows }) : 0;
    }
    builder.appendRow(row.indices, weights, row.count);
  }
  return builder.finish();
}
