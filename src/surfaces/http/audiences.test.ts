// Goal: over HTTP an audience tells its size in hundreds and never who, and a message comes with its subject.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ITEMS, type Shop, YES, openShop } from '../../../test/support/http-shop.ts';
import { policyIn } from '../../../test/support/policies.ts';
import { decideAnswer, whyAnswer } from './answers.ts';
import { audiencesAnswer } from './answers-line.ts';

let shop: Shop;

const SLOT = {
  id: 'news',
  purpose: 'recommend',
  channels: ['email'],
  strategy: 'for-you',
  audience: 'coats',
};

beforeAll(async () => {
  shop = await openShop();
  const items = ITEMS.map(([id, title, path]) => ({ id, title, path }));
  await shop.ask('PUT', '/v1/items', { key: shop.keys.admin, body: { items } });
  const [one = 'coat', other = 'glove'] = items.map(({ id }) => id);
  for (let n = 0; n < 90; n += 1) {
    const person = `buyer-${n}`;
    const consent = { fineline: 'consent', person, ...YES };
    const lines = (n % 2 === 0 ? [one, other] : [other]).map((item) => ({ item, quantity: 1 }));
    const body = [consent, { kind: 'purchase', id: `p-${n}`, person, lines }];
    await shop.ask('POST', '/v1/events?source=web-shop', { key: shop.keys.collect, body });
  }
  const { engine } = shop.memory;
  await engine.learn();
  await engine.usePolicy(
    policyIn({
      audiences: [{ name: 'coats', all: [{ bought: { items: [one] } }] }],
      placements: [{ ...SLOT, subject: { fallback: 'News for you' } }],
    }),
  );
  await engine.recover();
  await engine.maintain();
  await engine.core.audiences.running;
});
afterAll(() => shop.close());

it('[H45] officer and admin read conditions and a size in hundreds, others nothing', async () => {
  for (const key of [shop.keys.officer, shop.keys.admin]) {
    const { audiences } = audiencesAnswer.parse(
      await (await shop.ask('GET', '/v1/audiences', { key })).json(),
    );
    expect(audiences).toMatchObject([{ name: 'coats', purpose: 'recommend', state: 'enough', about: 0 }]);
  }
  for (const key of [shop.keys.decide, shop.keys.collect])
    expect((await shop.ask('GET', '/v1/audiences', { key })).status).toBe(403);
});

it('[H45] who is in it gets the subject, who is not what anybody gets', async () => {
  const ask = async (person: string) => {
    const body = { person, placement: 'news' };
    return decideAnswer.parse(
      await (await shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body })).json(),
    );
  };
  const out = await ask('buyer-1');
  expect([out.items, out.nothing, out.subject]).toEqual([[], 'nothing-fits', undefined]);
  const inside = await ask('buyer-0');
  const path = `/v1/why/${inside.decision}`;
  const why = whyAnswer.parse(await (await shop.ask('GET', path, { key: shop.keys.officer })).json());
  expect(why.audience?.name).toBe('coats');
  expect(why.audience?.conditions[0]?.facts).toHaveLength(1);
  expect(inside.subject).toBe(inside.items.length === 0 ? undefined : 'News for you');
});
