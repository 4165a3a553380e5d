// Walking down the ranking past the guards. Behind the list stands the pool that exploration may draw from:
// how many are in it matters for every decision (the propensity), which ones only for the few that draw. So
// they are counted where they lie, and put in order when somebody asks.

import { LIMITS } from '../kernel/limits.ts';
import type { Held } from '../facts/decision.ts';
import { type GuardContext, type ItemGuard, belongs, guardsOf, isOrdinary } from './guards.ts';
import { Ranked } from './ranked.ts';
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

export interface Walking {
  readonly count: number;
  readonly wanted: number;
  /** How many are told that do not belong; after these nothing is that does not (D65). */
  readonly strangersMax: number;
}

/**
 * Walks the first `count` candidates of the scratch, which stand in any order; about `wanted` of them will be
 * looked at.
 */
export function walk(
  scratch: Scratch,
  context: GuardContext,
  { count, wanted, strangersMax }: Walking,
): Walk {
  const { rankedScores, rankedItems } = scratch;
  const ranked = new Ranked(scratch, count, wanted);
  const guards = guardsOf(context);
  let lowest = Number.POSITIVE_INFINITY;
  let guarded = false;
  let strangers = 0;
  let isNarrow = false;

  function next(held?: Held[]): number | undefined {
    for (;;) {
      const at = ranked.pop();
      if (at === undefined) return undefined;
      const index = rankedItems[at]!;
      // It has its place already.
      if (context.placed.has(index)) continue;
      const taken = judge(index, context, guards);
      if (taken === undefined) {
        lowest = rankedScores[at]!;
        countChosen(context, index);
        return index;
      }
      guarded ||= isGuarded(taken);
      if (held === undefined || held.length === LIMITS.heldListedMax) continue;
      held.push(taken);
      if (taken.guard === 'not-related') strangers += 1;
      // Nothing more will be told of what does not belong, so it need not be taken off one by one: beside a
      // thing with twenty complements that was half of a decision. What passes stays the same.
      if (isNarrow || (strangers < strangersMax && held.length < LIMITS.heldListedMax)) continue;
      ranked.narrow((other) => belongs(other, context));
      isNarrow = true;
    }
  }

  function countMore(above: number, max: number): number {
    // How many of one leaf may pass depends on how many did, not on which; so of one product, which stands on
    // one leaf, or holds leaves of one thing each (no category). Any order gives the same number.
    const counted: number[] = [];
    ranked.some((index, score) => {
      if (score <= above || context.placed.has(index) || judge(index, context, guards) !== undefined)
        return false;
      countChosen(context, index);
      return counted.push(index) === max;
    });
    // They were counted, not chosen.
    for (const index of counted) countChosen(context, index, -1);
    return counted.length;
  }

  /** Asked where nothing passed, so that no leaf has had its share. */
  function isGuardedAside(): boolean {
    return ranked.someAside(
      (index) => !context.placed.has(index) && isGuarded(judge(index, context, guards)),
    );
  }

  return { next, lowest: () => lowest, countMore, guarded: () => guarded || isGuardedAside() };
}

/** Taken for another reason than that it does not belong here. */
function isGuarded(taken: Held | undefined): boolean {
  return taken !== undefined && taken.guard !== 'not-related';
}

/** Counts a thing that is chosen, or (`by` −1) was only counted, towards its leaf and its product. */
export function countChosen(
  { shelf, leafCounts, products, productsMet }: GuardContext,
  index: number,
  by: 1 | -1 = 1,
): void {
  const leaf = shelf.leaves[index]!;
  leafCounts.set(leaf, (leafCounts.get(leaf) ?? 0) + by);
  const product = products?.[index] ?? 0;
  // Of one that is met nothing is chosen, so whatever is taken back was added for this.
  if (product === 0) return;
  if (by > 0) productsMet.add(product);
  else productsMet.delete(product);
}

/** What takes the thing away here, if anything does. */
export function judge(
  index: number,
  context: GuardContext,
  guards: readonly ItemGuard[] = guardsOf(context),
): Held | undefined {
  const ordinary = isOrdinary(context.shelf, index);
  for (const guard of guards) {
    if (ordinary && guard.sparesOrdinary === true) continue;
    const number = guard.judge(index, context);
    if (number === undefined) continue;
    const item = context.shelf.names[index]!;
    if (guard.name !== 'barred') return { item, guard: guard.name, number };
    return { item, guard: context.barred.get(index)?.guard ?? 'bought', number };
  }
  return undefined;
}
