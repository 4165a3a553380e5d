/*
 * The figures of a ranked list against what was really chosen. Every figure is a mean over lists.
 */
import { log2 } from '../../../kernel/maths.ts';

export const MEASURES = ['recall', 'ndcg', 'mrr', 'hitRate'] as const;

export type Figures = Readonly<Record<(typeof MEASURES)[number], number>>;

export type Meter = {
  /** Judges one list (best first, at most k) against its distinct targets; answers its own figures. */
  readonly judge: (list: ArrayLike<number>, count: number, targets: ArrayLike<number>) => Figures;
  readonly lists: () => number;
  readonly figures: () => Figures;
  /** Recall if lists ended after 1, 2, … k places. */
  readonly recallAt: () => readonly number[];
};

/**
 * A meter for lists of length k.
 *
 * recall = hits / targets; hitRate = 1 if there is a hit; mrr = 1 / rank of the first hit; ndcg = Σ over hits
 * of 1/log2(rank + 1), divided by the best such sum possible with min(k, targets) hits (Järvelin and
 * Kekäläinen, TOIS 2002, doi 10.1145/582415.582418).
 *
 * Example: k = 2, list [7, 3], targets [3, 4, 5]: recall 1/3, hitRate 1, mrr 1/2, ndcg .6309/1.6309.
 */
export function createMeter(k: number): Meter {
  const discounts = Float64Array.from({ length: k }, (_, rank) => 1 / log2(rank + 2));
  const sums = { recall: 0, ndcg: 0, mrr: 0, hitRate: 0 };
  const recallOf = new Float64Array(k);
  let lists = 0;
  return {
    judge: (list, count, targets) => {
      const wanted = new Set<number>();
      for (let x = 0; x < targets.length; x++) wanted.add(targets[x]!);
      let hits = 0;
      let gain = 0;
      let firstHit = 0;
      for (let rank = 0; rank < Math.min(count, k); rank++) {
        if (!wanted.has(list[rank]!)) continue;
        hits++;
        gain += discounts[rank]!;
        recallOf[rank]! += 1 / wanted.size;
        if (firstHit === 0) firstHit = rank + 1;
      }
      let ideal = 0;
      for (let rank = 0; rank < Math.min(k, wanted.size); rank++) ideal += discounts[rank]!;
      const own = {
        recall: hits / wanted.size,
        ndcg: gain / ideal,
        mrr: firstHit === 0 ? 0 : 1 / firstHit,
        hitRate: hits > 0 ? 1 : 0,
      };
      lists++;
      for (const name of MEASURES) sums[name] += own[name];
      return own;
    },
    lists: () => lists,
    figures: () => {
      const share = lists === 0 ? 0 : 1 / lists;
      return {
        recall: sums.recall * share,
        ndcg: sums.ndcg * share,
        mrr: sums.mrr * share,
        hitRate: sums.hitRate * share,
      };
    },
    recallAt: () => {
      let sum = 0;
      return Array.from(recallOf, (recall) => (sum += recall) / Math.max(1, lists));
    },
  };
}

/** The value below which a share `q` of the values lies (nearest rank); 0 for no values. Sorts a copy. */
export function quantile(values: Float64Array, q: number): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))]!;
}
