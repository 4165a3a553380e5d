import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, openShop, stock, trustIn } from '../../../test/support/http-shop.ts';
import { verifyReceipt } from '../../prove/verify.ts';
import { decideAnswer, whyAnswer } from './answers.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
});
afterAll(() => shop.close());

describe('why', () => {
  it('[H13] tells officers how it came about, and the person alone what was held back', async () => {
    const body = { person: 'buyer-8', placement: 'home' };
    const answer = await shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body });
    const text = await answer.text();
    const { decision, items } = decideAnswer.parse(JSON.parse(text));
    const ask = (key: string) => shop.ask('GET', `/v1/why/${decision}`, { key });
    const own = whyAnswer.parse(await (await ask(await shop.token('buyer-8'))).json());
    expect(own.held?.length).toBeGreaterThan(0);
    // The answer counts in whole units of 2^-30, the explanation in numbers.
    expect(own.items.map(({ item, score }) => [item, score * 2 ** 30])).toEqual(
      items.map(({ item, score }) => [item, score]),
    );
    for (const { score, contributions } of own.items) {
      expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
    }
    const officer = await (await ask(shop.keys.officer)).text();
    const { held, ...rest } = own;
    expect(JSON.parse(officer)).toEqual(rest);
    const heldItems = (held ?? []).map(({ item }) => item);
    const shown = new Set(
      items.flatMap(({ item, reasons }) => [item, ...reasons.map((reason) => reason.item)]),
    );
    for (const item of heldItems.filter((one) => !shown.has(one))) expect(text).not.toContain(`"${item}"`);
    expect((await ask(await shop.token('buyer-9'))).status).toBe(404);
    expect((await ask(shop.keys.decide)).status).toBe(404);
  });

  it('[H13] a decision about nobody belongs to nobody', async () => {
    const answer = await shop.ask('POST', '/v1/decide', {
      key: shop.keys.decide,
      body: { placement: 'home' },
    });
    const { decision } = decideAnswer.parse(await answer.json());
    expect((await shop.ask('GET', `/v1/why/${decision}`, { key: await shop.token('buyer-9') })).status).toBe(
      404,
    );
    const officer = await shop.ask('GET', `/v1/why/${decision}`, { key: shop.keys.officer });
    expect(whyAnswer.parse(await officer.json()).refused).toBe('no-such-person');
  });
});

describe('evidence', () => {
  it('[H14] a receipt follows when the digest is logged; before, 404 says when to come back', async () => {
    const body = { person: 'buyer-10', placement: 'home' };
    const answer = await shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body });
    const { decision } = decideAnswer.parse(await answer.json());
    const token = await shop.token('buyer-10');
    const early = await shop.ask('GET', `/v1/receipts/${decision}`, { key: token });
    expect([early.status, Number(early.headers.get('retry-after')) > 0]).toEqual([404, true]);
    shop.memory.advance(5000);
    await shop.memory.engine.maintain();
    const response = await shop.ask('GET', `/v1/receipts/${decision}`, { key: token });
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const verified = verifyReceipt(await response.text(), trustIn(shop));
    expect(verified).toMatchObject({ ok: true, value: { kind: 'decision', decision: { decision } } });
    expect(
      (await shop.ask('GET', `/v1/receipts/${decision}`, { key: await shop.token('buyer-9') })).status,
    ).toBe(404);
  });

  it('[H15] the log: key and checkpoint fresh, tiles for ever, nothing else to be read', async () => {
    await shop.memory.engine.maintain();
    const bytes = new Uint8Array(34).fill(7);
    const asked: string[] = [];
    const { read } = shop.memory.world.log;
    const spied = (path: string) => {
      asked.push(path);
      return path.startsWith('tile/') ? Promise.resolve(bytes) : read(path);
    };
    Object.assign(shop.memory.world.log, { read: spied });
    const get = (path: string) => shop.ask('GET', path);
    expect(await (await get('/log/vkey')).text()).toBe(`${shop.memory.world.log.vkey}\n`);
    const checkpoint = await get('/log/checkpoint');
    expect(checkpoint.headers.get('cache-control')).toBe('no-store');
    expect(await checkpoint.text()).toMatch(/^fineline\.test\/log\n\d+\n/);
    for (const path of ['tile/0/000', 'tile/entries/x001/x234/067', 'tile/1/000.p/17']) {
      const tile = await get(`/log/${path}`);
      expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(tile.headers.get('content-type')).toBe('application/octet-stream');
      expect(new Uint8Array(await tile.arrayBuffer())).toEqual(bytes);
    }
    asked.length = 0;
    const hostile = [
      '../keys/master.key',
      '..%2f..%2fetc%2fpasswd',
      'tile/0/%2e%2e/%2e%2e/log.db',
      'tile/0/000%00',
      'tile//0/000',
      'tile/0/000/',
      'log.db',
      'tile/0/x001',
      'tile/0/1000',
      'TILE/0/000',
      'checkpoint/',
      'checkpoint%0a',
      'tile%5c0%5c000',
      `tile/${'x001/'.repeat(300)}000`,
    ];
    for (const path of hostile) expect([404, 400, 401], path).toContain((await get(`/log/${path}`)).status);
    expect(asked.filter((path) => !/^tile\/0(\/x001)*\/000$/.test(path))).toEqual([]);
  });
});
