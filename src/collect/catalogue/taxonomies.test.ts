import { describe, expect, it } from 'vitest';
import type { Item } from '../../facts/item.ts';
import { createCatalogueReader } from './catalogue.ts';
import { isGoogleId } from './google-ids.ts';
import { classOfShopifyId, shopifyId } from './shopify-ids.ts';
import { classOfTaxonomyId, taxonomyId } from './taxonomy-id.ts';

function read(text: string): { readonly items: readonly Item[]; readonly problems: readonly string[] } {
  const reader = createCatalogueReader();
  const items = [...reader.push(text), ...reader.end()];
  return { items, problems: reader.summary().problems.map(({ field }) => field) };
}

describe('numbers of published taxonomies', () => {
  it.each([
    ['gid://shopify/TaxonomyCategory/hb-1-9-6', 'hb-1-9-6'],
    ['gid://shopify/TaxonomyCategory/rc', 'rc'],
    [' hb-1 ', 'hb-1'],
    ['hb', undefined],
    ['zz-1', undefined],
    ['na-1', undefined],
    ['hb-', undefined],
    ['hb-1 > x', undefined],
    ['gid://shopify/Product/hb-1', undefined],
  ])('[C26] the Shopify id in %s is %s', (text, id) => {
    expect(shopifyId(text)).toBe(id);
  });

  it.each([
    ['hb-1-9-6', 'health'],
    ['hb-1-9-6-99', 'health'],
    ['hb-1', 'health'],
    ['hb-10', undefined],
    ['hb-1-5', 'sexuality'],
    ['hb-1-50', 'health'],
    ['hb-3-15-3', undefined],
    ['hb-3-15-2', 'health'],
    ['rc-1-1', 'grief'],
    ['rc-2', 'religion'],
    ['rc-3-1', undefined],
    ['aa', undefined],
  ])('[C26] a category is of the class of the nearest branch above it: %s is %s', (id, name) => {
    expect(classOfShopifyId(id)).toBe(name);
  });

  it('[C26] a number is Google’s when its last taxonomy can have given it', () => {
    const known = ['1', '421', '8549', '543703', ' 537 '];
    const unknown = ['0', '8550', '43615', '543704', '999999', '1000000', '04', '-1', '1.5', '', '421 > 1'];
    expect(known.filter((text) => !isGoogleId(text))).toEqual([]);
    expect(unknown.filter(isGoogleId)).toEqual([]);
  });

  it('[C26] both are kept in one form, which reads back as itself', () => {
    const forms = ['421', 'gid://shopify/TaxonomyCategory/hb-1-9', 'fb-1-1', 'google:421', 'shopify:fb-1-1'];
    const ids = forms.map((text) => taxonomyId(text) ?? '');
    expect(ids).toEqual(['google:421', 'shopify:hb-1-9', 'shopify:fb-1-1', 'google:421', 'shopify:fb-1-1']);
    expect(ids.map((id) => taxonomyId(id))).toEqual(ids);
    expect(ids.map(classOfTaxonomyId)).toEqual(['alcohol', 'health', 'alcohol', 'alcohol', 'alcohol']);
    for (const text of ['shopify:421', 'google:hb-1', 'google:', 'shopify:', 'Wine', 'iab:1'])
      expect(taxonomyId(text), text).toBeUndefined();
  });
});

const EXPORT = [
  'Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Variant SKU,Variant Price,Image Src,' +
    'Google Shopping / Google Product Category,Google Shopping / Age Group',
  'tea,Evening tea,<p>Mild</p>,Nord,"Food, Beverages & Tobacco > Beverages > Tea & Infusions",Tea,calm,' +
    't-1,4.50,/t.jpg,,',
  'tea,,,,,,,t-2,8.00,/t2.jpg,,',
  'daily,Daily,,Nord,Health & Beauty > Health Care > Fitness & Nutrition > Vitamins & Supplements,' +
    'Capsules,,d-1,9,,,',
  'calm,Calm,,Nord,gid://shopify/TaxonomyCategory/hb-1-9-6,,,c-1,9,,,',
  'suit,Suit,,Nord,,Playsuits,,s-1,9,,,newborn',
  'box,The box,,Nord,,Gifts,"new in, ramadan",b-1,9,,,',
  'six,The six,,Nord,,Gifts,,x-1,9,,421,',
].join('\n');

describe('what a shop system exports', () => {
  it('[C26] a Shopify export is read with its categories, type and tags, one thing a product', () => {
    const { items, problems } = read(EXPORT);
    expect(problems).toEqual([]);
    expect(
      items.map(({ id, path, category, sensitive }) => [id, path.join(' > '), category, sensitive]),
    ).toEqual([
      ['tea', 'Tea', undefined, undefined],
      ['daily', 'Capsules', undefined, 'health'],
      ['calm', '', 'shopify:hb-1-9-6', 'health'],
      ['suit', 'Playsuits', undefined, 'pregnancy-baby'],
      ['box', 'Gifts', undefined, 'religion'],
      ['six', 'Gifts', 'google:421', 'alcohol'],
    ]);
  });

  it('[C26] a row without a title that goes on with nothing is a problem as before', () => {
    expect(read('Handle,Title\na,A\nb,\n').problems).toEqual(['line 3/title']);
    expect(read('id,title\na,A\na,\n').problems).toEqual(['line 3/title']);
  });

  it('[C26] a bare number in the shop’s own column is the shop’s own', () => {
    expect(read('id,title,category\na,A,421\n').items).toMatchObject([{ path: ['421'] }]);
    expect(read('id,title,category\na,A,421\n').items[0]).not.toHaveProperty('sensitive');
  });

  it('[C26] of two numbers the one that says a class counts', () => {
    const [item] = read('id,title,google_product_category,product_category\na,A,421,el-17-4\n').items;
    expect(item).toMatchObject({ category: 'google:421', sensitive: 'alcohol' });
  });

  it.each([
    [{ category: ['Home', 'Health Care > Vitamins'] }, 'health'],
    [
      {
        category: { '@type': 'CategoryCode', codeValue: '421', inCodeSet: 'https://www.google.com/taxonomy' },
      },
      'alcohol',
    ],
    [
      { category: { '@type': 'CategoryCode', codeValue: '421', inCodeSet: 'https://shop.example/own' } },
      undefined,
    ],
    [{ keywords: 'soft, pregnancy' }, 'pregnancy-baby'],
    [{ hasAdultConsideration: 'https://schema.org/TobaccoNicotineConsideration' }, 'addiction'],
    [{ hasAdultConsideration: 'https://schema.org/WeaponConsideration' }, undefined],
  ])('[C26] JSON-LD with %j is %s', (more, name) => {
    const { items } = read(JSON.stringify({ '@type': 'Product', sku: 'a', name: 'Thing', ...more }));
    expect(items[0]?.sensitive).toBe(name);
  });
});
