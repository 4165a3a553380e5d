import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../facts/item.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type CatalogueReader, createCatalogueReader } from './catalogue.ts';
import { XML_DEPTH_MAX } from './xml.ts';

function read(text: string, reader: CatalogueReader = createCatalogueReader()): readonly Item[] {
  return [...reader.push(text), ...reader.end()];
}

function problemsOf(text: string): readonly string[] {
  const reader = createCatalogueReader();
  read(text, reader);
  return reader.summary().problems.map((found) => found.field);
}

const CSV = [
  'id,title,category,price,currency,brand,availability,link,image_link,description',
  'c1,"Coat, navy",Clothing > Winter > Coats,189.00,EUR,Nordlicht,in stock,' +
    'https://shop.example/c1,/img/c1.jpg,"Heavy ""navy"" wool"',
  'b1,Baby blanket,Baby > Sleep,49,EUR,,out of stock,,,',
].join('\n');

const COAT = {
  id: 'c1',
  title: 'Coat, navy',
  path: ['Clothing', 'Winter', 'Coats'],
  available: true,
  priceMinor: 18_900,
  currency: 'EUR',
  brand: 'Nordlicht',
  link: 'https://shop.example/c1',
  imageLink: '/img/c1.jpg',
  description: 'Heavy "navy" wool',
};

const FEED = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel><title>Shop</title><link>https://shop.example</link>
<!-- made by a shop system --><item>
<title>RSS title</title><g:title><![CDATA[Coat, navy]]></g:title><g:id>c1</g:id>
<description>&lt;b&gt;Heavy&lt;/b&gt; &quot;navy&quot; wool &#8211; caf&#xe9; &amp; &nbsp;</description>
<g:link>https://shop.example/c1?a=1&amp;b=2</g:link><g:image_link>https://cdn.example/c1.jpg</g:image_link>
<g:price>189.00 EUR</g:price><g:availability>in_stock</g:availability>
<g:brand>Nordlicht</g:brand><g:gtin>4006381333931</g:gtin>
<g:product_type>Clothing &gt; Winter &gt; Coats</g:product_type>
<g:google_product_category>5598</g:google_product_category>
<g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping>
</item><item><g:id>w1</g:id><title a="x>y">Six bottles</title>
<g:google_product_category>421</g:google_product_category></item></channel></rss>`;

describe('catalogue', () => {
  it('[C19] reads CSV', () => {
    expect(read(CSV)).toEqual([
      COAT,
      {
        id: 'b1',
        title: 'Baby blanket',
        path: ['Baby', 'Sleep'],
        available: false,
        priceMinor: 4900,
        currency: 'EUR',
        sensitive: 'pregnancy-baby',
      },
    ]);
  });

  it('[C19] reads the same in pieces of one character', () => {
    for (const text of [CSV, FEED]) {
      const reader = createCatalogueReader();
      expect([...text.split('').flatMap((letter) => reader.push(letter)), ...reader.end()]).toEqual(
        read(text),
      );
    }
  });

  it('[C19] reads a tab-separated merchant feed', () => {
    const text =
      'id\ttitle\tgoogle_product_category\tprice\tadult\nx1\t5" poster, A\t500044\t12,50 EUR\tyes\n';
    expect(read(text)).toEqual([
      {
        id: 'x1',
        title: '5" poster, A',
        path: [],
        available: true,
        priceMinor: 1250,
        currency: 'EUR',
        category: 'google:500044',
        sensitive: 'sexuality',
      },
    ]);
  });

  it('[C19] reads an XML merchant feed', () => {
    expect(read(FEED)).toEqual([
      {
        ...COAT,
        category: 'google:5598',
        link: 'https://shop.example/c1?a=1&b=2',
        imageLink: 'https://cdn.example/c1.jpg',
        description: 'Heavy "navy" wool – café & &nbsp;',
      },
      {
        id: 'w1',
        title: 'Six bottles',
        path: [],
        available: true,
        category: 'google:421',
        sensitive: 'alcohol',
      },
    ]);
  });

  it('[C19] reads JSON-LD alone, in a list, in a graph and in an ItemList', () => {
    const product = {
      '@context': 'https://schema.org/',
      '@type': 'Product',
      sku: 'c1',
      name: 'Coat, navy',
      image: ['https://cdn.example/1.jpg', 'https://cdn.example/2.jpg'],
      brand: { '@type': 'Brand', name: 'Nordlicht' },
      category: 'Clothing > Winter > Coats',
      aggregateRating: { '@type': 'AggregateRating', ratingValue: 4.4 },
      offers: {
        '@type': 'Offer',
        price: 189,
        priceCurrency: 'EUR',
        availability: 'https://schema.org/InStock',
        url: 'https://shop.example/c1',
      },
    };
    const item = {
      id: 'c1',
      title: 'Coat, navy',
      path: ['Clothing', 'Winter', 'Coats'],
      available: true,
      priceMinor: 18_900,
      currency: 'EUR',
      brand: 'Nordlicht',
      imageLink: 'https://cdn.example/1.jpg',
    };
    expect(read(JSON.stringify({ ...product, url: 'https://shop.example/c1' }))).toEqual([
      { ...item, link: 'https://shop.example/c1' },
    ]);
    const shapes = [
      [product],
      { '@graph': [{ '@type': 'WebPage' }, product] },
      { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', position: 1, item: product }] },
      { ...product, '@type': ['schema:Product', 'Thing'] },
    ];
    for (const shape of shapes) expect(read(JSON.stringify(shape))).toMatchObject([item]);
    const offer = {
      '@type': 'Offer',
      price: '9.5',
      priceCurrency: 'USD',
      itemOffered: { '@type': 'Product', sku: 's', name: 'S' },
    };
    expect(read(JSON.stringify(offer))).toMatchObject([{ id: 's', priceMinor: 950, currency: 'USD' }]);
    const range = {
      '@type': 'Product',
      sku: 's',
      name: 'S',
      offers: { '@type': 'AggregateOffer', lowPrice: 5, priceCurrency: 'EUR' },
    };
    expect(read(JSON.stringify(range))).toMatchObject([{ priceMinor: 500 }]);
  });

  it('[C19] leaves out the field that cannot be read and keeps the item', () => {
    const text =
      'id,title,price,availability,sensitive\na,A,12.345 EUR,perhaps,secret\n,B,1,,\nc,,1,,\nd,D\n';
    const reader = createCatalogueReader();
    expect(read(text, reader)).toEqual([
      { id: 'a', title: 'A', path: [], available: false, unmapped: 'no-word' },
    ]);
    expect(reader.summary().problems.map((found) => found.field)).toEqual([
      'line 2/availability',
      'line 2/price',
      'line 2/sensitive',
      'line 3/id',
      'line 4/title',
      'line 5/row',
    ]);
  });

  it('[C19] refuses a table without its columns, an empty text and broken JSON', () => {
    for (const text of ['sku,price\na,1\n', '', '  \n', '{"@type":', '[]']) {
      expect(problemsOf(text).length).toBe(1);
    }
  });

  it('[C19] cuts what is too long and cleans what misleads', () => {
    const text = `id,title,category\na,"${'x'.repeat(400)}",${'p > '.repeat(20)}\nb,"Red\u202emug\n two",\n`;
    const [long, clean] = read(text);
    expect([long?.title.length, long?.path.length]).toEqual([LIMITS.titleLengthMax, LIMITS.categoryDepthMax]);
    expect(clean?.title).toBe('Red mug two');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/x',
    'ftp://x.example',
    'https://x.example/a b',
    "https://x.example/'",
  ])('[C21] refuses the link %s', (link) => {
    const reader = createCatalogueReader();
    expect(read(`id,title,link\na,Lamp,"${link}"\n`, reader)).toEqual([
      { id: 'a', title: 'Lamp', path: [], available: true },
    ]);
    expect(reader.summary().problems[0]?.field).toBe('line 2/link');
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]><rss></rss>'],
    ['depth', '<a>'.repeat(XML_DEPTH_MAX + 1)],
    ['a wrong end', '<rss><item></rss>'],
    ['no end', '<rss><item>'],
    ['two roots', '<rss></rss><rss></rss>'],
    ['text outside', '<rss></rss>text'],
    ['a token without end', `<rss><${'a'.repeat(300_000)}`],
    ['text without end', `<rss>${'a'.repeat(300_000)}`],
  ])('[C20] refuses %s', (_what, text) => {
    expect(problemsOf(text)).toEqual(['xml']);
  });

  it('[C20] expands five entities and numbers, and nothing twice', () => {
    const item = (title: string): string => `<rss><item><id>a</id><title>${title}</title></item></rss>`;
    expect(read(item('&amp;lt; &#65;&#x42; &#0; &xxe; &#xD800;'))[0]?.title).toBe(
      '&lt; AB \ufffd &xxe; \ufffd',
    );
  });

  it('[C2] never throws, whatever the text', () => {
    const letters = fc.constantFrom(
      '<',
      '>',
      '/',
      '!',
      '[',
      ']',
      '-',
      '?',
      '&',
      '#',
      ';',
      '"',
      "'",
      '{',
      '}',
      ',',
      ':',
      '\n',
      '\t',
      'item',
      'id',
      'g:id',
      'a',
      '@type',
      'Product',
      '<![CDATA[',
      '&amp;',
    );
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 60 }),
        fc.constantFrom('', '<rss>', '{', 'id,title\n', '['),
        (parts, start) => {
          const reader = createCatalogueReader();
          reader.push(start);
          for (const part of parts) reader.push(part);
          reader.end();
          expect(reader.summary().problems.length).toBeLessThanOrEqual(100);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
