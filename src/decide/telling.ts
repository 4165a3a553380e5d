// Which brands and paths of a shelf tell something: those under which a thing of a sensitive class stands, or
// a thing that betrays one. To be written to because of such a name would tell what the lists do not.

import { fold, isOfGoods } from '../facts/classify-item.ts';
import { type Item, leafOf } from '../facts/item.ts';
import type { Goods } from '../facts/merchandising.ts';
import { type Shelf, type Told, classAt, placeOn } from './shelf.ts';

/** What a name tells: a class; `unknown`: nobody can say that it tells nothing. */
export type NameTold = Told;

export interface NamedThings {
  /** Why these names may not be used; `undefined`: they tell nothing. */
  readonly tells: NameTold | undefined;
  /** Of the things that are meant those that tell nothing. */
  readonly ordinary: ReadonlySet<string>;
}

/**
 * A thing that is named itself has to be known to tell nothing. Below a path or a brand nothing may stand of
 * which it is known that it tells; what nobody can judge is left out, and something has to remain.
 */
export function thingsNamed(shelf: Shelf, goods: Goods): NamedThings {
  const isMeant = isOfGoods(goods);
  const ordinary = new Set<string>();
  let tells: NameTold | undefined;
  for (const [index, item] of shelf.goods.entries()) {
    if (item === undefined || !isMeant(item)) continue;
    const told = classAt(shelf, index);
    if (told === undefined) ordinary.add(item.id);
    else if (told !== 'unknown') tells = told;
  }
  for (const id of goods.items) {
    const place = placeOn(shelf, id);
    const told = place === undefined ? 'unknown' : classAt(shelf, place);
    tells ??= told;
  }
  if (ordinary.size === 0) tells ??= 'unknown';
  return { tells, ordinary };
}

interface Names {
  readonly brands: ReadonlySet<string>;
  readonly leaves: ReadonlySet<string>;
}

const namesOf = new WeakMap<Shelf, Names>();

/** Brands and leaves, gone through once for each shelf. */
function tellingNames(shelf: Shelf): Names {
  const known = namesOf.get(shelf);
  if (known !== undefined) return known;
  const brands = new Set<string>();
  const leaves = new Set<string>();
  for (const [index, item] of shelf.goods.entries()) {
    const told = item === undefined ? undefined : classAt(shelf, index);
    if (item === undefined || told === undefined || told === 'unknown') continue;
    if (item.brand !== undefined) brands.add(fold(item.brand));
    leaves.add(fold(leafOf(item)));
  }
  const names = { brands, leaves };
  namesOf.set(shelf, names);
  return names;
}

export function brandTells(shelf: Shelf, brand: string): boolean {
  return tellingNames(shelf).brands.has(fold(brand));
}

export function leafTells(shelf: Shelf, item: Item): boolean {
  return tellingNames(shelf).leaves.has(fold(leafOf(item)));
}
