// Goal: messages that went together are taken one by one: counted, in order, once, and a bad one among them
// harms no other. Method: one real server.

import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import { WITHIN, all, message as next, untilEmpty } from '../../../test/support/nats-streams.ts';
import { readNote, writeNote } from './passed.ts';
import { namesOf } from './settings.ts';
import { openNatsStream } from './stream.ts';

import type { Delivered, EventStream, StreamMessage } from '../../engine/ports.ts';

let servers: NatsServers;
let connection: NatsConnection;
let jsm: JetStreamManager;
beforeAll(async () => {
  servers = await startNats({ count: 1 });
  connection = await connect({ servers: [...servers.urls] });
  jsm = await jetstreamManager(connection);
});
afterAll(async () => {
  await connection.close();
  await servers.close();
});

let count = 0;
/** A stream of one partition, whose publisher knows of a worker that reads parcels, and nobody takes from. */
async function openBundling({ triesMax = 10, worker = 'one.parcels' } = {}) {
  count += 1;
  const prefix = `parcels${String.fromCharCode(96 + count)}`;
  const settings = { prefix, partitions: 1, replicas: 1, leaseMs: 900, bytesMax: 2 ** 24, triesMax };
  const stream = await openNatsStream({ ...settings, servers: servers.urls });
  const names = namesOf({ prefix, partitions: 1 });
  const js = jetstream(connection);
  const broker = { js, jsm, names };
  const subjects = async (): Promise<readonly string[]> => {
    const found = await jsm.streams.info(names.events(0), { subjects_filter: names.partitionSubject(0) });
    return Object.keys(found.state.subjects ?? {});
  };
  /** Until the publisher has heard of it; leases live less than a second here. */
  const send = async (messages: readonly StreamMessage[], isBundled = true): Promise<void> => {
    for (;;) {
      await js.publish(names.leaseSubject(`worker.${worker}`), new Uint8Array());
      await new Promise((resolve) => setTimeout(resolve, 300));
      await stream.publish([next(0)]);
      await stream.publish([next(0), next(1)]);
      const was = await subjects();
      await jsm.streams.purge(names.events(0));
      if (was.some((one) => one.endsWith('.p2')) === isBundled) break;
    }
    await stream.publish(messages);
  };
  return { stream, names, broker, send, subjects };
}

const messages = (times: number): readonly StreamMessage[] =>
  Array.from({ length: times }, (_, at) => next(at % 64));
const idsOf = (some: readonly { readonly id: string }[]): readonly string[] => some.map(({ id }) => id);

describe('what went together', () => {
  it('[N30] is counted and taken one by one, in order, and is gone then', async () => {
    const { stream, send, subjects } = await openBundling();
    const sent = messages(150);
    await send(sent);
    expect(await subjects()).toEqual(expect.arrayContaining([expect.stringMatching(/\.p64$/)]));
    expect((await stream.lag()).waiting).toBe(150);
    const got: Delivered[] = [];
    await stream.consume(async (batch) => {
      got.push(...batch);
      return all(batch);
    });
    await untilEmpty(stream);
    expect(got.map(({ shard, id, body }) => ({ shard, id, body: new Uint8Array(body) }))).toEqual(sent);
    await stream.close();
  });

  it('[N30] has one bad message among it, which alone is put aside, and can be sent again', async () => {
    const { stream, send } = await openBundling({ triesMax: 3 });
    const sent = messages(20);
    const bad = sent[7]?.id;
    await send(sent);
    const done: string[] = [];
    let isMended = false;
    await stream.consume(async (batch) => {
      if (!isMended && batch.some(({ id }) => id === bad)) throw new Error('planted');
      done.push(...idsOf(batch));
      return all(batch);
    });
    await untilEmpty(stream);
    expect(done).toEqual(idsOf(sent).filter((id) => id !== bad));
    const [letter] = await stream.dead.list({ limit: 5 });
    expect(letter).toMatchObject({ id: bad, shard: sent[7]?.shard, tries: 3 });
    isMended = true;
    expect(await stream.dead.replay(letter!.seq)).toBe(true);
    await expect.poll(() => done.length, WITHIN).toBe(20);
    await stream.close();
  });

  it('[N30] goes on behind what passed of it, for whoever comes after a worker that died', async () => {
    const { stream, send, broker, names } = await openBundling({ triesMax: 4 });
    const sent = messages(6);
    await send(sent);
    const { state } = await jsm.streams.info(names.events(0));
    // Four came as far as the third and said nothing more.
    await writeNote(broker, 0, { passed: state.first_seq - 1, parts: 2, begun: 4 });
    const got: (readonly Delivered[])[] = [];
    const take = (): ReturnType<EventStream['consume']> =>
      stream.consume(async (batch) => {
        got.push(batch);
        return all(batch);
      });
    const consumer = await take();
    await untilEmpty(stream);
    await consumer.stop();
    expect(got.map((batch) => idsOf(batch))).toEqual(idsOf(sent.slice(3)).map((id) => [id]));
    expect(await stream.dead.list({ limit: 5 })).toMatchObject([{ id: sent[2]?.id, tries: 4 }]);
    expect(await readNote(broker, 0)).toMatchObject({ parts: 0, begun: 0 });
    await stream.close();
  });

  it('[N30] that is damaged is put aside as a whole, and holds up nobody', async () => {
    const { stream, broker, names, send } = await openBundling();
    await broker.js.publish(names.parcelSubject(0, 3), new Uint8Array(50).fill(9));
    const sent = messages(3);
    await send(sent);
    await broker.js.publish(names.parcelSubject(0, 3), new Uint8Array(50).fill(9));
    await stream.consume(async (batch) =>
      batch.map(({ body }) => (body[0] === 9 ? { dead: 'it cannot be opened' } : 'done')),
    );
    await untilEmpty(stream);
    expect(await stream.dead.list({ limit: 5 })).toMatchObject([{ shard: 0, bytes: 50 }]);
    await stream.close();
  });

  it('[N31] never does while a worker is there that does not read parcels', async () => {
    const { stream, send, subjects } = await openBundling({ worker: 'of-before' });
    await send(messages(20), false);
    expect((await subjects()).filter((one) => /\.p\d+$/.test(one))).toEqual([]);
    expect((await stream.lag()).waiting).toBe(20);
    await stream.close();
  });
});
