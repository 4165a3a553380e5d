// npm run bench -- freshness [--people 3000] [--rate 100] [--seconds 6] [--rounds 5] [--json]: whether
// serving stalls while a shop learns, and how long it takes until an event that was acknowledged is seen.
//
// A shop in a process of its own is asked over HTTP at a fixed rate, whether or not it has answered (open
// loop): a latency counts from when the request was due. Idle and learning phases take turns in one run,
// because the machine does other work: what counts is the ratio of the medians of their p99. All the while
// people buy what is shown to them: whoever bought a thing is not shown it again, so the next answer tells.

import { type ChildProcess, fork } from 'node:child_process';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Answer, Ask } from './shop.ts';
import { type Phase, type Post, createBuyers, createPost, percentile, steadyLoad } from './load.ts';

const RATIO_MAX = 2;
const COUNTED_MS_MAX = 1000;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '3000' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const people = Number(values.people);
const perSecond = Number(values.rate);
const phaseMs = 1000 * Number(values.seconds);

const shop = await openShop();
const buyers = createBuyers({ ...shop, people });
const idle: Phase[] = [];
const learning: Phase[] = [];
const fits: number[] = [];
await phaseOf(waitFor(phaseMs));
for (let round = 0; round < Number(values.rounds); round += 1) {
  idle.push(await phaseOf(waitFor(phaseMs)));
  learning.push(await phaseOf(learnFor(phaseMs)));
}
await shop.ask('close');
process.exitCode = report();
process.exit();

async function phaseOf(ended: Promise<unknown>): Promise<Phase> {
  await shop.ask('standstill');
  buyers.take();
  const load = steadyLoad({ post: shop.decide, people, perSecond, buyers });
  await ended;
  const latencies = await load.stop();
  return { latencies, ...(await buyers.settled()), standstillMs: await shop.ask('standstill') };
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Fits one after the other, for so long at least. */
async function learnFor(ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until) fits.push(await shop.ask('learn'));
}

interface Shop {
  readonly decide: Post;
  readonly collect: Post;
  ask(kind: Exclude<Ask['kind'], 'counted'>): Promise<number>;
  counted(person: string): Promise<number>;
}

async function openShop(): Promise<Shop> {
  const child = fork(new URL('./shop.ts', import.meta.url), [values.people], { execArgv: [] });
  const { port, keys } = await ready(child);
  const open = new Map<number, (value: number) => void>();
  let last = 0;
  child.on('message', ({ id, value }: Answer) => {
    open.get(id)?.(value);
    open.delete(id);
  });
  const send = (make: (id: number) => Ask): Promise<number> => {
    last += 1;
    child.send(make(last));
    return new Promise((resolve) => {
      open.set(last, resolve);
    });
  };
  return {
    decide: createPost({ port, path: '/v1/decide', key: keys.decide ?? '' }),
    collect: createPost({ port, path: '/v1/events?source=web-shop', key: keys.collect ?? '' }),
    ask: (kind) => send((id) => ({ kind, id })),
    counted: (person) => send((id) => ({ kind: 'counted', id, person })),
  };
}

interface Ready {
  readonly port: number;
  readonly keys: Readonly<Record<string, string>>;
}

function ready(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: Ready) => resolve(message));
    child.once('exit', (code) => reject(new Error(`the shop stopped with ${code}`)));
  });
}

/** 1 when something that is asked for is not reached. */
function report(): number {
  const of = (phases: readonly Phase[]) => ({
    answers: phases.reduce((sum, { latencies }) => sum + latencies.length, 0),
    p50Ms: median(phases.map(({ latencies }) => percentile(latencies, 0.5))),
    p99Ms: median(phases.map(({ latencies }) => percentile(latencies, 0.99))),
    maxMs: median(phases.map(({ latencies }) => percentile(latencies, 1))),
    standstillMs: median(phases.map(({ standstillMs }) => standstillMs)),
    bought: phases.reduce((sum, { seenMs }) => sum + seenMs.length, 0),
    notSeen: phases.reduce((sum, { notSeen }) => sum + notSeen, 0),
    seenMs: median(phases.flatMap(({ seenMs }) => seenMs)),
    countedMsMax: Math.max(...phases.flatMap(({ countedMs }) => countedMs)),
  });
  const rows = { idle: of(idle), learning: of(learning) };
  const ratio = rows.learning.p99Ms / rows.idle.p99Ms;
  const ratios = learning.map(
    ({ latencies }, at) => percentile(latencies, 0.99) / percentile(idle[at]?.latencies ?? [], 0.99),
  );
  const figures = { ...rows, ratio, ratios, fitMs: median(fits), load: loadavg()[0] };
  const notSeen = rows.idle.notSeen + rows.learning.notSeen;
  const countedMsMax = Math.max(rows.idle.countedMsMax, rows.learning.countedMsMax);
  const isReached = ratio <= RATIO_MAX && notSeen === 0 && countedMsMax <= COUNTED_MS_MAX;
  if (values.json) {
    console.log(JSON.stringify(figures));
    return isReached ? 0 : 1;
  }
  console.table({ idle: rounded(rows.idle), learning: rounded(rows.learning) });
  const each = ratios.map((one) => one.toFixed(2)).join(', ');
  console.log(`a fit takes ${figures.fitMs.toFixed(0)} ms; load ${(figures.load ?? 0).toFixed(1)}`);
  console.log(`p99 learning to idle: ${ratio.toFixed(2)} ${mark(ratio <= RATIO_MAX)} (by rounds ${each})`);
  console.log(`events without effect on the next decision: ${notSeen} ${mark(notSeen === 0)}`);
  console.log(
    `in the counts after ${countedMsMax.toFixed(0)} ms at most ${mark(countedMsMax <= COUNTED_MS_MAX)}`,
  );
  return isReached ? 0 : 1;
}

function mark(isReached: boolean): string {
  return isReached ? '✓' : '✗';
}

function rounded(row: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value.toFixed(1))]));
}

function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}
