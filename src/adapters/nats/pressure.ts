// Owns: what waits, and how long the intake is asked to wait for it.

import type { JetStreamManager } from '@nats-io/jetstream';
import { orNothing, streamDown } from './faults.ts';
import { countIn } from './parcels.ts';
import { EVENT_DAYS_MAX, type Names, type Settings, namesOf } from './settings.ts';

import type { Lag } from '../../engine/ports.ts';

/** A stream whose oldest message is this old would lose it in as many days again. */
const OLDEST_MS_MAX = (EVENT_DAYS_MAX * 86_400_000) / 2;

/** Seconds; 0: go on. Workers take thousands a second, so a little over the bound is a matter of seconds. */
export function waitSecondsFor(
  { waiting, oldestMs }: Lag,
  { waitingMax }: Pick<Settings, 'waitingMax'>,
): number {
  if (oldestMs > OLDEST_MS_MAX) return 60;
  return waiting >= waitingMax ? 5 : 0;
}

export interface Look {
  readonly lag: Lag;
  /** By partition; empty where one server is alone. */
  readonly leaders: readonly string[];
}

/** Fault `stream-down` when nobody can say. */
export async function lookAt(
  jsm: JetStreamManager,
  settings: Pick<Settings, 'prefix' | 'partitions'>,
): Promise<Look> {
  const names = namesOf(settings);
  try {
    const partitions = Array.from({ length: settings.partitions }, (_, at) => waitingIn(jsm, names, at));
    const [dead, ...found] = await Promise.all([jsm.streams.info(names.dead), ...partitions]);
    const oldestMs = Math.max(...found.map((one) => one.oldestMs));
    const waiting = found.reduce((sum, one) => sum + one.waiting, 0);
    const lag = { waiting, oldestMs, dead: dead.state.messages };
    return { lag, leaders: found.map(({ leader }) => leader) };
  } catch (error) {
    throw streamDown(error);
  }
}

/** Of events alone: a note of what has been taken may lie there longer than they. */
async function waitingIn(
  jsm: JetStreamManager,
  names: Names,
  partition: number,
): Promise<{ readonly waiting: number; readonly oldestMs: number; readonly leader: string }> {
  const subject = names.partitionSubject(partition);
  const { state, cluster } = await jsm.streams.info(names.events(partition), { subjects_filter: subject });
  const leader = cluster?.leader ?? '';
  const waiting = Object.entries(state.subjects ?? {}).reduce(
    (sum, [of, count]) => sum + count * countIn(of),
    0,
  );
  if (waiting === 0) return { waiting, oldestMs: 0, leader };
  const query = { seq: state.first_seq, next_by_subj: subject };
  const oldest = await orNothing(() => jsm.streams.getMessage(names.events(partition), query));
  const oldestMs = oldest === undefined ? 0 : Math.max(0, Date.now() - oldest.time.getTime());
  return { waiting, oldestMs, leader };
}
