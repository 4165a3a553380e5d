// A shelf of six things, one of them of a class, for tests of audiences.

import type { Audience, Condition } from '../facts/audience.ts';
import { parseAudienceName } from '../facts/ids.ts';
import type { Item } from '../facts/item.ts';
import type { Shadow } from '../facts/shadow.ts';
import { type Shelf, buildShelf } from './shelf.ts';
import { must, nameOf, shelfOf } from './testing.ts';

export const NAME = must(parseAudienceName('some'));
export const audienceOf = (...all: readonly Condition[]): Audience => ({ name: NAME, all });
export const goods = (more: object): Condition & object =>
  ({ items: [], paths: [], brands: [], ...more }) as never;
export const bought = (named: object, more: object = {}): Condition =>
  ({ by: 'bought', goods: goods(named), times: 1, ...more }) as never;

/** Six things of two leaves and three brands, the last of a class. */
export const ITEMS: readonly Item[] = [0, 1, 2, 3, 4, 5].map((n) => ({
  id: nameOf(n),
  title: `thing ${n}`,
  path: ['Shop', n < 3 ? 'Tea' : 'Herbs'],
  brand: ['Nord', 'SÜD', 'West'][n % 3]!,
  available: true,
  ...(n === 5 ? { sensitive: 'health' as const } : {}),
}));
const model = shelfOf({ count: 6, edges: [[0, 1, 1]] }).model;
export const shelfWith = (shadow?: Shadow): Shelf =>
  buildShelf(model, 7, ITEMS, shadow === undefined ? {} : { shadow });
export const SHELF = shelfWith();
