// The small shop of the end-to-end tests: its settings, its things, and buyers who let it learn.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventsAnswer, learnAnswer } from '../../src/surfaces/http/answers.ts';
import { type Running, newFolder } from './e2e-running.ts';

/** Orders come through the till (contract), everything else through the web shop (consent). */
export const E2E_SETTINGS = `
controller: shop
place: { country: DE }
minPeople: 3
sources:
  - { id: web-shop, origin: first-party, channel: web, basis: consent, notice: notice-1, description: shop }
  - { id: till, origin: first-party, channel: till, basis: contract, notice: notice-1, description: tills }
placements:
  - { id: home, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 10, exploreRate: 0.2,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 },
      capPerPerson: { impressionsMax: 500, windowHours: 24 } }
  - { id: steady, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 5, exploreRate: 0,
      perLeafMax: 5, capPerItem: { impressionsMax: 500, windowHours: 24 },
      capPerPerson: { impressionsMax: 500, windowHours: 24 } }
  - { id: product, purpose: recommend, channels: [web], strategy: complements, itemsMax: 5, exploreRate: 0,
      perLeafMax: 5 }
`;

/** A home with these settings and nothing else. Call it inside a test. */
export function newHome(): string {
  const home = join(newFolder(), 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'fineline.yaml'), E2E_SETTINGS);
  return home;
}

const KINDS = ['coat', 'glove', 'tea', 'lamp', 'boot'];
/** `coat-1` … `boot-8`. */
export const E2E_ITEMS: readonly string[] = KINDS.flatMap((kind) =>
  [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${kind}-${n}`),
);

/** What anybody here is asked about. */
export const CATEGORIES = ['browsing', 'purchases', 'interactions'] as const;
export const PURPOSES = ['recommend', 'improve', 'measure'] as const;
export const NOTICE = { id: 'notice-1', language: 'en' } as const;

export type State = 'given' | 'withdrawn' | 'refused';
export interface Said {
  readonly category: (typeof CATEGORIES)[number];
  readonly purpose: (typeof PURPOSES)[number];
  readonly state: State;
}

/** Every category for every purpose. */
export function all(state: State): readonly Said[] {
  return CATEGORIES.flatMap((category) => PURPOSES.map((purpose) => ({ category, purpose, state })));
}

export const BUYERS: readonly string[] = Array.from({ length: 12 }, (_, n) => `buyer-${n}`);

/** A catalogue, twelve buyers of what goes together, and a model of it; through HTTP alone. */
export async function stock(server: Running): Promise<void> {
  const items = E2E_ITEMS.map((id) => ({ id, title: `The ${id}`, path: ['Things', id.replace(/-.*/, '')] }));
  const put = await server.http('PUT', '/v1/items', { key: server.keys.admin, body: { items } });
  expect(put.status, put.text).toBe(200);
  const messages = BUYERS.flatMap((person, n) => [
    { fineline: 'consent', person, source: 'web-shop', grants: all('given'), notice: NOTICE },
    {
      kind: 'purchase',
      source: 'till',
      id: `stock-${n}`,
      person,
      time: new Date(Date.now() - 3_600_000).toISOString(),
      lines: E2E_ITEMS.filter((_, at) => (at + n) % 4 < 2).map((item) => ({ item, quantity: 1 })),
    },
  ]);
  const sent = await server.http('POST', '/v1/events', { key: server.keys.collect, body: messages });
  expect(eventsAnswer.parse(JSON.parse(sent.text)), sent.text).toMatchObject({ accepted: 12, consents: 12 });
  const learned = await server.http('POST', '/v1/learn', { key: server.keys.admin });
  expect(learnAnswer.parse(JSON.parse(learned.text)).items, learned.text).toBeGreaterThan(10);
}
