// Taking what waits into the log, turn by turn, and how far that is behind. A leaf has no time, so that
// nobody learns from it when somebody did something; but when a turn began after which nothing of before it
// waits, every promise that waits is younger than that turn.

import type { World } from './ports.ts';

/** Leaves handed to the log at once. */
const LEAVES_MAX = 10_000;

/** Of an engine that is alone; where several share a log its store knows it. */
export interface Feeding {
  /** When the last turn began after which nothing of before it waited; the start, before the first. */
  fedMs: number;
  /** Leaves that the log has been handed and no checkpoint holds yet. */
  handed: number;
}

export interface LogBehind {
  /**
   * Leaves that wait for a checkpoint; of an engine that is alone at most 10,000 and what the log was handed.
   */
  readonly waiting: number;
  /** At most how old the oldest promise is that is in no checkpoint yet: the age of that turn. */
  readonly ageMs: number;
}

interface Fed {
  readonly world: Pick<World, 'log' | 'people' | 'clock'>;
  readonly feeding: Feeding;
}

export async function feedLog({ world, feeding }: Fed): Promise<void> {
  const { log, people, clock } = world;
  // Of several engines one writes the log for all: what the others acknowledged waits in the store they
  // share.
  if ((await log.leads?.()) === false) return;
  const beganMs = clock.nowMs();
  const moment = await log.moment?.();
  for (;;) {
    const waiting = await people.outbox(LEAVES_MAX);
    if (waiting.length === 0) break;
    await log.submit(waiting.map(({ leaf }) => leaf));
    feeding.handed += waiting.length;
    await people.logged(waiting);
  }
  await log.integrate();
  feeding.fedMs = beganMs;
  feeding.handed = 0;
  if (moment !== undefined) await log.fed?.(moment);
}

export async function logBehind({ world, feeding }: Fed): Promise<LogBehind> {
  const shared = await world.log.behind?.();
  if (shared !== undefined) return shared;
  const waiting = feeding.handed + (await world.people.outbox(LEAVES_MAX)).length;
  return { waiting, ageMs: Math.max(0, world.clock.nowMs() - feeding.fedMs) };
}
