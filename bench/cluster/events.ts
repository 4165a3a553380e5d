// Events a second that three NATS servers have confirmed, over HTTP as clients send them: in batches, and one
// by one. Beside it, by turns in the same run, the client of the stream alone. Workers of the nodes write
// what was confirmed into journals meanwhile, on the same cores.

import { connect } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { lookAt } from '../../src/adapters/nats/pressure.ts';
import { settingsOf, streamsOf } from '../../src/adapters/nats/settings.ts';
import { eachOf, median, post } from './ask.ts';
import { cpuSecondsOf, familyCpuSeconds } from './processes.ts';
import type { BenchCluster } from './shop.ts';

/** Requests under way at once, whatever is in them. */
const HANDS = 32;
/** Bytes of a sealed view, as bench/stream.ts measures them. */
const MESSAGE_BYTES = 420;
const EMPTY_MS_MAX = 120_000;

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
  readonly events: number;
  readonly batches: readonly number[];
  readonly nodes: number;
}

type Turn = Omit<EventRow, 'name' | 'batch'>;

export async function benchEvents(
  cluster: BenchCluster,
  options: EventsOptions,
): Promise<{ readonly rows: readonly EventRow[]; readonly emptiedPerSecond: number }> {
  const bare = await bareClient(cluster);
  const turns = new Map<number, Turn[]>();
  const emptied: number[] = [];
  let sent = 0;
  try {
    for (let round = -1; round < options.rounds; round += 1) {
      for (const batch of [0, ...options.batches]) {
        // A few single events say as much as many in batches.
        const count = batch === 1 ? Math.ceil(options.events / 8) : options.events;
        const turn =
          batch === 0
            ? await measured(cluster, count, () => bare.publish(count))
            : await measured(cluster, count, () => send(cluster, options, { from: sent, count, batch }));
        if (batch > 0) {
          sent += count;
          emptied.push(await untilEmpty(bare.waiting, count));
        }
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
  readonly count: number;
  readonly batch: number;
}

async function send(
  { nodes, keys }: BenchCluster,
  { people, nodes: used }: EventsOptions,
  { from, count, batch }: Sending,
): Promise<void> {
  const time = new Date().toISOString();
  await eachOf(Math.ceil(count / batch), HANDS, async (n) => {
    const first = from + n * batch;
    const events = Array.from({ length: Math.min(batch, count - n * batch) }, (_, at) => ({
      id: `e-${first + at}`,
      kind: 'view',
      person: `person-${((first + at) * 7919) % people}`,
      source: 'web-shop',
      time,
      lines: [{ item: `item-${String((first + at) % 300).padStart(5, '0')}`, quantity: 1 }],
    }));
    const node = nodes[n % Math.min(used, nodes.length)];
    if (node === undefined) throw new Error('a cluster has nodes');
    const asked = { url: node.url, path: '/v1/events', key: keys.collect, body: JSON.stringify(events) };
    for (;;) {
      try {
        await post(asked);
        return;
      } catch (error) {
        // Told to wait, as a client is.
        if (!(error instanceof Error) || !/^status (?:429|503)/u.test(error.message)) throw error;
        await sleep(200);
      }
    }
  });
}

async function measured(
  { postgresPid, nats, nodes }: BenchCluster,
  count: number,
  work: () => Promise<void>,
): Promise<Turn> {
  const used = (): readonly number[] => [
    nodes.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0),
    familyCpuSeconds(postgresPid),
    nats.cpuSeconds(),
    cpuSecondsOf(process.pid),
  ];
  const before = used();
  const start = process.hrtime.bigint();
  await work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const [ofNodes = 0, postgres = 0, ofNats = 0, client = 0] = used().map(
    (now, at) => ((now - (before[at] ?? 0)) * 1e6) / count,
  );
  return { perSecond: count / seconds, nodes: ofNodes, postgres, nats: ofNats, client };
}

/** Events a second that workers wrote, until nothing waits; by the servers' own count. */
async function untilEmpty(waiting: () => Promise<number>, count: number): Promise<number> {
  const start = performance.now();
  for (;;) {
    const left = await waiting();
    const ms = performance.now() - start;
    if (left === 0) return (count / ms) * 1000;
    if (ms > EMPTY_MS_MAX) throw new Error(`${left} events still wait after two minutes`);
    await sleep(100);
  }
}

interface Bare {
  publish(count: number): Promise<void>;
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
    publish: async (count) => {
      await eachOf(count, 512, async (n) => void (await js.publish(`bare.events.${n % 64}`, body)));
      await jsm.streams.purge('BARE_EVENTS');
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
