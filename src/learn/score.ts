/*
 * Ranking with a linear model: Σ over facts of value · row, plus what the person repeats, plus popularity.
 *
 * A dense accumulator and a list of touched items: the cost depends on facts × neighbours, not on the size of
 * the catalogue (research/perf.md 3c). The same code ranks while tuning, in `evaluate` and in the bench.
 * Terms are summed up apart and weighed last: a search over weights sums up once.
 */
import type { Csr } from '../kernel/sparse.ts';
import type { SparseForm } from './models/sparse-form.ts';
import type { Occasion, Popularity } from './occasion.ts';
import { createRanker, createSummer, type Ranking } from './summed.ts';

/** A weighted sum of terms; each is linear in the facts. */
export type LinearModel = {
  readonly parts: readonly { readonly form: SparseForm; readonly weight: number }[];
  readonly ownWeight: number;
  readonly popularity: Popularity;
  readonly popularityWeight: number;
};

export type Scorer = (model: LinearModel, occasion: Occasion, k: number) => Ranking;

/** The share of rows (people, baskets) that have each thing, relative to the most popular one. */
export function popularityIn({ cols, indices }: Pick<Csr<Float32Array>, 'cols' | 'indices'>): Popularity {
  const counts = new Float64Array(cols);
  for (const item of indices) counts[item]!++;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return popularityOf(counts.map((count) => count / most));
}

/** Items by descending value, ties by index. */
export function popularityOf(values: Float64Array): Popularity {
  const order = Uint32Array.from(values, (_, item) => item).sort((a, b) => values[b]! - values[a]! || a - b);
  return { values, order };
}

/** A scorer with its own room for a catalogue of `itemCount` items. */
export function createScorer(itemCount: number): Scorer {
  const sumUp = createSummer(itemCount);
  const rank = createRanker(itemCount);
  return ({ parts, ownWeight, popularity, popularityWeight }, occasion, k) => {
    // What counts nothing does not put its items on the list either.
    const used = parts.filter(({ weight }) => weight !== 0);
    const forms = used.map(({ form }) => form);
    const weights = used.map(({ weight }) => weight);
    const summed = sumUp({ forms, popularity }, occasion, k);
    return rank(summed, { parts: weights, own: ownWeight, popularity: popularityWeight }, k);
  };
}
