// Requests made from our own OpenAPI document: mostly right, and wrong in every way that comes to mind.

import { YES } from './http-shop.ts';
import type { Random } from '../../src/kernel/random.ts';
import { openApi } from '../../src/surfaces/http/openapi.ts';

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId: string;
  readonly 'x-roles': 'public' | readonly string[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
  };
}

const TEXTS = [
  '',
  ' ',
  'maria',
  'home',
  'web',
  'coat',
  'a'.repeat(129),
  'a'.repeat(5000),
  '\u0000',
  'a\r\nSet-Cookie: x=1',
  '../../etc/passwd',
  '%2e%2e%2f',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '${jndi:ldap://x}',
  '__proto__',
  'constructor',
  'toString',
  '\u202e\u2066',
  '👩‍👩‍👧',
  '\ud800',
  'ｈｏｍｅ',
  'İ',
  'null',
  'NaN',
  '-1',
  '1e400',
  '9'.repeat(400),
  '2026-07-01T00:00:00Z',
  '0000-00-00',
  'sell',
  '*',
  'flk_admin_x',
  '\u2028',
  'ﷺ'.repeat(100),
];
const NUMBERS = [0, -0, -1, 1, 2.5, 100, 101, 1e9, 2 ** 31, 2 ** 53, 2 ** 64, 1e308, -1e308, 5e-324];

export class Maker {
  readonly random: Random;
  constructor(random: Random) {
    this.random = random;
  }

  chance(share: number): boolean {
    return this.random.unit() < share;
  }

  pick<T>(list: readonly T[]): T {
    // `below` keeps to the list, and the lists here are never empty.
    return list[this.random.below(list.length)] as T;
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
        return this.chance(0.5)
          ? this.pick(['maria', 'home', 'coat', 'web-shop', 'DE', 'notice-1', 'en'])
          : this.pick(TEXTS);
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
    for (const [name, property] of Object.entries(
      (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>,
    )) {
      if (this.chance(required.includes(name) ? 0.95 : 0.5)) fields.push([name, this.value(property)]);
    }
    if (this.chance(0.08)) fields.push([this.pick(TEXTS), this.junk()]);
    return Object.fromEntries(fields);
  }

  /** An event in one of the formats, or nearly. */
  message(): unknown {
    const person = this.pick(['maria', 'guest-1', this.pick(TEXTS)]);
    const lines = Array.from({ length: this.random.below(3) }, () => ({
      item: this.pick(['coat', 'hat', this.pick(TEXTS)]),
      quantity: this.junk(4),
    }));
    const kind = this.pick([
      'view',
      'purchase',
      'return',
      'declare',
      'click',
      'dismiss',
      'impression',
      'what',
    ]);
    return this.pick([
      { kind, person, lines, traits: { language: 'de', birthYear: this.junk(4) } },
      { kind, person, lines, time: this.junk(4), decision: this.pick(TEXTS) },
      { fineline: 'consent', person, ...YES, place: this.junk(3), gpc: this.junk(4) },
      {
        type: 'track',
        event: this.pick(['Order Completed', 'Product Viewed', 'x']),
        userId: person,
        properties: { products: lines, order_id: this.junk(4) },
      },
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
      text.slice(0, at) +
        this.pick(['"', '}', ']', ',', '\u0000', '\ufeff', '\\u', '{"__proto__":']) +
        text.slice(at),
      `${'['.repeat(200)}${text}`,
      `{"a":1,"a":${text}}`,
      text.repeat(2),
      '',
    ]);
  }
}

export interface Planned {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export function plan(
  maker: Maker,
  keys: Readonly<Record<string, string>>,
  decisions: readonly string[],
): Planned {
  // Our own document, whose form the contract tests hold.
  const { paths } = openApi() as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const all = Object.keys(paths).filter((one) => one !== '/docs' && one !== '/openapi.json');
  const path = maker.pick(maker.chance(0.5) ? all : ['/v1/events', '/v1/decide', '/v1/people/{id}/consent']);
  const [verb, operation] = maker.pick(Object.entries(paths[path] ?? {}));
  let address = path;
  for (const { name, in: where, schema } of operation.parameters) {
    if (where !== 'path') continue;
    const usual =
      name === 'decision'
        ? [...decisions, 'x']
        : name === 'path'
          ? ['checkpoint', 'vkey', 'tile/0/000']
          : ['maria', 'guest-1'];
    const value = maker.chance(0.6) ? maker.pick(usual) : textOf(maker.value(schema));
    address = address.replace(`{${name}}`, () =>
      maker.chance(0.9) ? encode(value) : value.replaceAll(/[^!-~]/g, '%'),
    );
  }
  const query = operation.parameters.filter((one) => one.in === 'query' && maker.chance(0.5));
  const pairs = query.map(({ name, schema }) => `${name}=${encode(textOf(maker.value(schema)))}`);
  if (maker.chance(0.1)) pairs.push(`${encode(maker.pick(TEXTS))}=${encode(maker.pick(TEXTS))}`);
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  const isEvents = operation.operationId === 'collect';
  const value = isEvents
    ? Array.from({ length: 1 + maker.random.below(4) }, () => maker.message())
    : content && maker.value(content[1].schema);
  const text = value === undefined ? undefined : JSON.stringify(value);
  const body =
    text === undefined
      ? maker.chance(0.05)
        ? '{}'
        : undefined
      : maker.chance(0.1)
        ? maker.spoilt(text)
        : text;
  const method = maker.chance(0.05)
    ? maker.pick(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
    : verb.toUpperCase();
  const headers: Record<string, string> = {
    'content-type': maker.chance(0.95)
      ? 'application/json'
      : maker.pick(['text/plain', 'application/json;charset=utf-16', 'x']),
  };
  if (maker.chance(0.1)) headers['sec-gpc'] = maker.pick(['1', '0', 'x', '1, 1']);
  if (maker.chance(0.05))
    headers[maker.pick(['x-forwarded-for', 'host', 'cookie', 'content-encoding', 'x-http-method-override'])] =
      'DELETE; a=b';
  const noBody = method === 'GET' || method === 'HEAD';
  return {
    method,
    path: pairs.length === 0 ? address : `${address}?${pairs.join('&')}`,
    key: keyFor(maker, operation, keys),
    headers,
    body: noBody ? undefined : body,
  };
}

/** Half of the time a key that may. */
function keyFor(
  maker: Maker,
  operation: Operation,
  keys: Readonly<Record<string, string>>,
): string | undefined {
  const roles = operation['x-roles'];
  if (maker.chance(0.5) && roles !== 'public') return keys[maker.pick(roles)];
  return maker.pick([...Object.values(keys), 'flk_admin_x', 'x', undefined, undefined, undefined]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}
