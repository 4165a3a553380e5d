// The clockwork of a running process: what happens when, without anybody asking.

import type { Timer } from '../engine/ports.ts';
import type { Engine } from '../engine/engine.ts';
import { DAY_MS } from '../kernel/time.ts';

export const nodeTimer: Timer = {
  after: (delayMs, run) => {
    setTimeout(run, delayMs);
  },
};

export interface Pace {
  readonly microBatchMs: number;
  readonly checkpointMs: number;
  readonly digestMs: number;
}

/** A checkpoint a minute, decisions committed by the day: the log does not show who shops when. */
export const STEADY: Pace = { microBatchMs: 5, checkpointMs: 60_000, digestMs: DAY_MS };
/** For the demo and for tests: everything within about a second, so that one can watch it. */
export const FAST: Pace = { microBatchMs: 5, checkpointMs: 1000, digestMs: 1000 };

/**
 * Statistics follow what people do within a second. With a turn every half second it was 1,044 ms at worst
 * (`bench -- freshness`, the store's micro-batch and the learner's thread included).
 */
const COUNT_EVERY_MS = 250;
/** Parts of the people are counted by what the store tells of them, in one statement for each turn. */
const COUNT_PARTS_EVERY_MS = 500;
/** What other nodes changed is in force here within a second, half of it for the work. */
const FOLLOW_EVERY_MS = 500;
/** A new model at most so often, and only when something changed. */
const FIT_EVERY_MS = 10 * 60_000;

/** An alarm stops nothing: the model serves, and the log asks somebody to look. */
async function learnWatched(engine: Engine, failed: (what: string, error: unknown) => void): Promise<void> {
  await engine.learn();
  const { alarm, because } = engine.core.drift.told;
  if (alarm) failed('drift', new Error(`the model moved more than a shop moves: ${because.join(', ')}`));
}

/** A slow turn is waited for: what it is late with, it does in one. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return async () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    await running;
  };
}

/**
 * Starts the clockwork; the returned function stops it and waits for what is under way. `failed` hears what
 * went wrong.
 */
export function startClockwork(
  engine: Engine,
  pace: Pace,
  failed: (what: string, error: unknown) => void,
): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const start = (what: string, work: () => Promise<unknown>): void => {
    const run = work().then(
      () => undefined,
      (error: unknown) => failed(what, error),
    );
    running.add(run);
    void run.finally(() => running.delete(run));
  };
  const follow = inTurn(() => engine.follow());
  // Apart from it: counting everybody must not hold up what others changed.
  const countParts = inTurn(() => engine.countParts());
  const timers = [
    setInterval(() => start('maintenance', () => engine.maintain()), pace.checkpointMs),
    setInterval(() => engine.count(), COUNT_EVERY_MS),
    // Grants and facts end by themselves: once a day everybody is looked at again.
    setInterval(() => {
      if (engine.core.duties.learn || engine.core.duties.log) start('recount', () => engine.recover());
    }, DAY_MS),
    setInterval(() => {
      if (engine.core.duties.learn && engine.changedSinceFit() > 0)
        start('learning', () => learnWatched(engine, failed));
    }, FIT_EVERY_MS),
    ...(engine.core.others === undefined
      ? []
      : [setInterval(() => start('following', follow), FOLLOW_EVERY_MS)]),
    ...(engine.core.world.sharing === undefined
      ? []
      : [setInterval(() => start('counting', countParts), COUNT_PARTS_EVERY_MS)]),
  ];
  for (const timer of timers) timer.unref();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(running);
  };
}
