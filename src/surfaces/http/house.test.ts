import { pino } from 'pino';
import { Fault } from '../../kernel/fault.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, YES, openShop, stock } from '../../../test/support/http-shop.ts';
import { itemsAnswer, learnAnswer } from './answers.ts';
import { createBucket, createBuckets } from './rate.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
});
afterAll(() => shop.close());

describe('rates', () => {
  it('[H19] a bucket lets a burst pass, then fills at its rate, and says how long to wait', () => {
    const bucket = createBucket({ burst: 3, perSecond: 2 });
    expect([0, 0, 0, 0].map(() => bucket.take(1000))).toEqual([0, 0, 0, 1]);
    expect([bucket.take(1499), bucket.take(1500), bucket.take(1500)]).toEqual([1, 0, 1]);
    expect(bucket.take(0)).toBe(1);
    const slow = createBucket({ burst: 1, perSecond: 0.1 });
    expect([slow.take(0), slow.take(0)]).toEqual([0, 10]);
  });

  it('[H19] names are bounded: who was longest away is forgotten', () => {
    const buckets = createBuckets({ burst: 1, perSecond: 0.001 }, 2);
    expect(
      ['a', 'a', 'b', 'c', 'b', 'a'].map((name) => (buckets.take(name, 0) === 0 ? 'pass' : 'wait')),
    ).toEqual(['pass', 'wait', 'pass', 'pass', 'wait', 'pass']);
  });

  it('[H19] one key, one person or all strangers cannot take the place of the others', async () => {
    const rate = { burst: 2, perSecond: 0.001 };
    const small = await openShop({ rates: { key: rate, person: rate, anybody: rate } });
    const people = ['/v1/people/a', '/v1/people/a', '/v1/people/a'];
    // Made directly: minting them over HTTP would use up the admin's two.
    const mint = (id: string) =>
      small.http.house.host.tokens.mint({
        person: id as never,
        ttlMinutes: 5,
        nowMs: small.memory.world.clock.nowMs(),
      });
    const [a, b] = [mint('a').token, mint('b').token];
    const statuses = async (key: string | undefined, path: string) =>
      (await small.ask('GET', path, { key })).status;
    const seen: number[] = [];
    for (const path of people) seen.push(await statuses(a, path));
    expect(seen).toEqual([404, 404, 429]);
    expect(await statuses(b, '/v1/people/b')).toBe(404);
    expect([await statuses(undefined, '/v1/people/a'), await statuses('flk_x', '/v1/people/a')]).toEqual([
      401, 401,
    ]);
    const limited = await small.ask('GET', '/nowhere');
    expect([limited.status, Number(limited.headers.get('retry-after')) >= 1]).toEqual([429, true]);
    expect(await statuses(small.keys.officer, '/v1/people/a')).toBe(404);
    expect(await statuses(undefined, '/healthz')).toBe(200);
    await small.close();
  });
});

describe('the shop and its keeper', () => {
  const put = (items: unknown) => shop.ask('PUT', '/v1/items', { key: shop.keys.admin, body: { items } });

  it('[H16] items go in whole or not at all, with their sensitive class and safe links', async () => {
    const body = [
      { id: 'wine', title: 'Red wine', path: ['Drinks', 'Wine'], link: 'javascript:alert(1)' },
      { id: 'lamp', title: 'Lamp', link: 'https://shop.test/lamp', available: false },
    ];
    expect(itemsAnswer.parse(await (await put(body)).json())).toMatchObject({ items: 2, sensitive: 1 });
    const wine = shop.memory.engine.items().get('wine');
    expect([wine?.sensitive, wine?.link]).toEqual(['alcohol', undefined]);
    expect(shop.memory.engine.items().get('lamp')).toMatchObject({
      available: false,
      link: 'https://shop.test/lamp',
    });
    const wrong: readonly unknown[] = [
      [],
      [{ id: 'x' }],
      [{ id: 'x', title: 'y', price: 3 }],
      [{ id: 'x', title: 'a\u202eb' }],
      [{ id: '', title: 'y' }],
    ];
    for (const items of wrong) expect((await put(items)).status).toBe(422);
    expect(
      (
        await put([
          { id: 'good', title: 'Good' },
          { id: 'bad\u0000', title: 'Bad' },
        ])
      ).status,
    ).toBe(422);
    expect(shop.memory.engine.items().has('good')).toBe(false);
  });

  it('[H16] learning answers the model that is now in service', async () => {
    const answer = learnAnswer.parse(
      await (await shop.ask('POST', '/v1/learn', { key: shop.keys.admin })).json(),
    );
    expect(answer.model).toBe((await shop.memory.engine.status()).model);
    expect(answer.items).toBeGreaterThan(0);
  });

  it('[H17] health, readiness and the GPC statement are public and tell no number', async () => {
    expect(await (await shop.ask('GET', '/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await shop.ask('GET', '/readyz')).json()).toEqual({ ready: true, recovered: false });
    await shop.memory.engine.recover();
    expect(await (await shop.ask('GET', '/readyz')).json()).toEqual({ ready: true, recovered: true });
    expect(await (await shop.ask('GET', '/.well-known/gpc.json')).json()).toEqual({ gpc: true });
  });

  it('[H17] not ready when the store does not answer or the server stops; alive still', async () => {
    const stopping = await openShop();
    const { engine } = stopping.memory;
    const closed = (): Promise<never> =>
      Promise.reject(new Fault('closed', 'the store is closed', { retry: 'never' }));
    // The data may be on another server than the keys, which alone are counted.
    const { documents } = engine.core.world;
    const { pointer } = documents;
    documents.pointer = closed;
    expect((await stopping.ask('GET', '/readyz')).status).toBe(503);
    documents.pointer = pointer;
    expect((await stopping.ask('GET', '/readyz')).status).toBe(200);
    engine.status = closed;
    expect((await stopping.ask('GET', '/readyz')).status).toBe(503);
    stopping.http.stop();
    const work = await stopping.ask('POST', '/v1/decide', {
      key: stopping.keys.decide,
      body: { placement: 'home' },
    });
    expect([work.status, work.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await stopping.ask('GET', '/healthz')).status).toBe(200);
    await stopping.close();
  });

  it('[H18] neither log nor metrics hold a name, an address with one, a body or a key', async () => {
    let written = '';
    const log = pino({ level: 'debug', base: null }, { write: (text: string) => void (written += text) });
    const watched = await openShop({ log });
    await stock(watched);
    const person = 'planted-person-77';
    const { keys } = watched;
    const paths = ['', '/consent', '/export', '/joins/planted-other-78', '/nowhere', '?x=planted-query-79'];
    await watched.ask('PUT', `/v1/people/${person}/consent`, { key: keys.collect, body: YES });
    for (const path of paths) {
      for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH']) {
        const headers = {
          'x-forwarded-for': '10.99.88.77',
          'user-agent': 'planted-agent-80',
          cookie: 'planted-cookie=81',
        };
        const body = method === 'GET' ? {} : { body: { planted: 'planted-body-82' } };
        await watched.ask(method, `/v1/people/${person}${path}`, { key: keys.officer, headers, ...body });
      }
    }
    await watched.ask('POST', '/v1/decide', {
      key: keys.decide,
      body: '{"person": "planted-person-77", nonsense',
    });
    const { token } = (await (
      await watched.ask('POST', `/v1/people/${person}/token`, { key: keys.admin, body: { ttlMinutes: 5 } })
    ).json()) as { token: string };
    await watched.ask('GET', '/v1/people/planted-person-77', { key: `${token}x` });
    const figures = await (await watched.ask('GET', '/metrics', { key: keys.admin })).text();
    expect(written.split('\n').length).toBeGreaterThan(25);
    expect(figures).toContain(
      'fineline_http_request_seconds_count{route="GET /v1/people/{id}",status="200"} 1',
    );
    // Thirteen people are here: fewer than can be told.
    expect(figures).toContain('fineline_people 0\n');
    for (const secret of ['planted', '10.99.88.77', token, keys.officer, keys.officer.slice(-20), 'buyer-']) {
      expect(written, secret).not.toContain(secret);
      expect(figures, secret).not.toContain(secret);
    }
    await watched.close();
  });
});
