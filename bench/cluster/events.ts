// Events a second that three NATS servers have confirmed, over HTTP as clients send them: in batches, and one
// by one. Beside it, by turns in the same run, the client of the stream alone. Workers of the nodes write
// what was confirmed into journals meanwhile, on the same cores.

import { connect } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { lookAt } from '../../src/adapters/nats/pressure.ts';
import { settingsOf, streamsOf } from '../../src/adapters/nats/settings.ts';
import { median, post, whileOf } from './ask.ts';
import { cpuSecondsOf, familyCpuSeconds } from './processes.ts';
import type { BenchCluster } from './shop.ts';

/** Requests under way at once, whatever is in them. */
const HANDS = 32;
/** Bytes of a sealed view, as bench/stream.ts measures them. */
const MESSAGE_BYTES = 420;
const EMPTY_MS_MAX = 10_000;

export interface EventRow {
  readonly name: string;
  readonly batch: number;
  readonly perSecond: number;
  /** Microseconds of processor time for an event. */
  readonly nodes: number;
  readonly postgres: number;
  readonly nats: number;
  readonly client: number;
}

export interface EventsOptions {
  readonly people: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly batches: readonly number[];
}

type Turn = Omit<EventRow, 'name' | 'batch'>;

export interface EventFigures {
  readonly rows: readonly EventRow[];
  /** Events a second that workers wrote while nothing was sent. */
  readonly emptiedPerSecond: number;
}

export async function benchEvents(cluster: BenchCluster, options: EventsOptions): Promise<EventFigures> {
  const { rounds, batches, seconds, people } = options;
  const bare = await bareClient(cluster);
  const turns = new Map<number, Turn[]>();
  const emptied: number[] = [];
  let sent = 0;
  try {
    for (let round = -1; round < rounds; round += 1) {
      for (const batch of [0, ...batches]) {
        const turn = await measured(cluster, (until) =>
          batch === 0
            ? bare.publish(until(seconds))
            : send(cluster, { from: sent, until: until(seconds), batch, people }),
        );
        if (batch > 0) emptied.push(await untilEmpty(bare.waiting));
        sent += turn.count;
        // The first round compiles code and reads everybody.
        if (round >= 0) turns.set(batch, [...(turns.get(batch) ?? []), turn]);
      }
    }
  } finally {
    await bare.close();
  }
  const rows = [...turns].map(([batch, all]) => ({
    name: batch === 0 ? 'the client of the stream alone' : `POST /v1/events, ${batch} in a request`,
    batch,
    ...mediansOf(all),
  }));
  return { rows, emptiedPerSecond: median(emptied) };
}

interface Sending {
  readonly from: number;
  readonly until: () => boolean;
  readonly batch: number;
  readonly people: number;
}

/** Answers how many were confirmed. */
async function send({ nodes, keys }: BenchCluster, { from, until, batch, people }: Sending): Promise<number> {
  const time = new Date().toISOString();
  const bodyOf = (n: number): string => {
    const first = from + n * batch;
    const events = Array.from({ length: batch }, (_, at) => ({
      id: `e-${first + at}`,
      kind: 'view',
      person: `person-${((first + at) * 7919) % people}`,
      source: 'web-shop',
      time,
      lines: [{ item: `item-${String((first + at) % 300).padStart(5, '0')}`, quantity: 1 }],
    }));
    return JSON.stringify(events);
  };
  let confirmed = 0;
  await whileOf(until, HANDS, async (n) => {
    const node = nodes[n % nodes.length];
    if (node === undefined) throw new Error('a cluster has nodes');
    const asked = { url: node.url, path: '/v1/events', key: keys.collect, body: bodyOf(n) };
    for (;;) {
      try {
        await post(asked);
        confirmed += batch;
        return;
      } catch (error) {
        // Told to wait, as a client is; what was not confirmed in time does not count.
        if (!(error instanceof Error) || !/^status (?:429|503)/u.test(error.message)) throw error;
        if (until()) return;
        await sleep(200);
      }
    }
  });
  return confirmed;
}

async function measured(
  { postgresPid, nats, nodes }: BenchCluster,
  work: (until: (seconds: number) => () => boolean) => Promise<number>,
): Promise<Turn & { readonly count: number }> {
  const used = (): readonly number[] => [
    nodes.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0),
    familyCpuSeconds(postgresPid),
    nats.cpuSeconds(),
    cpuSecondsOf(process.pid),
  ];
  const before = used();
  const start = performance.now();
  const count = await work((seconds) => () => performance.now() - start > seconds * 1000);
  const perSecond = (count / (performance.now() - start)) * 1000;
  const [ofNodes = 0, postgres = 0, ofNats = 0, client = 0] = used().map(
    (now, at) => ((now - (before[at] ?? 0)) * 1e6) / count,
  );
  return { count, perSecond, nodes: ofNodes, postgres, nats: ofNats, client };
}

/** Events a second that workers wrote, until nothing waits or the time is over; by the servers' own count. */
async function untilEmpty(waiting: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const all = await waiting();
  for (;;) {
    await sleep(200);
    const left = await waiting();
    const ms = performance.now() - start;
    if (left === 0 || ms > EMPTY_MS_MAX) return ((all - left) / ms) * 1000;
  }
}

interface Bare {
  /** Answers how many were confirmed. */
  publish(until: () => boolean): Promise<number>;
  /** Events of the nodes that no worker has written. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

async function bareClient(cluster: BenchCluster): Promise<Bare> {
  const settings = settingsOf({ servers: cluster.natsUrls, bytesMax: 2 ** 28 });
  const connection = await connect({ servers: [...cluster.natsUrls], noAsyncTraces: true });
  const [wanted] = streamsOf({ ...settings, partitions: 1 });
  const jsm = await jetstreamManager(connection);
  await jsm.streams.add({ ...wanted, name: 'BARE_EVENTS', subjects: ['bare.events.*'] });
  const js = jetstream(connection);
  const body = new Uint8Array(MESSAGE_BYTES).fill(7);
  return {
    publish: async (until) => {
      let confirmed = 0;
      await whileOf(until, 512, async (n) => {
        await js.publish(`bare.events.${n % 64}`, body);
        confirmed += 1;
      });
      await jsm.streams.purge('BARE_EVENTS');
      return confirmed;
    },
    waiting: async () => (await lookAt(jsm, settings)).lag.waiting,
    close: () => connection.close(),
  };
}

function mediansOf(turns: readonly Turn[]): Turn {
  const of = (name: keyof Turn): number => median(turns.map((turn) => turn[name]));
  return {
    perSecond: of('perSecond'),
    nodes: of('nodes'),
    postgres: of('postgres'),
    nats: of('nats'),
    client: of('client'),
  };
}
