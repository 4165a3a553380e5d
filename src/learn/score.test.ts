// Goal: the sparse scorer ranks like the formula. Method: random models and occasions against a dense
// computation.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFormBuilder, type SparseForm } from './models/sparse-form.ts';
import { createScorer, type LinearModel, popularityOf } from './score.ts';
import type { Occasion } from './occasion.ts';

const ITEMS = 8;
const weights = fc.array(fc.integer({ min: -4, max: 8 }), {
  minLength: ITEMS * ITEMS,
  maxLength: ITEMS * ITEMS,
});

function formOf(dense: readonly number[]): SparseForm {
  const builder = createFormBuilder(ITEMS, 4);
  const all = Uint32Array.from({ length: ITEMS }, (_, x) => x);
  for (let row = 0; row < ITEMS; row++)
    builder.appendRow(all, dense.slice(row * ITEMS, (row + 1) * ITEMS), ITEMS);
  return builder.finish();
}

describe('score', () => {
  const scorer = createScorer(ITEMS);
  const some = fc.uniqueArray(fc.nat(ITEMS - 1), { maxLength: ITEMS });

  test('[L12] the list is the best of all items that are not barred, by the formula, ties by index', () => {
    fc.assert(
      fc.property(
        weights,
        some,
        some,
        fc.integer({ min: 1, max: ITEMS + 2 }),
        fc.constantFrom(0, 2),
        (dense, facts, barred, k, ownWeight) => {
          const popularity = popularityOf(Float64Array.from({ length: ITEMS }, (_, x) => (x * 3) % ITEMS));
          const model: LinearModel = {
            parts: [{ form: formOf(dense), weight: 0.5 }],
            ownWeight,
            popularity,
            popularityWeight: 0.25,
          };
          const occasion: Occasion = {
            facts: Uint32Array.from(facts),
            values: Float64Array.from(facts, (item) => item + 1),
            own: Float64Array.from(facts, (item) => item % 3),
            barred: Uint32Array.from(barred),
          };
          const scores = Array.from(
            { length: ITEMS },
            (_, j) =>
              facts.reduce((sum, i) => sum + (i + 1) * 0.5 * dense[i * ITEMS + j]!, 0) +
              (facts.includes(j) ? ownWeight * (j % 3) : 0) +
              0.25 * popularity.values[j]!,
          );
          const expected = scores
            .map((_, j) => j)
            .filter((j) => !barred.includes(j))
            .sort((a, b) => scores[b]! - scores[a]! || a - b)
            .slice(0, k);
          const ranking = scorer(model, occasion, k);
          expect([...ranking.items.subarray(0, ranking.count)]).toEqual(expected);
          expect([...ranking.scores.subarray(0, ranking.count)]).toEqual(expected.map((j) => scores[j]));
        },
      ),
    );
  });
});
