import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, openShop, stock } from '../../../test/support/http-shop.ts';
import { CONTRACT, ROUTE_NAMES } from './contract.ts';
import { KEY_ROLES } from './keys.ts';
import type { Route } from './route.ts';

// The matrix is made from the contract: every route for every kind of caller. A line that is added is tested
// by being added.

let shop: Shop;
let own = '';
let foreign = '';
let decision = '';

beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
  own = await shop.token('buyer-1');
  foreign = await shop.token('buyer-2');
  const body = { person: 'buyer-1', placement: 'home' };
  const decided = await shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body });
  decision = ((await decided.json()) as { readonly decision: string }).decision;
});
afterAll(() => shop.close());

function addressOf(route: Route, id: string): string {
  const filled = route.path.replace('{id}', id).replace('{other}', 'buyer-2');
  return filled.replace('{decision}', decision).replace('{path}', 'vkey');
}

/**
 * A body that cannot do anything, so that the matrix leaves the shop as it was: who may ask is told 422 or
 * better.
 */
const ask = (route: Route, key: string | undefined, id = 'buyer-1'): Promise<Response> =>
  shop.ask(route.method, addressOf(route, id), {
    key,
    ...(route.body === undefined ? {} : { body: { nothing: 1 } }),
  });

const mayAsk = (status: number): boolean => ![401, 403].includes(status) && status < 500;

// Erasing would change what the others see; it is asked last.
const names = [...ROUTE_NAMES].sort((a, b) => Number(a === 'erasePerson') - Number(b === 'erasePerson'));

describe.each(names)('who may ask for %s', (name) => {
  const route: Route = CONTRACT[name];
  const roles: readonly string[] = route.roles === 'public' ? [] : route.roles;
  const refusal = route.hidden === true ? 404 : 403;

  it('[H5] without a key, or with one that is worth nothing: 401, unless it is public', async () => {
    const worthless = [undefined, 'flk_admin_x', `flk_admin_${'A'.repeat(43)}`, 'flp_x.y', `${own}x`, 'null'];
    for (const key of worthless) {
      const { status, headers } = await ask(route, key);
      if (route.roles === 'public') expect(status).toBe(200);
      else expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="fineline"']);
    }
  });

  it.each(KEY_ROLES)('[H5] with a key for %s', async (role) => {
    const { status } = await ask(route, shop.keys[role], name === 'erasePerson' ? 'nobody' : 'buyer-1');
    if (route.roles === 'public' || roles.includes(role)) expect(mayAsk(status)).toBe(true);
    else expect(status).toBe(refusal);
  });

  it('[H5, H6] with the token of somebody else', async () => {
    const response = await ask(route, foreign);
    if (route.roles === 'public') expect(response.status).toBe(200);
    else if (roles.includes('person')) expect(response.status).toBe(404);
    else expect(response.status).toBe(refusal);
  });

  it('[H5] with their own token', async () => {
    const { status } = await ask(route, own);
    if (route.roles === 'public' || roles.includes('person')) expect(mayAsk(status)).toBe(true);
    else expect(status).toBe(refusal);
  });
});

describe('what a refusal tells', () => {
  it.each(ROUTE_NAMES.filter((name) => 'owner' in CONTRACT[name]))(
    '[H6] %s: somebody else, nobody, and an id that is none, answer the same bytes',
    async (name) => {
      const route: Route = CONTRACT[name];
      const token = await shop.token('never-seen');
      const body = route.body === undefined ? {} : { body: { nothing: 1 } };
      const texts = new Set<string>();
      for (const of of ['buyer-2', 'buyer-3', 'nobody-at-all', 'x'.repeat(500), '%00', 'a%2Fb']) {
        const path = route.path.replace('{id}', of).replace('{other}', 'z').replace('{decision}', of);
        const response = await shop.ask(route.method, path, { key: token, ...body });
        texts.add(`${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
      }
      const existing = route.path.replace('{decision}', decision);
      if (existing !== route.path) {
        const response = await shop.ask(route.method, existing, { key: token, ...body });
        texts.add(`${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
      }
      expect([...texts]).toHaveLength(1);
      expect([...texts][0]).toMatch(/^404 /);
    },
  );

  it('[H6] a person who was never seen learns the same at their own address', async () => {
    const token = await shop.token('never-seen');
    const mine = await shop.ask('GET', '/v1/people/never-seen', { key: token });
    const theirs = await shop.ask('GET', '/v1/people/buyer-2', { key: token });
    expect(await mine.text()).toBe(await theirs.text());
    expect(mine.status).toBe(theirs.status);
  });

  it('[H5] a scheme other than Bearer, two credentials, or a token that has ended are no key', async () => {
    const headers = [
      `Basic ${shop.keys.officer}`,
      shop.keys.officer,
      `Bearer ${shop.keys.officer}, Bearer ${shop.keys.admin}`,
    ];
    for (const authorization of headers) {
      expect((await shop.ask('GET', '/v1/people/buyer-2', { headers: { authorization } })).status).toBe(401);
    }
    const token = await shop.token('buyer-2');
    expect((await shop.ask('GET', '/v1/people/buyer-2', { key: token })).status).toBe(200);
    shop.memory.advance(3_600_001);
    expect((await shop.ask('GET', '/v1/people/buyer-2', { key: token })).status).toBe(401);
  });
});
