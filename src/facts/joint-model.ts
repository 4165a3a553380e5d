// What one seller is handed of a joint model, and how it stands beside the model of their own: where their
// own people say nothing, the joint one speaks, and nowhere else.

import { assert } from '../kernel/assert.ts';
import { type ItemModel, makeModel } from './model.ts';

/** Rows of weights from thing to thing, as a model has them. */
export type WeightRows = Pick<ItemModel, 'offsets' | 'targets' | 'weights'>;

interface Edge {
  readonly target: number;
  readonly weight: number;
}

/**
 * The weights between things that a seller has, under the seller’s own ids, and nothing else: no other thing
 * is named, and no number of people. `names`: own id by common id. `undefined` when nothing is left.
 */
export function handedTo(joint: ItemModel, names: ReadonlyMap<string, string>): ItemModel | undefined {
  const isMine = Uint8Array.from(joint.itemIds, (id) => (names.has(id) ? 1 : 0));
  const linked = new Set<number>();
  for (const row of joint.itemIds.keys()) {
    if (isMine[row] === 0) continue;
    for (let at = joint.offsets[row]!; at < joint.offsets[row + 1]!; at += 1)
      if (isMine[joint.targets[at]!] === 1) linked.add(row).add(joint.targets[at]!);
  }
  const mine = new Map([...linked].map((index) => [names.get(joint.itemIds[index]!) ?? '', index]));
  const itemIds = [...mine.keys()].sort();
  const placeOf = new Map(itemIds.map((id, place) => [mine.get(id), place]));
  const rows = itemIds.map((id) => edgesOf(joint, mine.get(id) ?? 0, (target) => placeOf.get(target)));
  if (linked.size === 0) return undefined;
  const { id: _old, ...parts } = joint;
  const count = itemIds.length;
  return makeModel({
    ...parts,
    itemIds,
    ...rowsOf(rows),
    prior: new Float64Array(count),
    people: new Uint32Array(count),
    peopleTotal: 0,
  });
}

/** How many targets a row of a model of one’s own holds at most (learn/serve-model.ts). */
export const ROW_TARGETS_MAX = 100;

/** Two models over the things of both, in one order. */
export interface Beside {
  readonly itemIds: readonly string[];
  /** The own model over all of them; it keeps its name, because its weights are the same. */
  readonly model: ItemModel;
  /** Weights of the joint model that the own one lacks. */
  readonly borrowed: WeightRows;
}

/**
 * A row of one’s own that is not full of what people have together lacks exactly the pairs that too few of
 * one’s own people have: those are borrowed, also where likeness speaks. A full one lacks others as well,
 * which were weaker than what it holds, and borrows nothing.
 */
export function beside(own: ItemModel, joint: ItemModel): Beside {
  const itemIds = [...new Set([...own.itemIds, ...joint.itemIds])].sort();
  const model = spread(own, itemIds);
  const placeOf = placesOf(joint.itemIds, itemIds);
  const rows: (readonly Edge[])[] = itemIds.map(() => []);
  for (const [from, place] of placeOf.entries()) {
    const has = new Set<number>();
    for (let at = model.offsets[place]!; at < model.offsets[place + 1]!; at += 1)
      if (model.isLikeness?.[at] !== 1) has.add(model.targets[at]!);
    if (has.size >= ROW_TARGETS_MAX) continue;
    const edges = edgesOf(joint, from, (target) => placeOf[target]);
    rows[place] = edges.filter(({ target, weight }) => weight !== 0 && !has.has(target));
  }
  return { itemIds, model, borrowed: rowsOf(rows) };
}

/** The same weights over more things; `itemIds` holds all of the model’s, in ascending order. */
export function spread(model: ItemModel, itemIds: readonly string[]): ItemModel {
  const oldOf = new Map(model.itemIds.map((id, index) => [id, index]));
  const places = placesOf(model.itemIds, itemIds);
  const offsets = new Uint32Array(itemIds.length + 1);
  const prior = new Float64Array(itemIds.length);
  const people = new Uint32Array(itemIds.length);
  for (const [index, id] of itemIds.entries()) {
    const old = oldOf.get(id);
    const length = old === undefined ? 0 : model.offsets[old + 1]! - model.offsets[old]!;
    offsets[index + 1] = offsets[index]! + length;
    if (old === undefined) continue;
    prior[index] = model.prior[old]!;
    people[index] = model.people[old]!;
  }
  // Both lists ascend, so rows keep their order and targets theirs.
  return {
    ...model,
    itemIds,
    offsets,
    prior,
    people,
    targets: model.targets.map((target) => places[target]!),
  };
}

function placesOf(ids: readonly string[], among: readonly string[]): readonly number[] {
  const placeOf = new Map(among.map((id, place) => [id, place]));
  return ids.map((id) => {
    const place = placeOf.get(id);
    assert(place !== undefined, 'a thing of a model stands among those of both');
    return place;
  });
}

function edgesOf(
  { offsets, targets, weights }: WeightRows,
  row: number,
  placeOf: (target: number) => number | undefined,
): readonly Edge[] {
  const edges: Edge[] = [];
  for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1) {
    const target = placeOf(targets[at]!);
    if (target !== undefined) edges.push({ target, weight: weights[at]! });
  }
  return edges.sort((a, b) => a.target - b.target);
}

function rowsOf(rows: readonly (readonly Edge[])[]): WeightRows {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [row, edges] of rows.entries()) offsets[row + 1] = offsets[row]! + edges.length;
  const edges = rows.flat();
  return {
    offsets,
    targets: Uint32Array.from(edges, ({ target }) => target),
    weights: Float32Array.from(edges, ({ weight }) => weight),
  };
}
