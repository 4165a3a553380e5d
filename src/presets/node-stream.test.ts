// Goal: a node tells truly whether events are confirmed, also where servers answer and confirm nothing, and
// comes back by itself. Method: a shop in memory, and a real server behind a way on which connections go deaf
// (test/support/deaf-proxy.ts). Both at a time, because they wait for seconds.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, describe, it } from 'vitest';
import { type DeafProxy, deafProxy } from '../../test/support/deaf-proxy.ts';
import { type House, allowAll, event, openHouse } from '../../test/support/house.ts';
import { startNats } from '../../test/support/nats-servers.ts';
import { WITHIN } from '../../test/support/nats-streams.ts';
import { journalIds } from '../../test/support/streamed.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { type NodeStream, openNodeStream } from './node-stream.ts';
import { pathsOf } from './paths.ts';

const DATABASES = 'data: postgresql://nowhere/data, keys: postgresql://nowhere/keys';

interface Node {
  readonly proxy: DeafProxy;
  readonly house: House;
  readonly stream: NodeStream;
  readonly failures: readonly string[];
}

/** With a server and a home of its own, until the test has ended. */
async function startNode({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<Node> {
  const servers = await startNats({ count: 1 });
  onTestFinished(() => servers.close());
  const proxy = await deafProxy(servers.urls[0] ?? '');
  onTestFinished(() => proxy.close());
  const home = mkdtempSync(join(tmpdir(), 'fineline-node-stream-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const nats = `servers: ['${proxy.url}'], replicas: 1, partitions: 2, bytesMax: 4194304`;
  writeFileSync(
    join(home, 'fineline.yaml'),
    `controller: shop\nsources: []\ncluster: { ${DATABASES}, nats: { ${nats} } }\n`,
  );
  const house = await openHouse();
  await allowAll(house, 'ann');
  const failures: string[] = [];
  const failed = (what: string, error: unknown): void => void failures.push(`${what}: ${String(error)}`);
  const stream = await openNodeStream({ engine: house.engine, paths: pathsOf(home) }, { failed });
  if (stream === undefined) throw new Error('the settings name a stream');
  onTestFinished(async () => {
    proxy.hear();
    await stream.close();
  });
  return { proxy, house, stream, failures };
}

/** One event of Ann's by the way of a node; its id, or what was answered. */
async function send({ house, stream }: Node): Promise<{ readonly id: string; readonly answer: string }> {
  const one = event(house, 'view', 'ann', ['coat-1']);
  const collected = stream.intake.collect({ events: [one], signals: NO_SIGNALS });
  const answer = await collected.then(
    ({ admitted }) => `${admitted} admitted`,
    (error: unknown) => String((error as { readonly code?: string }).code),
  );
  return { id: one.id, answer };
}

describe.concurrent('a node whose servers answer and confirm nothing', () => {
  it(
    '[Y51] says that its stream is away, and comes back by itself',
    { timeout: 120_000 },
    async ({ expect, onTestFinished }) => {
      const node = await startNode({ onTestFinished });
      const { proxy, house, stream, failures } = node;
      const before = await send(node);
      expect([before.answer, stream.told().state]).toEqual(['1 admitted', 'open']);
      proxy.deafen();
      const lost = await send(node);
      // Confirmed to nobody, also after a new connection has taken its place.
      expect([lost.answer, stream.told().state]).toEqual(['stream-down', 'away']);
      await expect.poll(() => failures, WITHIN).toEqual([expect.stringContaining('a new connection took')]);
      const after = await send(node);
      expect(after.answer).toBe('1 admitted');
      await expect.poll(() => stream.told().state, WITHIN).toBe('open');
      const kept = (): Promise<readonly string[]> => journalIds(house, 'ann');
      await expect.poll(kept, WITHIN).toEqual(expect.arrayContaining([before.id, after.id]));
      expect(new Set(await kept()).size).toBe((await kept()).length);
    },
  );

  it(
    '[Y51] answers at once while no connection hears, and is open when one does',
    { timeout: 120_000 },
    async ({ expect, onTestFinished }) => {
      const node = await startNode({ onTestFinished });
      const { proxy, stream, failures } = node;
      expect((await send(node)).answer).toBe('1 admitted');
      proxy.deafen({ all: true });
      // Nobody sends anything: the figure speaks all the same.
      await expect.poll(() => stream.told().state, WITHIN).toBe('away');
      expect(stream.told().lag).toBeDefined();
      expect((await send(node)).answer).toBe('stream-down');
      await expect.poll(() => failures, WITHIN).toEqual([expect.stringContaining('does not change it')]);
      proxy.hear();
      await expect.poll(() => stream.told().state, WITHIN).toBe('open');
      expect((await send(node)).answer).toBe('1 admitted');
    },
  );
});
