// For tests over HTTP: the whole surface on an engine in memory, a small shop in it, and keys for everybody.

import type { ReceiptTrust } from '../../src/prove/verify.ts';
import { parseItemId } from '../../src/facts/ids.ts';
import { type Memory, type MemoryOptions, openMemory } from '../../src/presets/memory.ts';
import { type Http, type HttpOptions, createHttp } from '../../src/surfaces/http/http.ts';
import { type PlainKeys, createKeys } from '../../src/surfaces/http/keys.ts';

export interface Shop {
  readonly memory: Memory;
  readonly http: Http;
  readonly keys: PlainKeys;
  /** A token of this person. */
  token(person: string): Promise<string>;
  /** Sends a request; a body that is no string goes as JSON. */
  ask(method: string, path: string, options?: AskOptions): Promise<Response>;
  close(): Promise<void>;
}

export interface AskOptions {
  readonly key?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openShop(
  options: Partial<HttpOptions> & { readonly memory?: MemoryOptions } = {},
): Promise<Shop> {
  const memory = await openMemory(options.memory);
  const { plain, hashed } = createKeys(memory.world.entropy);
  const http = createHttp({
    engine: memory.engine,
    keys: hashed,
    tokenSecret: memory.tokenSecret,
    ...options,
  });
  const ask: Shop['ask'] = (method, path, { key, body, headers = {} } = {}) => {
    const json: Readonly<Record<string, string>> =
      body === undefined ? {} : { 'content-type': 'application/json' };
    const bearer: Readonly<Record<string, string>> =
      key === undefined ? {} : { authorization: `Bearer ${key}` };
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const init = { method, headers: { ...json, ...bearer, ...headers } };
    return http.fetch(
      new Request(`http://shop.test${path}`, sent === undefined ? init : { ...init, body: sent }),
    );
  };
  return {
    memory,
    http,
    keys: plain,
    ask,
    token: async (person) => {
      const address = `/v1/people/${encodeURIComponent(person)}/token`;
      const minted = await ask('POST', address, { key: plain.admin, body: { ttlMinutes: 60 } });
      // Our own answer, just asked for.
      return ((await minted.json()) as { readonly token: string }).token;
    },
    close: () => memory.close(),
  };
}

const WINTER = ['Clothing', 'Winter'] as const;
export const ITEMS = [
  ['coat', 'Winter coat', [...WINTER, 'Coats']],
  ['gloves', 'Gloves', [...WINTER, 'Gloves']],
  ['scarf', 'Scarf', [...WINTER, 'Scarves']],
  ['hat', 'Hat', [...WINTER, 'Hats']],
  ['boots', 'Boots', [...WINTER, 'Boots']],
  ['food', 'Cat food', ['Pets', 'Food']],
] as const;

/** What everybody here allows. */
export const YES = {
  grants: (['purchases', 'browsing', 'basket', 'interactions', 'declared'] as const).flatMap((category) =>
    (['recommend', 'improve', 'measure'] as const).map((purpose) => ({ category, purpose, state: 'given' })),
  ),
  notice: { id: 'notice-1', language: 'en' },
} as const;

/** A catalogue, twelve people who bought what goes together, and a model of it. */
export async function stock(shop: Shop): Promise<void> {
  const items = ITEMS.map(([id, title, path]) => {
    const parsed = parseItemId(id);
    if (!parsed.ok) throw new Error('unreachable: a good id');
    return { id: parsed.value, title, path, available: true };
  });
  await shop.memory.engine.putItems(items);
  const messages: unknown[] = [];
  for (let i = 0; i < 12; i += 1) {
    const person = `buyer-${i}`;
    messages.push({ fineline: 'consent', person, ...YES });
    const lines = ITEMS.slice(0, 5).filter((_, index) => (i + index) % 4 !== 0);
    messages.push({ kind: 'purchase', id: `order-${i}`, person, lines: lines.map(([item]) => ({ item })) });
  }
  const sent = await shop.ask('POST', '/v1/events?source=web-shop', {
    key: shop.keys.collect,
    body: messages,
  });
  if (sent.status !== 202) throw new Error(`the stock was not taken in: ${await sent.text()}`);
  await shop.ask('POST', '/v1/learn', { key: shop.keys.admin });
}

/** What a checker of this shop's receipts trusts: its log key, and an Ed25519. */
export function trustIn({ memory }: Shop): ReceiptTrust {
  const { crypto, log } = memory.world;
  return {
    vkey: log.vkey,
    verifyEd25519: (claim) => crypto.verify(claim.publicKey, claim.message, claim.signature),
  };
}
