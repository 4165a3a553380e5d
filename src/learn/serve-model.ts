// The model that serves: from statistics to an artefact whose weights are exact dyadic numbers.

import { assert } from '../kernel/assert.ts';
import { FACT_BITS, WEIGHT_BITS, quantise } from '../kernel/fixed.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import type { CountSnapshot } from './counts.ts';
import { itemItemSteps } from './models/item-item.ts';
import { type SparseForm, type Steps, greatestWeight, quantiseForm } from './models/sparse-form.ts';
import { withPeopleMin } from './rows.ts';

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
}

/** A step per 512 rows, so that a worker can be interrupted. Weights are scaled so that the greatest is 1. */
export function* serveModelSteps(
  snapshot: CountSnapshot,
  { minPeople, nowMs }: ServeOptions,
): Steps<ItemModel> {
  const { itemIds } = snapshot;
  const rows = withPeopleMin(snapshot.rows, minPeople);
  const sides = { sourcePeople: rows.itemPeople, targetPeople: rows.itemPeople };
  const form = yield* itemItemSteps({ pairs: rows, ...sides }, SERVE_SETTINGS);
  const greatest = greatestWeight(form);
  const kept = keptItems(rows.itemPeople, minPeople);
  const { sourcePower, targetPower, keep } = SERVE_SETTINGS;
  const people = Uint32Array.from(kept, (item) => rows.itemPeople[item]!);
  return makeModel({
    kind: `item-item/1 a=${sourcePower} b=${targetPower} keep=${keep}`,
    itemIds: Array.from(kept, (item) => itemIds[item]!),
    ...narrowed(quantiseForm(form, greatest > 0 ? 1 / greatest : 1), kept),
    prior: priorOf(people),
    people,
    peopleTotal: rows.peopleTotal,
    minPeople,
    builtMs: nowMs,
  });
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
function narrowed(form: SparseForm, kept: Uint32Array): Pick<ItemModel, 'offsets' | 'targets' | 'weights'> {
  const place = new Uint32Array(form.itemCount);
  for (const [at, item] of kept.entries()) place[item] = at;
  const offsets = new Uint32Array(kept.length + 1);
  for (const [at, item] of kept.entries()) {
    offsets[at + 1] = offsets[at]! + form.offsets[item + 1]! - form.offsets[item]!;
  }
  assert(offsets[kept.length] === form.targets.length, 'things that are not kept have no weights');
  return { offsets, targets: form.targets.map((target) => place[target]!), weights: form.weights };
}

function priorOf(people: Uint32Array): Float64Array {
  const most = people.reduce((a, b) => Math.max(a, b), 1);
  return Float64Array.from(people, (count) =>
    quantise((count / most) * PRIOR_SCALE, WEIGHT_BITS + FACT_BITS),
  );
}
