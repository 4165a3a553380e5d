// One decision: eligible → score → explore → settle → explain. A pure function of its input and the shelf: the same input
// gives the same result, byte for byte, in every runtime.

import { assert } from '../kernel/assert.ts';
import { fromHex } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { topK } from '../kernel/sparse.ts';
import { CHANNEL_PUBLICITY } from '../facts/channel.ts';
import type { Barred, DecisionInput, DecisionResult, Held, NothingReason } from '../facts/decision.ts';
import type { SensitiveClass } from '../facts/item.ts';
import type { Placement } from '../facts/placement.ts';
import { explain } from './explain.ts';
import { POOL, explore } from './explore.ts';
import { type GuardContext, ITEM_GUARDS } from './guards.ts';
import { type Scratch, clean, score } from './score.ts';
import { type Shelf, classAt } from './shelf.ts';
import { normalise } from './weigh.ts';

export interface DecideInput {
  readonly input: DecisionInput;
  readonly placement: Placement;
  readonly shelf: Shelf;
  readonly scratch: Scratch;
}

export function decide({ input, placement, shelf, scratch }: DecideInput): DecisionResult {
  assert(input.model === shelf.model.id && input.catalogue === shelf.revision, 'a decision names the shelf it is made from');
  if (input.shown >= placement.capPerPerson.impressionsMax) return nothing('person-cap', []);
  const limit = Math.min(input.limit, placement.itemsMax, LIMITS.decisionItemsMax);
  const facts = normalise(input.facts);
  const count = score(shelf, scratch, {
    facts,
    context: input.context,
    withPopular: placement.strategy === 'for-you',
  });
  const context = guardContext({ input, placement, shelf, scratch });
  const { chosen, held } = walk({ scratch, context, count, wanted: limit - 1 + POOL });
  clean(scratch, count);
  if (chosen.length === 0) return nothing(count === 0 ? 'nothing-related' : 'guarded', held);
  const seed = fromHex(input.seed);
  assert(seed !== undefined, 'the seed is hex');
  const { list, propensity } = explore({ chosen, limit, placement, shelf, seed });
  const addends = { facts, context: input.context };
  return { items: list.map((index) => explain(shelf, addends, index)), propensity, held };
}

function nothing(reason: NothingReason, held: readonly Held[]): DecisionResult {
  // Whatever the seed, nothing would have come out: the guards left nothing to choose from.
  return { items: [], nothing: reason, propensity: 1, held };
}

function guardContext({ input, placement, shelf, scratch }: DecideInput): GuardContext {
  const barred = new Map<number, Barred>();
  for (const entry of input.barred) {
    const index = shelf.indexOf.get(entry.item);
    if (index !== undefined) barred.set(index, entry);
  }
  const context = new Set<number>();
  const contextLeaves = new Set<number>();
  const openClasses = new Set<SensitiveClass>();
  const ownScreen = (placement.publicity ?? CHANNEL_PUBLICITY[input.channel]) === 'own-screen';
  for (const { item } of input.context) {
    const index = shelf.indexOf.get(item);
    if (index === undefined) continue;
    context.add(index);
    contextLeaves.add(shelf.leaves[index]!);
    const looking = classAt(shelf, index);
    if (looking !== undefined && ownScreen) openClasses.add(looking);
  }
  const related = (index: number): number => scratch.related[index]!;
  return { shelf, placement, barred, context, contextLeaves, openClasses, leafCounts: new Map(), related };
}

interface Walk {
  readonly scratch: Scratch;
  readonly context: GuardContext;
  readonly count: number;
  readonly wanted: number;
}

/**
 * Walks candidates from the best down and keeps `wanted` of those that every guard lets pass. Only a head of the ranking is
 * sorted; it grows fourfold when guards took too many, so a decision usually sorts 64 of thousands.
 */
function walk({ scratch, context, count, wanted }: Walk): { readonly chosen: readonly number[]; readonly held: readonly Held[] } {
  const chosen: number[] = [];
  const held: Held[] = [];
  let at = 0;
  let sorted = 0;
  while (at < count && chosen.length < wanted) {
    if (at === sorted) sorted = topK(scratch.rankedScores, scratch.rankedItems, count, Math.max(64, sorted * 4));
    const index = scratch.rankedItems[at]!;
    at += 1;
    const taken = judge(index, context);
    if (taken === undefined) {
      chosen.push(index);
      const leaf = context.shelf.leaves[index]!;
      context.leafCounts.set(leaf, (context.leafCounts.get(leaf) ?? 0) + 1);
    } else if (held.length < LIMITS.heldListedMax) {
      held.push(taken);
    }
  }
  return { chosen, held };
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
