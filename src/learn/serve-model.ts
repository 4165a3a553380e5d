// The model that serves: from statistics to an artefact whose weights are exact dyadic numbers.

import { assert } from '../kernel/assert.ts';
import type { Crew } from './crew/crew.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import type { LeafTilt } from '../facts/shadow.ts';
import type { CountSnapshot } from './counts.ts';
import type { Described } from './models/likeness.ts';
import { formAmong, type SparseForm, type Steps } from './models/sparse-form.ts';
import { type Erasing, eraseTilts } from './proxies/erase-tilts.ts';
import { exactForm } from './recipes/exact.ts';
import { priorOf } from './recipes/prior.ts';
import { countsSteps } from './recipes/top-n.ts';
import { SAFE, type TunedTopN } from './recipes/top-n-candidates.ts';
import { type CountRows, createRowBuffer, withPeopleMin } from './rows.ts';

/**
 * Targets kept per thing: a decision reads a row for each fact, and a hundred keep it at some 20 µs. Gowalla
 * (at least 3 people): recall .1855 with 100, .1854 with all.
 */
export const KEEP = 100;

/** What is said of a thing, and whether it can be sold now. */
export type Catalogued = Described & { readonly available: boolean };

export interface ServeOptions {
  /** Pairs, and things, with fewer people behind them get no weight at all. */
  readonly minPeople: number;
  readonly nowMs: number;
  /** What the model may not tell: what members of sensitive leaves have more or less; none by default. */
  readonly tilts?: readonly LeafTilt[] | undefined;
  /**
   * What the catalogue says of things that tell nothing: no sensitive ones, no proxies. Absent: it says
   * nothing.
   */
  readonly catalogue?: ReadonlyMap<string, Catalogued> | undefined;
  /** Things of it that too few people have are found by what they are like; absent: they are not. */
  readonly newThings?: boolean;
  /** Who computes; this thread alone where nobody is named. */
  readonly crew?: Crew | undefined;
}

/** Item-item with the safe settings. A step per 256 rows, so that a worker can be interrupted. */
export function* serveModelSteps(
  { itemIds, rows: all }: CountSnapshot,
  options: ServeOptions,
): Steps<ItemModel> {
  const rows = withPeopleMin(all, options.minPeople);
  const form = exactForm(yield* countsSteps({ rows }, SAFE.settings, KEEP));
  const prior = priorOf(rows.itemPeople, options.minPeople);
  return asArtefact({ itemIds, rows, form, prior, tuned: SAFE }, options);
}

export interface Learned {
  readonly itemIds: readonly string[];
  /** Thresholded. */
  readonly rows: CountRows;
  /** Exact, over all of `itemIds`. */
  readonly form: SparseForm;
  readonly prior: Float64Array;
  readonly tuned: TunedTopN;
}

/**
 * The model over the things that enough people have. What it may not tell is taken out last, from what would
 * serve. The greatest weight is 1; after erasure one may be greater.
 */
export function asArtefact(
  { itemIds, rows, form, prior, tuned }: Learned,
  { minPeople, nowMs, tilts = [] }: ServeOptions,
): ItemModel {
  const kept = keptItems(rows.itemPeople, minPeople);
  const people = Uint32Array.from(kept, (item) => rows.itemPeople[item]!);
  const named = Array.from(kept, (item) => itemIds[item]!);
  const narrow = formAmong(form, kept);
  assert(form.targets.length === narrow.targets.length, 'things that are not kept have no weights');
  const partnersOf = partnersIn(rows, kept);
  const isErased = tilts.length > 0;
  const { offsets, targets, weights } = isErased
    ? eraseTilts(narrow, { tilts, itemIds: named, people, partnersOf })
    : narrow;
  const parts = {
    itemIds: named,
    ...{ offsets, targets, weights },
    prior: Float64Array.from(kept, (item) => prior[item]!),
    people,
    peopleTotal: rows.peopleTotal,
    minPeople,
    builtMs: nowMs,
  };
  const settings = settingsOf(tuned);
  const leaves = `leaves=${tilts.length}`;
  if (tuned.ridge > 0 || (tuned.likeness ?? 0) > 0) {
    if (!isErased) return makeModel({ kind: `blend/1 ${settings}`, ...parts });
    return makeModel({ kind: `blend-erased/1 ${settings} ${leaves}`, ...parts });
  }
  if (!isErased) return makeModel({ kind: `item-item/1 ${settings}`, ...parts });
  return makeModel({ kind: `item-item-erased/1 ${settings} ${leaves}`, ...parts });
}

/**
 * `a=0.8 b=0.2 keep=100 ridge=0.6 people=100 t=0.1 popular=0.02 asked=1000`: which settings made it. How many
 * were asked is told in hundreds: two models, of before and after somebody came, must not tell that they did.
 */
function settingsOf({ settings, ridge, likeness = 0, popular, asked, trend }: TunedTopN): string {
  const { sourcePower, targetPower, ridgePeople, ridgeTargetPower } = settings;
  const alike = likeness > 0 ? ` likeness=${likeness}` : '';
  const counts = `a=${sourcePower} b=${targetPower} keep=${KEEP}`;
  const added = ridge > 0 ? ` ridge=${ridge} people=${ridgePeople} t=${ridgeTargetPower}` : '';
  const lately = trend === undefined ? '' : ` trendDays=${trend.halfLifeDays} trendPower=${trend.power}`;
  const judged = asked > 0 ? `${alike} popular=${popular}${lately} asked=${asked - (asked % 100)}` : lately;
  return `${counts}${asked > 0 ? added : ''}${judged}`;
}

/**
 * Things with enough people behind them. The others are not so much as named: a name that one person alone
 * has is that person.
 */
function keptItems(itemPeople: Uint32Array, minPeople: number): Uint32Array {
  const kept: number[] = [];
  for (const [item, count] of itemPeople.entries()) if (count >= Math.max(1, minPeople)) kept.push(item);
  return Uint32Array.from(kept);
}

function placesOf(itemCount: number, kept: Uint32Array): Uint32Array {
  const place = new Uint32Array(itemCount);
  for (const [at, item] of kept.entries()) place[item] = at;
  return place;
}

/** Of things by their place among the kept ones. A pair with enough people is of two kept things. */
function partnersIn(rows: CountRows, kept: Uint32Array): Erasing['partnersOf'] {
  const place = placesOf(rows.itemCount, kept);
  const buffer = createRowBuffer(rows.itemCount);
  return (thing, max) => {
    rows.readRow(kept[thing]!, buffer);
    const { count, indices, weights } = buffer;
    const order = Array.from({ length: count }, (_, at) => at);
    order.sort((a, b) => weights[b]! - weights[a]! || indices[a]! - indices[b]!);
    return Uint32Array.from(order.slice(0, max), (at) => place[indices[at]!]!);
  };
}
