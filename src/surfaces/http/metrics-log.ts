// How far the log is behind what was promised, at each node, whether it writes the log or not. How much waits
// are acts of people, so it is rough (engine/figures.ts); the seconds are those of a turn of the log.

import { Gauge, type Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../engine/engine.ts';
import { type LogBehind, logBehind } from '../../engine/feeding.ts';
import { countedPeople, createSteadyFigures } from '../../engine/figures.ts';
import { seededRandom } from '../../kernel/random.ts';

/** Figures of a process must not wait for a database that does not answer. */
const WITHIN_MS = 1000;

/** Answers what fills them, to be called before they are told. */
export function logGauges(engine: Engine, registry: Registry): () => Promise<void> {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const seconds = gauge(
    'fineline_log_behind_seconds',
    'At most how old the oldest promise is that is in no checkpoint yet: since all that waited was taken in.',
  );
  const waiting = gauge(
    'fineline_log_waiting',
    'Leaves that wait for a checkpoint, of all nodes; roughly, in whole steps.',
  );
  const tell = createSteadyFigures(seededRandom(engine.core.world.entropy.bytes(32)));
  let last: LogBehind | undefined;
  let atMs = 0;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    last = await logBehind(engine.core);
    atMs = performance.now();
  };
  return async () => {
    asking ??= ask()
      // It stays what it was, and grows older: who cannot be asked writes no log either.
      .catch(() => undefined)
      .finally(() => {
        asking = undefined;
      });
    await Promise.race([asking, sleep(WITHIN_MS, undefined, { ref: false })]);
    if (last === undefined) return;
    seconds.set(Math.floor((last.ageMs + performance.now() - atMs) / 1000));
    waiting.set(tell('waiting', countedPeople(last.waiting)));
  };
}
