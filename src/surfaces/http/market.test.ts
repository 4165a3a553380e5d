import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Memory, openMemory } from '../../presets/memory.ts';
import { settingsOf } from '../../../test/cases/support/settings.ts';
import { sharersOf } from './apart.ts';
import { CONTRACT, ROUTE_NAMES } from './contract.ts';
import type { Surface } from './http.ts';
import { type HashedKeys, type PlainKeys, createKeys } from './keys.ts';
import type { Log } from './log.ts';
import { type MarketOptions, createMarket } from './market.ts';
import { exchangeOf } from './exchange.ts';

interface Stall {
  readonly memory: Memory;
  readonly plain: PlainKeys;
  readonly hashed: HashedKeys;
}

let lamps: Stall;
let tools: Stall;
beforeAll(async () => {
  lamps = await openStall('lamps');
  tools = await openStall('tools');
});
afterAll(async () => {
  await lamps.memory.close();
  await tools.memory.close();
});

async function openStall(controller: string): Promise<Stall> {
  const memory = await openMemory({ settings: settingsOf(controller) });
  return { memory, ...createKeys(memory.world.entropy) };
}

const served = ({ memory: { engine, tokenSecret }, hashed }: Stall) => ({
  engine,
  tokenSecret,
  keys: hashed,
});
const open = (more: Partial<MarketOptions> = {}): Surface =>
  createMarket({ open: [served(lamps), served(tools)], ...more });

interface More {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(market: Surface, path: string, key?: string, more: More = {}) {
  const headers = { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...more.headers };
  const answer = await market.fetch(new Request(`http://market.test${path}`, { ...more, headers }));
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers };
}

async function tokenFor({ plain }: Stall, market: Surface, person: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const post = { method: 'POST', body: '{"ttlMinutes":5}', headers };
  const { text } = await ask(market, `/v1/people/${person}/token`, plain.admin, post);
  return (JSON.parse(text) as { readonly token: string }).token;
}

describe('whose home answers', () => {
  it('[H33] follows from the key alone, not from a host, a header, a query or an address', async () => {
    const market = open();
    for (const { plain, memory } of [lamps, tools]) {
      const own = `${memory.world.log.vkey}\n`;
      for (const headers of [{}, { host: 'tools.test', 'x-seller': 'tools' }, { host: 'lamps.test' }]) {
        for (const path of ['/log/vkey', '/log/vkey?seller=tools', '/log/vkey?controller=lamps'])
          expect((await ask(market, path, plain.decide, { headers })).text).toBe(own);
      }
    }
  });

  it('[H33] a token is worth something at the home that signed it alone', async () => {
    const market = open();
    const token = await tokenFor(lamps, market, 'maria');
    expect((await ask(market, '/v1/people/maria', token)).status).toBe(404);
    expect((await ask(market, '/log/vkey', token)).text).toBe(`${lamps.memory.world.log.vkey}\n`);
    const [payload = '', mac = ''] = token.slice(4).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const other = Buffer.from(JSON.stringify({ ...claims, controller: 'tools' })).toString('base64url');
    for (const forged of [
      `flp_${other}.${mac}`,
      `flp_${payload}.AAAA`,
      `flp_${payload}`,
      'flp_x.y',
      token.slice(4),
    ]) {
      expect((await ask(market, '/v1/people/maria', forged)).status).toBe(401);
      // Nor does it choose what is public.
      expect((await ask(market, '/log/vkey', forged)).status).toBe(404);
    }
  });

  it('[H33] a replaced key opens no home any more, its successor the one of its seller', async () => {
    const market = createMarket({ open: [served(lamps), served(tools)] });
    const { world } = lamps.memory;
    const next = createKeys(world.entropy);
    market.useKeys('lamps', next.hashed);
    expect((await ask(market, '/log/vkey', lamps.plain.decide)).status).toBe(404);
    expect((await ask(market, '/v1/proxies', lamps.plain.officer)).status).toBe(401);
    expect((await ask(market, '/log/vkey', next.plain.decide)).text).toBe(`${world.log.vkey}\n`);
    expect((await ask(market, '/v1/proxies', next.plain.officer)).status).toBe(200);
    expect((await ask(market, '/v1/proxies', tools.plain.officer)).status).toBe(200);
  });

  it('[H33] the hot routes are answered alike by both ways through the house', async () => {
    const market = open();
    const body = '{"placement":"home"}';
    for (const key of [
      lamps.plain.decide,
      tools.plain.decide,
      tools.plain.admin,
      'flk_decide_x',
      undefined,
    ]) {
      const headers = {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      };
      const request = () => new Request('http://market.test/v1/decide', { method: 'POST', body, headers });
      const hot = await market.hot('decide', exchangeOf(request()));
      expect(hot.status).toBe((await market.fetch(request())).status);
    }
  });

  it('[H33] homes with a key, a secret or a controller in common are found, and never served', async () => {
    const twin = { ...served(tools), keys: { ...tools.hashed, decide: lamps.hashed.decide } };
    const found = sharersOf([served(lamps), twin]);
    expect([...found]).toEqual([
      ['lamps', 'the same API key'],
      ['tools', 'the same API key'],
    ]);
    expect(() => createMarket({ open: [served(lamps), twin] })).toThrow('share nothing');
    const sameSecret = { ...served(tools), tokenSecret: lamps.memory.tokenSecret };
    expect(sharersOf([served(lamps), sameSecret]).get('tools')).toBe('the same master key');
    expect(sharersOf([served(lamps), served(lamps)]).size).toBe(1);
    // One home may have one key for two roles.
    const lazy = { ...served(lamps), keys: { ...lamps.hashed, admin: lamps.hashed.officer } };
    expect(sharersOf([lazy, served(tools)]).size).toBe(0);
  });
});

describe('what is public', () => {
  it('[H34] stands below the seller, a key changes nothing there, and no other route does', async () => {
    const market = open();
    const own = await ask(market, '/sellers/lamps/log/vkey');
    expect(own.text).toBe(`${lamps.memory.world.log.vkey}\n`);
    expect((await ask(market, '/sellers/lamps/log/vkey', tools.plain.admin)).text).toBe(own.text);
    for (const name of ROUTE_NAMES) {
      const { roles, method, path } = CONTRACT[name];
      const at = `/sellers/lamps${path.replaceAll(/\{[a-z]+\}/g, 'vkey')}`;
      for (const key of [undefined, lamps.plain.admin, tools.plain.officer]) {
        const { status } = await ask(market, at, key, {
          method,
          ...(method === 'GET' ? {} : { body: '{}' }),
        });
        if (roles === 'public') expect(status, at).toBe(200);
        else expect([404, 405], at).toContain(status);
      }
    }
    for (const path of [
      '/sellers/nobody/log/vkey',
      '/sellers/LAMPS/log/vkey',
      '/sellers//log/vkey',
      '/sellers/lamps',
      '/sellers/__proto__/readyz',
    ])
      expect((await ask(market, path)).status, path).toBe(404);
  });

  it('[H34] without a seller there is what is of no home, and the rest says where to ask', async () => {
    const market = open();
    for (const path of ['/healthz', '/readyz', '/.well-known/gpc.json', '/openapi.json', '/docs']) {
      const answer = await ask(market, path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
    for (const path of ['/log/checkpoint', '/v1/notices', '/v1/releases']) {
      const { status, text } = await ask(market, path);
      expect([status, text]).toEqual([404, expect.stringContaining('/sellers/NAME')]);
    }
    expect((await ask(market, '/v1/people/maria')).status).toBe(401);
    expect((await ask(market, '/v1/decide')).status).toBe(405);
    expect((await ask(market, '/nowhere')).status).toBe(404);
    expect((await ask(market, '/v1/people/%ff')).status).toBe(400);
  });
});

describe('a market', () => {
  it('[H35] tells the keys of a home that did not open, and serves the others', async () => {
    const market = createMarket({
      open: [served(lamps)],
      closed: [{ controller: 'tools', keys: tools.hashed }],
    });
    expect((await ask(market, '/metrics', tools.plain.admin)).status).toBe(503);
    expect((await ask(market, '/sellers/tools/log/vkey')).status).toBe(503);
    expect((await ask(market, '/metrics', lamps.plain.admin)).status).toBe(200);
    expect((await ask(market, '/metrics', 'flk_admin_x')).status).toBe(401);
  });

  it('[H35] stops as one: work is refused, health stays', async () => {
    const market = open();
    market.stop();
    expect(market.stopping()).toBe(true);
    expect((await ask(market, '/v1/notices', lamps.plain.decide)).status).toBe(503);
    expect([(await ask(market, '/healthz')).status, (await ask(market, '/readyz')).status]).toEqual([
      200, 503,
    ]);
  });

  it('[H37] figures, log lines and rates are each seller’s own', async () => {
    const lines: unknown[] = [];
    const keep = (fields: object): void => void lines.push(fields);
    const log: Log = { debug: keep, info: keep, error: keep };
    const rate = { burst: 3, perSecond: 0.001 };
    const market = open({ log, rates: { key: rate, anybody: rate } });
    const metricsOf = ({ plain }: Stall) => ask(market, '/metrics', plain.admin);
    await metricsOf(lamps);
    const seen = await metricsOf(lamps);
    expect(seen.text).toContain('route="GET /metrics"');
    // Of the process nobody is told: it would tell of the others.
    expect(seen.text).not.toContain('process_');
    expect((await metricsOf(tools)).text).not.toContain('route="GET /metrics"');
    expect([(await metricsOf(lamps)).status, (await metricsOf(lamps)).status]).toEqual([200, 429]);
    expect((await metricsOf(tools)).status).toBe(200);
    for (let n = 0; n < 3; n += 1) await ask(market, '/nowhere');
    expect([(await ask(market, '/nowhere')).status, (await ask(market, '/healthz')).status]).toEqual([
      429, 200,
    ]);
    expect((await ask(market, '/sellers/lamps/readyz')).status).toBe(200);
    const sellers = lines.map((line) => (line as { readonly seller?: string }).seller);
    expect(new Set(sellers)).toEqual(new Set(['lamps', 'tools', undefined]));
    expect(JSON.stringify(lines)).not.toContain(lamps.plain.admin);
  });
});
