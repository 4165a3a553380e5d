import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, openShop, stock } from '../../../test/support/http-shop.ts';
import { isFault } from '../../kernel/fault.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { createClient } from './client.ts';
import { createKeys } from './keys.ts';
import { type Listening, listen } from './serve.ts';

let shop: Shop;
let server: Listening;
let keys: ReturnType<typeof createKeys>;
beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
  keys = createKeys(shop.memory.world.entropy);
  server = await open();
});
afterAll(async () => {
  await server.close();
  await shop.close();
});

const open = (more: Partial<Parameters<typeof listen>[0]> = {}) =>
  listen({
    engine: shop.memory.engine,
    keys: keys.hashed,
    tokenSecret: shop.memory.tokenSecret,
    port: 0,
    ...more,
  });

/** Sends bytes as they are and reads until the server closes. */
function raw(bytes: string | Uint8Array, port = server.port): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
    socket.on('close', () => resolve(text));
    socket.on('error', (error: NodeJS.ErrnoException) => (text === '' ? reject(error) : resolve(text)));
  });
}

const head = (path: string, length: string) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${keys.plain.decide}\r\n` +
  `content-type: application/json\r\n${length}\r\n\r\n`;

describe('over a socket', () => {
  it('[H21] both ways through the house give the same answer, problems included', async () => {
    const bodies = [
      '{"placement":"home"}',
      '{"placement":1}',
      '{',
      '',
      '[]',
      'x'.repeat(2000),
      '{"placement":"home","person":"\\ud800"}',
    ];
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${keys.plain.decide}` };
    const same = (text: string) =>
      text
        .replaceAll(/"(decision|commitment|note)":"[^"]*"/g, '"$1":"…"')
        .replaceAll(/"path":\[[^\]]*\]|"index":\d+/g, '…');
    for (const body of bodies) {
      for (const more of [
        {},
        { authorization: '' },
        { authorization: `Bearer ${keys.plain.collect}` },
        { 'content-type': 'text/plain' },
      ]) {
        const init = { method: 'POST', headers: { ...headers, ...more }, body };
        // A query sends the same request on the general way.
        const [fast, general] = await Promise.all(
          ['', '?'].map((query) => fetch(`${server.url}/v1/decide${query}`, init)),
        );
        expect(fast?.status).toBe(general?.status);
        expect(same(await (fast?.text() ?? ''))).toBe(same(await (general?.text() ?? '')));
        for (const name of ['content-type', 'cache-control', 'content-security-policy', 'www-authenticate']) {
          expect(fast?.headers.get(name)).toBe(general?.headers.get(name));
        }
      }
    }
  });

  it('[H19, H21] a chunked body is counted, and the connection ends with the refusal', async () => {
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    for (const path of ['/v1/decide', '/v1/decide?']) {
      const answer = await raw(head(path, 'transfer-encoding: chunked') + chunk.repeat(18));
      expect(answer, path).toMatch(/^HTTP\/1\.1 413 /);
    }
    const declared = await raw(head('/v1/decide', `content-length: ${LIMITS.bodyBytesMax + 1}`));
    expect(declared).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
  });

  it('[H7] what is no HTTP, or has too much in its head, is answered by a problem as well', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
    const large = await raw(`GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1\.1 431 [\s\S]*headers-too-large/);
    const twice = await raw(
      `GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n`,
    );
    expect(twice).toMatch(/^HTTP\/1\.1 400 /);
    const smuggled = await raw(
      `${head('/v1/decide', 'content-length: 3\r\ntransfer-encoding: chunked')}0\r\n\r\n`,
    );
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('[H7] a body that breaks off does not stop the server', async () => {
    const begun = `${head('/v1/decide', 'content-length: 100')}{"pla`;
    for (const leave of ['end', 'destroy'] as const) {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(begun, () => socket[leave]()));
      await new Promise((resolve) => socket.resume().on('close', resolve));
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('[H7] paths are taken as they are: dots lead nowhere', async () => {
    for (const path of [
      '/log/../v1/people/buyer-1',
      '/log/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/log/tile/0/..%2f..%2f000',
    ]) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect(answer, path).toMatch(/^HTTP\/1\.1 40[14] /);
    }
  });
});

describe('beginning and end', () => {
  it('[H20] a port that is taken is a fault that says so', async () => {
    const fault = await open({ port: server.port }).catch((error: unknown) => error);
    expect(isFault(fault, 'port-in-use')).toBe(true);
    expect(String(fault)).toContain(`port ${server.port} is taken`);
    const address = await open({ host: '192.0.2.1' }).catch((error: unknown) => error);
    expect(isFault(address, 'cannot-listen')).toBe(true);
  });

  it('[H20] stops without dropping anybody: what is under way is answered, then nobody is', async () => {
    const other = await open();
    const { engine } = shop.memory;
    const decide = engine.decide.bind(engine);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let entered = (): void => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    engine.decide = async (request) => {
      entered();
      await held;
      return decide(request);
    };
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${keys.plain.decide}` };
    const underWay = fetch(`${other.url}/v1/decide`, {
      method: 'POST',
      headers,
      body: '{"placement":"home"}',
    });
    await inside;
    const closing = other.close();
    await expect(fetch(`${other.url}/healthz`)).rejects.toThrow('fetch failed');
    release();
    expect((await underWay).status).toBe(200);
    await closing;
    await other.close();
    engine.decide = decide;
  });

  it('[H20] does not wait for ever for who never ends', async () => {
    const other = await open({ graceMs: 50 });
    const half = raw(head('/v1/decide', 'content-length: 10'), other.port);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await other.close();
    expect(await half.catch(() => '')).not.toMatch(/ 200 /);
  });
});

describe('the client', () => {
  it('[H23] speaks the contract: typed calls, parsed answers, problems as values', async () => {
    const collect = createClient({ url: `${server.url}/`, key: keys.plain.collect });
    const decide = createClient({ url: server.url, key: keys.plain.decide });
    const admin = createClient({ url: server.url, key: keys.plain.admin });
    const id = 'client / ä%';
    const notice = { id: 'notice-1', language: 'en' };
    const grants = [{ category: 'purchases', purpose: 'recommend', state: 'given' } as const];
    expect((await collect.call('changeConsent', { params: { id }, body: { grants, notice } })).ok).toBe(true);
    const event = { kind: 'purchase', person: id, lines: [{ item: 'coat' }] };
    const sent = await collect.call('collect', { query: { source: 'web-shop' }, body: event });
    expect(sent).toMatchObject({ ok: true, value: { accepted: 1 } });
    const decided = await decide.call('decide', { body: { person: id, placement: 'home', limit: 2 } });
    expect(decided.ok && decided.value.items.length).toBe(2);
    const minted = await admin.call('mintToken', { params: { id }, body: { ttlMinutes: 5 } });
    const own = createClient({ url: server.url, ...(minted.ok ? { key: minted.value.token } : {}) });
    expect(await own.call('readPerson', { params: { id } })).toMatchObject({
      ok: true,
      value: { person: id },
    });
    const vkey = await own.call('log', { params: { path: 'vkey' } });
    expect(vkey).toEqual({ ok: true, value: `${shop.memory.world.log.vkey}\n` });
    expect(await own.call('readPerson', { params: { id: 'buyer-1' } })).toMatchObject({
      ok: false,
      error: { status: 404 },
    });
    const early = await own.call('receipt', {
      params: { decision: decided.ok ? decided.value.decision : '' },
    });
    expect(early.ok || (early.error.retryAfter ?? 0) > 0).toBe(true);
  });

  it('[H23] describes what is no problem of ours by its status', async () => {
    const proxy = createClient({
      url: 'http://x',
      fetch: () => Promise.resolve(new Response('<h1>', { status: 502 })),
    });
    expect(await proxy.call('health', {})).toMatchObject({
      ok: false,
      error: { status: 502, type: 'about:blank' },
    });
  });
});
