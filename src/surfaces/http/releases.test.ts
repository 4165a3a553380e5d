// Goal: a number about people becomes public over one route, by the officer's hand, and copy says no other.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ITEMS, type Shop, YES, openShop } from '../../../test/support/http-shop.ts';
import { policyIn } from '../../../test/support/policies.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import { fromHex, utf8 } from '../../kernel/bytes.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { DAY_MS, utcDay } from '../../kernel/time.ts';
import { documentLeafOf } from '../../prove/leaf.ts';
import { copyAnswer, ledgerAnswer, problemAnswer, releaseAnswer } from './answers.ts';
import { COPY_LANGUAGES, aboutIn } from '../../facts/about.ts';

let shop: Shop;
/** The shop's clock stands at 2026-07-01, noon. */
const yesterdayMs = Date.UTC(2026, 6, 1, 12) - DAY_MS;
const day = utcDay(yesterdayMs);
const question = { ask: 'people-total', from: day, to: day, rho: 0.4 };

beforeAll(async () => {
  shop = await openShop();
  const budget = { rhoPerYear: 1, peopleMin: 20, reason: 'a test' };
  await shop.memory.engine.usePolicy(policyIn({ budget }));
  const items = ITEMS.map(([id, title, path]) => ({ id, title, path }));
  await shop.ask('PUT', '/v1/items', { key: shop.keys.admin, body: { items } });
  for (let n = 0; n < 70; n += 1) {
    const person = `buyer-${n}`;
    const consent = { fineline: 'consent', person, ...YES };
    const time = new Date(yesterdayMs).toISOString();
    const order = { kind: 'purchase', id: `p-${n}`, person, time, lines: [{ item: 'coat', quantity: 1 }] };
    await shop.ask('POST', '/v1/events?source=web-shop', { key: shop.keys.collect, body: [consent, order] });
  }
});
afterAll(() => shop.close());

const publish = (body: object, key = shop.keys.officer) => shop.ask('POST', '/v1/releases', { key, body });
const ledger = async () => ledgerAnswer.parse(await (await shop.ask('GET', '/v1/releases')).json());

it('[H31] an officer makes a number public; asked again it is the same', async () => {
  expect((await publish(question, shop.keys.admin)).status).toBe(403);
  expect((await ledger()).releases).toEqual([]);
  const first = await publish(question);
  expect(first.status).toBe(201);
  const made = releaseAnswer.parse(await first.json());
  expect(Math.abs(Number(made.release.total) - 70)).toBeLessThan(10);
  const again = await publish({ ...question, rho: 0.5 });
  expect([again.status, await again.json()]).toEqual([200, made]);
});

it('[H30] the ledger is public, each release with the bytes whose hash is in the log', async () => {
  await publish(question);
  await shop.memory.engine.maintain();
  const { releases, rhoMillionthsSpent, whole } = await ledger();
  expect([releases.length, rhoMillionthsSpent, whole]).toEqual([1, 400_000, true]);
  for (const { id, release } of releases) {
    expect(sha256Hex(utf8(canonicalJson(release)))).toBe(id);
    expect(await shop.memory.world.log.inclusion(documentLeafOf(fromHex(id) ?? utf8('')))).toBeDefined();
  }
});

it.each([
  [{ ...question, to: '2999-01-01' }, 'to'],
  [{ ...question, from: 'May' }, 'from'],
  [{ ...question, person: 'buyer-1' }, 'person'],
  [{ ...question, ask: 'people-per-item', items: ['unheard-of'] }, 'items/0'],
  [{ ...question, ask: 'people-per-street' }, 'ask'],
])('[H31] %j is refused by its field', async (body, field) => {
  const response = await publish(body);
  expect(response.status).toBe(422);
  const { errors } = problemAnswer.parse(await response.json());
  expect(errors?.map((one) => one.field)).toContain(field);
});

it('[H31] what the budget does not allow is 409, with the day it renews', async () => {
  await publish(question);
  const response = await publish({ ...question, ask: 'people-per-leaf', rho: 0.7 });
  expect(response.status).toBe(409);
  const { detail } = problemAnswer.parse(await response.json());
  expect(detail).toMatch(/there is 0\.6 left\. It renews on \d{4}-01-01/);
});

it('[H32] copy is filled with released numbers, and with nothing else', async () => {
  const { id } = releaseAnswer.parse(await (await publish(question)).json());
  const copy = (text: string, language = 'en') =>
    shop.ask('POST', '/v1/copy', { key: shop.keys.admin, body: { text, language } });
  // σ² = 2: steps of 10, and a hundred people at least. They are seventy.
  const rough = await copy(`{people:${id}} people, {people:${'0'.repeat(64)}} and {count}.`);
  expect(rough.status).toBe(422);
  const { errors = [] } = problemAnswer.parse(await rough.json());
  expect(errors.map(({ field, remedy }) => [field, remedy])).toEqual([
    ['text/places/0', expect.stringMatching(/steps of 10/)],
    ['text/places/1', expect.stringMatching(/no release/)],
    ['text/places/2', expect.stringMatching(/comes from a release/)],
  ]);
  expect(copyAnswer.parse(await (await copy('Our coats keep warm.')).json())).toEqual({
    text: 'Our coats keep warm.',
  });
  expect((await copy('Our coats keep warm.', 'tlh')).status).toBe(422);
});

it('[H32] a number is written as the language writes numbers', () => {
  expect(COPY_LANGUAGES.map((language) => aboutIn(language)(12_300))).toEqual([
    'about 12,300',
    'etwa 12.300',
    'circa 12.300',
    'yaklaşık 12.300',
    expect.stringMatching(/^نحو /),
    'כ-12,300',
    '約 12,300',
  ]);
});
