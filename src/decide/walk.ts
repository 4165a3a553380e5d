// Walking down the ranking past the guards. Candidates come off a heap one by one, because how many the
// guards take is not known beforehand and what is never looked at is never sorted. Behind the list stands the
// pool that exploration may draw from: how many are in it matters for every decision (the propensity), which
// ones only for the few that draw. So they are counted where they lie, and put in order when somebody asks.

import { heapify, likelyBest, popBest } from '../kernel/heap.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Held } from '../facts/decision.ts';
import { type GuardContext, ITEM_GUARDS } from './guards.ts';
import type { Scratch } from './score.ts';

export interface Walk {
  /** The best one left that every guard lets pass; what they took before it is added to `held`. */
  next(held?: Held[]): number | undefined;
  /** Score of the last one that passed. */
  lowest(): number;
  /** How many more would pass with a score above `above`, counted up to `max`. Nothing is moved. */
  countMore(above: number, max: number): number;
  /** Something was taken for another reason than that it does not belong here. */
  guarded(): boolean;
}

/**
 * Walks the first `count` candidates of the scratch, which stand in any order; about `wanted` of them will be
 * looked at.
 */
export function walk(
  { rankedScores, rankedItems }: Scratch,
  context: GuardContext,
  { count, wanted }: { readonly count: number; readonly wanted: number },
): Walk {
  // The heap lies in [0, left); what is not in it yet, in [rest, end).
  let rest = likelyBest(rankedScores, rankedItems, count, wanted);
  let left = rest;
  let end = count;
  let lowest = Number.POSITIVE_INFINITY;
  let guarded = false;
  heapify(rankedScores, rankedItems, left);

  function refill(): void {
    rankedScores.copyWithin(0, rest, end);
    rankedItems.copyWithin(0, rest, end);
    end -= rest;
    rest = left = end;
    heapify(rankedScores, rankedItems, left);
  }

  function next(held?: Held[]): number | undefined {
    for (;;) {
      if (left === 0 && rest < end) refill();
      if (left === 0) return undefined;
      left = popBest(rankedScores, rankedItems, left);
      const index = rankedItems[left]!;
      // It has its place already.
      if (context.placed.has(index)) continue;
      const taken = judge(index, context);
      if (taken === undefined) {
        lowest = rankedScores[left]!;
        countLeaf(context, index);
        return index;
      }
      guarded ||= taken.guard !== 'not-related';
      if (held !== undefined && held.length < LIMITS.heldListedMax) held.push(taken);
    }
  }

  function countMore(above: number, max: number): number {
    // How many of one leaf may pass depends on how many did, not on which: any order gives the same number.
    const ahead = { ...context, leafCounts: new Map(context.leafCounts) };
    let more = 0;
    for (const [from, to] of [
      [0, left],
      [rest, end],
    ] as const) {
      for (let at = from; at < to && more < max; at += 1) {
        const index = rankedItems[at]!;
        if (context.placed.has(index)) continue;
        if (rankedScores[at]! <= above || judge(index, ahead) !== undefined) continue;
        countLeaf(ahead, index);
        more += 1;
      }
    }
    return more;
  }

  return { next, lowest: () => lowest, countMore, guarded: () => guarded };
}

export function countLeaf({ shelf, leafCounts }: GuardContext, index: number): void {
  const leaf = shelf.leaves[index]!;
  leafCounts.set(leaf, (leafCounts.get(leaf) ?? 0) + 1);
}

/** What takes the thing away here, if anything does. */
export function judge(index: number, context: GuardContext): Held | undefined {
  for (const guard of ITEM_GUARDS) {
    const number = guard.judge(index, context);
    if (number === undefined) continue;
    const item = context.shelf.names[index]!;
    if (guard.name !== 'barred') return { item, guard: guard.name, number };
    return { item, guard: context.barred.get(index)?.guard ?? 'bought', number };
  }
  return undefined;
}
