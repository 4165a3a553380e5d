// Goal: with a stream behind it the route for events says yes only to what the stream has, and speaks of
// everything else as it does without. Method: two shops in memory, one with a stream, asked the same.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, YES, openShop, stock } from '../../../test/support/http-shop.ts';
import { type MemoryStream, memoryEventStream } from '../../adapters/memory/event-stream.ts';
import { streamedIntake } from '../../engine/streaming.ts';
import { takeEvents } from '../../engine/taking.ts';
import { Fault } from '../../kernel/fault.ts';
import { openMemory } from '../../presets/memory.ts';
import { createHttp } from './http.ts';
import { createKeys } from './keys.ts';

interface Streamed {
  readonly stream: MemoryStream;
  ask(body: unknown, path?: string): Promise<Response>;
  person(id: string): Promise<{ readonly facts: readonly unknown[] } | number>;
  work(): Promise<void>;
}

async function openStreamed(waitingMax = 1000): Promise<Streamed> {
  const memory = await openMemory();
  const stream = memoryEventStream({ waitingMax });
  const { plain, hashed } = createKeys(memory.world.entropy);
  const intake = streamedIntake(memory.engine, stream);
  const { engine, tokenSecret } = memory;
  const http = createHttp({ engine, intake, keys: hashed, tokenSecret });
  const send = (method: string, path: string, key: string, body?: unknown): Promise<Response> =>
    http.fetch(
      new Request(`http://shop.test${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
  return {
    stream,
    ask: (body, path = '/v1/events?source=web-shop') => send('POST', path, plain.collect, body),
    person: async (id) => {
      const answer = await send('GET', `/v1/people/${id}`, plain.officer);
      return answer.status === 200 ? ((await answer.json()) as { readonly facts: [] }) : answer.status;
    },
    work: async () => {
      const worker = await takeEvents(engine, stream);
      await stream.drained();
      await worker.stop();
    },
  };
}

const yes = (person: string) => ({ fineline: 'consent', person, ...YES });
const view = (person: string, id: string) => ({ kind: 'view', id, person, lines: [{ item: 'coat' }] });

describe('POST /v1/events with a stream', () => {
  let plain: Shop;
  beforeAll(async () => {
    plain = await openShop();
    await stock(plain);
  });
  afterAll(() => plain.close());

  it('[H60] says 202 when the stream has it, obeys choices at once, and a worker does the rest', async () => {
    const shop = await openStreamed();
    const sent = await shop.ask([yes('maria'), view('maria', 'v1'), view('maria', 'v2')]);
    expect([sent.status, await sent.json()]).toMatchObject([202, { accepted: 2, consents: 1, refused: {} }]);
    expect((await shop.stream.lag()).waiting).toBe(2);
    expect(await shop.person('maria')).toMatchObject({ facts: [] });
    await shop.work();
    expect(await shop.person('maria')).toMatchObject({ facts: [{ count: 2 }] });
    const again = await shop.ask([view('maria', 'v1')]);
    expect([again.status, await again.json()]).toMatchObject([200, { accepted: 0, repeated: 1 }]);
  });

  it('[H60] refuses what is refused without one, by the same bytes', async () => {
    const shop = await openStreamed();
    const cases: readonly (readonly [unknown, string?])[] = [
      ['{"oops'],
      [{ strange: true }],
      [[view('stranger', 'v1')]],
      [view('maria', 'v1'), '/v1/events?source=nobody-knows'],
      [view('maria@example.com', 'v1')],
      [view('maria', 'v1'), '/v1/events?source=web-shop&country=XX1'],
      [[{ kind: 'view', person: 'p' }, 7, view('null', 'v2')]],
    ];
    for (const [body, path = '/v1/events?source=web-shop'] of cases) {
      const with_ = await shop.ask(body, path);
      const without = await plain.ask('POST', path, { key: plain.keys.collect, body });
      expect(with_.status, JSON.stringify(body)).toBe(without.status);
      expect(await with_.text()).toBe(await without.text());
    }
    expect((await shop.stream.lag()).waiting).toBe(0);
  });

  it('[H60] says 429 with a time when too much waits, and a no beside it holds', async () => {
    const shop = await openStreamed(1);
    expect((await shop.ask([yes('maria'), view('maria', 'v1')])).status).toBe(202);
    const full = await shop.ask([view('maria', 'v2')]);
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await full.json()).toMatchObject({ type: '/docs#problem-too-many', status: 429 });
    const no = { ...yes('maria'), grants: YES.grants.map((one) => ({ ...one, state: 'withdrawn' })) };
    expect((await shop.ask([no, view('maria', 'v3')])).status).toBe(429);
    // Choices alone do not need the stream.
    expect((await shop.ask([yes('nora')])).status).toBe(202);
    await shop.work();
    // Withdrawn between intake and worker: nothing of the first one either.
    expect(await shop.person('maria')).toMatchObject({ facts: [] });
  });

  it('[H60] says 503 when the stream does not confirm, and takes the same batch later', async () => {
    const shop = await openStreamed();
    shop.stream.failing = new Fault('stream-down', 'planted', { retry: 'later', afterSeconds: 7 });
    const batch = [yes('maria'), view('maria', 'v1')];
    const down = await shop.ask(batch);
    expect([down.status, down.headers.get('retry-after')]).toEqual([503, '7']);
    expect(await down.json()).toMatchObject({ detail: expect.stringContaining('did not confirm') });
    shop.stream.failing = undefined;
    expect(await (await shop.ask(batch)).json()).toMatchObject({ accepted: 1 });
  });
});
