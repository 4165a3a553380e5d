/*
 * Peers for baskets: what a person bought most often (P-TopFreq), and the same filled up with what all
 * people buy most often (GP-TopFreq). M. Li et al., "A Next Basket Recommendation Reality Check", TOIS 2023,
 * doi 10.1145/3587153, found them close to the best neural models.
 */
import { type Histories, stepItems, stepsOf } from '../../src/learn/histories.ts';
import { popularityIn } from '../../src/learn/recipes/sequence.ts';

/** A function from somebody's baskets to the best k things; `fill` is what all people buy, or nobody. */
export function createTopFreq(
  fill: Histories | undefined,
): (histories: Histories, person: number, k: number) => number[] {
  const popular = fill === undefined ? [] : [...popularityIn(fill, 1).order];
  return (histories, person, k) => {
    const counts = new Map<number, number>();
    for (let step = 0; step < stepsOf(histories, person); step++)
      for (const item of stepItems(histories, person, step)) counts.set(item, (counts.get(item) ?? 0) + 1);
    const own = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([item]) => item);
    return [...own, ...popular.slice(0, k + own.length).filter((item) => !counts.has(item))].slice(0, k);
  };
}
