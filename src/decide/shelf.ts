// The shelf: one model, one revision of the catalogue, one policy's word on what is sensitive and the shadow
// of that, joined once so that a decision looks nothing up by name. Built when one of them changes (a few ms
// per 10,000 items), swapped atomically, then read only.

import { assert } from '../kernel/assert.ts';
import { classNames, classifierOf } from '../facts/classify-item.ts';
import { type ClassName, type Item, leafOf, productNamed, productOf } from '../facts/item.ts';
import type { ItemId } from '../facts/ids.ts';
import type { WeightRows } from '../facts/joint-model.ts';
import { type ItemModel, emptyModel } from '../facts/model.ts';
import type { SensitiveRules } from '../facts/policy.ts';
import { NO_SHADOW, type Shadow } from '../facts/shadow.ts';
import { unreviewedIn } from '../facts/unmapped.ts';
import { popularItems } from './popular.ts';
import {
  type NextBasket,
  type NextClick,
  isOver,
  nextBasketOf,
  nextClickOf,
  unitOf,
  withJoint,
} from './shelf-models.ts';

export interface Shelf {
  readonly model: ItemModel;
  /** What goes with what: the same things in the same order, or none at all. */
  readonly complements: ItemModel;
  /** What next baskets are chosen by; absent until it was learned, or while no placement asks for it. */
  readonly nextBasket: NextBasket | undefined;
  /** The same of next clicks. */
  readonly nextClick: NextClick | undefined;
  /** Name of the joint model; empty for none. */
  readonly joint: string;
  /** What the joint model says where the shop’s own says nothing; absent where there is none. */
  readonly borrowed?: WeightRows;
  /** Catalogue revision. */
  readonly revision: number;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly itemIds: readonly ItemId[];
  /**
   * Of the model’s things and, behind them, of all others of the catalogue: these have a place, so that the
   * shop can pin them, and no weights. So have `sellable`, `classes`, `proxies`, `leaves` and `goods`.
   */
  readonly names: readonly ItemId[];
  /** As the catalogue knows them; `undefined` for what it does not know. */
  readonly goods: readonly (Item | undefined)[];
  /** 1 when the item can be sold now. Items the catalogue does not know cannot. */
  readonly sellable: Uint8Array;
  /** Name of the shadow; empty for none. */
  readonly shadow: string;
  /**
   * 0 = not sensitive, 255 = unknown (also to the catalogue), else 1 + index in `classNames`; of a proxy the
   * class it betrays.
   */
  readonly classes: Uint8Array;
  /** 1 when the item is an ordinary thing that betrays its class. */
  readonly proxies: Uint8Array;
  readonly classNames: readonly ClassName[];
  /** Leaf category of each item; equal numbers, equal leaves. */
  readonly leaves: Int32Array;
  /** Equal for variants of one product, 0 for a thing that has none; absent where no thing has. */
  readonly products: Int32Array | undefined;
  /**
   * Things of the catalogue that the model does not know (new, rare, of a sensitive class): they can stand in
   * a context.
   */
  readonly others: ReadonlyMap<string, OtherItem>;
  /** Indices of the items with the greatest prior that can be shown to anybody, best first. */
  readonly popular: Uint32Array;
}

export interface OtherItem {
  /** Its place behind the things of the model. */
  readonly index: number;
  readonly leaf: number;
  readonly sensitive: Told | undefined;
  readonly isProxy: boolean;
}

/** A class, or `unknown`: nobody can say that the thing tells nothing. */
export type Told = ClassName | 'unknown';

/** Beside model and catalogue: what says which things tell too much, and what goes with what. */
export interface ShelfParts {
  readonly rules?: SensitiveRules | undefined;
  readonly shadow?: Shadow;
  /** What goes with what, over the things of the model; empty: nothing does. */
  readonly complements?: ItemModel;
  /** What comes next, over the things of the model; empty: nobody asks for it. */
  readonly nextBasket?: ItemModel;
  /** What is looked at next, over things of its own; empty: nobody asks for it. */
  readonly nextClick?: ItemModel;
  /** What was learned together with other sellers; empty: nothing was. */
  readonly joint?: ItemModel;
}

type Judging = Pick<ShelfParts, 'rules'> & { readonly shadow: Shadow; readonly items: readonly Item[] };

/** In `Shelf.classes`: a policy has at most a hundred classes of its own. */
const UNKNOWN = 255;

export function buildShelf(
  first: ItemModel,
  revision: number,
  items: readonly Item[],
  {
    rules,
    shadow = NO_SHADOW,
    complements: goesWith,
    nextBasket: follows,
    nextClick: clicked = emptyModel(),
    joint = emptyModel(),
  }: ShelfParts = {},
): Shelf {
  const own = { model: first, complements: goesWith ?? emptyModel(), nextBasket: follows ?? emptyModel() };
  assert(isOver(own.complements, first), 'complements are of the things that the model names');
  assert(isOver(own.nextBasket, first), 'a next basket is of the things that the model names');
  const { model, complements, nextBasket, borrowed } = withJoint(own, joint);
  const judge = judgeOf({ rules, shadow, items });
  const classesKnown = classNames(rules);
  const { itemIds, indexOf, names, goods } = placesOf(model, items);
  const count = names.length;
  const sellable = new Uint8Array(count);
  const [classes, proxies] = [new Uint8Array(count), new Uint8Array(count)];
  const leaves = new Int32Array(count);
  const others = new Map<string, OtherItem>();
  const leafNumber = numbering();
  for (const [index, id] of names.entries()) {
    const item = goods[index];
    const leaf = leafNumber(item === undefined ? `item:${id}` : leafOf(item));
    leaves[index] = leaf;
    // Nobody can say what a thing tells that the catalogue does not know.
    classes[index] = UNKNOWN;
    if (item === undefined) continue;
    const { sensitive, isProxy } = judge(item);
    if (index >= itemIds.length) others.set(id, { index, leaf, sensitive, isProxy });
    sellable[index] = item.available ? 1 : 0;
    classes[index] =
      sensitive === undefined ? 0 : sensitive === 'unknown' ? UNKNOWN : 1 + classesKnown.indexOf(sensitive);
    proxies[index] = isProxy ? 1 : 0;
  }
  const products = productsOf(goods);
  const shown = { sellable, classes, products };
  const popularIn = (prior: Float64Array): Uint32Array => popularItems(prior, shown);
  const placeOf = (id: string): number | undefined => indexOf.get(id) ?? others.get(id)?.index;
  let unit: WeightRows | undefined;
  const ofShelf = { count, popularIn, unit: () => (unit ??= unitOf(count)) };
  return {
    model,
    complements,
    nextBasket: nextBasketOf(nextBasket, ofShelf),
    nextClick: nextClickOf(clicked, placeOf, ofShelf),
    joint: borrowed === undefined ? '' : joint.id,
    ...(borrowed === undefined ? {} : { borrowed }),
    revision,
    indexOf,
    itemIds,
    names,
    goods,
    sellable,
    shadow: shadow.id,
    classes,
    proxies,
    classNames: classesKnown,
    leaves,
    products,
    others,
    popular: popularIn(model.prior),
  };
}

/** Things of the model, then the others of the catalogue. */
function placesOf(
  model: ItemModel,
  items: readonly Item[],
): Pick<Shelf, 'itemIds' | 'indexOf' | 'names' | 'goods'> {
  // The model's ids were parsed when the events that made them came in.
  const itemIds = model.itemIds as readonly ItemId[];
  const indexOf = new Map<string, number>(itemIds.map((id, index) => [id, index]));
  const known = new Map<string, Item>(items.map((item) => [item.id, item]));
  const names = [...itemIds, ...[...known.values()].flatMap(({ id }) => (indexOf.has(id) ? [] : [id]))];
  return { itemIds, indexOf, names, goods: names.map((id) => known.get(id)) };
}

function judgeOf({ rules, shadow, items }: Judging): (item: Item) => Omit<OtherItem, 'leaf' | 'index'> {
  const classify = classifierOf(rules);
  const unreviewed = rules?.unmapped === 'hold' ? unreviewedIn(items, rules) : undefined;
  return (item) => {
    const sensitive = classify(item);
    if (sensitive !== undefined) return { sensitive, isProxy: false };
    const betrayed = shadow.classes.get(item.id);
    if (betrayed !== undefined) return { sensitive: betrayed, isProxy: true };
    const isKnown =
      (shadow.known === undefined || shadow.known.has(item.id)) && unreviewed?.(item) === undefined;
    return { sensitive: isKnown ? undefined : 'unknown', isProxy: false };
  };
}

/** A thing that others name as their product, on the same leaf, is one of them. */
function productsOf(goods: Shelf['goods']): Int32Array | undefined {
  const numbers = new Map<string, number>();
  for (const item of goods) {
    const product = item === undefined ? undefined : productOf(item);
    if (product !== undefined && !numbers.has(product)) numbers.set(product, 1 + numbers.size);
  }
  if (numbers.size === 0) return undefined;
  return Int32Array.from(goods, (item) => {
    const product = item === undefined ? undefined : (productOf(item) ?? productNamed(item, item.id));
    return numbers.get(product ?? '') ?? 0;
  });
}

/** Equal texts get equal numbers, from 0. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

/** Its place on the shelf, whether or not the model knows it. */
export function placeOn(shelf: Shelf, id: string): number | undefined {
  return shelf.indexOf.get(id) ?? shelf.others.get(id)?.index;
}

/** Its leaf, equal for things of one leaf; `undefined` for what neither model nor catalogue knows. */
export function leafOn(shelf: Shelf, id: ItemId): number | undefined {
  const index = shelf.indexOf.get(id);
  return index === undefined ? shelf.others.get(id)?.leaf : shelf.leaves[index];
}

/** What a thing that the catalogue knows tells of, whether or not the model knows it. */
export function classOf(shelf: Shelf, id: ItemId): Told | undefined {
  const index = shelf.indexOf.get(id);
  return index === undefined ? shelf.others.get(id)?.sensitive : classAt(shelf, index);
}

/** The class of the thing itself, as if there were no shadow: what the shadow is found from. */
export function ownClassOf(shelf: Shelf, id: ItemId): ClassName | undefined {
  const index = shelf.indexOf.get(id);
  const isProxy = index === undefined ? shelf.others.get(id)?.isProxy === true : shelf.proxies[index] === 1;
  const told = classOf(shelf, id);
  return isProxy || told === 'unknown' ? undefined : told;
}

/** What an item on the shelf tells of: its own class, or the one that it betrays as a proxy. */
export function classAt(shelf: Shelf, index: number): Told | undefined {
  const number = shelf.classes[index] ?? 0;
  if (number === UNKNOWN) return 'unknown';
  return number === 0 ? undefined : shelf.classNames[number - 1];
}
