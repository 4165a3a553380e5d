// Ids of Shopify's product taxonomy (July 2024) whose category is of a sensitive class. An id names its
// parents (`hb-1-9` lies under `hb-1`), so a branch is named once and holds for everything below it,
// categories that a later version adds included. Found by the words of sensitive-words.ts in the category
// paths, then read through by hand.

import type { SensitiveClass } from '../../facts/item.ts';

const IDS: Readonly<Partial<Record<SensitiveClass, string>>> = {
  'pregnancy-baby':
    'bt fr-1 lb-4 aa-1-2 aa-1-7 aa-2-2 aa-2-21 aa-8-2 hb-1-4-8 hb-1-4-10 hb-1-15-5 hb-3-8-4-1',
  health:
    'bi-19 bi-25-7-4 hb-1 hb-3-7 hb-3-8 hb-3-15 hb-3-10-5 hb-3-10-6 hb-3-12-6 hb-3-12-7 hb-3-12-8 ' +
    'hb-3-12-9 hb-3-2-9-1 hb-3-2-9-18 hg-1-11 se-6-3 aa-1-5-2-7 aa-1-6-11-5',
  sexuality: 'ma-1 hb-1-5 hb-1-7 hb-1-22 hb-3-13',
  religion: 'rc aa-1-20-5 hg-3-58-11',
  origin: 'aa-1-23 aa-2-31',
  addiction: 'fb-3 hg-19 tg-2-13 tg-2-14',
  alcohol: 'ae-2-3 fb-1-1',
  grief: 'rc-1',
};

/** Below a branch of a class, and of none: wedding ceremonies, travel pillows, white noise machines. */
const OF_NONE = 'rc-3 hb-3-15-3 hb-3-15-4';

const BRANCHES: ReadonlyMap<string, SensitiveClass | undefined> = new Map([
  ...Object.entries(IDS).flatMap(([name, ids]) =>
    // Keys of the table above are classes by its type.
    ids.split(' ').map((id): [string, SensitiveClass] => [id, name as SensitiveClass]),
  ),
  ...OF_NONE.split(' ').map((id): [string, undefined] => [id, undefined]),
]);

/** The verticals of July 2024, but `na` (uncategorized), which says nothing. */
const ROOTS = 'ap aa ae bt bi co el fb fr gc ha hb hg lb ma me os pa rc se so sg tg vp'.split(' ');

/**
 * The short id: `gid://shopify/TaxonomyCategory/hb-1-9` and `hb-1-9` are both `'hb-1-9'`; `undefined` for
 * everything else, a vertical that nobody knows included.
 */
export function shopifyId(text: string): string | undefined {
  const word = text.trim().replace(/^gid:\/\/shopify\/TaxonomyCategory\//, '');
  // A vertical alone is two letters, which anything may be: it counts in the long form only.
  if (!/^[a-z]{2}(?:-\d{1,4}){0,9}$/.test(word) || (word.length === 2 && word === text.trim()))
    return undefined;
  return ROOTS.includes(word.slice(0, 2)) ? word : undefined;
}

/** `classOfShopifyId('hb-1-9-6')` (vitamins) is `'health'`: the nearest branch above that the table names. */
export function classOfShopifyId(id: string): SensitiveClass | undefined {
  for (let branch = id; branch !== ''; branch = branch.slice(0, Math.max(0, branch.lastIndexOf('-')))) {
    if (BRANCHES.has(branch)) return BRANCHES.get(branch);
  }
  return undefined;
}
