// Goal: what is taken out of a stream has had its verdict, whatever a consumer of the broker believes, and a
// worker that comes after another begins where that one came to. Method: one real server.

import { AckPolicy, type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import { WITHIN, all, message as next, untilEmpty } from '../../../test/support/nats-streams.ts';
import { isStill, readNote, takeOutUpTo, writeNote } from './passed.ts';
import { namesOf } from './settings.ts';
import { openNatsStream } from './stream.ts';

import type { Delivered, EventStream } from '../../engine/ports.ts';

let servers: NatsServers;
let connection: NatsConnection;
let js: JetStreamClient;
let jsm: Awaited<ReturnType<typeof jetstreamManager>>;
beforeAll(async () => {
  servers = await startNats({ count: 1 });
  connection = await connect({ servers: [...servers.urls] });
  js = jetstream(connection);
  jsm = await jetstreamManager(connection);
});
afterAll(async () => {
  await connection.close();
  await servers.close();
});

let count = 0;
/** A stream of one partition, and what is behind it. */
async function openOne(triesMax = 10) {
  count += 1;
  const prefix = `passed${String.fromCharCode(96 + count)}`;
  const settings = { prefix, partitions: 1, replicas: 1, leaseMs: 900, bytesMax: 2 ** 24, triesMax };
  const stream = await openNatsStream({ ...settings, servers: servers.urls });
  const names = namesOf({ prefix, partitions: 1 });
  return { stream, names, broker: { js, jsm, names } };
}

async function send(stream: EventStream, times: number): Promise<readonly string[]> {
  const sent = Array.from({ length: times }, () => next(1));
  for (const message of sent) await stream.publish([message]);
  return sent.map(({ id }) => id);
}

describe('what has passed', () => {
  it('[N17] nothing goes because a consumer of the broker stands ahead and acknowledges', async () => {
    const { stream, names } = await openOne();
    const sent = await send(stream, 5);
    const name = names.events(0);
    await jsm.consumers.add(name, { durable_name: 'ahead', ack_policy: AckPolicy.Explicit });
    const ahead = await js.consumers.get(name, 'ahead');
    for await (const one of await ahead.fetch({ max_messages: 5, expires: 2000 })) await one.ackAck();
    expect((await jsm.consumers.info(name, 'ahead')).ack_floor.stream_seq).toBe(5);
    const got: string[] = [];
    await stream.consume(async (batch) => {
      got.push(...batch.map(({ id }) => id));
      return all(batch);
    });
    await untilEmpty(stream);
    expect(got).toEqual(sent);
    await stream.close();
  });

  it('[N14] is taken out, a note of it stays, and what comes back is taken out again', async () => {
    const { stream, names, broker } = await openOne();
    await send(stream, 3);
    const consumer = await stream.consume(async (batch) => all(batch));
    await untilEmpty(stream);
    await consumer.stop();
    const { state } = await jsm.streams.info(names.events(0), { subjects_filter: '>' });
    expect(Object.keys(state.subjects ?? {})).toEqual([names.passedSubject(0)]);
    expect(await readNote(broker, 0)).toEqual({ passed: state.last_seq - 1, parts: 0, begun: 0 });
    await send(stream, 2);
    expect(await takeOutUpTo(broker, 0, state.last_seq + 2)).toBe(true);
    expect((await stream.lag()).waiting).toBe(0);
    await stream.close();
  });

  it('[N17] a note cannot speak of what comes after it', async () => {
    const { stream, names, broker } = await openOne();
    expect(await readNote(broker, 0)).toEqual({ passed: 0, parts: 0, begun: 0 });
    for (const text of ['1 1', '7 1', 'what 1', '-1 0', '', '0 0 -1', '6 0 1']) {
      await js.publish(names.passedSubject(0), text);
      expect(await readNote(broker, 0)).toEqual({ passed: 0, parts: 0, begun: 0 });
    }
    const seq = await writeNote(broker, 0, { passed: 4, parts: 3, begun: 2 });
    expect([seq, await readNote(broker, 0)]).toEqual([8, { passed: 4, parts: 3, begun: 2 }]);
    // As nodes of before there were parcels wrote it.
    await js.publish(names.passedSubject(0), '5 1');
    expect(await readNote(broker, 0)).toEqual({ passed: 5, parts: 0, begun: 1 });
    await stream.close();
  });

  it('[N17] before a note the leader is asked whether the last one is still what it was', async () => {
    const { stream, names, broker } = await openOne();
    const [id = ''] = await send(stream, 1);
    const found = await jsm.streams.getMessage(names.events(0), { seq: 1 });
    const sinceMs = found?.time.getTime() ?? 0;
    const asked = [{}, { id: 'other' }, { sinceMs: sinceMs + 1 }, { seq: 2 }];
    const answers: boolean[] = [];
    for (const one of asked) answers.push(await isStill(broker, 0, { seq: 1, id, sinceMs, ...one }));
    expect(answers).toEqual([true, false, false, false]);
    await send(stream, 1);
    await takeOutUpTo(broker, 0, 1);
    expect(await isStill(broker, 0, { seq: 1, id, sinceMs }), 'out, as it should be').toBe(true);
    await stream.close();
  });

  it('[N16] what may have ended who held it is handed over alone, in the end put aside', async () => {
    const { stream, broker } = await openOne(4);
    const sent = await send(stream, 3);
    const got: (readonly Delivered[])[] = [];
    const take = (): ReturnType<EventStream['consume']> =>
      stream.consume(async (batch) => {
        got.push(batch);
        return all(batch);
      });
    // Two began and said nothing more.
    await writeNote(broker, 0, { passed: 0, parts: 0, begun: 2 });
    const consumer = await take();
    await untilEmpty(stream);
    await consumer.stop();
    expect(got.map((batch) => batch.map(({ id, attempt }) => [id, attempt]))).toEqual(
      sent.map((id) => [[id, 3]]),
    );
    expect(await readNote(broker, 0), 'who is stopped leaves no blame').toMatchObject({ begun: 0 });
    const [bad, ...good] = await send(stream, 3);
    const { passed } = await readNote(broker, 0);
    await writeNote(broker, 0, { passed, parts: 0, begun: 4 });
    got.length = 0;
    await take();
    await untilEmpty(stream);
    expect(got.flat().map(({ id }) => id)).toEqual(good);
    await expect.poll(() => stream.dead.list({ limit: 5 }), WITHIN).toMatchObject([{ id: bad, tries: 4 }]);
    await stream.close();
  });

  it('[N16] who has to leave while it waits with a batch is not blamed for what comes after', async () => {
    const { stream, broker } = await openOne();
    await send(stream, 1);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let inHand = 0;
    const consumer = await stream.consume(async (batch) => {
      inHand += batch.length;
      await released;
      return all(batch);
    });
    await expect.poll(() => inHand, WITHIN).toBe(1);
    expect(await readNote(broker, 0)).toEqual({ passed: 0, parts: 0, begun: 1 });
    const stopped = consumer.stop();
    await expect.poll(async () => (await readNote(broker, 0)).begun, WITHIN).toBe(0);
    release();
    await stopped;
    await stream.close();
  });
});
