// A market on disk, served over HTTP: a portal and three sellers who sell the same things to the same people
// under the same numbers. Each home has words of its own planted in what it knows.

import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { makeModel } from '../../src/facts/model.ts';
import { type Embedded, openEmbedded } from '../../src/presets/embedded.ts';
import { pathsOf } from '../../src/presets/paths.ts';
import { addPortal, addSeller } from '../../src/presets/market-add.ts';
import { marketFileOf, parseStallName } from '../../src/presets/market-file.ts';
import { type Market, openMarket } from '../../src/presets/market.ts';
import type { Surface } from '../../src/surfaces/http/http.ts';
import { type HashedKeys, type PlainKeys, createKeys } from '../../src/surfaces/http/keys.ts';
import { createMarket } from '../../src/surfaces/http/market.ts';
import { type Listening, listenFor } from '../../src/surfaces/http/serve.ts';
import { settingsOf } from '../cases/support/settings.ts';
import { noticeNaming } from '../support/joint.ts';
import { ALL_YES, type Ask, type Asked, RATES } from '../attack/attackers/stage.ts';

export const PORTAL = 'bazaar';
export const SELLERS = ['lamps', 'tools', 'books'] as const;
export const NAMES: readonly string[] = [PORTAL, ...SELLERS];

/** Stands in titles, shelves, sources and things of one home, and in no request that is made to another. */
export const WORDS: Readonly<Record<string, string>> = {
  bazaar: 'Quibblefen',
  lamps: 'Zwirnhold',
  tools: 'Morvantix',
  books: 'Pellucarn',
};

export interface Home {
  readonly name: string;
  readonly embedded: Embedded;
  readonly keys: PlainKeys;
  readonly hashed: HashedKeys;
}

export interface Stalls {
  readonly market: Market;
  readonly homes: readonly Home[];
  readonly surface: Surface;
  readonly listening: Listening;
  /** Over the socket. */
  readonly ask: Ask;
  close(): Promise<void>;
}

/** Written over the first settings, so that nothing is drawn by lot and every home has a word of its own. */
function furnish(home: string, name: string, partners: readonly string[] = []): void {
  const { settings, policy } = pathsOf(home);
  const text = settingsOf(name).replaceAll('description: our', `description: ${WORDS[name]}`);
  if (partners.length === 0) {
    writeFileSync(settings, text);
    rmSync(policy, { force: true });
    return;
  }
  // What stands in a policy file does not stand in the settings.
  const [before = ''] = text.replace('minPeople: 3\n', '').split('placements:');
  writeFileSync(settings, before + noticeNaming(partners));
  writeFileSync(policy, jointPolicy(partners));
}

/** The policy file of a seller who learns together with these. */
export const jointPolicy = (partners: readonly string[]): string => `policy: 1
purposes:
  recommend: [purchases, browsing, basket, interactions, declared]
  improve: [purchases]
  pool: [purchases]
  contact: [purchases, browsing, basket, interactions, declared]
  measure: [purchases, interactions]
joint: { with: [${partners.join(', ')}], items: id }
`;

function nameOf(text: string) {
  const name = parseStallName(text);
  if (!name.ok) throw new Error('unreachable: a good name');
  return name.value;
}

/** `joint`: who learns together, in the market's file and in the policies alike. */
export async function openStalls(joint: readonly string[] = []): Promise<Stalls> {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-market-'));
  const partners = (name: string): readonly string[] =>
    joint.includes(name) ? joint.filter((other) => other !== name) : [];
  furnish(addPortal(dir, nameOf(PORTAL)).home, PORTAL, partners(PORTAL));
  for (const name of SELLERS) furnish(addSeller(dir, nameOf(name)).home, name, partners(name));
  if (joint.length > 0) appendFileSync(marketFileOf(dir), `joint: [[${joint.join(', ')}]]\n`);
  const market = await openMarket({ dir, env: {} });
  const homes = market.stalls.map(({ stall, embedded, because }): Home => {
    if (embedded === undefined) throw new Error(because);
    const { plain, hashed } = createKeys({ bytes: (count) => randomBytes(count) });
    return { name: stall.controller, embedded, keys: plain, hashed };
  });
  const open = homes.map(({ embedded: { engine, tokenSecret }, hashed }) => {
    return { engine, tokenSecret, keys: hashed };
  });
  const surface = createMarket({ open, rates: RATES });
  const listening = await listenFor(surface, { port: 0 });
  return {
    market,
    homes,
    surface,
    listening,
    ask: askerOf((request) => fetch(request), listening.url),
    close: async () => {
      await listening.close();
      await market.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The same home without neighbours; the caller closes it. */
export async function openAlone(name: string): Promise<Home & { readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-alone-'));
  furnish(dir, name);
  const { plain, hashed } = createKeys({ bytes: (count) => randomBytes(count) });
  return { name, embedded: await openEmbedded({ home: dir }), keys: plain, hashed, dir };
}

export function askerOf(send: (request: Request) => Promise<Response>, url = 'http://market.test'): Ask {
  return async ({ method, path, key, body, headers }: Asked) => {
    const sent = new Headers(headers);
    if (body !== undefined) sent.set('content-type', 'application/json');
    if (key !== undefined) sent.set('authorization', `Bearer ${key}`);
    const init = { method, headers: sent, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await send(new Request(`${url}${path}`, init));
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    const json = isJson ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : undefined;
    return { status: answer.status, text, json, headers: JSON.stringify([...answer.headers]) };
  };
}

const THINGS = 6;
const BUYERS = 12;
/** Customers of all homes under the same number, and one of each alone. */
export const SHARED = ['maria', 'jonas'] as const;
export const loneOf = (name: string): string => `lone-${name}`;
/** A fixed day, so that two homes that were told the same know the same. */
export const TIME = new Date(Date.now() - 5 * 86_400_000).toISOString();

/** The same ids everywhere; titles and shelves are the home's own, and so is what goes with what. */
export function thingsOf(name: string): readonly unknown[] {
  const word = WORDS[name];
  const shared = Array.from({ length: THINGS }, (_, n) => {
    return { id: `thing-${n}`, title: `${word} thing ${n}`, path: ['Things', `${word} shelf ${n}`] };
  });
  return [
    ...shared,
    { id: `${word}-special`, title: `The special ${word}`, path: ['Things', `${word} rare`] },
  ];
}

/** Everybody's yes and purchases. `n` of a home: whom its things go with. */
export function livesOf(name: string): readonly unknown[] {
  const shift = 1 + NAMES.indexOf(name);
  const notice = { id: 'notice-1', language: 'en' };
  const yes = (person: string) => {
    return { fineline: 'consent', person, grants: ALL_YES, notice, time: TIME };
  };
  const bought = (person: string, items: readonly string[]) => {
    const lines = items.map((item) => ({ item, quantity: 1 }));
    return { kind: 'purchase', id: `order-${person}`, person, source: `${name}-web`, time: TIME, lines };
  };
  const buyers = Array.from({ length: BUYERS }, (_, n) => {
    const first = n % THINGS;
    const items = [`thing-${first}`, `thing-${(first + shift) % THINGS}`, `${WORDS[name]}-special`];
    return [yes(`buyer-${n}`), bought(`buyer-${n}`, items)];
  });
  const known = [...SHARED, loneOf(name)].map((person) => [yes(person), bought(person, ['thing-0'])]);
  return [...buyers, ...known].flat();
}

export async function fill(ask: Ask, { name, keys }: Pick<Home, 'name' | 'keys'>): Promise<void> {
  const put = await ask({
    method: 'PUT',
    path: '/v1/items',
    key: keys.admin,
    body: { items: thingsOf(name) },
  });
  const path = `/v1/events?source=${name}-web`;
  const sent = await ask({ method: 'POST', path, key: keys.collect, body: livesOf(name) });
  const learned = await ask({ method: 'POST', path: '/v1/learn', key: keys.admin });
  if (put.status !== 200 || sent.status !== 202 || learned.json?.['model'] === null)
    throw new Error(`${name} was not filled: ${put.text} ${sent.text} ${learned.text}`);
}

/** What a home knows and would do, as its own keys show it. */
export async function stateOf(ask: Ask, { name, keys, embedded }: Home): Promise<string> {
  const parts: string[] = [await learnedBy(embedded)];
  for (const person of [...SHARED, loneOf(name), 'buyer-1']) {
    const known = await ask({ method: 'GET', path: `/v1/people/${person}`, key: keys.officer });
    const said = await ask({ method: 'GET', path: `/v1/people/${person}/consent`, key: keys.officer });
    const body = { person, placement: 'home' };
    const { json } = await ask({ method: 'POST', path: '/v1/decide', key: keys.decide, body });
    const { status, json: fields } = known;
    parts.push(JSON.stringify([status, fields?.['facts'], fields?.['allowed'], said.text]));
    parts.push(JSON.stringify([json?.['items'], json?.['nothing']]));
  }
  for (const path of ['/v1/notices', '/v1/releases', '/v1/proxies'])
    parts.push((await ask({ method: 'GET', path, key: keys.officer })).text);
  parts.push(JSON.stringify([...embedded.engine.items()]));
  return parts.join('\n');
}

/** Statistics and model, byte for byte but for the time at which the model was made. */
export async function learnedBy({ engine }: Pick<Embedded, 'engine'>): Promise<string> {
  const model = await engine.learn();
  if (model === undefined) throw new Error('nothing was learned');
  const counts = Buffer.from(await engine.core.world.learner.canonical()).toString('latin1');
  return `${makeModel({ ...model, builtMs: 0 }).id}\n${counts}`;
}
