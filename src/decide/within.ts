// The part of the catalogue that a list is asked for: a category page shows things of its category. What is
// not in it is no candidate, so nothing is held back by it; everything else holds there as anywhere.

import { isOfGoods } from '../facts/classify-item.ts';
import { type Shelf, popularItems } from './shelf.ts';
import type { Base } from './shelf-models.ts';

export interface Within {
  /** 1 where a thing is in it. */
  readonly isIn: Uint8Array;
  /** What fills a list there. */
  base(base: Base): Base;
}

// A shelf of 100,000 things is gone through once for all decisions about a category.
const keptOf = new WeakMap<Shelf, Map<string, Within>>();
/** A byte for each thing of the shelf; whoever asks may ask for anything. */
const KEPT_MAX = 256;

/** Things whose path begins like this, without regard to case; of what nobody has there is nothing. */
export function withinOn(shelf: Shelf, path: readonly string[]): Within {
  let kept = keptOf.get(shelf);
  if (kept === undefined) keptOf.set(shelf, (kept = new Map<string, Within>()));
  const saying = JSON.stringify(path);
  let found = kept.get(saying);
  if (found === undefined) {
    found = compile(shelf, path);
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(saying, found);
  }
  return found;
}

function compile({ goods, sellable, classes }: Shelf, path: readonly string[]): Within {
  const isMeant = isOfGoods({ items: [], paths: [path], brands: [] });
  const isIn = Uint8Array.from(goods, (item) => (item !== undefined && isMeant(item) ? 1 : 0));
  const bases = new WeakMap<Float64Array, Base>();
  return {
    isIn,
    base: ({ prior }) => {
      let base = bases.get(prior);
      if (base === undefined)
        bases.set(prior, (base = { prior, popular: popularItems(prior, { sellable, classes, isIn }) }));
      return base;
    },
  };
}
