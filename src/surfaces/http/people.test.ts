import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, YES, openShop, stock, trustIn } from '../../../test/support/http-shop.ts';
import { verifyReceipt } from '../../prove/verify.ts';
import {
  consentAnswer,
  consentKept,
  decideAnswer,
  erasedAnswer,
  exportAnswer,
  personAnswer,
  problemAnswer,
  tokenAnswer,
} from './answers.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
});
afterAll(() => shop.close());

const consent = (person: string, key: string, body: unknown) =>
  shop.ask('PUT', `/v1/people/${encodeURIComponent(person)}/consent`, { key, body });
const NO = { ...YES, grants: [{ category: '*', purpose: 'recommend', state: 'withdrawn' }] };
const factsIn = async (person: string): Promise<boolean> => {
  const body = { person, placement: 'home' };
  const answer = await shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body });
  const { items } = decideAnswer.parse(await answer.json());
  return items.flatMap(({ reasons }) => reasons).some(({ kind }) => kind === 'fact');
};

describe('consent', () => {
  it('[H10] a withdrawal rules the next decision, and its receipt opens the record', async () => {
    expect(await factsIn('buyer-1')).toBe(true);
    const response = await consent('buyer-1', await shop.token('buyer-1'), NO);
    const kept = consentKept.parse(await response.json());
    expect(await factsIn('buyer-1')).toBe(false);
    const verified = verifyReceipt(JSON.stringify(kept.receipt), trustIn(shop));
    expect(verified).toMatchObject({ ok: true, value: { opening: { record: kept.record } } });
    const read = await shop.ask('GET', '/v1/people/buyer-1/consent', { key: shop.keys.officer });
    const { allowed, records } = consentAnswer.parse(await read.json());
    const one = allowed.find(({ category, purpose }) => category === 'purchases' && purpose === 'recommend');
    expect([records, one?.allowed, one?.reason]).toEqual([2, false, 'no-grant']);
  });

  it('[H10] is taken whole or refused whole', async () => {
    const token = await shop.token('buyer-2');
    const before = await (await shop.ask('GET', '/v1/people/buyer-2/consent', { key: token })).text();
    const wrong: readonly unknown[] = [
      { ...YES, grants: [...YES.grants, { category: 'purchases', purpose: 'sell', state: 'given' }] },
      { ...YES, grants: [{ category: '*', purpose: 'recommend', state: 'given' }] },
      { ...YES, grants: [] },
      { ...YES, grants: [YES.grants[0], YES.grants[0]] },
      { ...YES, until: 'Friday' },
      { grants: YES.grants },
      { ...YES, notice: { id: 'n', language: '??' } },
    ];
    for (const body of wrong) {
      const response = await consent('buyer-2', token, body);
      const problem = problemAnswer.parse(await response.json());
      expect([response.status, (problem.errors ?? []).length > 0]).toEqual([422, true]);
    }
    expect(await (await shop.ask('GET', '/v1/people/buyer-2/consent', { key: token })).text()).toBe(before);
  });

  it('[H62] a yes that comes after another word than the one it was said after is not kept', async () => {
    const token = await shop.token('late');
    const headOf = async (): Promise<string> => {
      const read = await shop.ask('GET', '/v1/people/late/consent', { key: token });
      return consentAnswer.parse(await read.json()).head;
    };
    const nothing = '0'.repeat(64);
    expect((await consent('late', token, { ...YES, after: nothing })).status).toBe(200);
    const seen = await headOf();
    expect((await consent('late', token, NO)).status).toBe(200);
    // The yes of before, sent again by whoever gave up waiting for its answer; the no beside it counts.
    const no = { category: 'browsing', purpose: 'contact', state: 'refused' };
    for (const after of [nothing, seen]) {
      const late = { ...YES, grants: [...YES.grants, no], after };
      const answer = await consent('late', token, late);
      expect([answer.status, problemAnswer.parse(await answer.json()).type]).toEqual([
        409,
        expect.stringMatching(/overtaken$/),
      ]);
    }
    const read = await shop.ask('GET', '/v1/people/late/consent', { key: token });
    const { grants } = consentAnswer.parse(await read.json());
    const given = grants.filter(({ purpose, state }) => purpose === 'recommend' && state === 'given');
    expect(given).toEqual([]);
    expect(grants).toContainEqual(expect.objectContaining(no));
    expect((await consent('late', token, { ...YES, after: await headOf() })).status).toBe(200);
    expect((await consent('late', token, { ...YES, after: 'Friday' })).status).toBe(422);
  });

  it('[H10] each key claims only the ways of saying it that are its own', async () => {
    const may = {
      collect: ['api', 'banner', 'centre', 'signal'],
      officer: ['officer'],
      admin: ['api', 'officer', 'import'],
    };
    for (const role of ['collect', 'officer', 'admin'] as const) {
      for (const method of ['banner', 'centre', 'officer', 'signal', 'import', 'api']) {
        const { status } = await consent('buyer-3', shop.keys[role], { ...YES, method });
        expect([role, method, status]).toEqual([role, method, may[role].includes(method) ? 200 : 422]);
      }
    }
    const token = await shop.token('buyer-3');
    const kept = consentKept.parse(await (await consent('buyer-3', token, YES)).json());
    expect(kept.record['method']).toBe('centre');
    expect((await consent('buyer-3', token, { ...YES, method: 'officer' })).status).toBe(422);
  });
});

describe('access, copy, erasure', () => {
  it('[H11] shows every fact with origin, end and uses; the copy holds the journal', async () => {
    const token = await shop.token('buyer-4');
    const person = personAnswer.parse(
      await (await shop.ask('GET', '/v1/people/buyer-4', { key: token })).json(),
    );
    expect(person.facts.length).toBeGreaterThan(0);
    for (const fact of person.facts)
      expect(Object.keys(fact)).toEqual(expect.arrayContaining(['source', 'until', 'purposes']));
    const response = await shop.ask('GET', '/v1/people/buyer-4/export', { key: token });
    const copy = exportAnswer.parse(await response.json());
    expect(copy.journal.length).toBeGreaterThan(1);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('[H11] erases with a receipt; the person is gone, and comes back by their own act alone', async () => {
    const token = await shop.token('buyer-5');
    const response = await shop.ask('DELETE', '/v1/people/buyer-5', { key: token });
    const { record, receipt } = erasedAnswer.parse(await response.json());
    expect(verifyReceipt(JSON.stringify(receipt), trustIn(shop))).toMatchObject({
      ok: true,
      value: { opening: { record } },
    });
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/export'],
      ['GET', '/consent'],
      ['DELETE', ''],
    ] as const) {
      expect((await shop.ask(method, `/v1/people/buyer-5${path}`, { key: shop.keys.officer })).status).toBe(
        410,
      );
      expect(
        (await shop.ask(method, `/v1/people/buyer-5${path}`, { key: await shop.token('buyer-6') })).status,
      ).toBe(404);
    }
    for (const role of ['collect', 'officer', 'admin'] as const) {
      expect((await consent('buyer-5', shop.keys[role], YES)).status).toBe(410);
    }
    expect((await consent('buyer-5', token, YES)).status).toBe(200);
    const back = personAnswer.parse(
      await (await shop.ask('GET', '/v1/people/buyer-5', { key: token })).json(),
    );
    expect(back.facts).toEqual([]);
  });

  it('[H11] ids of any printable text work in the address, and only in their own spelling', async () => {
    for (const id of [
      'a/b',
      'ä b',
      '100%',
      '%41',
      '日本',
      '?x=1&y',
      '#frag',
      ':id',
      '*',
      'consent',
      '__proto__',
      'a+b',
      "'--",
    ]) {
      expect((await consent(id, shop.keys.collect, YES)).status).toBe(200);
      const token = await shop.token(id);
      const address = `/v1/people/${encodeURIComponent(id)}`;
      const { person } = personAnswer.parse(await (await shop.ask('GET', address, { key: token })).json());
      expect(person).toBe(id);
      expect((await shop.ask('GET', `${address}x`, { key: token })).status).toBe(404);
    }
    for (const path of ['%zz', '%', '%ff', 'a%c3']) {
      expect((await shop.ask('GET', `/v1/people/${path}`, { key: shop.keys.officer })).status).toBe(400);
    }
    for (const path of ['x'.repeat(129), '%00', '%e2%80%ae', 'a%0d%0ab']) {
      expect((await shop.ask('GET', `/v1/people/${path}`, { key: shop.keys.officer })).status).toBe(422);
    }
  });
});

describe('joins and tokens', () => {
  it('[H12] hold when both have said so, each with their own token, and end when one parts', async () => {
    for (const id of ['left', 'right']) await consent(id, shop.keys.collect, YES);
    await shop.ask('POST', '/v1/events?source=web-shop', {
      key: shop.keys.collect,
      body: { kind: 'purchase', person: 'right', lines: [{ item: 'coat' }] },
    });
    const [left, right] = [await shop.token('left'), await shop.token('right')];
    expect((await shop.ask('PUT', '/v1/people/left/joins/right', { key: left })).status).toBe(200);
    expect(await factsIn('left')).toBe(false);
    expect((await shop.ask('PUT', '/v1/people/right/joins/left', { key: left })).status).toBe(404);
    expect((await shop.ask('PUT', '/v1/people/right/joins/left', { key: right })).status).toBe(200);
    expect(await factsIn('left')).toBe(true);
    expect((await shop.ask('DELETE', '/v1/people/left/joins/right', { key: left })).status).toBe(200);
    expect(await factsIn('left')).toBe(false);
    expect((await shop.ask('PUT', '/v1/people/left/joins/left', { key: left })).status).toBe(422);
  });

  it('[H12] a wish to join somebody who does not exist is answered like any other', async () => {
    const left = await shop.token('left');
    const real = await shop.ask('PUT', '/v1/people/left/joins/buyer-7', { key: left });
    const none = await shop.ask('PUT', '/v1/people/left/joins/nobody-there', { key: left });
    expect([none.status, await none.text()]).toEqual([real.status, await real.text()]);
  });

  it('[H4] a token is minted for a day at most, and minting makes nobody known', async () => {
    const mint = (ttlMinutes: unknown) =>
      shop.ask('POST', '/v1/people/unheard-of/token', { key: shop.keys.admin, body: { ttlMinutes } });
    for (const wrong of [0, -1, 1441, 1.5, '60', null]) expect((await mint(wrong)).status).toBe(422);
    const { token } = tokenAnswer.parse(await (await mint(1440)).json());
    expect((await shop.ask('GET', '/v1/people/unheard-of', { key: token })).status).toBe(404);
  });
});

describe('one fact', () => {
  it('[H12] is set aside and free again by its person or an officer, by nobody else', async () => {
    await consent('picky', shop.keys.collect, YES);
    await shop.ask('POST', '/v1/events?source=web-shop', {
      key: shop.keys.collect,
      body: { kind: 'purchase', person: 'picky', lines: [{ item: 'coat' }] },
    });
    const own = await shop.token('picky');
    const facts = async () => {
      const answer = await shop.ask('GET', '/v1/people/picky', { key: own });
      return personAnswer.parse(await answer.json()).facts;
    };
    const [fact] = await facts();
    const say = (key: string, restricted: unknown, name: unknown = fact?.['key']) =>
      shop.ask('PUT', '/v1/people/picky/restrictions', { key, body: { fact: name, restricted } });
    expect(await factsIn('picky')).toBe(true);
    expect((await say(await shop.token('left'), true)).status).toBe(404);
    for (const key of [shop.keys.collect, shop.keys.decide, shop.keys.admin])
      expect((await say(key, true)).status).toBe(403);
    expect((await say(own, true)).status).toBe(200);
    expect(await factsIn('picky')).toBe(false);
    expect((await facts())[0]).toMatchObject({ restricted: true, purposes: ['serve'] });
    expect((await say(shop.keys.officer, false)).status).toBe(200);
    expect(await factsIn('picky')).toBe(true);
    expect((await say(own, true, 'no such fact')).status).toBe(422);
    expect((await say(own, 'yes')).status).toBe(422);
  });
});
