// How the product tables are written: as a text that a shopkeeper can read and extend. Everything said of a
// shelf holds for each thing on it unless the thing says otherwise; the best seller of a shelf stands first.
//
//   # Clothing > Winter > Coats             a shelf: its path; the last step is its leaf
//   + Gloves, Hats, clothes-brush           what goes with it: leaves or product ids
//   = coats                                 optional: substitute group, otherwise the leaf;
//                                           `= each`: nothing here replaces anything else
//   coat-wool | Wool coat | 189.00 | B | 14 id, title, euro, brand, pieces in stock
//     Heavy navy wool, horn buttons.        its description
//     + Scarves                             optional: what goes with this one instead

import { assert } from '../../src/kernel/assert.ts';
import type { TownProduct } from './types.ts';

interface Shelf {
  readonly path: readonly string[];
  complements: readonly string[];
  group: string;
}

type Draft = { -readonly [Key in keyof TownProduct]: TownProduct[Key] };

/**
 * Reads one table. A line that cannot be understood is a mistake in the town and trips an assertion that
 * shows it.
 */
export function stock(table: string): readonly TownProduct[] {
  const products: Draft[] = [];
  let shelf: Shelf | undefined;
  let product: Draft | undefined;
  for (const raw of table.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    if (line.startsWith('# ')) {
      const path = line.slice(2).split(' > ');
      shelf = { path, complements: [], group: slug(leafName(path)) };
      product = undefined;
      continue;
    }
    assert(shelf !== undefined, `a line stands before any shelf: ${line}`);
    if (line.startsWith('+ ')) (product ?? shelf).complements = line.slice(2).split(', ');
    else if (line.startsWith('= ')) shelf.group = line.slice(2);
    else if (line.includes(' | ')) products.push((product = readProduct(line, shelf)));
    else {
      assert(product !== undefined && product.description === '', `no product to describe: ${line}`);
      product.description = line;
    }
  }
  return products;
}

function readProduct(line: string, shelf: Shelf): Draft {
  const [id, title, price, brand, pieces, ...rest] = line.split(' | ');
  assert(id !== undefined && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id), `id of small letters and hyphens: ${line}`);
  assert(title !== undefined && title.length <= 80, `title of at most 80 characters: ${line}`);
  assert(price !== undefined && /^\d+\.\d\d$/.test(price), `price in euro with two decimals: ${line}`);
  assert(
    brand !== undefined && pieces !== undefined && /^\d+$/.test(pieces),
    `brand | pieces in stock: ${line}`,
  );
  assert(rest.length === 0, `five columns: ${line}`);
  return {
    id,
    title,
    description: '',
    path: shelf.path,
    priceMinor: Number(price.replace('.', '')),
    brand,
    stock: Number(pieces),
    complements: shelf.complements,
    substituteGroup: shelf.group === 'each' ? id : shelf.group,
  };
}

/** The last step of a path. */
export function leafName(path: readonly string[]): string {
  return path[path.length - 1] ?? '';
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
