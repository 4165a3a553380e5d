// The stage of the named cases: the embedded preset behind its real HTTP server, the town's catalogue and
// some of its people inside, a clock in the test's hand. Everything goes in and comes out through the public
// API; only the end of a file's life (closing, removing the home) does not. The people of a story are made by
// the story, so a case does not change when the town grows.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { generateTown } from '../../../data/town/generate.ts';
import { DAY_MS } from '../../../src/kernel/time.ts';
import { openEmbedded } from '../../../src/presets/embedded.ts';
import { registerTownNotices } from '../../../src/surfaces/cli/import/town-notices.ts';
import { eventsAnswer } from '../../../src/surfaces/http/answers.ts';
import { loadApiKeys } from '../../../src/surfaces/cli/home/api-keys.ts';
import { serveHome } from '../../../src/surfaces/cli/serving.ts';
import { settingsOf } from './settings.ts';

const keysFile = z.object({
  collect: z.string(),
  decide: z.string(),
  officer: z.string(),
  admin: z.string(),
});
type Keys = z.infer<typeof keysFile>;

export interface Asking {
  /** A service key by its role, or a key or token as it is; absent: nobody in particular. */
  readonly as?: keyof Keys | (string & {});
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** `undefined` when it is no JSON. */
  readonly json: unknown;
}

export interface Town {
  readonly home: string;
  readonly keys: Keys;
  ask(method: string, path: string, asking?: Asking): Promise<Answer>;
  /** Sends messages as the shop does; what came of them. */
  send(messages: readonly unknown[], more?: Sending): Promise<Taken>;
  /** Fits a model of what was sent so far. */
  learn(): Promise<void>;
  /** A token of this person, as the shop hands it out after sign-in. */
  token(person: string): Promise<string>;
  nowMs(): number;
  /** Lets time pass. */
  pass(ms: number): void;
  close(): Promise<void>;
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands behind `/v1/events?`. */
  readonly query?: string;
}

export type Taken = z.infer<typeof eventsAnswer>;

export interface TownOptions {
  /** Townspeople in the background; 0: an empty shop, without things as well. */
  readonly people?: number;
  /** Of history behind them. */
  readonly days?: number;
  readonly controller?: string;
}

/** Enough for every shelf to have its buyers, ready within about a second. */
const BACKGROUND = { people: 200, days: 90 };
const MESSAGES_PER_REQUEST = 500;
/** Friday 20 November 2026, noon: the same town, and so the same lists, whenever a case is run. */
const NOW = Date.UTC(2026, 10, 20, 12);

export async function openTown(options: TownOptions = {}): Promise<Town> {
  const { people, days, controller } = { ...BACKGROUND, controller: 'town', ...options };
  const home = join(mkdtempSync(join(tmpdir(), 'fineline-case-')), 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'fineline.yaml'), settingsOf(controller));
  let passedMs = 0;
  const openedMs = Date.now();
  const nowMs = (): number => NOW + (Date.now() - openedMs) + passedMs;
  const embedded = await openEmbedded({ home, fast: true, clock: { nowMs } });
  await registerTownNotices(embedded.engine);
  const listening = await serveHome({ embedded, keys: loadApiKeys(embedded.paths), port: 0 });
  const keys = keysFile.parse(JSON.parse(readFileSync(join(home, 'keys.json'), 'utf8')));
  const ask: Town['ask'] = async (method, path, { as, body, headers = {} } = {}) => {
    const bearer = as === undefined ? undefined : (keys[as as keyof Keys] ?? as);
    const response = await fetch(`${listening.url}${path}`, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, json: jsonIn(text) };
  };
  const town: Town = {
    home,
    keys,
    ask,
    send: async (messages, { headers = {}, query = 'source=town-web' } = {}) => {
      const answer = await ask('POST', `/v1/events?${query}`, { as: 'collect', body: messages, headers });
      expect(answer.status, answer.text).toBeLessThan(300);
      return eventsAnswer.parse(answer.json);
    },
    learn: async () => {
      const { status, text } = await ask('POST', '/v1/learn', { as: 'admin' });
      expect(status, text).toBe(200);
    },
    token: async (person) => {
      const path = `/v1/people/${encodeURIComponent(person)}/token`;
      const { json } = await ask('POST', path, { as: 'admin', body: { ttlMinutes: 60 } });
      return z.object({ token: z.string() }).parse(json).token;
    },
    nowMs,
    pass: (ms) => {
      passedMs += ms;
    },
    close: async () => {
      await listening.close();
      await embedded.close();
      rmSync(join(home, '..'), { recursive: true, force: true });
    },
  };
  if (people > 0) await fill(town, { people, days });
  return town;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function fill(town: Town, size: { readonly people: number; readonly days: number }): Promise<void> {
  const endMs = Math.floor(town.nowMs() / DAY_MS) * DAY_MS;
  const made = generateTown({ seed: 53, ...size, endMs });
  await stockShop(
    town,
    made.catalogue.map(({ id, title, description, path, priceMinor, brand, stock }) => ({
      ...{ id, title, description, path, priceMinor, currency: 'EUR', brand, available: stock > 0 },
    })),
  );
  const messages = [...made.lines()].map(({ json }): unknown => JSON.parse(json));
  for (let from = 0; from < messages.length; from += MESSAGES_PER_REQUEST) {
    await town.send(messages.slice(from, from + MESSAGES_PER_REQUEST));
  }
  await town.learn();
}

/** Puts things on the shelves of the shop. */
export async function stockShop(town: Town, items: readonly unknown[]): Promise<void> {
  const { status, text } = await town.ask('PUT', '/v1/items', { as: 'admin', body: { items } });
  expect(status, text).toBe(200);
}
