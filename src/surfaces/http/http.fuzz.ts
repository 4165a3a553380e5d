// Requests made from our own OpenAPI document, right and wrong in every way that comes to mind, against the
// whole surface. Whatever is sent: no 5xx, no crash, and never anything of the planted people in an answer
// that is not theirs, in the log or in the metrics.
//
// 1,000 requests by default, 10,000 with FINELINE_FULL=1; HTTP_FUZZ_SEED replays.

import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Maker, plan } from '../../../test/support/http-requests.ts';
import { type Shop, YES, openShop, stock } from '../../../test/support/http-shop.ts';
import { seededRandom } from '../../kernel/random.ts';

const REQUESTS = process.env['FINELINE_FULL'] === '1' ? 10_000 : 1000;
const SEED = Number(process.env['HTTP_FUZZ_SEED'] ?? Math.floor(Date.now() / 1000));
/** Names and values that exist nowhere but in the data of two people who take no part. */
const PLANTED = ['planted-anna-4711', 'planted-ben-4712', 'planted-thing-4713', 'planted-thing-4714'];

async function plant(shop: Shop): Promise<readonly string[]> {
  await stock(shop);
  await shop.ask('PUT', '/v1/items', {
    key: shop.keys.admin,
    body: { items: [{ id: 'planted-thing-4713', title: 'Garden pot', available: false }] },
  });
  const decisions: string[] = [];
  for (const person of [...PLANTED.slice(0, 2), 'maria', 'guest-1']) {
    const thing = person.startsWith('planted') ? PLANTED[2] : 'coat';
    const lines = [{ item: thing }, { item: 'coat' }];
    const body = [
      { fineline: 'consent', person, ...YES },
      { kind: 'purchase', person, lines, traits: {} },
    ];
    await shop.ask('POST', '/v1/events?source=web-shop', { key: shop.keys.collect, body });
    const made = await shop.ask('POST', '/v1/decide', {
      key: shop.keys.decide,
      body: { person, placement: 'home' },
    });
    decisions.push(((await made.json()) as { readonly decision: string }).decision);
  }
  return decisions;
}

it(`[H22] ${REQUESTS} hostile requests: no 5xx, no crash, nobody else's data (seed ${SEED})`, async () => {
  let written = '';
  const log = pino({ level: 'debug', base: null }, { write: (text: string) => void (written += text) });
  const shop = await openShop({ log });
  const decisions = await plant(shop);
  const maker = new Maker(seededRandom(SEED));
  const { collect, decide, officer, admin } = shop.keys;
  const tokens = [await shop.token('maria'), await shop.token('guest-1')];
  const keys = {
    collect,
    decide,
    officer,
    admin,
    person: tokens[0] ?? '',
    other: tokens[1] ?? '',
    broken: `${tokens[0]}x`,
  };
  const statuses = new Map<number, number>();
  for (let i = 0; i < REQUESTS; i += 1) {
    const { method, path, key, headers, body } = plan(maker, keys, decisions);
    const what = `seed ${SEED}, request ${i}: ${method} ${path} ${body?.slice(0, 400) ?? ''}`;
    const response = await shop.ask(method, path, { key, headers, body });
    const text = await response.text();
    expect(response.status, what).toBeLessThan(500);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    // Officers may see everybody; nobody asks for the planted people by name but through the names of their
    // decisions.
    const maySee = (key === officer || key === admin) && /\/(why|receipts)\//.test(path);
    if (!maySee)
      for (const secret of PLANTED) expect(text.includes(secret), `${secret} in ${what}`).toBe(false);
    for (const [name, value] of response.headers) expect(/[\r\n]/.test(name + value), what).toBe(false);
    if (response.headers.has('set-cookie')) throw new Error(`a header was injected: ${what}`);
  }
  const figures = await (await shop.ask('GET', '/metrics', { key: admin })).text();
  for (const secret of [...PLANTED, 'maria', 'guest-1', ...tokens]) {
    expect(figures.includes(secret), secret).toBe(false);
    expect(written.includes(secret), secret).toBe(false);
  }
  // The planted people are as they were, and a planned request reached every kind of answer.
  expect((await shop.ask('GET', '/v1/people/planted-anna-4711', { key: officer })).status).toBe(200);
  const order = {
    kind: 'purchase',
    id: 'after-all-that',
    person: 'late',
    source: 'web-shop',
    lines: [{ item: 'coat', quantity: 1 }],
  };
  // And ordinary work goes on.
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(order);
  expect((await shop.ask('POST', '/v1/events', { key: collect, headers, body })).status).toBe(202);
  for (const status of [200, 400, 401, 403, 404, 405, 415, 422])
    expect([...statuses.keys()], `seed ${SEED}`).toContain(status);
  await shop.close();
});
