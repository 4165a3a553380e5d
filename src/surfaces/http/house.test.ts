import { pino } from 'pino';
import { Fault } from '../../kernel/fault.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskOptions, type Shop, YES, openShop, stock } from '../../../test/support/http-shop.ts';
import { itemsAnswer, learnAnswer, problemAnswer } from './answers.ts';
import type { HttpOptions } from './http.ts';
import { createBucket, createBuckets } from './rate.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
});
afterAll(() => shop.close());

const decide = (body: unknown, options: AskOptions = {}) =>
  shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body, ...options });
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemAnswer.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem).not.toHaveProperty('instance');
  return problem;
};

describe('problems', () => {
  it('[H7] JSON that cannot be read is told where reading stopped, and nothing of it is repeated', async () => {
    const texts: readonly (readonly [string, RegExp])[] = [
      ['{"person":"secret-name", oops', /character 25\./],
      ['', /character 0\./],
      ['{"placement":"home"', /character 19\./],
      ['[1,]', /character 3\./],
      ['{"a":1,"a":2}', /twice/],
      [`${'['.repeat(40)}${']'.repeat(40)}`, /deeper/],
      ['{"a":"\\ud800"}', /surrogate/],
      ['{"limit":1e999}', /double/],
    ];
    for (const [text, says] of texts) {
      const problem = await problemOf(await decide(text));
      expect(problem.status, text).toBe(400);
      expect(problem.detail).toMatch(says);
      expect(problem.detail).not.toContain('secret');
    }
  });

  it('[H7] a body that is not UTF-8, not JSON by its type, or compressed is refused', async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);
    const request = new Request('http://shop.test/v1/decide', {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.keys.decide}`, 'content-type': 'application/json' },
      body: bytes,
    });
    expect((await shop.http.fetch(request)).status).toBe(400);
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=latin1', 'application/jsonx', '']) {
      expect((await decide('{}', { headers: { 'content-type': type } })).status, type).toBe(415);
    }
    expect((await decide('{}', { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    const fine = { placement: 'home' };
    const headers = { 'content-type': 'Application/JSON; charset="UTF-8"', 'content-encoding': 'identity' };
    expect((await decide(fine, { headers })).status).toBe(200);
  });

  it('[H7, H19] a body is counted while it arrives, whether or not it said how long it is', async () => {
    const body = (chunks: number) => {
      let sent = 0;
      return new ReadableStream<Uint8Array>({
        pull: (controller) => {
          sent += 1;
          if (sent > chunks) controller.close();
          else controller.enqueue(new Uint8Array(65_536).fill(0x20));
        },
      });
    };
    const send = (stream: ReadableStream, headers: Record<string, string> = {}) =>
      shop.http.fetch(
        new Request('http://shop.test/v1/decide', {
          method: 'POST',
          headers: { authorization: `Bearer ${shop.keys.decide}`, 'content-type': 'application/json', ...headers },
          body: stream,
          duplex: 'half',
        } as RequestInit),
      );
    expect((await send(body(16))).status).toBe(400);
    expect((await send(body(17))).status).toBe(413);
    expect((await send(body(1_000_000))).status).toBe(413);
    expect((await send(body(1), { 'content-length': String(LIMITS.bodyBytesMax + 1) })).status).toBe(413);
  });

  it('[H7] wrong fields are named one by one, with what was expected and what to do', async () => {
    const problem = await problemOf(await decide({ placement: 1, limit: 'many', context: { items: [2] }, [`x${'y'.repeat(500)}`]: 0 }));
    expect(problem.errors?.map(({ field }) => field)).toEqual(['placement', 'limit', 'context/items/0', expect.stringMatching(/^xy{99}…$/)]);
    for (const error of problem.errors ?? []) expect(error.remedy.length).toBeGreaterThan(5);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 0]));
    expect((await problemOf(await decide({ placement: 'home', ...many }))).errors).toHaveLength(10);
  });

  it('[H7] other methods, HEAD and OPTIONS are answered as HTTP asks', async () => {
    const wrong = await shop.ask('PATCH', '/v1/people/x');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, DELETE, HEAD, OPTIONS']);
    await problemOf(wrong);
    const options = await shop.ask('OPTIONS', '/v1/decide');
    expect([options.status, options.headers.get('allow'), await options.text()]).toEqual([204, 'POST, OPTIONS', '']);
    const head = await shop.ask('HEAD', '/readyz');
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'application/json', '']);
    expect((await shop.ask('HEAD', '/v1/people/buyer-1')).status).toBe(401);
    expect((await shop.ask('GET', '/v2/decide')).status).toBe(404);
    expect((await shop.ask('GET', `/${'x'.repeat(3000)}`)).status).toBe(414);
  });

  it('[H7] no answer may be kept, guessed, framed, or read by another site', async () => {
    for (const response of [await decide({ placement: 'home' }), await decide({}), await shop.ask('GET', '/nowhere')]) {
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('when the world fails', () => {
  const failing = async (error: unknown, options: Partial<HttpOptions> = {}) => {
    const lines: object[] = [];
    const log = { debug: () => undefined, info: () => undefined, error: (fields: object) => void lines.push(fields) };
    const broken = await openShop({ log, ...options });
    broken.memory.engine.decide = () => Promise.reject(error instanceof Error ? error : new Error('unreachable'));
    const response = await broken.ask('POST', '/v1/decide', { key: broken.keys.decide, body: { placement: 'home', person: 'planted-1' } });
    const problem = problemAnswer.parse(await response.json());
    await broken.close();
    return { status: response.status, wait: response.headers.get('retry-after'), problem, log: JSON.stringify(lines) };
  };

  it.each([
    ['disk-full', 'later', 507, '30'],
    ['overloaded', 'later', 503, '5'],
    ['closed', 'never', 503, '5'],
    ['conflict', 'now', 503, '1'],
    ['not-kept', 'never', 410, null],
    ['damaged', 'never', 500, null],
  ] as const)('[H7] %s, to be tried %s, is answered %i', async (code, retry, status, wait) => {
    const answer = await failing(new Fault(code, 'in its own words', { retry }));
    expect([answer.status, answer.wait]).toEqual([status, wait]);
    expect(JSON.stringify(answer.problem)).not.toContain('own words');
    expect(answer.log.includes('in its own words')).toBe(code !== 'not-kept' && code !== 'conflict');
  });

  it('[H7, H18] an error of ours tells the caller nothing and the log only where it happened', async () => {
    const answer = await failing(new TypeError('cannot read planted-1 of {"person":"planted-1"}'));
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.problem) + answer.log).not.toContain('planted-1');
    expect(JSON.stringify(answer.problem)).not.toMatch(/\.ts|at /);
    expect(answer.log).toMatch(/"error":"TypeError".*house\.test/);
  });

  it('[H19] what takes longer than the limit is answered 503, and may be asked again', async () => {
    const slow = await openShop({ timeLimitMs: 20 });
    slow.memory.engine.decide = () => new Promise(() => undefined);
    const response = await slow.ask('POST', '/v1/decide', { key: slow.keys.decide, body: { placement: 'home' } });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    await slow.close();
  });
});

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
    expect(['a', 'a', 'b', 'c', 'b', 'a'].map((name) => (buckets.take(name, 0) === 0 ? 'pass' : 'wait'))).toEqual([
      'pass',
      'wait',
      'pass',
      'pass',
      'wait',
      'pass',
    ]);
  });

  it('[H19] one key, one person or all strangers cannot take the place of the others', async () => {
    const rate = { burst: 2, perSecond: 0.001 };
    const small = await openShop({ rates: { key: rate, person: rate, anybody: rate } });
    const people = ['/v1/people/a', '/v1/people/a', '/v1/people/a'];
    // Made directly: minting them over HTTP would use up the admin's two.
    const mint = (id: string) => small.http.house.host.tokens.mint({ person: id as never, ttlMinutes: 5, nowMs: small.memory.world.clock.nowMs() });
    const [a, b] = [mint('a').token, mint('b').token];
    const statuses = async (key: string | undefined, path: string) => (await small.ask('GET', path, { key })).status;
    const seen: number[] = [];
    for (const path of people) seen.push(await statuses(a, path));
    expect(seen).toEqual([404, 404, 429]);
    expect(await statuses(b, '/v1/people/b')).toBe(404);
    expect([await statuses(undefined, '/v1/people/a'), await statuses('flk_x', '/v1/people/a')]).toEqual([401, 401]);
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
    expect(shop.memory.engine.items().get('lamp')).toMatchObject({ available: false, link: 'https://shop.test/lamp' });
    const wrong: readonly unknown[] = [[], [{ id: 'x' }], [{ id: 'x', title: 'y', price: 3 }], [{ id: 'x', title: 'a\u202eb' }], [{ id: '', title: 'y' }]];
    for (const items of wrong) expect((await put(items)).status).toBe(422);
    expect((await put([{ id: 'good', title: 'Good' }, { id: 'bad\u0000', title: 'Bad' }])).status).toBe(422);
    expect(shop.memory.engine.items().has('good')).toBe(false);
  });

  it('[H16] learning answers the model that is now in service', async () => {
    const answer = learnAnswer.parse(await (await shop.ask('POST', '/v1/learn', { key: shop.keys.admin })).json());
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

  it('[H17] readiness fails when the store does not answer, and when the server stops; health goes on', async () => {
    const stopping = await openShop();
    stopping.memory.engine.status = () => Promise.reject(new Fault('closed', 'the store is closed', { retry: 'never' }));
    expect((await stopping.ask('GET', '/readyz')).status).toBe(503);
    stopping.http.stop();
    const work = await stopping.ask('POST', '/v1/decide', { key: stopping.keys.decide, body: { placement: 'home' } });
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
        const headers = { 'x-forwarded-for': '10.99.88.77', 'user-agent': 'planted-agent-80', cookie: 'planted-cookie=81' };
        const body = method === 'GET' ? {} : { body: { planted: 'planted-body-82' } };
        await watched.ask(method, `/v1/people/${person}${path}`, { key: keys.officer, headers, ...body });
      }
    }
    await watched.ask('POST', '/v1/decide', { key: keys.decide, body: '{"person": "planted-person-77", nonsense' });
    const { token } = (await (await watched.ask('POST', `/v1/people/${person}/token`, { key: keys.admin, body: { ttlMinutes: 5 } })).json()) as { token: string };
    await watched.ask('GET', '/v1/people/planted-person-77', { key: `${token}x` });
    const figures = await (await watched.ask('GET', '/metrics', { key: keys.admin })).text();
    expect(written.split('\n').length).toBeGreaterThan(25);
    expect(figures).toContain('fineline_http_request_seconds_count{route="GET /v1/people/{id}",status="200"} 1');
    expect(figures).toContain('fineline_people 1');
    for (const secret of ['planted', '10.99.88.77', token, keys.officer, keys.officer.slice(-20), 'buyer-']) {
      expect(written, secret).not.toContain(secret);
      expect(figures, secret).not.toContain(secret);
    }
    await watched.close();
  });
});
