// One decision: eligible → score → explore → settle → explain. A pure function of its input and the shelf:
// the same input gives the same result, byte for byte, in every runtime.

import { assert } from '../kernel/assert.ts';
import { fromHex } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { REACHES_OUT } from '../facts/channel.ts';
import {
  type DecisionInput,
  type DecisionResult,
  type Held,
  NO_SHARES,
  type NothingReason,
} from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import type { LineRules } from '../facts/policy.ts';
import { type SeenContext, seeContext } from './context.ts';
import { explain } from './explain.ts';
import { POOL, explore } from './explore.ts';
import { type GuardContext, RELATED_MIN, SAID_MIN } from './guards.ts';
import { NO_LEAVES, barredOn, cappedLeavesOn, dislikedLeavesOn, rowsOfContext, rowsOfFacts } from './rows.ts';
import { holdOutRate, isHeldOut } from './hold-out.ts';
import { type Scratch, clean, score } from './score.ts';
import type { Shelf } from './shelf.ts';
import { type Walk, walk } from './walk.ts';

export interface DecideInput {
  readonly input: DecisionInput;
  readonly placement: Placement;
  /** What the policy says of channels and classes; absent: the defaults. */
  readonly line?: LineRules;
  readonly shelf: Shelf;
  readonly scratch: Scratch;
}

export function decide({ input, placement, line, shelf, scratch }: DecideInput): DecisionResult {
  assert(isMadeFrom(input, shelf), 'a decision names the shelf it is made from');
  assert(Number.isInteger(input.limit) && input.limit >= 1, 'a list has at least one place');
  const seed = fromHex(input.seed);
  assert(seed !== undefined, 'the seed is hex');
  // A page may fill a place for everybody; a letter to somebody who said no is not made better by being
  // general.
  if (input.refused !== undefined && REACHES_OUT.includes(input.channel)) return nothing('not-allowed', []);
  if (input.pressure?.stop !== undefined) return nothing(input.pressure.stop.by, []);
  if (input.shown >= placement.capPerPerson.impressionsMax) return nothing('person-cap', []);
  if (shelf.itemIds.length === 0) return nothing('no-model', []);
  const limit = Math.min(input.limit, placement.itemsMax, LIMITS.decisionItemsMax);
  const seen = seeContext(shelf, { placement, input, ...(line === undefined ? {} : { line }) });
  const goesWith = speaksOfComplements(input, placement) ? shelf.complements : shelf.model;
  const rows = [...rowsOfContext(shelf, seen.scoring, goesWith), ...rowsOfFacts(shelf, input.facts)];
  const scene = { input, placement, shelf, scratch };
  const choose = (withPopular: boolean): Chosen => {
    const count = score(shelf, scratch, { rows, withPopular });
    const walked = walk(scratch, guardContext(scene, seen), { count, wanted: limit * LOOKED_AT_PER_PLACE });
    const held: Held[] = [];
    const best: number[] = [];
    while (best.length < limit) {
      const index = walked.next(held);
      if (index === undefined) break;
      best.push(index);
    }
    return { walked, best, held };
  };
  // Popular things matter only where they could outrank one of the list or of the pool: usually their walk is
  // spared.
  const floor = placement.strategy === 'for-you' ? popularScore(shelf) : 0;
  let chosen = choose(false);
  let spare = spareOf(chosen, limit, floor);
  if (floor > 0 && (spare < POOL - 1 || chosen.walked.lowest() <= floor)) {
    clean(scratch);
    chosen = choose(true);
    spare = spareOf(chosen, limit, 0);
  }
  const { walked, best, held } = chosen;
  if (best.length === 0) {
    clean(scratch);
    return nothing(walked.guarded() ? 'guarded' : 'nothing-related', held);
  }
  const rate = holdOutRate(input, line);
  if (isHeldOut(seed, rate)) {
    clean(scratch);
    return { ...nothing('held-out', held), propensity: rate };
  }
  const { list, propensity } = explore({ best, limit, spare, walked, placement, shelf, seed });
  clean(scratch);
  return { ...explain(shelf, scratch, { rows, list }), propensity: propensity * (1 - rate), held };
}

function isMadeFrom({ model, complements, catalogue, shadow = '' }: DecisionInput, shelf: Shelf): boolean {
  if (model !== shelf.model.id || catalogue !== shelf.revision || shadow !== shelf.shadow) return false;
  return complements === undefined || complements === shelf.complements.id;
}

/** Records of before there was a complements model name none, and are decided by the first alone. */
function speaksOfComplements({ complements }: DecisionInput, { strategy }: Placement): boolean {
  return strategy === 'complements' && complements !== undefined;
}

/** Guards take about as many as they let pass; what is likely to be looked at is sorted first. */
const LOOKED_AT_PER_PLACE = 4;

interface Chosen {
  readonly walked: Walk;
  /** The list as it stands without exploration. */
  readonly best: readonly number[];
  /** What the guards took before the list was full. */
  readonly held: readonly Held[];
}

/** How many other things could stand in the last place, counted as far as the pool goes. */
function spareOf({ walked, best }: Chosen, limit: number, above: number): number {
  return best.length < limit ? 0 : walked.countMore(above, POOL - 1);
}

/** The greatest score that a thing nobody's facts speak for can have. */
function popularScore(shelf: Shelf): number {
  const [best] = shelf.popular;
  return best === undefined ? 0 : shelf.model.prior[best]!;
}

function nothing(reason: NothingReason, held: readonly Held[]): DecisionResult {
  // Whatever the seed, nothing would have come out: the guards left nothing to choose from.
  return { items: [], shares: NO_SHARES, nothing: reason, propensity: 1, held };
}

function guardContext({ input, placement, shelf, scratch }: DecideInput, seen: SeenContext): GuardContext {
  const barred = barredOn(shelf, input.barred);
  const related = (index: number): number => scratch.related[index]!;
  const isSaid = speaksOfComplements(input, placement);
  const nearness =
    input.rules === undefined || isSaid ? () => 1 : (index: number) => scratch.nearness[index]!;
  const cappedLeaves = cappedLeavesOn(shelf, input.pressure);
  const dislikedLeaves = input.rules === undefined ? NO_LEAVES : dislikedLeavesOn(shelf, input.barred);
  const { indices: context, leaves: contextLeaves, openClasses } = seen;
  return {
    shelf,
    placement,
    barred,
    context,
    contextLeaves,
    openClasses,
    leafCounts: new Map(),
    related,
    relatedMin: isSaid ? SAID_MIN : RELATED_MIN,
    nearness,
    dislikedLeaves,
    cappedLeaves,
  };
}
