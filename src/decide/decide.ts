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
import { isForThem } from './audience.ts';
import { type SeenContext, seeContext } from './context.ts';
import { explain } from './explain.ts';
import { POOL, explore } from './explore.ts';
import { type GuardContext, RELATED_MIN, SAID_MIN } from './guards.ts';
import { NO_LEAVES, barredOn, cappedLeavesOn, dislikedLeavesOn, productsMetOn } from './rows.ts';
import { holdOutRate, isHeldOut } from './hold-out.ts';
import { type Merchandise, type PinnedPlace, merchandiseOn } from './merchandise.ts';
import { arrange, placePins } from './pins.ts';
import { type Scratch, clean, score } from './score.ts';
import type { Shelf } from './shelf.ts';
import type { Base } from './shelf-models.ts';
import { subjectOf } from './subject.ts';
import { type Voice, speaksOfComplements, voiceOf } from './voice.ts';
import { type Walk, walk } from './walk.ts';
import { type Within, withinOn } from './within.ts';

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
  // Before everything that is counted: whom a slot is not for is not spared, and not withheld by lot.
  if (!isForThem({ input, placement, line, shelf })) return nothing('not-in-audience', []);
  if (input.pressure?.stop !== undefined) return nothing(input.pressure.stop.by, []);
  if (input.shown >= placement.capPerPerson.impressionsMax) return nothing('person-cap', []);
  const within = input.within === undefined ? undefined : withinOn(shelf, input.within);
  const goods = goodsIn(merchandiseOn(shelf, placement, input.timeMs), within);
  const limit = Math.min(input.limit, placement.itemsMax, LIMITS.decisionItemsMax);
  const seen = seeContext(shelf, { placement, input, ...(line === undefined ? {} : { line }) });
  const voice = voiceIn(voiceOf(shelf, input, { placement, scoring: seen.scoring }), within);
  if (voice.isMute && goods.pins.length === 0) return nothing('no-model', []);
  const chosen = chooseAll(
    { input, placement, shelf, scratch },
    { voice, seen, goods, limit, isIn: within?.isIn },
  );
  const { best, pins, held } = chosen;
  if (best.length + pins.length === 0) {
    clean(scratch);
    return nothing(reasonOf(chosen, voice), held);
  }
  const rate = holdOutRate(input, line);
  if (isHeldOut(seed, rate)) {
    clean(scratch);
    return { ...nothing('held-out', held), propensity: rate };
  }
  const { walked, spare } = chosen;
  const placed = pins.map(({ index }) => index);
  const places = limit - pins.length;
  const explored = explore({ best, limit: places, placed, spare, walked, placement, shelf, seed });
  const list = arrange(explored.list, pins);
  clean(scratch);
  const pinned = pins.map(({ index }) => shelf.names[index]!);
  const subject = subjectOf(placement, input, shelf, list[0]!);
  return {
    ...explain(shelf, scratch, { voice, list, favours: goods.favours, pinned: new Set(placed) }),
    ...(pinned.length === 0 ? {} : { pinned }),
    ...(subject === undefined ? {} : { subject }),
    propensity: explored.propensity * (1 - rate),
    held,
  };
}

function isMadeFrom(input: DecisionInput, shelf: Shelf): boolean {
  const { model, complements, nextBasket, nextClick, joint = '', catalogue, shadow = '' } = input;
  if (model !== shelf.model.id || catalogue !== shelf.revision || shadow !== shelf.shadow) return false;
  if (nextBasket !== undefined && nextBasket !== shelf.nextBasket?.model.id) return false;
  if (nextClick !== undefined && nextClick !== shelf.nextClick?.model.id) return false;
  if (joint !== shelf.joint) return false;
  return complements === undefined || complements === shelf.complements.id;
}

/** What the shop places stands in its category alone. */
function goodsIn(goods: Merchandise, within: Within | undefined): Merchandise {
  if (within === undefined || goods.pins.length === 0) return goods;
  return { ...goods, pins: goods.pins.filter(({ index }) => within.isIn[index] === 1) };
}

function voiceIn(voice: Voice, within: Within | undefined): Voice {
  return within === undefined ? voice : { ...voice, base: within.base(voice.base) };
}

/** Guards take about as many as they let pass; what is likely to be looked at is sorted first. */
const LOOKED_AT_PER_PLACE = 4;

interface Chosen {
  readonly walked: Walk;
  /** The earned places as they stand without exploration. */
  readonly best: readonly number[];
  /** What the shop placed beside them. */
  readonly pins: readonly PinnedPlace[];
  /** What the guards took before the list was full. */
  readonly held: readonly Held[];
  /** How many others could take the last earned place. */
  readonly spare: number;
}

interface Choosing {
  readonly voice: Voice;
  readonly seen: SeenContext;
  readonly goods: Merchandise;
  readonly limit: number;
  /** 1 where a thing is a candidate; absent: all are. */
  readonly isIn: Uint8Array | undefined;
}

type Scene = Omit<DecideInput, 'line'>;

/**
 * Things that the shop placed, alone, are a shop window on a page. Sent to somebody they are an
 * advertisement, so where nothing is earned beside them it is as if there were none.
 */
function chooseAll(scene: Scene, choosing: Choosing): Chosen {
  const chosen = choose(scene, choosing);
  const isAlone = chosen.best.length === 0 && chosen.pins.length > 0;
  if (!isAlone || !REACHES_OUT.includes(scene.input.channel)) return chosen;
  clean(scene.scratch);
  return choose(scene, { ...choosing, goods: { ...choosing.goods, pins: [] } });
}

/**
 * Popular things matter only where they could outrank one of the list or of the pool: usually their walk is
 * spared.
 */
function choose(scene: Scene, choosing: Choosing): Chosen {
  const { scratch } = scene;
  const { goods, voice } = choosing;
  const most = voice.fills ? popularScore(voice.base) : 0;
  // What is favoured at most doubles.
  const floor = goods.favours === undefined ? most : 2 * most;
  const chosen = chooseFrom(scene, choosing, { withPopular: false, floor });
  if (floor === 0) return chosen;
  if (chosen.spare === POOL - 1 && chosen.walked.lowest() > floor) return chosen;
  clean(scratch);
  return chooseFrom(scene, choosing, { withPopular: true, floor: 0 });
}

function chooseFrom(
  scene: Scene,
  { voice, seen, goods, limit, isIn }: Choosing,
  { withPopular, floor }: { readonly withPopular: boolean; readonly floor: number },
): Chosen {
  const { shelf, scratch } = scene;
  const { favours } = goods;
  const leavesInFront = (scene.input.rules ?? 0) >= 6 ? seen.leaves : undefined;
  const count = score(shelf, scratch, { ...voice, withPopular, favours, isIn, leavesInFront });
  const context = guardContext(scene, seen, goods);
  const { pins, held: heldPins } = placePins(goods.pins, limit, context);
  const strangersMax = (scene.input.rules ?? 0) >= 3 ? LIMITS.notRelatedListedMax : LIMITS.heldListedMax;
  const walked = walk(scratch, context, { count, wanted: limit * LOOKED_AT_PER_PLACE, strangersMax });
  const places = limit - pins.length;
  const held: Held[] = [];
  const best: number[] = [];
  while (best.length < places) {
    const index = walked.next(held);
    if (index === undefined) break;
    best.push(index);
  }
  const spare = best.length < places ? 0 : walked.countMore(floor, POOL - 1);
  return { walked, best, pins, held: together(heldPins, held), spare };
}

/** A pin that is held back may have been a candidate as well. */
function together(pins: readonly Held[], others: readonly Held[]): readonly Held[] {
  if (pins.length === 0) return others;
  const more = others.filter(({ item }) => pins.every((pin) => pin.item !== item));
  return [...pins, ...more].slice(0, LIMITS.heldListedMax);
}

function reasonOf({ walked, held }: Chosen, { isMute }: Voice): NothingReason {
  if (isMute) return 'no-model';
  return walked.guarded() || held.some(({ guard }) => guard !== 'not-related')
    ? 'guarded'
    : 'nothing-related';
}

/** The greatest score that a thing nobody's facts speak for can have. */
function popularScore({ prior, popular }: Base): number {
  const [best] = popular;
  return best === undefined ? 0 : prior[best]!;
}

function nothing(reason: NothingReason, held: readonly Held[]): DecisionResult {
  // Whatever the seed, nothing would have come out: the guards left nothing to choose from.
  return { items: [], shares: NO_SHARES, nothing: reason, propensity: 1, held };
}

function guardContext(
  { input, placement, shelf, scratch }: Scene,
  seen: SeenContext,
  { excluded }: Merchandise,
): GuardContext {
  const barred = barredOn(shelf, input.barred);
  // Of what the model does not know nothing is pulled.
  const related = (index: number): number => scratch.related[index] ?? 0;
  const isSaid = speaksOfComplements(input, placement);
  const nearness =
    input.rules === undefined || isSaid ? () => 1 : (index: number) => scratch.nearness[index] ?? 0;
  const cappedLeaves = cappedLeavesOn(shelf, input.pressure);
  const dislikedLeaves = input.rules === undefined ? NO_LEAVES : dislikedLeavesOn(shelf, input.barred);
  const { indices: context, leaves: contextLeaves, openClasses } = seen;
  // In a basket each is a thing of its own: who buys two flavours every week wants both.
  const isOneOfMany = (input.rules ?? 0) >= 4 && placement.strategy !== 'next-basket';
  const products = isOneOfMany ? shelf.products : undefined;
  return {
    shelf,
    placement,
    barred,
    context,
    contextLeaves,
    openClasses,
    ...(excluded === undefined ? {} : { excluded }),
    placed: new Set(),
    leafCounts: new Map(),
    products,
    productsMet: products === undefined ? new Set() : productsMetOn(shelf, input.barred, seen.scoring),
    related,
    relatedMin: isSaid ? SAID_MIN : RELATED_MIN,
    nearness,
    dislikedLeaves,
    cappedLeaves,
  };
}
