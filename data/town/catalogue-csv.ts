// The public half of the catalogue as CSV (RFC 4180). What goes with what stays behind: that is for the
// engine to find out.

import type { TownProduct } from './types.ts';

const COLUMNS = ['id', 'title', 'description', 'category', 'price', 'currency', 'brand', 'stock'] as const;

/**
 * catalogue.csv: a header and one line per product, `category` as `Clothing > Winter > Coats`, `price` in
 * euro.
 */
export function catalogueCsv(catalogue: readonly TownProduct[]): string {
  const rows = catalogue.map((product) => [
    product.id,
    product.title,
    product.description,
    product.path.join(' > '),
    (product.priceMinor / 100).toFixed(2),
    'EUR',
    product.brand,
    String(product.stock),
  ]);
  return [[...COLUMNS], ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
