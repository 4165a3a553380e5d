// npm run bench [-- decision guards ingest http learning memory] [--people 10000]: every figure of the
// README, beside its limit or peer, from one run on one shop drawn from a seed. Other names hand over to
// commands with options of their own, and are in no other run: see `COMMANDS`. `quality`, `scoring`, `cold`
// and `line` need public data, `onlooker` Python and an hour; `line` runs all that is asked of the line.

import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { benchDecisions } from './decision.ts';
import { benchGuards } from './guards.ts';
import { benchHttp } from './http.ts';
import { benchIngest } from './ingest.ts';
import { benchLearning } from './learning.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

const PARTS = ['memory', 'decision', 'guards', 'ingest', 'learning', 'http'] as const;

const COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['quality', ['quality', 'main.ts']],
  ['scoring', ['scoring', 'main.ts']],
  ['growth', ['growth', 'main.ts']],
  ['classes', ['classes', 'main.ts']],
  ['line', ['line', 'main.ts']],
  ['blind', ['complements', 'blind.ts']],
  ['learners', ['learners', 'main.ts']],
  ['cluster', ['cluster', 'main.ts']],
  ['capacity', ['cluster', 'paper.ts']],
  ['stream', ['stream.ts']],
  ['faults', ['..', 'test', 'faults', 'main.ts']],
  ['cold', ['cold', 'main.ts']],
  ['freshness', ['freshness', 'main.ts']],
  ['joint', ['joint.ts']],
  ['policy', ['attack', 'main.ts']],
  ['backoff', ['backoff', 'main.ts']],
  ['attackers', ['..', 'test', 'attack', 'attackers', 'main.ts']],
  ['sabotage', ['..', 'test', 'attack', 'main.ts']],
]);

handOver();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { people: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
refuseUnknown(positionals);
if (positionals.includes('onlooker')) process.exit(onlooker(values.people));
const people = Number(values.people);
const chosen = positionals.length === 0 ? PARTS : PARTS.filter((part) => positionals.includes(part));
const rows: Record<string, unknown>[] = [];

if (chosen.some((part) => part !== 'http')) await onOneShop();
if (chosen.includes('http')) {
  const http = await benchHttp({
    people: Math.min(people, 5000),
    rounds: 35,
    requests: 2000,
    warmUp: 10_000,
  });
  add(
    'POST /v1/decide, receipt included, requests per CPU-second',
    http.decidePerCpuSecond,
    `echo ${whole(http.echoPerCpuSecond)}`,
  );
  add(
    '  ratio to the echo, median of 35 rounds',
    http.ratio.toFixed(3),
    `half of them ${http.ratioLow.toFixed(3)}–${http.ratioHigh.toFixed(3)}`,
  );
}
if (values.json) console.log(JSON.stringify(rows));
else console.table(rows);
process.exit(0);

/** A name that stands for a command of its own, with options of its own. */
function handOver(): void {
  const [name = '', ...rest] = process.argv.slice(2);
  const path = COMMANDS.get(name);
  if (path !== undefined) process.exit(runScript(path, rest));
}

/** What nobody knows is no part of a run that says nothing. */
function refuseUnknown(names: readonly string[]): void {
  const unknown = names.find((name) => !PARTS.some((part) => part === name) && name !== 'onlooker');
  if (unknown === undefined) return;
  const alone = [...COMMANDS.keys(), 'onlooker'].join(', ');
  console.error(`bench: “${unknown}” is none of ${PARTS.join(', ')}; first, and alone, stand ${alone}.`);
  process.exit(2);
}

/** Its exit code. */
function runScript(path: readonly string[], words: readonly string[]): number {
  const script = join(import.meta.dirname, ...path);
  return spawnSync(process.execPath, [script, ...words], { stdio: 'inherit' }).status ?? 1;
}

/** Its exit code. */
function onlooker(count: string): number {
  return runScript(['onlooker', 'main.ts'], ['--people', count]);
}

async function onOneShop(): Promise<void> {
  const before = heldBytes();
  const world = await openBenchWorld({ people, seed: 1 });
  if (chosen.includes('memory')) {
    const bytes = heldBytes() - before;
    add(
      'memory held, everybody warm, MiB per 100,000 people',
      (bytes / people / 1_048_576) * 100_000,
      '30 facts each, without the worker',
    );
  }
  if (chosen.includes('ingest')) await ingest(world);
  if (chosen.includes('learning')) {
    const learning = await benchLearning(world);
    add(
      'counting everybody again after a start, s',
      learning.recountSeconds.toFixed(2),
      `${learning.people} people`,
    );
    add('fitting the model, s', learning.fitSeconds.toFixed(2), `${learning.pairs} weights`);
  }
  if (chosen.includes('guards')) await guards(world);
  if (chosen.includes('decision')) await decisions(world);
  await world.close();
}

/** Bytes in use after everything that is garbage has gone. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  // With the flag set there is a function of that name in every new context.
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function ingest(world: BenchWorld): Promise<void> {
  const { eventsPerSecond, eventsPerCpuSecond, barePerSecond } = await benchIngest(world, 100);
  const alone = `parsed, sealed and inserted alone: ${whole(barePerSecond)}`;
  add('durable events per second', eventsPerSecond, `${whole(eventsPerCpuSecond)} per CPU-second; ${alone}`);
}

async function decisions(world: BenchWorld): Promise<void> {
  const { queries, scoring, warm, cold, scatterLimitMicros } = await benchDecisions(world);
  const limit = `${queries} queries, least of 7`;
  add(
    'scoring alone, µs p50 / p99',
    `${scoring.p50Micros.toFixed(1)} / ${scoring.p99Micros.toFixed(1)}`,
    `3,000 adds: ${scatterLimitMicros.toFixed(1)}`,
  );
  add('warm decision, µs p50 / p99', `${warm.p50Micros.toFixed(0)} / ${warm.p99Micros.toFixed(0)}`, limit);
  add('cold decision, µs p50 / p99', `${cold.p50Micros.toFixed(0)} / ${cold.p99Micros.toFixed(0)}`, limit);
}

async function guards(world: BenchWorld): Promise<void> {
  for (const { what, withMicros, withoutMicros, ratio } of await benchGuards(world)) {
    const beside = `${withMicros.toFixed(1)} µs with all, ${withoutMicros.toFixed(1)} µs with none`;
    add(`warm decision, p50 with all guards to none: ${what}`, ratio.toFixed(2), beside);
  }
}

function add(figure: string, value: number | string, beside: string): void {
  rows.push({ figure, value: typeof value === 'number' ? whole(value) : value, beside });
  const load = loadavg()[0] ?? 0;
  const shown = typeof value === 'number' ? whole(value) : value;
  const machine = `load ${load.toFixed(1)} on ${cpus().length} cores`;
  process.stderr.write(`${figure}: ${shown} (${beside}; ${machine})\n`);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
