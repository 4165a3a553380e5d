// npm run bench -- stream [--seconds 5] [--rounds 5] [--json]: events a second that three NATS servers on
// this machine have confirmed, through Fineline's intake (admitted, sealed twice, published) and, in the same
// run and turn by turn, by the client alone with messages of the same size to a stream of the same settings.
// Then what a worker takes out into journals on disk. Servers, client and engine share the cores of one
// machine, so the ratios say more than the figures; those of the processors are from getrusage and /proc.

import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { namesOf, settingsOf, streamsOf } from '../src/adapters/nats/settings.ts';
import { openNatsStream } from '../src/adapters/nats/stream.ts';
import { intake } from '../src/engine/intake.ts';
import type { EventStream } from '../src/engine/ports.ts';
import { streamedIntake } from '../src/engine/streaming.ts';
import { takeEvents } from '../src/engine/taking.ts';
import { systemClock } from '../src/adapters/node-crypto/clock.ts';
import { openEmbedded } from '../src/presets/embedded.ts';
import { startNats } from '../test/support/nats-servers.ts';

const PEOPLE = 500;
/** Messages under way at once, on both sides. */
const UNDER_WAY = 512;
/** Events of one request, as a shop's server collects them. */
const BATCH = 16;

interface Turn {
  readonly perSecond: number;
  readonly clientCpuMicros: number;
  readonly serverCpuMicros: number;
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);

const home = mkdtempSync(join(tmpdir(), 'fineline-bench-stream-'));
const servers = await startNats();
const settings = settingsOf({ servers: servers.urls, bytesMax: 2 ** 30, waitingMax: 2 ** 31 });
const embedded = await openEmbedded({ home, clock: systemClock });
const stream = await openNatsStream(settings);
const connection = await connect({ servers: [...servers.urls], noAsyncTraces: true });
try {
  await report();
} finally {
  await stream.close();
  await connection.close();
  await embedded.close();
  await servers.close();
  rmSync(home, { recursive: true, force: true });
}
process.exit(0);

async function report(): Promise<void> {
  const size = await prepare();
  const js = await bareStream();
  const ours: Turn[] = [];
  const bare: Turn[] = [];
  await throughIntake(1, 'warm');
  await byClient(js, size, 1, 'warm');
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await byClient(js, size, seconds, `b${round}`));
    ours.push(await throughIntake(seconds, `f${round}`));
    await empty();
  }
  const taken = await takenOut();
  const figures = {
    bytes: size,
    rounds,
    fineline: medians(ours),
    client: medians(bare),
    ratio: median(ours.map(({ perSecond }, at) => perSecond / (bare[at]?.perSecond ?? Number.NaN))),
    cpuRatio: cpuOf(medians(bare)) / cpuOf(medians(ours)),
    takenPerSecond: taken,
    load: loadavg()[0],
  };
  if (values.json) console.log(JSON.stringify(figures));
  else
    console.table({
      'admitted, sealed, confirmed by the stream': row(figures.fineline),
      'the client alone, same size, same settings': row(figures.client),
      'ratio of the two, median of rounds': { 'per second': figures.ratio.toFixed(2) },
      'ratio of their CPU-seconds, servers included': { 'per second': figures.cpuRatio.toFixed(2) },
      'taken out by one worker, on disk': { 'per second': Math.round(taken) },
    });
}

function row({ perSecond, clientCpuMicros, serverCpuMicros }: Turn): Record<string, string | number> {
  return {
    'per second': Math.round(perSecond),
    'CPU µs here': Number(clientCpuMicros.toFixed(1)),
    'CPU µs, three servers': Number(serverCpuMicros.toFixed(1)),
  };
}

function cpuOf({ clientCpuMicros, serverCpuMicros }: Turn): number {
  return clientCpuMicros + serverCpuMicros;
}

/** People who allow it, in memory; answers the bytes of one message. */
async function prepare(): Promise<number> {
  const consents = Array.from({ length: PEOPLE }, (_, n) => ({
    fineline: 'consent',
    person: `person-${n}`,
    notice: { id: 'notice-1', language: 'en' },
    grants: [{ category: 'browsing', purpose: 'recommend', state: 'given' }],
  }));
  const signals = { gpc: false };
  const [source] = embedded.engine.core.sources.keys();
  await intake(embedded.engine, consents, { signals, ...(source === undefined ? {} : { source }) });
  let bytes = 0;
  const measuring: Pick<EventStream, 'publish' | 'pressure'> = {
    pressure: () => 0,
    publish: async (messages) => {
      bytes = messages[0]?.body.length ?? 0;
      return messages.map(() => 'new' as const);
    },
  };
  const to = streamedIntake(embedded.engine, { ...stream, ...measuring });
  const { accepted, refused } = await intake(to, events('size', 0), { signals });
  if (accepted !== BATCH) throw new Error(`the intake refused: ${JSON.stringify(refused)}`);
  return bytes;
}

function events(turn: string, n: number): readonly unknown[] {
  return Array.from({ length: BATCH }, (_, at) => ({
    id: `${turn}-${n}-${at}`,
    kind: 'view',
    person: `person-${(n * BATCH + at) % PEOPLE}`,
    source: 'web-shop',
    lines: [{ item: `thing-${(n * 7 + at) % 1000}`, quantity: 1 }],
  }));
}

async function throughIntake(forSeconds: number, turn: string): Promise<Turn> {
  const to = streamedIntake(embedded.engine, stream);
  let next = 0;
  return measured(forSeconds, UNDER_WAY / BATCH, async () => {
    const n = next;
    next += 1;
    // As it comes over HTTP: text.
    const body: unknown = JSON.parse(JSON.stringify(events(turn, n)));
    const { accepted } = await intake(to, body, { signals: { gpc: false } });
    if (accepted !== BATCH) throw new Error('not all were accepted');
    return BATCH;
  });
}

async function byClient(js: JetStreamClient, size: number, forSeconds: number, turn: string): Promise<Turn> {
  const body = new Uint8Array(size).fill(7);
  let next = 0;
  return measured(forSeconds, UNDER_WAY / BATCH, async () => {
    const acks = Array.from({ length: BATCH }, () => {
      next += 1;
      const msgID = `${turn}-${String(next).padStart(29, '0')}`;
      return js.publish(`bare.events.${next % 8}.${next % 64}`, body, { msgID });
    });
    await Promise.all(acks);
    return BATCH;
  });
}

async function bareStream(): Promise<JetStreamClient> {
  const [wanted] = streamsOf({ ...settings, partitions: 1 });
  const jsm = await jetstreamManager(connection);
  await jsm.streams.add({ ...wanted, name: 'BARE_EVENTS', subjects: ['bare.events.*.*'] });
  return jetstream(connection);
}

async function empty(): Promise<void> {
  const jsm = await jetstreamManager(connection);
  const names = namesOf(settings);
  const ours = Array.from({ length: settings.partitions }, (_, partition) => names.events(partition));
  for (const name of ['BARE_EVENTS', ...ours]) await jsm.streams.purge(name);
}

/** Messages waiting, taken by one worker into the journals of the embedded store. */
async function takenOut(): Promise<number> {
  await throughIntake(seconds, 'taken');
  const { waiting } = await stream.lag();
  const start = process.hrtime.bigint();
  const worker = await takeEvents(embedded.engine, stream);
  while (worker.figures().admitted < waiting) await new Promise((resolve) => setTimeout(resolve, 20));
  const took = Number(process.hrtime.bigint() - start) / 1e9;
  await worker.stop();
  return waiting / took;
}

async function measured(forSeconds: number, hands: number, work: () => Promise<number>): Promise<Turn> {
  const cpu = process.cpuUsage();
  const serverCpu = servers.cpuSeconds();
  const start = process.hrtime.bigint();
  const until = start + BigInt(Math.round(forSeconds * 1e9));
  let done = 0;
  const hand = async (): Promise<void> => {
    while (process.hrtime.bigint() < until) {
      const more = await work();
      done += more;
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  const took = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpu);
  return {
    perSecond: done / took,
    clientCpuMicros: (used.user + used.system) / done,
    serverCpuMicros: ((servers.cpuSeconds() - serverCpu) * 1e6) / done,
  };
}

function medians(turns: readonly Turn[]): Turn {
  return {
    perSecond: median(turns.map((turn) => turn.perSecond)),
    clientCpuMicros: median(turns.map((turn) => turn.clientCpuMicros)),
    serverCpuMicros: median(turns.map((turn) => turn.serverCpuMicros)),
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
