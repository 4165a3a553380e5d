import { Fault } from '../../kernel/fault.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskOptions, type Shop, openShop, stock } from '../../../test/support/http-shop.ts';
import { problemAnswer } from './answers.ts';
import type { HttpOptions } from './http.ts';

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
  it('[H7] bad JSON is told where reading stopped, and nothing of it is repeated', async () => {
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
    for (const type of [
      'text/plain',
      'application/xml',
      'application/json; charset=latin1',
      'application/jsonx',
      '',
    ]) {
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
          headers: {
            authorization: `Bearer ${shop.keys.decide}`,
            'content-type': 'application/json',
            ...headers,
          },
          body: stream,
          duplex: 'half',
        }),
      );
    expect((await send(body(16))).status).toBe(400);
    expect((await send(body(17))).status).toBe(413);
    expect((await send(body(1_000_000))).status).toBe(413);
    expect((await send(body(1), { 'content-length': String(LIMITS.bodyBytesMax + 1) })).status).toBe(413);
  });

  it('[H7] wrong fields are named one by one, with what was expected and what to do', async () => {
    const problem = await problemOf(
      await decide({ placement: 1, limit: 'many', context: { items: [2] }, [`x${'y'.repeat(500)}`]: 0 }),
    );
    expect(problem.errors?.map(({ field }) => field)).toEqual([
      'placement',
      'limit',
      'context/items/0',
      expect.stringMatching(/^xy{99}…$/),
    ]);
    for (const error of problem.errors ?? []) expect(error.remedy.length).toBeGreaterThan(5);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 0]));
    expect((await problemOf(await decide({ placement: 'home', ...many }))).errors).toHaveLength(10);
  });

  it('[H7] other methods, HEAD and OPTIONS are answered as HTTP asks', async () => {
    const wrong = await shop.ask('PATCH', '/v1/people/x');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, DELETE, HEAD, OPTIONS']);
    await problemOf(wrong);
    const options = await shop.ask('OPTIONS', '/v1/decide');
    expect([options.status, options.headers.get('allow'), await options.text()]).toEqual([
      204,
      'POST, OPTIONS',
      '',
    ]);
    const head = await shop.ask('HEAD', '/readyz');
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'application/json',
      '',
    ]);
    expect((await shop.ask('HEAD', '/v1/people/buyer-1')).status).toBe(401);
    expect((await shop.ask('GET', '/v2/decide')).status).toBe(404);
    expect((await shop.ask('GET', `/${'x'.repeat(3000)}`)).status).toBe(414);
  });

  it('[H7] no answer may be kept, guessed, framed, or read by another site', async () => {
    for (const response of [
      await decide({ placement: 'home' }),
      await decide({}),
      await shop.ask('GET', '/nowhere'),
    ]) {
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('when the world fails', () => {
  const failing = async (error: Error, options: Partial<HttpOptions> = {}) => {
    const lines: object[] = [];
    const log = {
      debug: () => undefined,
      info: () => undefined,
      error: (fields: object) => void lines.push(fields),
    };
    const broken = await openShop({ log, ...options });
    broken.memory.engine.decide = async () => {
      throw error;
    };
    const response = await broken.ask('POST', '/v1/decide', {
      key: broken.keys.decide,
      body: { placement: 'home', person: 'planted-1' },
    });
    const problem = problemAnswer.parse(await response.json());
    await broken.close();
    return {
      status: response.status,
      wait: response.headers.get('retry-after'),
      problem,
      log: JSON.stringify(lines),
    };
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
    expect(answer.log).toMatch(/"error":"TypeError".*problems\.test/);
  });

  it('[H19] what takes longer than the limit is answered 503, and may be asked again', async () => {
    const slow = await openShop({ timeLimitMs: 20 });
    slow.memory.engine.decide = () => new Promise(() => undefined);
    const response = await slow.ask('POST', '/v1/decide', {
      key: slow.keys.decide,
      body: { placement: 'home' },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    await slow.close();
  });
});
