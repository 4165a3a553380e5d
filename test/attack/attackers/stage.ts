// The stage of the attackers: the whole HTTP surface on an engine in memory, with a shop that every attack
// can use, and holes that an attack can ask for, each put around Fineline from outside.

import type { Engine } from '../../../src/engine/engine.ts';
import type { World } from '../../../src/engine/ports.ts';
import { DATA_CATEGORIES } from '../../../src/facts/category.ts';
import { STANDARD_PURPOSES } from '../../../src/facts/standard-notice.ts';
import { type Memory, openMemory } from '../../../src/presets/memory.ts';
import type { Pace } from '../../../src/presets/timing.ts';
import { createHttp } from '../../../src/surfaces/http/http.ts';
import { type HashedKeys, type PlainKeys, createKeys } from '../../../src/surfaces/http/keys.ts';
import { settingsOf } from '../../cases/support/settings.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Service key or token. */
  readonly key?: string | undefined;
  /** A string goes as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** `undefined` when it is none. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly headers: string;
}

export type Ask = (asked: Asked) => Promise<Answered>;

export interface Stage {
  readonly memory: Memory;
  /** With what an attack has put around it. */
  readonly engine: Engine;
  readonly keys: PlainKeys;
  readonly ask: Ask;
  token(person: string): Promise<string>;
  close(): Promise<void>;
}

/** What an attack may change to have a Fineline without guard. */
export interface Holes {
  readonly controller?: string;
  readonly settings?: string;
  readonly pace?: Pace;
  readonly world?: Partial<World>;
  readonly keys?: { readonly plain: PlainKeys; readonly hashed: HashedKeys };
  readonly engine?: (engine: Engine) => Engine;
  /** Stands before the surface and may change what is asked and what is answered. */
  readonly front?: (ask: Ask, stage: { readonly memory: Memory; readonly keys: PlainKeys }) => Ask;
}

const WITHOUT_LIMIT = { burst: 1e9, perSecond: 1e9 };
export const RATES = { key: WITHOUT_LIMIT, person: WITHOUT_LIMIT, anybody: WITHOUT_LIMIT };

export async function openStage(holes: Holes = {}): Promise<Stage> {
  const { controller = 'town', pace, world } = holes;
  const memory = await openMemory({
    settings: holes.settings ?? settingsOf(controller),
    ...(pace === undefined ? {} : { pace }),
    ...(world === undefined ? {} : { world }),
  });
  const { plain, hashed } = holes.keys ?? createKeys(memory.world.entropy);
  const engine = holes.engine?.(memory.engine) ?? memory.engine;
  const http = createHttp({ engine, keys: hashed, tokenSecret: memory.tokenSecret, rates: RATES });
  const plainAsk: Ask = async (asked) => answeredBy(await http.fetch(requestOf(asked)));
  const ask = holes.front?.(plainAsk, { memory, keys: plain }) ?? plainAsk;
  return {
    memory,
    engine,
    keys: plain,
    ask,
    token: async (person) => {
      const path = `/v1/people/${encodeURIComponent(person)}/token`;
      const { json } = await plainAsk({ method: 'POST', path, key: plain.admin, body: { ttlMinutes: 60 } });
      return String(json?.['token']);
    },
    close: () => memory.close(),
  };
}

export function requestOf({ method, path, key, body, headers }: Asked): Request {
  const sent = new Headers(headers);
  if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
  if (key !== undefined) sent.set('authorization', `Bearer ${key}`);
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return new Request(`http://shop.test${path}`, {
    method,
    headers: sent,
    ...(text === undefined ? {} : { body: text }),
  });
}

export async function answeredBy(response: Response): Promise<Answered> {
  const text = await response.text();
  let json: Answered['json'];
  try {
    const value: unknown = JSON.parse(text);
    json = value !== null && typeof value === 'object' ? { ...value } : undefined;
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json, headers: JSON.stringify([...response.headers]) };
}

const KINDS = ['coat', 'glove', 'tea', 'lamp', 'pan', 'film'];
const OF_A_KIND = 4;
export const ORDINARY: readonly string[] = KINDS.flatMap((kind) =>
  Array.from({ length: OF_A_KIND }, (_, n) => `${kind}-${n + 1}`),
);
/** What somebody may not want others to know; the classes follow from title and shelf. */
export const SENSITIVE = [
  ['test-two', 'Pregnancy test, two pieces', ['Pharmacy', 'Family planning']],
  ['vitamins-prenatal', 'Prenatal vitamins', ['Pharmacy', 'Family planning', 'Expecting']],
  ['gum-nicotine', 'Nicotine gum', ['Pharmacy', 'Quitting']],
] as const;

/** `isLabelled`: false makes a catalogue in which nothing is of a class. */
export function catalogue(isLabelled: boolean): readonly unknown[] {
  const ordinary = ORDINARY.map((id) => ({
    id,
    title: `The ${id}`,
    path: ['Things', id.replace(/-.*/, '')],
  }));
  const sensitive = SENSITIVE.map(([id, title, path], n) =>
    isLabelled ? { id, title, path } : { id, title: `Article ${n}`, path: ['Things', `shelf ${n}`] },
  );
  return [...ordinary, ...sensitive];
}

export const ALL_YES = STANDARD_PURPOSES.flatMap((purpose) =>
  DATA_CATEGORIES.map((category) => ({ category, purpose, state: 'given' })),
);

export const yes = (person: string): unknown => ({
  fineline: 'consent',
  person,
  grants: ALL_YES,
  notice: { id: 'notice-1', language: 'en' },
});

let lastId = 0;

export function did(person: string, kind: string, items: readonly string[], source = 'town-web'): unknown {
  lastId += 1;
  return { kind, id: `stage-${lastId}`, person, source, lines: items.map((item) => ({ item, quantity: 1 })) };
}

const MESSAGES_MAX = 400;

/** Sends messages as the shop does; throws when one was not understood. */
export async function send(
  { ask, keys }: Pick<Stage, 'ask' | 'keys'>,
  messages: readonly unknown[],
  query = 'source=town-web',
): Promise<void> {
  for (let from = 0; from < messages.length; from += MESSAGES_MAX) {
    const body = messages.slice(from, from + MESSAGES_MAX);
    const { status, text } = await ask({
      method: 'POST',
      path: `/v1/events?${query}`,
      key: keys.collect,
      body,
    });
    if (status >= 300) throw new Error(`the shop could not send: ${text}`);
  }
}

/** What `n`-th customers buy: two kinds that go together, and for every third something of the pharmacy. */
export function basketOf(n: number): readonly string[] {
  const at = n % OF_A_KIND;
  const next = (at + 1) % OF_A_KIND;
  const kinds = [KINDS[n % KINDS.length] ?? 'coat', KINDS[(n + 1) % KINDS.length] ?? 'tea'];
  return kinds.flatMap((kind) => [`${kind}-${at + 1}`, `${kind}-${next + 1}`]);
}

/** The catalogue, a crowd who buy ordinary and sensitive things together, and a model of that. */
export async function stock(stage: Stage, isLabelled = true, crowd = 60): Promise<void> {
  const { ask, keys } = stage;
  await ask({ method: 'PUT', path: '/v1/items', key: keys.admin, body: { items: catalogue(isLabelled) } });
  const messages = Array.from({ length: crowd }, (_, n) => n).flatMap((n) => {
    const extra = SENSITIVE[n % SENSITIVE.length]?.[0] ?? 'test-two';
    const items = n % 3 === 0 ? [...basketOf(n), extra] : basketOf(n);
    return [yes(`crowd-${n}`), did(`crowd-${n}`, 'purchase', items)];
  });
  await send(stage, messages);
  const learned = await ask({ method: 'POST', path: '/v1/learn', key: keys.admin });
  if (learned.json?.['model'] === null) throw new Error('the stage has no model');
}
