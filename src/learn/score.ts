/*
 * Ranking with a linear model: Σ over facts of value · row, plus what the person repeats, plus popularity.
 *
 * A dense accumulator and a list of touched items: the cost depends on facts × neighbours, not on the size of
 * the catalogue (research/perf.md 3c). The same code ranks while tuning, in `evaluate` and in the bench.
 */
import type { Csr } from '../kernel/sparse.ts';
import { topK } from '../kernel/topk.ts';
import type { SparseForm } from './models/sparse-form.ts';

/** What is known of one person (or session) at the moment of a decision. */
export type Occasion = {
  readonly facts: Uint32Array;
  /** Strength of each fact. */
  readonly values: Float64Array;
  /** How much the person repeats each fact's item; empty where repeats have no term of their own. */
  readonly own: Float64Array;
  /** Items that may not be recommended. */
  readonly barred: Uint32Array;
};

/** Popularity as a dense term and the items in its order (descending; ties by index). */
export type Popularity = { readonly values: Float64Array; readonly order: Uint32Array };

/** A weighted sum of terms; each is linear in the facts. */
export type LinearModel = {
  readonly parts: readonly { readonly form: SparseForm; readonly weight: number }[];
  readonly ownWeight: number;
  readonly popularity: Popularity;
  readonly popularityWeight: number;
};

/** A list, best first; valid until the next call. */
export type Ranking = { count: number; readonly items: Uint32Array; readonly scores: Float64Array };

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

function emptyRanking(itemCount: number): Ranking {
  return { count: 0, items: new Uint32Array(itemCount), scores: new Float64Array(itemCount) };
}

/** A scorer with its own room for a catalogue of `itemCount` items. */
export function createScorer(itemCount: number): Scorer {
  const sums = new Float64Array(itemCount);
  const stateOf = new Uint8Array(itemCount);
  const ranking = emptyRanking(itemCount);
  const { items, scores } = ranking;
  let touched = 0;

  function add(item: number, amount: number): void {
    if (stateOf[item] === UNTOUCHED) {
      stateOf[item] = TOUCHED;
      items[touched++] = item;
    }
    sums[item]! += amount;
  }

  function scatter(form: SparseForm, weight: number, { facts, values }: Occasion): void {
    const { offsets, targets, weights } = form;
    for (let x = 0; x < facts.length; x++) {
      const fact = facts[x]!;
      const value = values[x]! * weight;
      for (let y = offsets[fact]!, end = offsets[fact + 1]!; y < end; y++) {
        const target = targets[y]!;
        if (stateOf[target] === UNTOUCHED) {
          stateOf[target] = TOUCHED;
          items[touched++] = target;
        }
        sums[target]! += value * weights[y]!;
      }
    }
  }

  // Untouched items score by popularity alone, so only the most popular of them can enter the list.
  function fill({ popularity, popularityWeight }: LinearModel, k: number): void {
    let filled = 0;
    for (const item of popularity.order) {
      if (filled >= k) break;
      if (stateOf[item] !== UNTOUCHED) continue;
      add(item, 0);
      scores[touched - 1] = popularityWeight * popularity.values[item]!;
      filled++;
    }
  }

  // Barred items were summed where a part pointed to them; the sums go, the items never entered the list.
  function clear(barred: Occasion['barred']): void {
    for (let x = 0; x < touched; x++) forget(items[x]!);
    for (const item of barred) forget(item);
  }

  function forget(item: number): void {
    sums[item] = 0;
    stateOf[item] = UNTOUCHED;
  }

  function addOwn({ own, facts }: Occasion, weight: number): void {
    for (const [x, share] of own.entries()) {
      const fact = facts[x]!;
      if (stateOf[fact] !== BARRED) add(fact, weight * share);
    }
  }

  return (model, occasion, k) => {
    touched = 0;
    for (const item of occasion.barred) stateOf[item] = BARRED;
    for (const { form, weight } of model.parts) if (weight !== 0) scatter(form, weight, occasion);
    if (model.ownWeight !== 0) addOwn(occasion, model.ownWeight);
    const { values } = model.popularity;
    for (let x = 0; x < touched; x++) {
      scores[x] = sums[items[x]!]! + model.popularityWeight * values[items[x]!]!;
    }
    fill(model, k);
    clear(occasion.barred);
    ranking.count = topK(scores, items, touched, k);
    return ranking;
  };
}

const UNTOUCHED = 0;
const TOUCHED = 1;
const BARRED = 2;
