// Goal: the stream on NATS keeps the contract of the port, and what a broker has to promise. Method: three
// real servers with JetStream on this machine, killed with -9 and frozen while messages are under way.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DiscardPolicy, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { runEventStream } from '../../../test/contracts/event-stream.contract.ts';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import { event, openHouse } from '../../../test/support/house.ts';
import { WITHIN, all, message as next, untilEmpty } from '../../../test/support/nats-streams.ts';
import { journalIds, send } from '../../../test/support/streamed.ts';
import { takeEvents } from '../../engine/taking.ts';
import { checkNats } from './check.ts';
import { waitSecondsFor } from './pressure.ts';
import { type NatsOptions, namesOf } from './settings.ts';
import { openNatsStream } from './stream.ts';

import type { EventStream, StreamMessage } from '../../engine/ports.ts';

const ROUNDS = process.env['FINELINE_FULL'] === '1' ? 20 : 1;
const PEOPLE = ['ann', 'bob', 'cem', 'dee', 'eve', 'fay', 'gus', 'hal'];

const SMALL = { partitions: 4, leaseMs: 1500, bytesMax: 2 ** 26 };
const PARTITIONS = [0, 1, 2, 3];

let servers: NatsServers;
beforeAll(async () => {
  servers = await startNats();
});
afterAll(() => servers.close());

/** Opened anew over streams that are empty. */
async function openEmpty(options: Partial<NatsOptions> = {}): Promise<EventStream> {
  const stream = await openNatsStream({ ...SMALL, ...options, servers: servers.urls });
  const names = namesOf({ prefix: 'fineline', partitions: SMALL.partitions });
  await manage(async (jsm) => {
    const events = PARTITIONS.map((partition) => names.events(partition));
    for (const name of [...events, names.dead, names.leases]) await jsm.streams.purge(name);
  });
  return stream;
}

async function manage<T>(
  work: (jsm: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>,
): Promise<T> {
  const connection = await connect({ servers: [...servers.urls] });
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

runEventStream('nats', async () => ({ open: openEmpty, close: async () => undefined }));

describe('three servers', () => {
  it(`[N10] kill -9 of the leader under load, ${ROUNDS} times: none lost or doubled`, async () => {
    const house = await openHouse();
    const other = await house.reopen();
    const stream = await openEmpty();
    const second = await openNatsStream({ ...SMALL, servers: servers.urls });
    const workers = [await takeEvents(house.engine, stream), await takeEvents(other.engine, second)];
    const acknowledged = new Map(PEOPLE.map((who) => [who, new Set<string>()]));
    let times = 0;
    const ending = new AbortController();
    const sender = async (at: number): Promise<void> => {
      for (let n = at; !ending.signal.aborted; n += 1) {
        const who = PEOPLE[n % PEOPLE.length] ?? 'ann';
        const one = event(house, 'purchase', who, ['tea-1']);
        try {
          await send(house, stream, [one]);
          acknowledged.get(who)?.add(one.id);
          times += 1;
        } catch (error) {
          expect(error).toMatchObject({ retry: 'later' });
        }
      }
    };
    const senders = Array.from({ length: 16 }, (_, at) => sender(at));
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = times;
      await expect.poll(() => times, WITHIN).toBeGreaterThan(before + 200);
      const leader = await servers.leaderOf(`FINELINE_EVENTS_${round % 4}`);
      await servers.kill(leader);
      const then = times;
      await expect.poll(() => times, WITHIN).toBeGreaterThan(then + 200);
      await servers.start(leader);
    }
    ending.abort();
    await Promise.all(senders);
    await untilEmpty(stream);
    expect((await stream.lag()).dead).toBe(0);
    for (const worker of workers) await worker.stop();
    const after = await house.reopen();
    for (const [who, ids] of acknowledged) {
      const kept = await journalIds(after, who);
      expect(new Set(kept).size).toBe(kept.length);
      expect([...ids].filter((id) => !kept.includes(id))).toEqual([]);
    }
    await second.close();
    await stream.close();
  });

  it('[N18] what a leader lost that went is sent again by who published it', async () => {
    const stream = await openEmpty();
    let sent: readonly StreamMessage[] = [];
    await manage(async (jsm) => {
      // On a machine that stood still meanwhile what was acknowledged counts as safe by now: then once more.
      for (let isRecent = false; !isRecent;) {
        sent = [next(1), next(1), next(1)];
        const begunMs = performance.now();
        await stream.publish(sent);
        const { state, cluster } = await jsm.streams.info('FINELINE_EVENTS_1');
        // As it was after kills: acknowledged, and not there.
        for (let seq = state.first_seq; seq <= state.last_seq; seq += 1)
          await jsm.streams.deleteMessage('FINELINE_EVENTS_1', seq);
        expect((await jsm.streams.info('FINELINE_EVENTS_1')).state.messages).toBe(0);
        isRecent = performance.now() - begunMs < 700;
        if (!isRecent) continue;
        const leader = Number(cluster?.leader?.replace('n', ''));
        await servers.kill(leader);
        await servers.start(leader);
      }
    });
    const got = new Set<string>();
    await stream.consume(async (batch) => {
      for (const { id } of batch) got.add(id.replace(/\..*/, ''));
      return all(batch);
    });
    await expect.poll(() => sent.filter(({ id }) => !got.has(id)), WITHIN).toEqual([]);
    await untilEmpty(stream);
    await stream.close();
  });

  it('[N11] without a majority nothing is acknowledged, and it goes on when there is one', async () => {
    const stream = await openEmpty({ acknowledgeMs: 1500 });
    expect(await stream.publish([next(1)])).toEqual(['new']);
    servers.freeze(0);
    servers.freeze(1);
    const message = next(2);
    try {
      const fault = { code: 'stream-down', retry: 'later' };
      await expect(stream.publish([message])).rejects.toMatchObject(fault);
    } finally {
      servers.thaw(0);
      servers.thaw(1);
    }
    await expect
      .poll(
        () =>
          stream.publish([message]).then(
            () => 'there',
            () => 'down',
          ),
        WITHIN,
      )
      .toBe('there');
    await stream.close();
  });

  it('[N12, N13] make streams that keep their promises, and use no weaker ones', async () => {
    const stream = await openEmpty();
    const [events, dead] = await manage(async (jsm) => [
      await jsm.streams.info('FINELINE_EVENTS_1'),
      await jsm.streams.info('FINELINE_DEAD'),
    ]);
    const kept = { num_replicas: 3, storage: 'file', discard: 'new' };
    expect(events?.config).toMatchObject({ ...kept, retention: 'limits', duplicate_window: 120e9 });
    expect(events?.config.max_age).toBe(7 * 86_400e9);
    expect(dead?.config).toMatchObject({ ...kept, max_age: 30 * 86_400e9 });
    const otherwise = openNatsStream({ ...SMALL, partitions: 5, servers: servers.urls });
    await expect(otherwise).rejects.toMatchObject({ code: 'wrong-stream' });
    await manage((jsm) =>
      jsm.streams.add({ name: 'WEAK_EVENTS_0', subjects: ['weak.events.0.*'], num_replicas: 1 }),
    );
    const weak = openNatsStream({ ...SMALL, servers: servers.urls, prefix: 'weak' });
    await expect(weak).rejects.toMatchObject({ code: 'wrong-stream', retry: 'never' });
    await stream.close();
  });

  it('[N14] keep nothing that was acknowledged, and stop the intake before a message ends', async () => {
    const stream = await openEmpty();
    await stream.publish([next(1)]);
    const { state } = await manage((jsm) => jsm.streams.info('FINELINE_EVENTS_1'));
    await stream.consume(async (batch) => all(batch));
    await untilEmpty(stream);
    const gone = manage((jsm) => jsm.streams.getMessage('FINELINE_EVENTS_1', { seq: state.last_seq }));
    await expect(gone.catch(() => null)).resolves.toBeNull();
    await stream.close();
    const day = 86_400_000;
    const wait = (waiting: number, oldestMs: number): number =>
      waitSecondsFor({ waiting, oldestMs, dead: 0 }, { waitingMax: 100 });
    expect([wait(99, 3 * day), wait(100, 0), wait(1, 4 * day)]).toEqual([0, 5, 60]);
  });

  it('[N20] are found in order, and what is wrong with a stream is found', async () => {
    const stream = await openEmpty();
    const findings = await checkNats({ ...SMALL, servers: servers.urls });
    expect(findings.filter(({ level }) => level === 'bad')).toEqual([]);
    const levels = Object.fromEntries(findings.map(({ about, level }) => [about, level]));
    expect(levels).toMatchObject({
      'events: version': 'good',
      'events: JetStream': 'good',
      'events: servers': 'good',
      'events: clock': 'good',
      'events: max_payload': 'good',
      'events: stream FINELINE_EVENTS_3': 'good',
      'events: TLS': 'doubtful',
      'events: authentication': 'doubtful',
    });
    await manage(async (jsm) => {
      const added = { name: 'LOOSE_EVENTS_0', subjects: ['loose.events.0.*'], discard: DiscardPolicy.Old };
      await jsm.streams.add({ ...added, num_replicas: 3 });
    });
    const loose = await checkNats({ ...SMALL, servers: servers.urls, prefix: 'loose' });
    const found = loose.find(({ about }) => about === 'events: stream LOOSE_EVENTS_0');
    expect(found).toMatchObject({ level: 'bad', found: expect.stringContaining('discard old') });
    const names = await manage(async (jsm) => {
      const listed: string[] = [];
      for await (const name of jsm.streams.names()) listed.push(name);
      return listed;
    });
    expect(names.filter((name) => name.includes('CHECK'))).toEqual([]);
    await stream.close();
  });
});
