// The models of a shelf, as deciding wants them: all over the things of one, what is borrowed beside it, and
// of a next-basket model apart what a thing says of others and of itself.

import { type WeightRows, beside, spread } from '../facts/joint-model.ts';
import type { ItemModel } from '../facts/model.ts';
import type { ModelFades } from '../facts/model-fades.ts';

/** What fills a list where nothing else speaks. */
export interface Base {
  /** Of the things of `Shelf.names`, or of the model alone. */
  readonly prior: Float64Array;
  /** As `Shelf.popular`. */
  readonly popular: Uint32Array;
}

export interface NextBasket extends Base {
  readonly model: ItemModel;
  readonly fades: ModelFades;
  /** What each thing of the model speaks for, without itself. */
  readonly others: WeightRows;
  /** How much each thing of the model speaks for itself: some are bought again and again, some once. */
  readonly itself: Float32Array;
  /** Each thing of `Shelf.names` speaks for itself alone, by 1. */
  readonly unit: WeightRows;
}

/** What a thing that was looked at speaks for; over the things of `Shelf.names`, by their places there. */
export interface NextClick extends Base {
  readonly model: ItemModel;
  readonly fades: ModelFades;
  readonly rows: WeightRows;
  /** Each of these things speaks for itself alone, by 1. */
  readonly unit: WeightRows;
}

/** The things of the joint model stand among the others; models of one’s own keep their names and weights. */
export function withJoint(own: OwnModels, joint: ItemModel): OwnModels & { readonly borrowed?: WeightRows } {
  if (joint.itemIds.length === 0) return own;
  const { model, borrowed, itemIds } = beside(own.model, joint);
  // It says nothing that the shop does not know: then it is as if there were none.
  if (borrowed.targets.length === 0) return own;
  const over = (one: ItemModel): ItemModel => (one.itemIds.length === 0 ? one : spread(one, itemIds));
  return { model, complements: over(own.complements), nextBasket: over(own.nextBasket), borrowed };
}

/** Models of the shop itself. */
export interface OwnModels {
  readonly model: ItemModel;
  readonly complements: ItemModel;
  readonly nextBasket: ItemModel;
}

interface OfShelf {
  /** Things that have a place on the shelf. */
  readonly count: number;
  readonly popularIn: (prior: Float64Array) => Uint32Array;
  /** Made once for all models, if one asks for it. */
  readonly unit: () => WeightRows;
}

export function nextBasketOf(model: ItemModel, { count, popularIn, unit }: OfShelf): NextBasket | undefined {
  const { fades, itemIds } = model;
  if (fades === undefined || itemIds.length === 0) return undefined;
  const prior = new Float64Array(count);
  prior.set(model.prior);
  return { model, fades, prior, popular: popularIn(model.prior), unit: unit(), ...parted(model) };
}

/** Each of so many things speaks for itself alone, by 1. */
export function unitOf(count: number): WeightRows {
  return {
    offsets: Uint32Array.from({ length: count + 1 }, (_, at) => at),
    targets: Uint32Array.from({ length: count }, (_, at) => at),
    weights: new Float32Array(count).fill(1),
  };
}

/** A model's rows, and what in each is about the thing itself. */
function parted(model: ItemModel): { readonly others: WeightRows; readonly itself: Float32Array } {
  const count = model.itemIds.length;
  const itself = new Float32Array(count);
  const offsets = new Uint32Array(count + 1);
  const targets = new Uint32Array(model.targets.length);
  const weights = new Float32Array(model.targets.length);
  let used = 0;
  for (let source = 0; source < count; source += 1) {
    for (let at = model.offsets[source]!; at < model.offsets[source + 1]!; at += 1) {
      if (model.targets[at] === source) {
        itself[source] = model.weights[at]!;
        continue;
      }
      targets[used] = model.targets[at]!;
      weights[used] = model.weights[at]!;
      used += 1;
    }
    offsets[source + 1] = used;
  }
  return {
    others: { offsets, targets: targets.subarray(0, used), weights: weights.subarray(0, used) },
    itself,
  };
}

/** Whether it is of the very things of another, or of none. */
export function isOver({ itemIds }: ItemModel, model: ItemModel): boolean {
  if (itemIds.length === 0) return true;
  return itemIds.length === model.itemIds.length && itemIds.every((id, at) => id === model.itemIds[at]);
}

/**
 * Of the model’s things those that have a place on the shelf: what neither the first model nor the catalogue
 * knows cannot be shown, and says nothing.
 */
export function nextClickOf(
  model: ItemModel,
  placeOf: (id: string) => number | undefined,
  { count, popularIn, unit }: OfShelf,
): NextClick | undefined {
  const { fades, itemIds } = model;
  if (fades === undefined || itemIds.length === 0) return undefined;
  const places = itemIds.map(placeOf);
  const sources = new Map<number, number>();
  for (const [n, at] of places.entries()) if (at !== undefined) sources.set(at, n);
  const prior = new Float64Array(count);
  const offsets = new Uint32Array(count + 1);
  const targets: number[] = [];
  const weights: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const source = sources.get(place);
    if (source !== undefined) {
      prior[place] = model.prior[source]!;
      for (let at = model.offsets[source]!; at < model.offsets[source + 1]!; at += 1) {
        const target = places[model.targets[at]!];
        if (target === undefined) continue;
        targets.push(target);
        weights.push(model.weights[at]!);
      }
    }
    offsets[place + 1] = targets.length;
  }
  const rows = { offsets, targets: Uint32Array.from(targets), weights: Float32Array.from(weights) };
  return { model, fades, prior, rows, popular: popularIn(prior), unit: unit() };
}
