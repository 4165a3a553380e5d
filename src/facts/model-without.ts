// What an erasure leaves of a model.

import { type ItemModel, makeModel } from './model.ts';

/**
 * The model with some weights (both ways) set to zero and, for a pair of a thing with itself, all of that
 * thing: its prior, and what leads from it and to it. It is what an erasure leaves until the next fit. The
 * same object when nothing changes. A thing that stands there without people keeps its weights, and so does a
 * weight that is likeness alone, between things that are left: nobody is behind them, and if they fell with
 * somebody who has these things, that would tell that they had them. A model that tells of nobody (joint
 * ones) says by 0 only that: there everything falls.
 */
export function withoutEdges(model: ItemModel, pairs: readonly (readonly [string, string])[]): ItemModel {
  const { offsets, targets, isLikeness } = model;
  const indexOf = new Map(model.itemIds.map((id, index) => [id, index]));
  const weights = model.weights.slice();
  const prior = model.prior.slice();
  const fallen = new Set<number>();
  let changed = false;
  const tellsPeople = model.people.some((count) => count > 0);
  const isOfNobody = (thing: number): boolean => tellsPeople && model.people[thing] === 0;
  const zero = (at: number): void => {
    changed ||= weights[at] !== 0;
    weights[at] = 0;
  };
  const zeroPair = (from: number, to: number): void => {
    for (let at = offsets[from]!; at < offsets[from + 1]!; at += 1)
      if (targets[at] === to && isLikeness?.[at] !== 1) zero(at);
  };
  for (const [a, b] of pairs) {
    const [from, to] = [indexOf.get(a), indexOf.get(b)];
    if (from === undefined || to === undefined) continue;
    if (isOfNobody(from) || isOfNobody(to)) continue;
    if (from === to) fallen.add(from);
    else {
      zeroPair(from, to);
      zeroPair(to, from);
    }
  }
  for (const thing of fallen) {
    changed ||= prior[thing] !== 0;
    prior[thing] = 0;
    for (let at = offsets[thing]!; at < offsets[thing + 1]!; at += 1) zero(at);
  }
  // What leads to a thing stands in all rows: they are read where there is one, which is rare.
  if (fallen.size > 0) for (const [at, target] of targets.entries()) if (fallen.has(target)) zero(at);
  if (!changed) return model;
  const { id: _old, ...parts } = model;
  return makeModel({ ...parts, weights, prior });
}
