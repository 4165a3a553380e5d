// Figures for Prometheus: how many, how fast, how large. Labels come from our own tables only (route pattern,
// status), so no name and no address can become one.

import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { DriftTold } from '../../engine/drift-told.ts';
import type { Engine } from '../../engine/engine.ts';
import { countedPeople, createSteadyFigures, freedTold, outcomesTold } from '../../engine/figures.ts';
import type { StreamTold } from '../../engine/stream-told.ts';
import { logGauges } from './metrics-log.ts';
import { streamGauges } from './metrics-stream.ts';
import { seededRandom } from '../../kernel/random.ts';

export interface Metrics {
  observe(route: string, status: number, ms: number): void;
  text(): Promise<string>;
}

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30];

/** `process`: also memory, CPU and event loop of this process; once per process. */
export interface MetricsOptions {
  readonly process: boolean;
  /** How the event stream is, where there is one. */
  readonly stream?: (() => StreamTold) | undefined;
}

export function createMetrics(engine: Engine, options: MetricsOptions): Metrics {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry, prefix: 'fineline_' });
  const seconds = new Histogram({
    name: 'fineline_http_request_seconds',
    help: 'Time from the last byte of the head of a request to its answer.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS_S,
    registers: [registry],
  });
  const fill = engineGauges(engine, registry);
  const fillLog = logGauges(engine, registry);
  const fillStream =
    options.stream === undefined ? undefined : streamGauges(options.stream, { engine, registry });
  return {
    observe: (route, status, ms) => seconds.observe({ route, status }, ms / 1000),
    text: async () => {
      await Promise.all([fill(), fillLog()]);
      fillStream?.();
      return registry.metrics();
    },
  };
}

const GAUGES = {
  people: 'People with a key: those somebody sent something of; roughly, in whole steps.',
  erased: 'People who left; only a keyed mark is kept; roughly, in whole steps.',
  peopleInMemory: 'People held ready; roughly, in whole steps.',
  items: 'Things in the catalogue.',
  modelItems: 'Things the model in service knows.',
} as const;

/** Figures that count people: a scrape before and after somebody came or left must not tell that they did. */
const OF_PEOPLE: readonly string[] = ['people', 'erased', 'peopleInMemory'] satisfies (keyof typeof GAUGES)[];

/** Figures of the engine, taken when they are asked for. */
function engineGauges(engine: Engine, registry: Registry): () => Promise<void> {
  const gauges = Object.entries(GAUGES).map(
    ([name, help]) =>
      [name, new Gauge({ name: `fineline_${snake(name)}`, help, registers: [registry] })] as const,
  );
  const outcomes = new Gauge({
    name: 'fineline_placement_outcomes',
    help: 'What came of a placement since the start; roughly, in whole steps, of few people not at all.',
    labelNames: ['placement', 'what'],
    registers: [registry],
  });
  const freed = new Gauge({
    name: 'fineline_contacts_freed',
    help: 'Contacts that back-off freed in seven days, and how many of them newcomers got; roughly.',
    labelNames: ['what'],
    registers: [registry],
  });
  const drift = new Gauge({
    name: 'fineline_drift',
    help: 'How far the last model lies from another, in steps of 0.05; alarm: 1 where it is too far.',
    labelNames: ['against', 'what'],
    registers: [registry],
  });
  const tell = createSteadyFigures(seededRandom(engine.core.world.entropy.bytes(32)));
  return async () => {
    const status: Readonly<Record<string, unknown>> = { ...(await engine.status()) };
    for (const [name, gauge] of gauges) {
      const value = Number(status[name] ?? 0);
      gauge.set(OF_PEOPLE.includes(name) ? tell(name, countedPeople(value)) : value);
    }
    setDrift(drift, engine.core.drift.told);
    for (const [what, value] of Object.entries(freedTold(engine.core, tell))) freed.set({ what }, value);
    for (const [placement, told] of outcomesTold(engine.core, tell)) {
      for (const [what, value] of Object.entries(told)) {
        outcomes.set({ placement, what: snake(what) }, value);
      }
    }
  };
}

function setDrift(
  gauge: Gauge<'against' | 'what'>,
  { alarm, models, nextBasket = {}, nextClick = {}, nothing }: DriftTold,
): void {
  gauge.reset();
  gauge.set({ against: 'any', what: 'alarm' }, alarm ? 1 : 0);
  for (const [prefix, drifts] of [
    ['', models],
    ['next_basket_', nextBasket],
    ['next_click_', nextClick],
  ] as const)
    for (const [against, drift] of Object.entries(drifts))
      for (const [what, value] of Object.entries(drift))
        gauge.set({ against, what: `${prefix}${what}` }, value);
  if (nothing !== undefined) gauge.set({ against: 'before', what: 'nothing' }, nothing);
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
