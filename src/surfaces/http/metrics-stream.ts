// Figures of the event stream, as this node sees it. What waits and what was taken in are acts of people, so
// those are rough (engine/figures.ts); servers, partitions, seconds and mishaps are told as they are.

import { Gauge, type Registry } from 'prom-client';
import type { Engine } from '../../engine/engine.ts';
import { type Tell, createSteadyFigures } from '../../engine/figures.ts';
import type { StreamTold } from '../../engine/stream-told.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { seededRandom } from '../../kernel/random.ts';

const FIGURES = {
  up: 'Whether the event stream confirms events to this node: 1 or 0.',
  full: 'Whether senders are told to wait: 1 or 0.',
  waiting: 'Confirmed events that no worker has written yet, of all nodes; roughly, in whole steps.',
  oldest_seconds: 'Age of the oldest of them; in whole minutes while few wait.',
  dead_letters: 'Events that no worker could use, put aside: “fineline events dead”.',
  partitions: 'Parts of the stream whose events this node takes.',
  taken: 'Events that this node took out since its start; roughly, in whole steps.',
  waits: 'Times this node waited with a batch because the world failed.',
} as const;

type Figure = keyof typeof FIGURES;

export interface StreamGaugesOptions {
  readonly engine: Engine;
  readonly registry: Registry;
}

/** Answers what fills them, to be called before they are told. */
export function streamGauges(told: () => StreamTold, { engine, registry }: StreamGaugesOptions): () => void {
  const gauges = Object.entries(FIGURES).map(
    ([name, help]) =>
      [name as Figure, new Gauge({ name: `fineline_stream_${name}`, help, registers: [registry] })] as const,
  );
  const tell = createSteadyFigures(seededRandom(engine.core.world.entropy.bytes(32)));
  return () => {
    const figures = figuresOf(told(), tell);
    for (const [name, gauge] of gauges) gauge.set(figures[name]);
  };
}

function figuresOf({ state, lag, partitions, worker }: StreamTold, tell: Tell): Record<Figure, number> {
  const { waiting = 0, oldestMs = 0, dead = 0 } = lag ?? {};
  const taken = worker?.taken ?? 0;
  return {
    up: state === 'away' ? 0 : 1,
    full: state === 'full' ? 1 : 0,
    waiting: tell('waiting', acts(waiting)),
    oldest_seconds: ageSeconds(oldestMs, acts(waiting)),
    dead_letters: dead,
    partitions,
    taken: tell('taken', acts(taken)),
    waits: worker?.waits ?? 0,
  };
}

/** Of a single event it is the moment of somebody's act. */
function ageSeconds(ms: number, { isFew }: { readonly isFew: boolean }): number {
  return isFew ? 60 * Math.floor(ms / 60_000) : Math.floor(ms / 1000);
}

/** Each is an act of somebody; of fewer than a step nothing is told. */
function acts(count: number): { readonly count: number; readonly acts: number; readonly isFew: boolean } {
  return { count, acts: count, isFew: count < LIMITS.peopleOutsideMin };
}
