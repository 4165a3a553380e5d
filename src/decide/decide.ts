// One decision: eligible → score → explore → settle → explain. A pure function of its input and the shelf:
// the same input gives the same result, byte for byte, in every runtime.

import { assert } from '../kernel/assert.ts';
import { fromHex } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { heapify, popBest } from '../kernel/heap.ts';
import { REACHES_OUT } from '../facts/channel.ts';
import type { DecisionInput, DecisionResult, Held, NothingReason } from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import { type SeenContext, seeContext } from './context.ts';
import { explain } from './explain.ts';
import { POOL, explore } from './explore.ts';
import { type GuardContext, ITEM_GUARDS } from './guards.ts';
import { barredOn, rowsOfContext, rowsOfFacts } from './rows.ts';
import { type Scratch, clean, score } from './score.ts';
import type { Shelf } from './shelf.ts';

export interface DecideInput {
  readonly input: DecisionInput;
  readonly placement: Placement;
  readonly shelf: Shelf;
  readonly scratch: Scratch;
}

export function decide({ input, placement, shelf, scratch }: DecideInput): DecisionResult {
  assert(
    input.model === shelf.model.id && input.catalogue === shelf.revision,
    'a decision names the shelf it is made from',
  );
  assert(Number.isInteger(input.limit) && input.limit >= 1, 'a list has at least one place');
  const seed = fromHex(input.seed);
  assert(seed !== undefined, 'the seed is hex');
  // A page may fill a place for everybody; a letter to somebody who said no is not made better by being
  // general.
  if (input.refused !== undefined && REACHES_OUT.includes(input.channel)) return nothing('not-allowed', []);
  if (input.shown >= placement.capPerPerson.impressionsMax) return nothing('person-cap', []);
  if (shelf.itemIds.length === 0) return nothing('no-model', []);
  const limit = Math.min(input.limit, placement.itemsMax, LIMITS.decisionItemsMax);
  const seen = seeContext(shelf, placement, input);
  const rows = [...rowsOfContext(shelf, seen.scoring), ...rowsOfFacts(shelf, input.facts)];
  const wanted = limit - 1 + POOL;
  const rank = (withPopular: boolean): Walked => {
    const count = score(shelf, scratch, { rows, withPopular });
    const walked = walk({
      scratch,
      context: guardContext({ input, placement, shelf, scratch }, seen),
      count,
      wanted,
    });
    clean(scratch, count);
    return walked;
  };
  // Popular things matter only where they could outrank the last one chosen: usually their walk is spared.
  const first = rank(false);
  const enough =
    placement.strategy !== 'for-you' ||
    (first.chosen.length === wanted && first.lowest > popularScore(shelf));
  const { chosen, held, guarded } = enough ? first : rank(true);
  if (chosen.length === 0) return nothing(guarded ? 'guarded' : 'nothing-related', held);
  const { list, propensity } = explore({ chosen, limit, placement, shelf, seed });
  return { items: list.map((index) => explain(shelf, rows, index)), propensity, held };
}

/** The greatest score that a thing nobody's facts speak for can have. */
function popularScore(shelf: Shelf): number {
  const [best] = shelf.popular;
  return best === undefined ? 0 : shelf.model.prior[best]!;
}

function nothing(reason: NothingReason, held: readonly Held[]): DecisionResult {
  // Whatever the seed, nothing would have come out: the guards left nothing to choose from.
  return { items: [], nothing: reason, propensity: 1, held };
}

function guardContext({ input, placement, shelf, scratch }: DecideInput, seen: SeenContext): GuardContext {
  const barred = barredOn(shelf, input.barred);
  const related = (index: number): number => scratch.related[index]!;
  const { indices: context, leaves: contextLeaves, openClasses } = seen;
  return { shelf, placement, barred, context, contextLeaves, openClasses, leafCounts: new Map(), related };
}

interface Walked {
  readonly chosen: readonly number[];
  readonly held: readonly Held[];
  /** Something was held for another reason than that it does not belong here. */
  readonly guarded: boolean;
  /** Score of the last one chosen. */
  readonly lowest: number;
}

interface Walk {
  readonly scratch: Scratch;
  readonly context: GuardContext;
  readonly count: number;
  readonly wanted: number;
}

/**
 * Walks candidates from the best down and keeps `wanted` of those that every guard lets pass. They come off a
 * heap one by one: how many the guards take is not known beforehand, and what is never looked at is never
 * sorted.
 */
function walk({ scratch, context, count, wanted }: Walk): Walked {
  const { rankedScores, rankedItems } = scratch;
  const chosen: number[] = [];
  const held: Held[] = [];
  let guarded = false;
  let lowest = Number.POSITIVE_INFINITY;
  heapify(rankedScores, rankedItems, count);
  for (let left = count; left > 0 && chosen.length < wanted;) {
    left = popBest(rankedScores, rankedItems, left);
    const index = rankedItems[left]!;
    const taken = judge(index, context);
    if (taken === undefined) {
      chosen.push(index);
      lowest = rankedScores[left]!;
      const leaf = context.shelf.leaves[index]!;
      context.leafCounts.set(leaf, (context.leafCounts.get(leaf) ?? 0) + 1);
      continue;
    }
    guarded ||= taken.guard !== 'not-related';
    if (held.length < LIMITS.heldListedMax) held.push(taken);
  }
  return { chosen, held, guarded, lowest };
}

function judge(index: number, context: GuardContext): Held | undefined {
  for (const guard of ITEM_GUARDS) {
    const number = guard.judge(index, context);
    if (number === undefined) continue;
    const item = context.shelf.itemIds[index]!;
    if (guard.name !== 'barred') return { item, guard: guard.name, number };
    return { item, guard: context.barred.get(index)?.guard ?? 'bought', number };
  }
  return undefined;
}
