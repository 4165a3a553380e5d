// Requests made from our own OpenAPI document, right and wrong in every way that comes to mind, against the whole surface. Whatever
// is sent: no 5xx, no crash, and never anything of the planted people in an answer that is not theirs, in the log or in the metrics.
//
// 1,000 requests by default, 10,000 with FINELINE_FULL=1; HTTP_FUZZ_SEED replays.

import { pino } from 'pino';
import { expect, it } from 'vitest';
import { type Shop, YES, openShop, stock } from '../../../test/support/http-shop.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { openApi } from './openapi.ts';

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>> };
}

const REQUESTS = process.env['FINELINE_FULL'] === '1' ? 10_000 : 1000;
const SEED = Number(process.env['HTTP_FUZZ_SEED'] ?? Math.floor(Date.now() / 1000));
/** Names and values that exist nowhere but in the data of two people who take no part. */
const PLANTED = ['planted-anna-4711', 'planted-ben-4712', 'planted-thing-4713', 'planted-thing-4714'];

const TEXTS = [
  '', ' ', 'maria', 'home', 'web', 'coat', 'a'.repeat(129), 'a'.repeat(5000), '\u0000', 'a\r\nSet-Cookie: x=1', '../../etc/passwd', '%2e%2e%2f',
  "' OR 1=1 --", '<script>alert(1)</script>', '{{7*7}}', '${jndi:ldap://x}', '__proto__', 'constructor', 'toString', '\u202e\u2066', '👩‍👩‍👧', '\ud800',
  'ｈｏｍｅ', 'İ', 'null', 'NaN', '-1', '1e400', '9'.repeat(400), '2026-07-01T00:00:00Z', '0000-00-00', 'sell', '*', 'flk_admin_x', '\u2028', 'ﷺ'.repeat(100),
];
const NUMBERS = [0, -0, -1, 1, 2.5, 100, 101, 1e9, 2 ** 31, 2 ** 53, 2 ** 64, 1e308, -1e308, 5e-324];

class Maker {
  readonly random: Random;
  constructor(random: Random) {
    this.random = random;
  }

  chance(share: number): boolean {
    return this.random.unit() < share;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.random.below(list.length)];
    if (found === undefined) throw new Error('unreachable: a list of something');
    return found;
  }

  /** Anything JSON can be. */
  junk(depth = 0): unknown {
    const kind = this.random.below(depth > 3 ? 5 : 8);
    if (kind === 0) return null;
    if (kind === 1) return this.chance(0.5);
    if (kind === 2) return this.pick(NUMBERS);
    if (kind < 5) return this.pick(TEXTS);
    const count = this.random.below(4);
    if (kind === 5) return Array.from({ length: count }, () => this.junk(depth + 1));
    return Object.fromEntries(Array.from({ length: count }, () => [this.pick(TEXTS), this.junk(depth + 1)]));
  }

  /** Mostly what the schema asks for. */
  value(schema: Schema): unknown {
    if (this.chance(0.06)) return this.junk();
    if (Array.isArray(schema['enum'])) return this.pick(schema['enum'] as readonly unknown[]);
    switch (schema['type']) {
      case 'string':
        return this.chance(0.5) ? this.pick(['maria', 'home', 'coat', 'web-shop', 'DE', 'notice-1', 'en']) : this.pick(TEXTS);
      case 'integer':
      case 'number':
        return this.chance(0.7) ? 1 + this.random.below(50) : this.pick(NUMBERS);
      case 'boolean':
        return this.chance(0.5);
      case 'array':
        return this.list(schema['items'] as Schema);
      case 'object':
        return this.object(schema);
      default:
        return this.junk();
    }
  }

  list(items: Schema): readonly unknown[] {
    const count = this.chance(0.03) ? 1100 : this.random.below(5);
    return Array.from({ length: count }, () => this.value(items));
  }

  object(schema: Schema): unknown {
    const fields: [string, unknown][] = [];
    const required = (schema['required'] ?? []) as readonly string[];
    for (const [name, property] of Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Schema>>)) {
      if (this.chance(required.includes(name) ? 0.95 : 0.5)) fields.push([name, this.value(property)]);
    }
    if (this.chance(0.08)) fields.push([this.pick(TEXTS), this.junk()]);
    return Object.fromEntries(fields);
  }

  /** An event in one of the formats, or nearly. */
  message(): unknown {
    const person = this.pick(['maria', 'guest-1', this.pick(TEXTS)]);
    const lines = Array.from({ length: this.random.below(3) }, () => ({ item: this.pick(['coat', 'hat', this.pick(TEXTS)]), quantity: this.junk(4) }));
    const kind = this.pick(['view', 'purchase', 'return', 'declare', 'click', 'dismiss', 'impression', 'what']);
    return this.pick([
      { kind, person, lines, traits: { language: 'de', birthYear: this.junk(4) } },
      { kind, person, lines, time: this.junk(4), decision: this.pick(TEXTS) },
      { fineline: 'consent', person, ...YES, place: this.junk(3), gpc: this.junk(4) },
      { type: 'track', event: this.pick(['Order Completed', 'Product Viewed', 'x']), userId: person, properties: { products: lines, order_id: this.junk(4) } },
      { name: 'purchase', params: { items: lines, transaction_id: this.junk(4) }, user_id: person },
      { client_id: person, events: [{ name: 'view_item', params: { items: lines } }, this.junk()] },
      { specversion: '1.0', id: this.junk(4), source: 'till', type: `shop.${kind}`, data: { person, lines } },
      this.junk(),
    ]);
  }

  /** Text that is nearly JSON. */
  spoilt(text: string): string {
    const at = this.random.below(text.length + 1);
    return this.pick([
      text.slice(0, at),
      text.slice(0, at) + this.pick(['"', '}', ']', ',', '\u0000', '\ufeff', '\\u', '{"__proto__":']) + text.slice(at),
      `${'['.repeat(200)}${text}`,
      `{"a":1,"a":${text}}`,
      text.repeat(2),
      '',
    ]);
  }
}

interface Planned {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

function plan(maker: Maker, keys: readonly (string | undefined)[], decisions: readonly string[]): Planned {
  // Our own document, whose form the contract tests hold.
  const { paths } = openApi() as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  const path = maker.pick(Object.keys(paths).filter((one) => one !== '/docs' && one !== '/openapi.json'));
  const [verb, operation] = maker.pick(Object.entries(paths[path] ?? {}));
  let address = path;
  for (const { name, in: where, schema } of operation.parameters) {
    if (where !== 'path') continue;
    const usual = name === 'decision' ? [...decisions, 'x'] : name === 'path' ? ['checkpoint', 'vkey', 'tile/0/000'] : ['maria', 'guest-1'];
    const value = maker.chance(0.6) ? maker.pick(usual) : String(maker.value(schema));
    address = address.replace(`{${name}}`, () => (maker.chance(0.9) ? encode(value) : value.replaceAll(/[^!-~]/g, '%')));
  }
  const query = operation.parameters.filter((one) => one.in === 'query' && maker.chance(0.5));
  const pairs = query.map(({ name, schema }) => `${name}=${encode(String(maker.value(schema)))}`);
  if (maker.chance(0.1)) pairs.push(`${encode(maker.pick(TEXTS))}=${encode(maker.pick(TEXTS))}`);
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  const isEvents = operation.operationId === 'collect';
  const value = isEvents ? Array.from({ length: 1 + maker.random.below(4) }, () => maker.message()) : content && maker.value(content[1].schema);
  const text = value === undefined ? undefined : JSON.stringify(value);
  const body = text === undefined ? (maker.chance(0.05) ? '{}' : undefined) : maker.chance(0.1) ? maker.spoilt(text) : text;
  const method = maker.chance(0.05) ? maker.pick(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']) : verb.toUpperCase();
  const headers: Record<string, string> = { 'content-type': maker.chance(0.95) ? 'application/json' : maker.pick(['text/plain', 'application/json;charset=utf-16', 'x']) };
  if (maker.chance(0.1)) headers['sec-gpc'] = maker.pick(['1', '0', 'x', '1, 1']);
  if (maker.chance(0.05)) headers[maker.pick(['x-forwarded-for', 'host', 'cookie', 'content-encoding', 'x-http-method-override'])] = 'DELETE; a=b';
  const noBody = method === 'GET' || method === 'HEAD';
  return { method, path: pairs.length === 0 ? address : `${address}?${pairs.join('&')}`, key: maker.pick(keys), headers, body: noBody ? undefined : body };
}

function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

async function plant(shop: Shop): Promise<readonly string[]> {
  await stock(shop);
  await shop.ask('PUT', '/v1/items', { key: shop.keys.admin, body: { items: [{ id: 'planted-thing-4713', title: 'x', available: false }] } });
  const decisions: string[] = [];
  for (const person of [...PLANTED.slice(0, 2), 'maria', 'guest-1']) {
    const thing = person.startsWith('planted') ? PLANTED[2] : 'coat';
    const lines = [{ item: thing }, { item: 'coat' }];
    const body = [{ fineline: 'consent', person, ...YES }, { kind: 'purchase', person, lines, traits: {} }];
    await shop.ask('POST', '/v1/events?source=web-shop', { key: shop.keys.collect, body });
    const made = await shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body: { person, placement: 'home' } });
    decisions.push(((await made.json()) as { readonly decision: string }).decision);
  }
  return decisions;
}

it(`[H22] ${REQUESTS} requests, right and wrong, with every kind of key: no 5xx, no crash, nobody else's data (seed ${SEED})`, async () => {
  let written = '';
  const log = pino({ level: 'debug', base: null }, { write: (text: string) => void (written += text) });
  const shop = await openShop({ log });
  const decisions = await plant(shop);
  const maker = new Maker(seededRandom(SEED));
  const { collect, decide, officer, admin } = shop.keys;
  const tokens = [await shop.token('maria'), await shop.token('guest-1')];
  const keys = [collect, collect, decide, decide, officer, admin, ...tokens, ...tokens, undefined, 'flk_admin_x', `${tokens[0]}x`];
  const statuses = new Map<number, number>();
  for (let i = 0; i < REQUESTS; i += 1) {
    const { method, path, key, headers, body } = plan(maker, keys, decisions);
    const what = `seed ${SEED}, request ${i}: ${method} ${path} ${body?.slice(0, 400) ?? ''}`;
    const response = await shop.ask(method, path, { key, headers, body });
    const text = await response.text();
    expect(response.status, what).toBeLessThan(500);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    // Officers may see everybody; nobody asks for the planted people by name but through the names of their decisions.
    const maySee = (key === officer || key === admin) && /\/(why|receipts)\//.test(path);
    if (!maySee) for (const secret of PLANTED) expect(text.includes(secret), `${secret} in ${what}`).toBe(false);
    for (const [name, value] of response.headers) expect(/[\r\n]/.test(name + value), what).toBe(false);
    if (response.headers.has('set-cookie')) throw new Error(`a header was injected: ${what}`);
  }
  const figures = await (await shop.ask('GET', '/metrics', { key: admin })).text();
  for (const secret of [...PLANTED, 'maria', 'guest-1', ...tokens]) {
    expect(figures.includes(secret), secret).toBe(false);
    expect(written.includes(secret), secret).toBe(false);
  }
  // The planted people are as they were, and a planned request reached every kind of answer.
  expect((await shop.ask('GET', '/v1/people/planted-anna-4711', { key: officer })).status).toBe(200);
  for (const status of [200, 202, 400, 401, 403, 404, 405, 415, 422]) expect([...statuses.keys()], `seed ${SEED}`).toContain(status);
  await shop.close();
});
