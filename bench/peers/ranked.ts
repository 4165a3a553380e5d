// What all peers do: the distinct things of each session or person, and the best of what was scored.

import { type Histories, stepItems, stepsOf } from '../../src/learn/histories.ts';

/** Distinct things of each person, in the given order. */
export function thingsOfEach(histories: Histories, order: readonly number[]): readonly ReadonlySet<number>[] {
  return order.map((person) => {
    const items = new Set<number>();
    for (let step = 0; step < stepsOf(histories, person); step++)
      for (const item of stepItems(histories, person, step)) items.add(item);
    return items;
  });
}

/** The k greatest above zero, ties to the lower item. */
export function best(scores: ReadonlyMap<number, number>, k: number): number[] {
  return [...scores]
    .filter(([, score]) => score > 0)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, k)
    .map(([item]) => item);
}
