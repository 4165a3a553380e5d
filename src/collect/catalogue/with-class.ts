// Owns: an item with what its texts, numbers and marks say of its class, or with why they say nothing.

import type { Item } from '../../facts/item.ts';
import { type Classifiable, classify } from './classify.ts';
import { unmappedBecause } from './unmapped.ts';

/** The item with its class, if it has one, else marked if nobody can tell. */
export function withClass(
  item: Omit<Item, 'sensitive' | 'unmapped'>,
  more: Omit<Classifiable, 'title' | 'path' | 'category'>,
): Item {
  const { title, path, category } = item;
  const thing = { title, path, ...(category === undefined ? {} : { category }), ...more };
  const sensitive = classify(thing);
  if (sensitive !== undefined) return { ...item, sensitive };
  const unmapped = unmappedBecause(thing);
  return unmapped === undefined ? item : { ...item, unmapped };
}
