import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AskOptions,
  type Shop,
  YES,
  openShop,
  stock,
  trustIn,
} from '../../../test/support/http-shop.ts';
import type { DecisionId } from '../../facts/ids.ts';
import { verifyReceipt } from '../../prove/verify.ts';
import { decideAnswer, eventsAnswer, problemAnswer, whyAnswer } from './answers.ts';
import { EXAMPLES } from './examples.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
});
afterAll(() => shop.close());

const decide = (body: unknown, options: AskOptions = {}) =>
  shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body, ...options });
const send = (body: unknown, query = '?source=web-shop', options: AskOptions = {}) =>
  shop.ask('POST', `/v1/events${query}`, { key: shop.keys.collect, body, ...options });
const decided = async (body: unknown, options: AskOptions = {}) =>
  decideAnswer.parse(await (await decide(body, options)).json());
const taken = async (body: unknown, query?: string, options: AskOptions = {}) =>
  eventsAnswer.parse(await (await send(body, query, options)).json());
const whyOf = async (decision: string, key: string) =>
  whyAnswer.parse(await (await shop.ask('GET', `/v1/why/${decision}`, { key })).json());

describe('POST /v1/decide', () => {
  it('[H9] answers items, reasons that sum to the score, and a receipt that verifies', async () => {
    const answer = await decided({ person: 'buyer-1', placement: 'home', limit: 3 });
    expect(answer.items.length).toBeGreaterThan(0);
    for (const { score, reasons } of answer.items)
      expect(reasons.reduce((sum, { value }) => sum + value, 0)).toBe(score);
    const receipt = verifyReceipt(JSON.stringify(answer.receipt), trustIn(shop));
    expect(receipt).toMatchObject({ ok: true, value: { kind: 'promise' } });
    expect(answer.receipt).not.toHaveProperty('opening');
  });

  it('[H9] takes no purpose, and nothing else it does not know', async () => {
    for (const more of [{ purpose: 'serve' }, { context: { purpose: 'serve' } }, { facts: [] }]) {
      const response = await decide({ person: 'buyer-1', placement: 'home', ...more });
      expect(response.status).toBe(422);
      expect(problemAnswer.parse(await response.json()).errors?.[0]?.expected).toBe('no such field');
    }
    const { decision } = await decided({ person: 'buyer-1', placement: 'home' });
    expect((await whyOf(decision, shop.keys.officer)).purpose).toBe('recommend');
  });

  it('[H9] lists things of one part of the catalogue, where one is asked for, and again', async () => {
    const ask = { person: 'buyer-1', placement: 'home', limit: 4 };
    const within = async (path: string) => decided({ ...ask, context: { within: path } });
    const hats = await within('clothing > Winter > Hats');
    expect(hats.items.map(({ item }) => item)).toEqual(['hat']);
    const stranger = await decided({ placement: 'home', limit: 6, context: { within: 'Clothing' } });
    expect(stranger.items.map(({ item }) => item)).toHaveLength(5);
    expect(stranger.items.map(({ item }) => item)).not.toContain('food');
    const none = await within('Clothing > Summer');
    expect([none.items, none.nothing]).toEqual([[], 'nothing-fits']);
    const steps = await decided({ ...ask, context: { within: ['Clothing', 'winter', 'hats'] } });
    expect(steps.items.map(({ item }) => item)).toEqual(['hat']);
    const found = await shop.memory.engine.find(hats.decision as DecisionId);
    expect(found?.record.input.within).toEqual(['clothing', 'Winter', 'Hats']);
    expect((await shop.memory.engine.replay(found!)).same).toBe(true);
  });

  it('[H9] names the field when placement, channel or place are unknown', async () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ placement: 'nowhere' }, 'placement'],
      [{ placement: 'home', channel: 'till' }, 'channel'],
      [{ placement: 'home', channel: 'telepathy' }, 'channel'],
      [{ placement: 'home', limit: 0 }, 'limit'],
      [{ placement: 'home', limit: 1.5 }, 'limit'],
      [{ placement: 'home', context: { place: { country: 'Germany' } } }, 'context/place/country'],
      [{ placement: 'home', context: { items: ['ok', 'a\u0000b'] } }, 'context/items/1'],
      [{ placement: 'home', person: 'a\u202eb' }, 'person'],
      [{ placement: 'home', context: { within: '' } }, 'context/within'],
      [{ placement: 'home', context: { within: 'Food >' } }, 'context/within'],
      [{ placement: 'home', context: { within: [] } }, 'context/within'],
      [{ placement: 'home', context: { within: ['Food', 'a\u0000b'] } }, 'context/within/1/step'],
    ];
    for (const [body, field] of wrong) {
      const response = await decide(body);
      const problem = problemAnswer.parse(await response.json());
      expect([response.status, problem.errors?.map((error) => error.field)]).toEqual([422, [field]]);
    }
  });

  it('[H9] is about nobody without a person, and limited by the placement', async () => {
    const answer = await decided({ placement: 'product', context: { items: ['coat'] }, limit: 100 });
    expect(answer.items.map(({ item }) => item)).not.toContain('food');
    expect(answer.items.length).toBeLessThanOrEqual(10);
    expect(answer.items.every(({ reasons }) => reasons.every(({ kind }) => kind !== 'fact'))).toBe(true);
  });

  it('[H9] does not tell that something was held back: an emptied slot reads like an empty one', async () => {
    const person = `guarded-${randomUUID()}`;
    const buy = ['coat', 'gloves', 'scarf', 'hat', 'boots'].map((item) => ({ item }));
    await taken([
      { fineline: 'consent', person, ...YES },
      { kind: 'purchase', id: randomUUID(), person, lines: buy },
    ]);
    const answer = await decided({ person, placement: 'home' });
    const { held = [], nothing } = await whyOf(answer.decision, await shop.token(person));
    expect(held.length).toBeGreaterThan(0);
    expect(nothing).toBe('guarded');
    expect(answer).toMatchObject({ items: [], nothing: 'nothing-fits' });
  });

  it.each<[string, AskOptions, object]>([
    ['the header', { headers: { 'sec-gpc': '1' } }, {}],
    ['the context', {}, { gpc: true }],
    ['a field nobody can read', {}, { gpc: 'sure' }],
  ])('[H9] honours Global Privacy Control in %s', async (_, options, more) => {
    const person = `gpc-${randomUUID()}`;
    const place = { country: 'US', region: 'CA' };
    await taken(
      [{ kind: 'purchase', id: randomUUID(), person, lines: [{ item: 'coat' }] }],
      '?source=till&country=US&region=CA',
    );
    const without = await decided({ person, placement: 'home', context: { place } });
    expect(without.items[0]?.reasons.some(({ kind }) => kind === 'fact')).toBe(true);
    const withSignal = await decided({ person, placement: 'home', context: { place, ...more } }, options);
    expect(withSignal.items.flatMap(({ reasons }) => reasons).some(({ kind }) => kind === 'fact')).toBe(
      false,
    );
  });
});

describe('POST /v1/events', () => {
  it('[H8] takes every format in one batch, names what is wrong by place, and lets the rest in', async () => {
    const person = `mixed-${randomUUID()}`;
    const answer = await send([
      { fineline: 'consent', person, ...YES },
      { kind: 'view', person, lines: [{ item: 'hat' }], ip: '10.1.2.3' },
      { kind: 'view', person, lines: [] },
      { type: 'track', event: 'Product Viewed', userId: person, properties: { product_id: 'scarf' } },
      {
        specversion: '1.0',
        id: randomUUID(),
        source: 'web-shop',
        type: 'shop.view',
        data: { person, lines: [{ item: 'boots' }] },
      },
      'what?',
    ]);
    const counts = eventsAnswer.parse(await answer.json());
    expect(answer.status).toBe(202);
    expect(counts).toMatchObject({ accepted: 3, consents: 1, problemsTotal: 2 });
    expect(counts.problems.map(({ field }) => field)).toEqual(['2/lines', '5/message']);
    expect(counts.dropped).toMatchObject({ ip: 1 });
    const known = await (await shop.ask('GET', `/v1/people/${person}`, { key: shop.keys.officer })).text();
    expect(known).not.toContain('10.1.2.3');
    for (const item of ['hat', 'scarf', 'boots']) expect(known).toContain(`viewed|web-shop|${item}`);
  });

  it('[H8] the same batch again changes nothing and is answered 200', async () => {
    const person = `twice-${randomUUID()}`;
    const time = new Date(shop.memory.world.clock.nowMs() - 1000).toISOString();
    const batch = [
      { fineline: 'consent', person, time, ...YES },
      { kind: 'view', id: randomUUID(), person, lines: [{ item: 'hat' }] },
    ];
    expect((await send(batch)).status).toBe(202);
    const again = await send(batch);
    expect(again.status).toBe(200);
    expect(eventsAnswer.parse(await again.json())).toMatchObject({ accepted: 0, repeated: 1, consents: 0 });
  });

  it('[H8] one event that cannot be read is a problem with its field', async () => {
    const response = await send({ kind: 'view', person: '', lines: [{ item: 'hat' }] });
    const problem = problemAnswer.parse(await response.json());
    expect([response.status, problem.errors?.[0]?.field]).toEqual([422, 'person']);
  });

  it('[H8] what nothing allows is refused and counted, and leaves nobody behind', async () => {
    const person = `stranger-${randomUUID()}`;
    const counts = await taken({ kind: 'view', person, lines: [{ item: 'hat' }] });
    expect(counts).toMatchObject({ accepted: 0, refused: { 'no-grant': 1 } });
    const seen = await shop.ask('GET', `/v1/people/${person}`, { key: shop.keys.officer });
    expect(seen.status).toBe(404);
  });

  it('[H8] a no in a batch is obeyed before its events; a yes older than a no is late post', async () => {
    const person = `no-${randomUUID()}`;
    const at = (ms: number) => new Date(shop.memory.world.clock.nowMs() + ms).toISOString();
    const no = { ...YES, grants: YES.grants.map((grant) => ({ ...grant, state: 'withdrawn' })) };
    await taken({ fineline: 'consent', person, time: at(-60_000), ...YES });
    const view = { kind: 'view', id: randomUUID(), person, lines: [{ item: 'hat' }] };
    const counts = await taken([view, { fineline: 'consent', person, time: at(0), ...no }]);
    expect(counts).toMatchObject({ accepted: 0, consents: 1, refused: { 'no-grant': 1 } });
    const late = await taken({ fineline: 'consent', person, time: at(-30_000), ...YES });
    expect(late).toMatchObject({ consents: 0, refused: { 'consent-state-stale': 1 } });
    expect((await taken(view)).accepted).toBe(0);
  });

  it('[H8] an objection that travels with events is kept once, as a record', async () => {
    const person = `objects-${randomUUID()}`;
    await taken({ fineline: 'consent', person, ...YES });
    const event = () => ({
      type: 'track',
      event: 'Product Viewed',
      messageId: randomUUID(),
      userId: person,
      context: { consent: { categoryPreferences: { Personalization: false } } },
      properties: { product_id: 'hat' },
    });
    expect((await taken([event(), event()])).consents).toBe(1);
    expect((await taken([event()])).consents).toBe(0);
    const answer = await decided({ person, placement: 'home' });
    expect(answer.items.flatMap(({ reasons }) => reasons).some(({ kind }) => kind === 'fact')).toBe(false);
  });

  it('[H8] a stored GPC signal ends what rests on silence; an event past its use is refused', async () => {
    const person = `signal-${randomUUID()}`;
    const query = '?source=till&country=US&region=CA';
    await taken({ kind: 'purchase', id: randomUUID(), person, lines: [{ item: 'coat' }] }, query);
    expect((await taken({ fineline: 'consent', person, gpc: true, grants: [] }, query)).consents).toBe(1);
    const place = { country: 'US', region: 'CA' };
    const answer = await decided({ person, placement: 'home', context: { place } });
    expect(answer.items.flatMap(({ reasons }) => reasons).some(({ kind }) => kind === 'fact')).toBe(false);
    const expired = {
      specversion: '1.0',
      id: randomUUID(),
      source: 'till',
      type: 'shop.purchase',
      expirytime: '2020-01-01T00:00:00Z',
    };
    const response = await send({ ...expired, data: { person, lines: [{ item: 'hat' }] } }, query);
    const known = await (await shop.ask('GET', `/v1/people/${person}`, { key: shop.keys.officer })).text();
    expect([response.status, known.includes('bought|till|hat')]).toEqual([422, false]);
  });

  it('[H8] reads CloudEvents by their own media type, and knows the words of its query', async () => {
    const person = `cloud-${randomUUID()}`;
    const event = {
      specversion: '1.0',
      id: randomUUID(),
      source: 'till',
      type: 'shop.purchase',
      data: { person, lines: [{ item: 'hat' }] },
    };
    const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    expect((await taken(event, '', { headers })).accepted).toBe(1);
    for (const query of [
      '?sauce=till',
      '?source=',
      '?country=Germany',
      '?region=CA',
      '?source=till&source=app',
    ]) {
      expect((await send(event, query)).status, query).toBe(422);
    }
  });

  it('[H2, H8] the examples of the documentation work as they stand', async () => {
    expect(
      (await shop.ask('PUT', '/v1/items', { key: shop.keys.admin, body: EXAMPLES.putItems.body })).status,
    ).toBe(200);
    const sent = await taken(EXAMPLES.collect.body, `?${EXAMPLES.collect.query}`);
    expect(sent).toEqual(EXAMPLES.collect.answer);
    expect((await decide(EXAMPLES.decide.body)).status).toBe(200);
    expect(decideAnswer.safeParse(EXAMPLES.decide.answer).success).toBe(true);
    const path = '/v1/people/maria';
    const minted = await shop.ask('POST', `${path}/token`, {
      key: shop.keys.admin,
      body: EXAMPLES.mintToken.body,
    });
    const { token } = (await minted.json()) as { readonly token: string };
    expect(
      (await shop.ask('PUT', `${path}/consent`, { key: token, body: EXAMPLES.changeConsent.body })).status,
    ).toBe(200);
  });
});
