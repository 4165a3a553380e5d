// Goal: catalogues name the product that a thing is a size or colour of, each format in its way.

import { describe, expect, it } from 'vitest';
import type { Item } from '../../facts/item.ts';
import { createCatalogueReader } from './catalogue.ts';

function read(text: string): readonly Item[] {
  const reader = createCatalogueReader();
  return [...reader.push(text), ...reader.end()];
}

describe('variants', () => {
  it('[C31] are named by their column or element, and by what has no product not', () => {
    const rows = 'id,title,item_group_id\ns-m,"Shirt, M",shirt\ns-l,"Shirt, L", shirt \nhat,Hat,';
    expect(read(rows).map(({ variantOf }) => variantOf)).toEqual(['shirt', 'shirt', undefined]);
    const feed =
      '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>w1</g:id>' +
      '<title>Six bottles</title><g:item_group_id>wine</g:item_group_id></item></channel></rss>';
    expect(read(feed)).toMatchObject([{ id: 'w1', variantOf: 'wine' }]);
  });

  it('[C31] are in a ProductGroup, which says for all what none says for itself', () => {
    const variant = (sku: string, more = {}) => ({ '@type': 'Product', sku, name: `Stout ${sku}`, ...more });
    const group = {
      '@type': 'ProductGroup',
      productGroupID: 'stout',
      brand: { name: 'Nord' },
      category: 'Drinks > Beer',
      hasVariant: [variant('a'), variant('b', { brand: 'Sud', inProductGroupWithID: 'own' })],
    };
    const alone = variant('c', { isVariantOf: { '@type': 'ProductGroup', productGroupID: 'stout' } });
    const items = read(JSON.stringify({ '@graph': [group, alone, variant('d')] }));
    expect(items.map(({ id, brand, variantOf }) => [id, brand, variantOf])).toEqual([
      ['a', 'Nord', 'stout'],
      ['b', 'Sud', 'own'],
      ['c', undefined, 'stout'],
      ['d', undefined, undefined],
    ]);
    expect(items.slice(0, 2).map(({ path, sensitive }) => [path, sensitive])).toEqual(
      Array.from({ length: 2 }, () => [['Drinks', 'Beer'], 'alcohol']),
    );
  });

  it('[C31, C24] what programs write where there is no name is none', () => {
    const names = ['0', '-', 'null', 'NULL', 'none', ' '];
    const rows = ['sku,title,parent_sku', ...names.map((name, at) => `s${at},Thing,${name}`)].join('\n');
    expect(read(rows).map(({ variantOf }) => variantOf)).toEqual(names.map(() => undefined));
  });

  it('[C31, C22] a variant that says nothing, or little, has the class of its group', () => {
    const group = (variant: object, more: object) => ({
      '@type': ['Product', 'ProductGroup'],
      name: 'Stout',
      ...more,
      hasVariant: { '@type': 'Product', sku: 'v', name: 'Pack of six', ...variant },
    });
    const marked = { hasAdultConsideration: 'AlcoholConsideration', productGroupID: 'g' };
    const cases = [
      group({ hasAdultConsideration: null, inProductGroupWithID: '' }, marked),
      group({ category: '' }, { category: 'Drinks > Beer', productGroupID: 'g' }),
      group({ category: 'Six-packs', keywords: 'new' }, { category: 'Drinks > Beer', sku: 'g' }),
      group({ keywords: [] }, { keywords: ['red wine'], productGroupID: ' ', url: 'g' }),
      group({}, { name: 'Red wine', '@id': 'g' }),
    ];
    for (const one of cases) {
      const found = read(JSON.stringify(one)).find(({ id }) => id === 'v');
      expect(found, JSON.stringify(one)).toMatchObject({ variantOf: 'g', sensitive: 'alcohol' });
    }
  });

  it('[C31] a reference is followed within the document, and a place on a page is no name', () => {
    const pointing = (sku: string, to: unknown) => ({ '@type': 'Product', sku, name: sku, isVariantOf: to });
    const group = { '@type': 'ProductGroup', '@id': 'https://x.example/p', productGroupID: 'g' };
    const items = read(
      JSON.stringify([
        pointing('a', { '@id': 'https://x.example/p' }),
        pointing('b', 'https://x.example/p'),
        { ...group, hasVariant: [{ '@type': 'Product', sku: 'c', name: 'c' }] },
        pointing('d', { '@id': '#parent' }),
        pointing('e', { '@type': 'ProductGroup', sku: 's' }),
        pointing('f', null),
      ]),
    );
    expect(items.map(({ variantOf }) => variantOf)).toEqual(['g', 'g', 'g', undefined, 's', undefined]);
  });

  it('[C31] a group that says too much to be read for each variant is left out, and said', () => {
    const reader = createCatalogueReader();
    const group = (count: number) => ({
      '@type': 'ProductGroup',
      productGroupID: `g${count}`,
      keywords: Array.from({ length: count }, (_, at) => `word${at}`),
      hasVariant: [{ '@type': 'Product', sku: `v${count}`, name: 'Mug' }],
    });
    const text = JSON.stringify([group(250), group(10_000)]);
    expect([...reader.push(text), ...reader.end()].map(({ id }) => id)).toEqual(['v250']);
    expect(reader.summary().problems).toMatchObject([{ field: 'product group' }]);
  });

  it('[C22] a word tells a class wherever it stands among many tags', () => {
    const many = [...Array.from({ length: 240 }, (_, at) => `plain tag ${at}`), 'red wine'].join(',');
    expect(read(`id,title,tags\nx,Six bottles,"${many}"`)).toMatchObject([{ sensitive: 'alcohol' }]);
    const group = { '@type': 'ProductGroup', productGroupID: 'g', keywords: many };
    const variant = { '@type': 'Product', sku: 'v', name: 'Pack' };
    expect(read(JSON.stringify({ ...group, hasVariant: variant }))).toMatchObject([{ sensitive: 'alcohol' }]);
    const listed = { ...group, keywords: many.split(','), hasVariant: variant };
    expect(read(JSON.stringify(listed))).toMatchObject([{ sensitive: 'alcohol' }]);
  });
});
