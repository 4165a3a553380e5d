// What an erasure leaves of a model.

import { type ItemModel, makeModel } from './model.ts';

/**
 * The model with some weights (both ways) and, for a pair of a thing with itself, that thing's prior set to
 * zero: what an erasure leaves until the next fit. The same object when nothing changes. A thing that stands
 * there without people keeps its weights, and so does a weight that is likeness alone: nobody is behind them,
 * and if they fell with somebody who has these things, that would tell that they had them; with a thing that
 * too few have, all that it leads to falls. A model that tells of nobody (joint ones) says by 0 only that:
 * there everything falls.
 */
export function withoutEdges(model: ItemModel, pairs: readonly (readonly [string, string])[]): ItemModel {
  const indexOf = new Map(model.itemIds.map((id, index) => [id, index]));
  const weights = model.weights.slice();
  const prior = model.prior.slice();
  let changed = false;
  const tellsPeople = model.people.some((count) => count > 0);
  const isOfNobody = (thing: number): boolean => tellsPeople && model.people[thing] === 0;
  const zero = (from: number, to: number): void => {
    for (let at = model.offsets[from]!; at < model.offsets[from + 1]!; at += 1) {
      if (from !== to && (model.targets[at] !== to || model.isLikeness?.[at] === 1)) continue;
      changed ||= weights[at] !== 0;
      weights[at] = 0;
    }
  };
  for (const [a, b] of pairs) {
    const [from, to] = [indexOf.get(a), indexOf.get(b)];
    if (from === undefined || to === undefined) continue;
    if (isOfNobody(from) || isOfNobody(to)) continue;
    zero(from, to);
    if (from !== to) zero(to, from);
    else if (prior[from] !== 0) {
      prior[from] = 0;
      changed = true;
    }
  }
  if (!changed) return model;
  const { id: _old, ...parts } = model;
  return makeModel({ ...parts, weights, prior });
}
