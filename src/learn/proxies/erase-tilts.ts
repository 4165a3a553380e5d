// Concept erasure for the model that serves: which things bear the change, and between which things there may
// be a weight.

import type { LeafTilt } from '../../facts/shadow.ts';
import type { SparseForm } from '../models/sparse-form.ts';
import { type Tilts, evenOut } from './even-out.ts';

/**
 * Things, over all leaves, that may bear a weight to everything they go with. The hundred neighbours alone
 * even out as well, and cost 2 % of relevance (Online Retail); with these it costs none, and the model has
 * 1.4 times the weights.
 */
const BEARERS_MAX = 80;
/** Targets of one of them at most, the strongest pairs: a decision reads all of them. */
const TARGETS_MAX = 2000;

export interface Erasing {
  readonly tilts: readonly LeafTilt[];
  /** Of the form's things, ascending. */
  readonly itemIds: readonly string[];
  /** People behind each thing. */
  readonly people: Uint32Array;
  /** The so many things that most go with one, of those that enough people have together with it. */
  readonly partnersOf: (thing: number, max: number) => Uint32Array;
}

/**
 * The form without what goes with the leaves of `tilts`, as far as a linear model can tell. New weights stand
 * only between things that `partnersOf` names. Deterministic, ties by index.
 */
export function eraseTilts(form: SparseForm, { tilts, itemIds, people, partnersOf }: Erasing): SparseForm {
  const place = new Map(itemIds.map((id, at) => [id, at]));
  const dense = tilts.map(({ more }) => {
    const tilt = new Float64Array(itemIds.length);
    for (const [item, units] of more) {
      const at = place.get(item);
      if (at !== undefined) tilt[at] = units;
    }
    return tilt;
  });
  const partners = new Map(bearers(dense, people).map((thing) => [thing, partnersOf(thing, TARGETS_MAX)]));
  return evenOut(widened(form, partners), dense);
}

/** Leaf by leaf in turns, those that stand out most from chance; a thing bears for all leaves. */
function bearers(tilts: Tilts, people: Uint32Array): readonly number[] {
  const orders = tilts.map((tilt) => {
    const strength = tilt.map((value, at) => (value * value) / Math.max(1, people[at]!));
    const order = [...strength.keys()].filter((at) => strength[at]! > 0);
    return order.sort((a, b) => strength[b]! - strength[a]! || a - b);
  });
  const chosen = new Set<number>();
  const deepest = orders.reduce((most, { length }) => Math.max(most, length), 0);
  for (let rank = 0; rank < deepest; rank += 1) {
    for (const order of orders) {
      const thing = order[rank];
      if (thing !== undefined && chosen.size < BEARERS_MAX) chosen.add(thing);
    }
  }
  return [...chosen].sort((a, b) => a - b);
}

/** The form with weights of zero where a bearer may get one. */
function widened(form: SparseForm, partners: ReadonlyMap<number, Uint32Array>): SparseForm {
  const rows = Array.from({ length: form.itemCount }, (_, row) => {
    const [start, end] = [form.offsets[row]!, form.offsets[row + 1]!];
    const more = partners.get(row);
    const targets = form.targets.subarray(start, end);
    const weights = form.weights.subarray(start, end);
    return more === undefined ? { targets, weights } : joined({ targets, weights }, more);
  });
  const offsets = new Uint32Array(form.itemCount + 1);
  for (const [row, { targets }] of rows.entries()) offsets[row + 1] = offsets[row]! + targets.length;
  const total = offsets[form.itemCount]!;
  const [targets, weights] = [new Uint32Array(total), new Float32Array(total)];
  for (const [row, { targets: of, weights: values }] of rows.entries()) {
    targets.set(of, offsets[row]);
    weights.set(values, offsets[row]);
  }
  return { itemCount: form.itemCount, offsets, targets, weights };
}

type Row = Pick<SparseForm, 'targets' | 'weights'>;

function joined({ targets, weights }: Row, more: Uint32Array): Row {
  const weightOf = new Map<number, number>([...more].map((target) => [target, 0]));
  for (const [at, target] of targets.entries()) weightOf.set(target, weights[at]!);
  const all = Uint32Array.from(weightOf.keys()).sort();
  return { targets: all, weights: Float32Array.from(all, (target) => weightOf.get(target) ?? 0) };
}
