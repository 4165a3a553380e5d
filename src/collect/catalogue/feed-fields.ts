// Owns: the names of catalogue columns and feed elements. CSV catalogues, tab-separated and XML merchant
// feeds use the same words, give or take spaces, case and the `g:` prefix (Google Merchant product data
// specification). The columns of a Shopify product export are read too.

import type { ItemDraft } from './item-draft.ts';

const NAMES: Readonly<Record<keyof ItemDraft, readonly string[]>> = {
  // Shopify's export has both: the handle names the product, the SKU one variant of it.
  id: ['id', 'itemid', 'productid', 'handle', 'urlhandle', 'sku', 'stockcode', 'item'],
  title: ['title', 'name', 'itemname', 'productname'],
  description: ['description', 'bodyhtml'],
  category: ['category', 'categorypath', 'producttype', 'categories', 'path', 'type'],
  googleCategory: ['googleproductcategory', 'googleshoppinggoogleproductcategory'],
  productCategory: ['productcategory', 'taxonomycategory'],
  tags: ['tags', 'keywords'],
  price: ['price', 'unitprice', 'listprice', 'variantprice'],
  currency: ['currency', 'pricecurrency'],
  brand: ['brand', 'vendor', 'manufacturer'],
  variantOf: ['itemgroupid', 'variantof', 'productgroupid', 'parentsku'],
  availability: ['availability', 'available', 'instock'],
  stock: ['stock', 'stockquantity', 'stocklevel', 'inventory'],
  marginPercent: ['marginpercent', 'margin'],
  link: ['link', 'url'],
  imageLink: ['imagelink', 'image', 'imageurl', 'imagesrc', 'productimageurl'],
  adult: ['adult'],
  ageGroup: ['agegroup', 'googleshoppingagegroup'],
  sensitive: ['sensitive', 'sensitiveclass'],
};

const FIELDS: ReadonlyMap<string, { readonly field: keyof ItemDraft; readonly rank: number }> = new Map(
  (Object.keys(NAMES) as (keyof ItemDraft)[]).flatMap((field) =>
    NAMES[field].map((name, rank): [string, { field: keyof ItemDraft; rank: number }] => [
      name,
      { field, rank },
    ]),
  ),
);

/**
 * Which field a column or element is, and how sure its name is (0 is surest); `undefined` for what is not
 * read.
 */
export function feedField(
  name: string,
): { readonly field: keyof ItemDraft; readonly rank: number } | undefined {
  return FIELDS.get(
    name
      .replace(/^[A-Za-z]{1,8}:/, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, ''),
  );
}

/** For each column the field it fills; where two would fill one, the surer name does. */
export function feedColumns(header: readonly string[]): readonly (keyof ItemDraft | undefined)[] {
  const found = header.map(feedField);
  return found.map((one, index) => {
    const better = found.some(
      (other, place) =>
        other !== undefined &&
        other.field === one?.field &&
        (other.rank < one.rank || (other.rank === one.rank && place < index)),
    );
    return better ? undefined : one?.field;
  });
}
