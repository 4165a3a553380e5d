// Goal: an officer, and nobody else, sees what is to be looked at in the catalogue, and why a thing has its
// class.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, openShop } from '../../../test/support/http-shop.ts';
import { reviewAnswer, thingAnswer } from './answers.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const get = (path: string, key: string | undefined = shop.keys.officer) => shop.ask('GET', path, { key });

test('[H40] things come in with their number, and the officer sees what nobody can tell', async () => {
  const items = [
    { id: 'gin/rummy', title: 'Gin Fizz', path: ['Cards'] },
    { id: 'six', title: 'The six', category: '421' },
    { id: 'calm', title: 'Calm', category: 'gid://shopify/TaxonomyCategory/hb-1-9-6' },
    { id: 'odd', title: '4711', path: ['Разное'], category: 'nonsense' },
  ];
  const put = await shop.ask('PUT', '/v1/items', { key: shop.keys.admin, body: { items } });
  expect(await put.json()).toMatchObject({ items: 4, sensitive: 3, unmapped: 1 });
  const told = reviewAnswer.parse(await (await get('/v1/catalogue/review')).json());
  expect(told).toMatchObject({ rule: 'show', things: 4, classed: 3, unmapped: 1 });
  expect(told.paths).toEqual([{ path: 'Разное', things: 1, why: 'script', examples: ['4711'] }]);
});

test('[H40] of one thing it says the class and the evidence', async () => {
  const of = async (item: string): Promise<unknown> =>
    thingAnswer.parse(await (await get(`/v1/catalogue/items/${encodeURIComponent(item)}`)).json());
  expect(await of('gin/rummy')).toMatchObject({
    class: 'alcohol',
    found: { by: 'title', text: 'Gin Fizz', word: 'gin', language: 'en' },
  });
  expect(await of('six')).toMatchObject({
    class: 'alcohol',
    category: 'google:421',
    found: { by: 'number' },
  });
  expect(await of('odd')).toEqual({
    item: 'odd',
    title: '4711',
    path: 'Разное',
    unmapped: 'script',
    reviewed: false,
  });
  expect((await get('/v1/catalogue/items/nothing')).status).toBe(404);
});

test('[H40] nobody else may look', async () => {
  for (const path of ['/v1/catalogue/review', '/v1/catalogue/items/six']) {
    expect((await get(path, shop.keys.admin)).status).toBe(403);
    expect((await get(path, shop.keys.decide)).status).toBe(403);
    expect((await shop.ask('GET', path)).status).toBe(401);
  }
});
