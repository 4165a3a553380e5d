import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../facts/item.ts';
import { createCatalogueReader } from './catalogue.ts';
import { classify } from './classify.ts';
import { unmappedBecause } from './unmapped.ts';

const why = (title: string, path: readonly string[] = []): string =>
  unmappedBecause({ title, path }) ?? 'legible';

describe('things that nobody can tell', () => {
  it.each([
    ['Article 4711', 'no-word'],
    ['SKU-00123 XL', 'no-word'],
    ['Artikel Nr. 12', 'no-word'],
    ['商品 12', 'no-word'],
    ['—', 'no-word'],
    ['Платье летнее', 'script'],
    ['Крем для рук Nivea', 'script'],
    ['Φόρεμα', 'script'],
    ['기저귀', 'script'],
    ['紙おむつ', 'script'],
    ['ผ้าอ้อมเด็ก', 'script'],
    ['婴儿纸尿裤', 'language'],
    ['لباس زنانه کوتاه', 'language'],
    ['Chaussures en cuir pour femme', 'language'],
    ['Pañales talla 3', 'language'],
    ['Sukienka w kwiaty, czarna', 'language'],
    ['Luiers maat 3', 'language'],
  ])('[C28] %s: %s', (title, reason) => {
    expect(why(title)).toBe(reason);
  });

  it.each([
    'Coat, navy',
    'Desk lamp',
    'Wollmantel',
    'Käsebrett Eiche',
    'Tazza da caffè',
    'Çiçekli elbise',
    'فستان صيفي',
    'שמלת קיץ',
    '碎花洋裝',
    'Crêpe pan 28 cm',
    'Nordlicht 500',
  ])('[C28] %s is in a language of the lists', (title) => {
    expect(why(title)).toBe('legible');
  });

  it('[C28] a category speaks where titles say nothing: a published one, or one in words we read', () => {
    expect(why('Article 4711', ['Damen', 'Mäntel'])).toBe('legible');
    expect(why('Article 4711', ['Hardware', 'Tools'])).toBe('legible');
    expect(why('Платье', ['Apparel & Accessories', 'Clothing'])).toBe('legible');
    expect(why('Article 4711', ['Uncategorized'])).toBe('no-word');
    expect(why('Article 4711', ['Sortiment', 'Neu'])).toBe('no-word');
    expect(why('Платье', ['Одежда'])).toBe('script');
    expect(unmappedBecause({ title: '4711', path: [], category: 'google:5598' })).toBeUndefined();
    expect(unmappedBecause({ title: '4711', path: [], shelves: ['aa-1-4'] })).toBeUndefined();
    expect(unmappedBecause({ title: '4711', path: [], shelves: ['zz-1'] })).toBe('no-word');
    expect(unmappedBecause({ title: '4711', path: [], tags: ['linen'] })).toBeUndefined();
  });

  it('[C28] the catalogue marks what has no class and nobody can tell, and nothing else', () => {
    const reader = createCatalogueReader();
    const rows = [
      'id,title,sensitive,google_product_category',
      'a,4711,,',
      'b,4711,grief,',
      'c,4711,,1',
      'd,Wine,,',
    ];
    const items: readonly Item[] = [...reader.push(rows.join('\n')), ...reader.end()];
    expect(items.map(({ id, sensitive, unmapped }) => [id, sensitive, unmapped])).toEqual([
      ['a', undefined, 'no-word'],
      ['b', 'grief', undefined],
      ['c', undefined, undefined],
      ['d', 'alcohol', undefined],
    ]);
  });

  it('[C28] a text more never makes a thing illegible, and what has a class was legible or numbered', () => {
    const text = fc.oneof(
      fc.constantFrom(
        'Wine',
        'Desk lamp',
        'Платье',
        '4711',
        'pour femme',
        '紙尿褲',
        'Rosenkranz',
        'حفاضات',
        '',
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), text, (title, path, tag) => {
        const before = unmappedBecause({ title, path });
        if (before === undefined) expect(unmappedBecause({ title, path, tags: [tag] })).toBeUndefined();
        expect(['no-word', 'script', 'language', undefined]).toContain(before);
        expect(() => classify({ title, path })).not.toThrow();
      }),
      { numRuns: 1500 },
    );
  });
});
