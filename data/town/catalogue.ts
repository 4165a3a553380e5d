// The whole shop in one place: all tables together, checked, with the pools from which townspeople pick.

import { assert } from '../../src/kernel/assert.ts';
import { applianceProducts } from './goods/appliances.ts';
import { babyProducts } from './goods/baby.ts';
import { groceryProducts } from './goods/grocery.ts';
import { mediaProducts } from './goods/media.ts';
import { petProducts } from './goods/pets.ts';
import { pharmacyProducts } from './goods/pharmacy.ts';
import { sportsProducts } from './goods/sports.ts';
import { winterProducts } from './goods/winter.ts';
import { leafName } from './shelf.ts';
import { PLANTED_ITEMS } from './truth.ts';
import type { TownProduct } from './types.ts';

/** Every product, in the order of the shelves; the order is part of the town and of its golden hash. */
export const CATALOGUE: readonly TownProduct[] = [
  ...winterProducts,
  ...groceryProducts,
  ...babyProducts,
  ...pharmacyProducts,
  ...petProducts,
  ...mediaProducts,
  ...sportsProducts,
  ...applianceProducts,
];

const byId: ReadonlyMap<string, TownProduct> = new Map(CATALOGUE.map((product) => [product.id, product]));
assert(byId.size === CATALOGUE.length, 'every product id stands in the tables once');

/** Things that only make sense in a household with children. */
const FOR_CHILDREN: ReadonlySet<string> = new Set(['mittens-on-string', 'boots-snow-kids']);

/**
 * What can be picked from a leaf, best seller first. Planted items are left out: they have a chance of their
 * own.
 */
const familyPools = shelves(CATALOGUE.filter(({ id }) => !PLANTED_ITEMS.has(id)));
const pools = shelves(CATALOGUE.filter(({ id }) => !PLANTED_ITEMS.has(id) && !FOR_CHILDREN.has(id)));

function shelves(products: readonly TownProduct[]): ReadonlyMap<string, readonly TownProduct[]> {
  const leaves = [...new Set(products.map(({ path }) => leafName(path)))];
  return new Map(leaves.map((leaf) => [leaf, products.filter(({ path }) => leafName(path) === leaf)]));
}

checkComplements();

/** The product of that id, or `undefined`. */
export function findProduct(id: string): TownProduct | undefined {
  return byId.get(id);
}

/** The product of that id; a stranger is a mistake in the town. */
export function productOf(id: string): TownProduct {
  const product = byId.get(id);
  assert(product !== undefined, `the shop sells ${id}`);
  return product;
}

/**
 * What a household would pick from on this leaf, best seller first; empty when the leaf holds only planted
 * items.
 */
export function poolOf(leaf: string, children: boolean): readonly TownProduct[] {
  return (children ? familyPools : pools).get(leaf) ?? [];
}

/** Every leaf a complement or a taste may name. */
function isLeaf(name: string): boolean {
  return CATALOGUE.some((product) => leafName(product.path) === name);
}

function checkComplements(): void {
  const departments = new Map<string, string>();
  for (const product of CATALOGUE) {
    const leaf = leafName(product.path);
    const path = product.path.join(' > ');
    assert((departments.get(leaf) ?? path) === path, `the leaf ${leaf} stands in one place`);
    departments.set(leaf, path);
    assert(product.complements.length > 0, `${product.id} goes with something`);
    for (const name of product.complements) {
      assert(byId.has(name) || isLeaf(name), `${product.id} goes with ${name}, which the shop has`);
      const replacesIt = name === leaf && product.substituteGroup !== product.id;
      assert(name !== product.id && !replacesIt, `${product.id} does not go with itself or what replaces it`);
    }
  }
}
