// Owns: the number of a published product taxonomy as an item keeps it, and the class that it says.

import type { SensitiveClass } from '../../facts/item.ts';
import { classOfGoogleId, isGoogleId } from './google-ids.ts';
import { classOfShopifyId, shopifyId } from './shopify-ids.ts';

const GOOGLE = 'google:';
const SHOPIFY = 'shopify:';

/**
 * `taxonomyId('421')` is `'google:421'`, `taxonomyId('gid://shopify/TaxonomyCategory/hb-1-9')` is
 * `'shopify:hb-1-9'`; what is written so already stays; `undefined` for paths and everything else.
 */
export function taxonomyId(text: string): string | undefined {
  const word = text.trim();
  if (word.startsWith(GOOGLE)) return isGoogleId(word.slice(GOOGLE.length)) ? word : undefined;
  const bare = word.startsWith(SHOPIFY) ? word.slice(SHOPIFY.length) : word;
  if (isGoogleId(bare) && bare === word) return `${GOOGLE}${bare}`;
  const shopify = shopifyId(bare);
  return shopify === undefined ? undefined : `${SHOPIFY}${shopify}`;
}

/** `classOfTaxonomyId('google:421')` is `'alcohol'`; `undefined` for a harmless number. */
export function classOfTaxonomyId(id: string): SensitiveClass | undefined {
  if (id.startsWith(GOOGLE)) return classOfGoogleId(id.slice(GOOGLE.length));
  return id.startsWith(SHOPIFY) ? classOfShopifyId(id.slice(SHOPIFY.length)) : undefined;
}
