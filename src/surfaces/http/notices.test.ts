// Goal: anybody can read what people are shown, and check that it is what the log has; a yes that the notice
// does not carry is refused with what to do. Method: the routes, and the hash made again from the answer.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Shop, YES, openShop } from '../../../test/support/http-shop.ts';
import { type JsonObject, canonicalJson } from '../../kernel/canonical.ts';
import { fromHex, utf8 } from '../../kernel/bytes.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { documentLeafOf } from '../../prove/leaf.ts';
import { consentAnswer, noticesAnswer, problemAnswer } from './answers.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const given = YES.grants.slice(0, 1);
const consent = async (person: string, body: object) =>
  shop.ask('PUT', `/v1/people/${person}/consent`, { key: await shop.token(person), body });

it('[H24] the notices are public, each with the very text whose hash is in the log', async () => {
  const answered = await shop.ask('GET', '/v1/notices');
  expect(answered.status).toBe(200);
  const { notices } = noticesAnswer.parse(await answered.json());
  expect(notices).toMatchObject(
    ['notice-1', 'notice-classes'].map((id) => ({ id, version: '1', inForce: true, readable: true })),
  );
  await shop.memory.engine.maintain();
  for (const { sha256, inForce: _, readable: __, ...notice } of notices) {
    expect(
      sha256Hex(utf8(canonicalJson(JSON.parse(JSON.stringify({ v: 1, ...notice })) as JsonObject))),
    ).toBe(sha256);
    const leaf = documentLeafOf(fromHex(sha256) ?? utf8(''));
    expect(await shop.memory.world.log.inclusion(leaf)).toBeDefined();
  }
});

it('[H25] a yes that its notice does not carry is refused with the reason, and a no is kept', async () => {
  const wrong = [
    [{ id: 'notice-9', language: 'en' }, /No notice "notice-9" is registered; registered: notice-1/],
    [{ id: 'notice-1', language: 'en', version: '2' }, /shown in version 1 now, not 2/],
    [{ id: 'notice-1', language: 'fr' }, /has no text in fr; there is .*en/],
  ] as const;
  for (const [notice, expected] of wrong) {
    const response = await consent('nia', { grants: given, notice });
    expect(response.status).toBe(422);
    const { errors } = problemAnswer.parse(await response.json());
    expect(errors?.[0]).toMatchObject({
      field: 'notice',
      expected: expect.stringMatching(expected) as unknown,
    });
  }
  expect((await shop.ask('GET', '/v1/people/nia/consent', { key: shop.keys.officer })).status).toBe(404);
  const no = { category: 'browsing', purpose: 'recommend', state: 'refused' } as const;
  const notice = { id: 'notice-9', language: 'en' };
  expect((await consent('nia', { grants: [...given, no], notice })).status).toBe(422);
  expect((await consent('noa', { grants: [no], notice })).status).toBe(200);
  for (const person of ['nia', 'noa']) {
    const read = await shop.ask('GET', `/v1/people/${person}/consent`, { key: shop.keys.officer });
    const { grants } = consentAnswer.parse(await read.json());
    expect(grants.map(({ category, state }) => [category, state])).toEqual([['browsing', 'refused']]);
  }
  expect((await consent('nia', { grants: given, notice: { ...YES.notice, version: '1' } })).status).toBe(200);
});

it('[H25] a line of consent is refused by reason, and the events it was to allow with it', async () => {
  const notice = { id: 'notice-9', language: 'en' };
  const line = { fineline: 'consent', person: 'lea', grants: given, notice };
  const sent = await shop.ask('POST', '/v1/events?source=web-shop', {
    key: shop.keys.collect,
    body: [line, { kind: 'view', id: 'v-lea', person: 'lea', lines: [{ item: 'coat' }] }],
  });
  expect(await sent.json()).toMatchObject({ accepted: 0, consents: 0, refused: { 'notice-unknown': 1 } });
});
