// Goal: what a stream on NATS does when it is full and when workers come, wait and go. Method: one real
// server, which is enough to show it, and a worker in a process of its own that is killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import { WITHIN, all, message as next, untilEmpty } from '../../../test/support/nats-streams.ts';
import type { NatsOptions } from './settings.ts';
import { openNatsStream } from './stream.ts';

import type { Delivered, EventStream, Verdict } from '../../engine/ports.ts';

const SMALL = { replicas: 1, partitions: 4, leaseMs: 900, bytesMax: 2 ** 24 };
const CHILD = join(import.meta.dirname, '../../../test/support/nats-worker-child.ts');

let servers: NatsServers;
beforeAll(async () => {
  servers = await startNats({ count: 1 });
});
afterAll(() => servers.close());

let count = 0;
/** Streams of their own for each test. */
function prefix(): string {
  count += 1;
  return `one${String.fromCharCode(96 + count)}`;
}
const open = (options: Partial<NatsOptions> & { readonly prefix: string }): Promise<EventStream> =>
  openNatsStream({ ...SMALL, servers: servers.urls, ...options });

describe('one server', () => {
  it('[N6] that is full itself says so, and goes on when there is room', async () => {
    const stream = await open({ prefix: prefix(), partitions: 1, bytesMax: 2 ** 15 });
    const sent = new Set<string>();
    const fill = async (): Promise<void> => {
      for (let n = 0; n < 200; n += 1) {
        const message = next(1);
        await stream.publish([message]);
        sent.add(message.id);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'stream-full', retry: 'later', afterSeconds: 5 });
    const got = new Set<string>();
    await stream.consume(async (batch) => {
      for (const { id } of batch) got.add(id);
      return all(batch);
    });
    await untilEmpty(stream);
    expect(got).toEqual(sent);
    expect(await stream.publish([next(1)])).toEqual(['new']);
    await stream.close();
  });

  it('[N15] a worker that waits with a batch keeps its other partitions, and gives back later', async () => {
    const name = prefix();
    const stream = await open({ prefix: name });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handed: number[] = [];
    const take = async (batch: readonly Delivered[]): Promise<readonly Verdict[]> => {
      const slow = batch.filter(({ shard }) => shard === 1);
      handed.push(...slow.map(({ attempt }) => attempt));
      if (slow.length > 0) await released;
      return all(batch);
    };
    const consumer = await stream.consume(take);
    await stream.publish([next(1)]);
    await expect.poll(() => consumer.partitions().length, WITHIN).toBe(4);
    const other = await open({ prefix: name });
    const second = await other.consume(take);
    await expect.poll(() => second.partitions().length, WITHIN).toBe(2);
    // Longer than the broker waits for somebody who is silent.
    await sleep(3000);
    expect(consumer.partitions().length + second.partitions().length).toBe(4);
    for (let shard = 0; shard < 8; shard += 1) if (shard % 4 !== 1) await stream.publish([next(shard)]);
    await expect.poll(async () => (await stream.lag()).waiting, WITHIN).toBe(1);
    release();
    await untilEmpty(stream);
    expect(handed).toEqual([1]);
    await other.close();
    await stream.close();
  });

  it('[N15] workers that come at the same moment never hold one partition both', async () => {
    const name = prefix();
    const streams: EventStream[] = [await open({ prefix: name })];
    for (let n = 0; n < 5; n += 1) streams.push(await open({ prefix: name }));
    const consumers = await Promise.all(streams.map((one) => one.consume(async (batch) => all(batch))));
    const held = (): readonly number[] => consumers.flatMap((one) => one.partitions());
    for (let n = 0; n < 100; n += 1) {
      expect(new Set(held()).size).toBe(held().length);
      await sleep(10);
    }
    await expect.poll(() => [...held()].sort((a, b) => a - b), WITHIN).toEqual([0, 1, 2, 3]);
    for (const one of streams) await one.close();
  });

  it('[N15] the partitions of a worker that is gone are taken over, with what it had in hand', async () => {
    const name = prefix();
    const stream = await open({ prefix: name });
    const sent = Array.from({ length: 40 }, (_, at) => next(at));
    await stream.publish(sent);
    const settings = JSON.stringify({ ...SMALL, servers: servers.urls, prefix: name });
    const child = spawn(process.execPath, [CHILD, settings], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await gone;
    const got = new Set<string>();
    await stream.consume(async (batch) => {
      for (const { id } of batch) got.add(id);
      return all(batch);
    });
    await untilEmpty(stream);
    expect(sent.filter(({ id }) => !got.has(id))).toEqual([]);
    await stream.close();
  });

  it('[N16] hands over alone what was thrown back twice', async () => {
    const stream = await open({ prefix: prefix(), triesMax: 4 });
    const [bad, ...good] = [next(5), next(5), next(5)];
    const sizes: number[] = [];
    const done = new Set<string>();
    await stream.publish([bad ?? next(5), ...good]);
    await stream.consume(async (batch) => {
      if (batch.some(({ id }) => id === bad?.id)) {
        if ((batch[0]?.attempt ?? 0) >= 3) sizes.push(batch.length);
        throw new Error('planted');
      }
      for (const { id } of batch) done.add(id);
      return all(batch);
    });
    await untilEmpty(stream);
    expect(sizes).toEqual([1, 1]);
    expect([...done].sort()).toEqual(good.map(({ id }) => id).sort());
    expect(await stream.dead.list({ limit: 5 })).toMatchObject([{ id: bad?.id, tries: 4 }]);
    await stream.close();
  });
});
