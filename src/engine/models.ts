// The models that serve: what speaks for what, what goes with what and, where the policy asks for it, what
// the next basket holds and what is looked at next. They are fitted, kept, vouched for and swapped together;
// each is a document of its own, because an erasure may change one and not the others.

import type { DecisionInput } from '../facts/decision.ts';
import { type ItemModel, decodeModel, emptyModel } from '../facts/model.ts';
import { type Item, leafOf } from '../facts/item.ts';
import { Fault } from '../kernel/fault.ts';
import type { World } from './ports.ts';

export interface Models {
  readonly model: ItemModel;
  /** Over the same things in the same order; or empty, and then nothing goes with anything. */
  readonly complements: ItemModel;
  /** The same of what comes next; empty while no placement asks for it. */
  readonly nextBasket: ItemModel;
  /** Over the things that were looked at; empty while no placement asks for it. */
  readonly nextClick: ItemModel;
}

/** Documents of one kind follow one another: each serves until the next of its kind. */
export const MODEL_KINDS = ['model', 'complements', 'nextBasket', 'nextClick'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** What every shop begins with. */
export function noModels(): Models {
  const none = emptyModel();
  return { model: none, complements: none, nextBasket: none, nextClick: none };
}

/**
 * What the pointer to the models in service says. Of two where there is no third, as before there was one; of
 * three where there is no fourth.
 */
export function nameOf({ model, complements, nextBasket, nextClick }: Models): string {
  const both = `${model.id}+${complements.id}`;
  if (nextClick.itemIds.length > 0) return `${both}+${nextBasket.id}+${nextClick.id}`;
  return nextBasket.itemIds.length === 0 ? both : `${both}+${nextBasket.id}`;
}

/**
 * The models of that name. A model beside which another cannot be read comes back without them,
 * under another name, which nothing vouches for.
 */
export async function namedModels(world: World, name: string): Promise<Models | undefined> {
  const [first = '', second = '', third = '', fourth = ''] = name.split('+');
  const model = await readModel(world, 'model', first);
  if (model === undefined) return undefined;
  return {
    model,
    complements: (await readModel(world, 'complements', second)) ?? emptyModel(),
    nextBasket: (await readModel(world, 'nextBasket', third)) ?? emptyModel(),
    nextClick: (await readModel(world, 'nextClick', fourth)) ?? emptyModel(),
  };
}

/** Models that a decision named. Fault `not-kept` when one is gone; it may have named the first alone. */
export async function keptModels(world: World, named: NamedModels): Promise<Models> {
  const { id: none } = emptyModel();
  const model = await readModel(world, 'model', named.model);
  const complements = await readModel(world, 'complements', named.complements ?? none);
  const nextBasket = await readModel(world, 'nextBasket', named.nextBasket ?? none);
  const nextClick = await readModel(world, 'nextClick', named.nextClick ?? none);
  if (model && complements && nextBasket && nextClick) return { model, complements, nextBasket, nextClick };
  throw new Fault('not-kept', 'The model of that decision is no longer kept.', { retry: 'never' });
}

type NamedModels = Pick<DecisionInput, ModelKind>;
/** The joint model that a decision named; `undefined` for none. Fault `not-kept` when it is gone. */
export async function keptJoint(world: World, name: string | undefined): Promise<ItemModel | undefined> {
  if (name === undefined) return undefined;
  const joint = await readModel(world, 'joint', name);
  if (joint !== undefined) return joint;
  throw new Fault('not-kept', 'The joint model of that decision is no longer kept.', { retry: 'never' });
}

/** The empty one is kept nowhere. */
async function readModel(
  world: World,
  kind: ModelKind | 'joint',
  id: string,
): Promise<ItemModel | undefined> {
  const empty = emptyModel();
  if (id === empty.id) return empty;
  const bytes = id === '' ? undefined : await world.documents.get(kind, id);
  const decoded = bytes === undefined ? undefined : decodeModel(bytes);
  return decoded?.ok === true ? decoded.value : undefined;
}

/** Leaf of each thing; equal numbers, equal leaves. */
export function leavesOf(items: ReadonlyMap<string, Item>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const leaves = new Map<string, number>();
  for (const [id, item] of items) {
    const leaf = leafOf(item);
    const number = numbers.get(leaf) ?? numbers.size;
    numbers.set(leaf, number);
    leaves.set(id, number);
  }
  return leaves;
}
