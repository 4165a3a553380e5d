// The shelf: one model, one revision of the catalogue and one policy's word on what is sensitive, joined once
// so that a decision looks nothing up by name. Built when either changes (a few ms per 10,000 items), swapped
// atomically, then read only.

import { assert } from '../kernel/assert.ts';
import { classNames, classifierOf } from '../facts/classify-item.ts';
import { type ClassName, type Item, leafOf } from '../facts/item.ts';
import type { ItemId } from '../facts/ids.ts';
import { type ItemModel, emptyModel } from '../facts/model.ts';
import type { SensitiveRules } from '../facts/policy.ts';

export interface Shelf {
  readonly model: ItemModel;
  /** What goes with what: the same things in the same order, or none at all. */
  readonly complements: ItemModel;
  /** Catalogue revision. */
  readonly revision: number;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly itemIds: readonly ItemId[];
  /** 1 when the item can be sold now. Items the catalogue does not know cannot. */
  readonly sellable: Uint8Array;
  /** 0 = not sensitive, else 1 + index in `classNames`. */
  readonly classes: Uint8Array;
  readonly classNames: readonly ClassName[];
  /** Leaf category of each item; equal numbers, equal leaves. */
  readonly leaves: Int32Array;
  /**
   * Things of the catalogue that the model does not know (new, rare, of a sensitive class): they can stand in
   * a context.
   */
  readonly others: ReadonlyMap<string, OtherItem>;
  /** Indices of the items with the greatest prior that can be shown to anybody, best first. */
  readonly popular: Uint32Array;
}

export interface OtherItem {
  readonly leaf: number;
  readonly sensitive: ClassName | undefined;
}

/**
 * How many popular items stand ready to fill a list: more than the longest list and its exploration pool
 * together.
 */
const POPULAR_MAX = 256;

export function buildShelf(
  model: ItemModel,
  revision: number,
  items: readonly Item[],
  rules?: SensitiveRules,
  complements = emptyModel(),
): Shelf {
  assert(isOver(complements, model), 'complements are of the things that the model names');
  const classify = classifierOf(rules);
  const names = classNames(rules);
  const count = model.itemIds.length;
  const others = new Map<string, Item>(items.map((item) => [item.id, item]));
  const sellable = new Uint8Array(count);
  const classes = new Uint8Array(count);
  const leaves = new Int32Array(count);
  const indexOf = new Map<string, number>();
  const leafNumber = numbering();
  // The model's ids were parsed when the events that made them came in.
  const itemIds = model.itemIds as readonly ItemId[];
  for (const [index, id] of itemIds.entries()) {
    indexOf.set(id, index);
    const item = others.get(id);
    others.delete(id);
    leaves[index] = leafNumber(item === undefined ? `item:${id}` : leafOf(item));
    if (item === undefined) continue;
    sellable[index] = item.available ? 1 : 0;
    const found = classify(item);
    classes[index] = found === undefined ? 0 : 1 + names.indexOf(found);
  }
  const other = [...others.values()].map(
    (item) => [item.id, { leaf: leafNumber(leafOf(item)), sensitive: classify(item) }] as const,
  );
  const popular = popularItems(model, sellable, classes);
  return {
    model,
    complements,
    revision,
    indexOf,
    itemIds,
    sellable,
    classes,
    classNames: names,
    leaves,
    others: new Map(other),
    popular,
  };
}

function isOver({ itemIds }: ItemModel, model: ItemModel): boolean {
  if (itemIds.length === 0) return true;
  return itemIds.length === model.itemIds.length && itemIds.every((id, at) => id === model.itemIds[at]);
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

function popularItems(model: ItemModel, sellable: Uint8Array, classes: Uint8Array): Uint32Array {
  const open: number[] = [];
  for (let index = 0; index < sellable.length; index += 1) {
    if (sellable[index] === 1 && classes[index] === 0) open.push(index);
  }
  open.sort((a, b) => (model.prior[b] ?? 0) - (model.prior[a] ?? 0) || a - b);
  return Uint32Array.from(open.slice(0, POPULAR_MAX));
}

/** The sensitive class of a thing that the catalogue knows, whether or not the model does. */
export function classOf(shelf: Shelf, id: ItemId): ClassName | undefined {
  const index = shelf.indexOf.get(id);
  return index === undefined ? shelf.others.get(id)?.sensitive : classAt(shelf, index);
}

/** The sensitive class of an item on the shelf. */
export function classAt(shelf: Shelf, index: number): ClassName | undefined {
  const number = shelf.classes[index] ?? 0;
  return number === 0 ? undefined : shelf.classNames[number - 1];
}
