// The market square: two sellers besides the company itself. Each has its own controller, its own sources and
// its own customers; what one knows is none of the others' business.

import type { TownProduct } from './types.ts';

export interface Seller {
  readonly controller: string;
  readonly name: string;
  readonly sources: readonly string[];
  readonly brands: readonly string[];
}

export const SELLERS: readonly Seller[] = [
  {
    controller: 'roestwerk',
    name: 'Röstwerk, coffee roasters',
    sources: ['roestwerk-web', 'roestwerk-till'],
    brands: ['Röstwerk', 'Blatt & Bohne'],
  },
  {
    controller: 'zwergenhaus',
    name: 'Zwergenhaus, for children',
    sources: ['zwergenhaus-web'],
    brands: ['Zwergenhaus'],
  },
];

/** The controller that sells a thing; the company of the town unless a seller has its brand. */
export function sellerOf({ brand }: Pick<TownProduct, 'brand'>): string {
  return SELLERS.find(({ brands }) => brands.includes(brand))?.controller ?? 'town';
}
