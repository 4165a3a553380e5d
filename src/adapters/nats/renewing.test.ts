// Goal: a stream whose connection hears nothing any more comes back by itself, and what was acknowledged is
// there. Method: a real server behind a way on which connections go deaf (test/support/deaf-proxy.ts), as a
// reload of nats-server 2.9.10 leaves them; new ones hear. And that reload itself, of three servers: all
// connections of eight such rounds went deaf to some leaders. At the same time, because they wait for
// seconds.

import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestContext, afterAll, beforeAll, describe, it } from 'vitest';
import { type DeafProxy, deafProxy } from '../../../test/support/deaf-proxy.ts';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import { WITHIN, all, message as next, untilEmpty } from '../../../test/support/nats-streams.ts';
import type { Patience } from './renewing.ts';
import { namesOf } from './settings.ts';
import { type NatsStream, openNatsStream } from './stream.ts';

import type { Delivered, EventStream } from '../../engine/ports.ts';

const PATIENCE = { deafMsMax: 3000, renewMsMin: 4000 };

let servers: NatsServers;
beforeAll(async () => {
  servers = await startNats({ count: 1 });
});
afterAll(() => servers.close());

type Test = Pick<TestContext, 'onTestFinished'>;
interface Opened {
  readonly proxy: DeafProxy;
  readonly stream: NatsStream;
  /** What it told. */
  readonly told: readonly string[];
  readonly prefix: string;
}

let count = 0;
/** A stream of its own behind a proxy of its own, until the test has ended. */
async function opened(
  { onTestFinished }: Test,
  { to = servers, ...patience }: Patience & { readonly to?: NatsServers } = PATIENCE,
): Promise<Opened> {
  count += 1;
  const prefix = `deaf${String.fromCharCode(96 + count)}`;
  const told: string[] = [];
  const proxy = await deafProxy(to.urls[0] ?? '');
  onTestFinished(() => proxy.close());
  const small = { prefix, replicas: 1, partitions: 2, leaseMs: 1500, bytesMax: 2 ** 22, acknowledgeMs: 1500 };
  const stream = await openNatsStream(
    { ...small, servers: proxy.url },
    { ...patience, told: (says) => told.push(says) },
  );
  onTestFinished(async () => {
    proxy.hear();
    await stream.close();
  });
  return { proxy, stream, told, prefix };
}

/** The same with a server of its own, which the test may freeze. */
async function openedApart(test: Test): Promise<Opened & { readonly own: NatsServers }> {
  const own = await startNats({ count: 1 });
  test.onTestFinished(() => own.close());
  return { own, ...(await opened(test, { ...PATIENCE, to: own })) };
}

type Manager = Awaited<ReturnType<typeof jetstreamManager>>;

/** By a connection of its own. */
async function manage<T>(of: NatsServers, work: (jsm: Manager) => Promise<T>): Promise<T> {
  const connection = await connect({ servers: [...of.urls] });
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

const nameOf = (prefix: string, partition: number): string =>
  namesOf({ prefix, partitions: 2 }).events(partition);
const lyingIn = (of: NatsServers, prefix: string, partition: number): Promise<number> =>
  manage(of, async (jsm) => (await jsm.streams.info(nameOf(prefix, partition))).state.messages);
const purge = (of: NatsServers, prefix: string, partition: number): Promise<unknown> =>
  manage(of, (jsm) => jsm.streams.purge(nameOf(prefix, partition)));

describe.concurrent('a connection that hears nothing', () => {
  it('[N24] is replaced, workers with it, and nothing acknowledged is lost', async ({
    expect,
    onTestFinished,
  }) => {
    const { proxy, stream, told } = await opened({ onTestFinished });
    const got: string[] = [];
    const consumer = await stream.consume(async (batch: readonly Delivered[]) => {
      got.push(...batch.map(({ id }) => id));
      return all(batch);
    });
    await expect.poll(() => consumer.partitions(), WITHIN).toEqual([0, 1]);
    const before = [next(1), next(2)];
    await stream.publish(before);
    await untilEmpty(stream);
    proxy.deafen();
    // The servers answer all that is asked of them, and keep what is sent.
    await expect(stream.publish([next(1)])).rejects.toMatchObject({ code: 'stream-down', retry: 'later' });
    expect((await stream.lag()).waiting).toBeGreaterThan(0);
    await expect.poll(() => stream.confirms(), WITHIN).toBe(false);
    await expect.poll(() => told.length, WITHIN).toBe(1);
    expect(told[0]).toContain('a new connection took the place');
    expect(stream.confirms()).toBe(true);
    const after = [next(1), next(2)];
    expect(await stream.publish(after)).toEqual(['new', 'new']);
    await untilEmpty(stream);
    expect(got).toEqual(expect.arrayContaining([...before, ...after].map(({ id }) => id)));
    await expect.poll(() => consumer.partitions(), WITHIN).toEqual([0, 1]);
    await consumer.stop();
    expect(consumer.partitions()).toEqual([]);
  });

  it('[N24] what was acknowledged lately is sent again over the new one', async ({
    expect,
    onTestFinished,
  }) => {
    const { own, proxy, stream, told, prefix } = await openedApart({ onTestFinished });
    await stream.publish([next(1), next(1), next(1)]);
    // Nobody could look in between, so it may be that another leads now, who lacks them.
    proxy.deafen({ mute: true });
    own.freeze(0);
    await sleep(3000);
    own.thaw(0);
    await purge(own, prefix, 1);
    await sleep(PATIENCE.deafMsMax - 2000);
    expect([await lyingIn(own, prefix, 1), told]).toEqual([0, []]);
    await expect.poll(() => told.length, WITHIN).toBe(1);
    await expect.poll(() => lyingIn(own, prefix, 1), WITHIN).toBe(3);
  });

  it('[N24] is kept where a new one hears no more, and tried again not too often', async ({
    expect,
    onTestFinished,
  }) => {
    const { proxy, stream, told } = await opened({ onTestFinished }, { ...PATIENCE, renewMsMin: 600_000 });
    await stream.publish([next(1)]);
    proxy.deafen({ all: true });
    await expect.poll(() => told.length, WITHIN).toBe(1);
    expect(told[0]).toContain('a new connection does not change it');
    expect(stream.confirms()).toBe(false);
    const made = proxy.made();
    await sleep(PATIENCE.deafMsMax);
    expect(proxy.made()).toBe(made);
    proxy.hear();
    await expect.poll(() => stream.confirms(), WITHIN).toBe(true);
    expect(await stream.publish([next(1)])).toEqual(['new']);
  });

  it('[N24] is left alone while it hears, and where nobody answers at all', async ({
    expect,
    onTestFinished,
  }) => {
    const { own, proxy, stream, told } = await openedApart({ onTestFinished });
    const made = proxy.made();
    for (let n = 0; n < 10; n += 1) {
      await stream.publish([next(n)]);
      await sleep(PATIENCE.deafMsMax / 8);
    }
    own.freeze(0);
    await sleep(PATIENCE.deafMsMax + 3000);
    expect(stream.confirms()).toBe(true);
    own.thaw(0);
    await expect.poll(() => stream.publish([next(1)]).catch(() => ['down']), WITHIN).toEqual(['new']);
    expect([told, proxy.made()]).toEqual([[], made]);
  });

  it('[N24] a close while it is being replaced ends it', async ({ expect, onTestFinished }) => {
    const { proxy, stream } = await opened({ onTestFinished });
    await stream.consume(async (batch) => all(batch));
    proxy.deafen();
    const made = proxy.made();
    await expect.poll(() => proxy.made(), WITHIN).toBeGreaterThan(made);
    await stream.close();
    await expect(stream.publish([next(1)])).rejects.toMatchObject({ code: 'closed' });
    await expect(stream.consume(async (batch) => all(batch))).rejects.toMatchObject({ code: 'closed' });
  });
});

describe.concurrent('three servers that read in another password', () => {
  it(
    '[N24] [N21] confirm again, and hand over what they confirmed',
    { timeout: 240_000 },
    async ({ expect }) => {
      const login = { user: 'shop', password: 'one' };
      const three = await startNats(login);
      const streams: EventStream[] = [];
      try {
        let text = 'shop:one';
        const small = { partitions: 4, leaseMs: 1500, bytesMax: 2 ** 26, acknowledgeMs: 1500 };
        const options = { ...small, servers: three.urls, credentials: () => text };
        const got = new Set<string>();
        const sent: string[] = [];
        for (let n = 0; n < 3; n += 1) {
          const stream = await openNatsStream(options, PATIENCE);
          streams.push(stream);
          await stream.consume(async (batch) => {
            for (const { id } of batch) got.add(id);
            return all(batch);
          });
        }
        /** To each partition, by each; again until it is confirmed. */
        const publish = (stream: EventStream) => async (): Promise<string> => {
          const batch = [next(0), next(1), next(2), next(3)];
          const acks = await stream.publish(batch).catch(() => ['down']);
          if (acks.length === batch.length) sent.push(...batch.map(({ id }) => id));
          return acks.join();
        };
        const allConfirm = async (): Promise<void> => {
          for (const stream of streams) await expect.poll(publish(stream), WITHIN).toBe('new,new,new,new');
        };
        await allConfirm();
        text = 'shop:two';
        login.password = 'two';
        for (const at of [0, 1, 2]) three.reload(at);
        // Not in the moment in which they have not noticed yet.
        await sleep(1000);
        await allConfirm();
        await expect.poll(() => sent.filter((id) => !got.has(id)), WITHIN).toEqual([]);
        expect(sent.length).toBeGreaterThanOrEqual(24);
      } finally {
        // While there is somebody to say it to.
        await Promise.all(streams.map((one) => one.close()));
        await three.close();
      }
    },
  );
});
