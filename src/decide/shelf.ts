// The shelf: one model and one revision of the catalogue, joined once so that a decision looks nothing up by name. Built when
// either changes (a few ms per 10,000 items), swapped atomically, then read only.

import { type Item, SENSITIVE_CLASSES, type SensitiveClass, leafOf } from '../facts/item.ts';
import type { ItemId } from '../facts/ids.ts';
import type { ItemModel } from '../facts/model.ts';

export interface Shelf {
  readonly model: ItemModel;
  /** Catalogue revision. */
  readonly revision: number;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly itemIds: readonly ItemId[];
  /** 1 when the item can be sold now. Items the catalogue does not know cannot. */
  readonly sellable: Uint8Array;
  /** 0 = not sensitive, else 1 + index in `SENSITIVE_CLASSES`. */
  readonly classes: Uint8Array;
  /** Leaf category of each item; equal numbers, equal leaves. */
  readonly leaves: Int32Array;
  /** Indices of the items with the greatest prior that can be shown to anybody, best first. */
  readonly popular: Uint32Array;
}

/** How many popular items stand ready to fill a list: more than the longest list and its exploration pool together. */
const POPULAR_MAX = 256;

export function buildShelf(model: ItemModel, revision: number, items: readonly Item[]): Shelf {
  const count = model.itemIds.length;
  const catalogue = new Map<string, Item>(items.map((item) => [item.id, item]));
  const sellable = new Uint8Array(count);
  const classes = new Uint8Array(count);
  const leaves = new Int32Array(count);
  const indexOf = new Map<string, number>();
  const leafNumbers = new Map<string, number>();
  // The model's ids were parsed when the events that made them came in.
  const itemIds = model.itemIds as readonly ItemId[];
  for (const [index, id] of itemIds.entries()) {
    indexOf.set(id, index);
    const item = catalogue.get(id);
    const leaf = item === undefined ? `item:${id}` : leafOf(item);
    let number = leafNumbers.get(leaf);
    if (number === undefined) leafNumbers.set(leaf, (number = leafNumbers.size));
    leaves[index] = number;
    if (item === undefined) continue;
    sellable[index] = item.available ? 1 : 0;
    classes[index] = item.sensitive === undefined ? 0 : 1 + SENSITIVE_CLASSES.indexOf(item.sensitive);
  }
  return { model, revision, indexOf, itemIds, sellable, classes, leaves, popular: popularItems(model, sellable, classes) };
}

function popularItems(model: ItemModel, sellable: Uint8Array, classes: Uint8Array): Uint32Array {
  const open: number[] = [];
  for (let index = 0; index < sellable.length; index += 1) {
    if (sellable[index] === 1 && classes[index] === 0) open.push(index);
  }
  open.sort((a, b) => (model.prior[b] ?? 0) - (model.prior[a] ?? 0) || a - b);
  return Uint32Array.from(open.slice(0, POPULAR_MAX));
}

/** The sensitive class of an item on the shelf. */
export function classAt(shelf: Shelf, index: number): SensitiveClass | undefined {
  const number = shelf.classes[index] ?? 0;
  return number === 0 ? undefined : SENSITIVE_CLASSES[number - 1];
}
