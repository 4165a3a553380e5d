// The model that serves: from statistics to an artefact whose weights are exact dyadic numbers.

import { assert } from '../kernel/assert.ts';
import { FACT_BITS, WEIGHT_BITS, quantise } from '../kernel/fixed.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import type { LeafTilt } from '../facts/shadow.ts';
import type { CountSnapshot } from './counts.ts';
import { itemItemSteps } from './models/item-item.ts';
import { type SparseForm, type Steps, greatestWeight, quantiseForm } from './models/sparse-form.ts';
import { type Erasing, eraseTilts } from './proxies/erase-tilts.ts';
import { type CountRows, createRowBuffer, withPeopleMin } from './rows.ts';

/**
 * A cosine of the weighted counts: with less on the target's side long histories drift to bestsellers, with
 * more to oddities (looked at on Online Retail; perf.md 3.0 has .6/.4). A hundred neighbours keep a decision
 * at some 20 µs.
 */
const SERVE_SETTINGS = { sourcePower: 0.5, targetPower: 0.5, keep: 100 } as const;

/**
 * The prior orders what nothing else does, and no more: the most popular thing gets a 4096th of the strongest
 * pair.
 */
const PRIOR_SCALE = 1 / 4096;

export interface ServeOptions {
  /** Pairs, and things, with fewer people behind them get no weight at all. */
  readonly minPeople: number;
  readonly nowMs: number;
  /** What the model may not tell: what members of sensitive leaves have more or less; none by default. */
  readonly tilts?: readonly LeafTilt[] | undefined;
}

/**
 * A step per 512 rows, so that a worker can be interrupted. Weights are scaled so that the greatest is 1;
 * after erasure some are negative, and one may be greater.
 */
export function* serveModelSteps(
  snapshot: CountSnapshot,
  { minPeople, nowMs, tilts = [] }: ServeOptions,
): Steps<ItemModel> {
  const { itemIds } = snapshot;
  const rows = withPeopleMin(snapshot.rows, minPeople);
  const sides = { sourcePeople: rows.itemPeople, targetPeople: rows.itemPeople };
  const form = yield* itemItemSteps({ pairs: rows, ...sides }, SERVE_SETTINGS);
  const greatest = greatestWeight(form);
  const kept = keptItems(rows.itemPeople, minPeople);
  const { sourcePower, targetPower, keep } = SERVE_SETTINGS;
  const people = Uint32Array.from(kept, (item) => rows.itemPeople[item]!);
  const named = Array.from(kept, (item) => itemIds[item]!);
  const narrow = narrowed(quantiseForm(form, greatest > 0 ? 1 / greatest : 1), kept);
  const partnersOf = partnersIn(rows, kept);
  const isErased = tilts.length > 0;
  const { offsets, targets, weights } = isErased
    ? eraseTilts(narrow, { tilts, itemIds: named, people, partnersOf })
    : narrow;
  const parts = {
    itemIds: named,
    ...{ offsets, targets, weights },
    prior: priorOf(people),
    people,
    peopleTotal: rows.peopleTotal,
    minPeople,
    builtMs: nowMs,
  };
  const settings = `a=${sourcePower} b=${targetPower} keep=${keep}`;
  if (!isErased) return makeModel({ kind: `item-item/1 ${settings}`, ...parts });
  return makeModel({ kind: `item-item-erased/1 ${settings} leaves=${tilts.length}`, ...parts });
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

/**
 * The form over the kept things alone. Things that are not kept have no weights, because no pair of theirs
 * has enough people.
 */
function narrowed(form: SparseForm, kept: Uint32Array): SparseForm {
  const place = placesOf(form.itemCount, kept);
  const offsets = new Uint32Array(kept.length + 1);
  for (const [at, item] of kept.entries()) {
    offsets[at + 1] = offsets[at]! + form.offsets[item + 1]! - form.offsets[item]!;
  }
  assert(offsets[kept.length] === form.targets.length, 'things that are not kept have no weights');
  const targets = form.targets.map((target) => place[target]!);
  return { itemCount: kept.length, offsets, targets, weights: form.weights };
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

function priorOf(people: Uint32Array): Float64Array {
  const most = people.reduce((a, b) => Math.max(a, b), 1);
  return Float64Array.from(people, (count) =>
    quantise((count / most) * PRIOR_SCALE, WEIGHT_BITS + FACT_BITS),
  );
}
