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
});
