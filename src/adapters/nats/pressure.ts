// Owns: what waits, and how long the intake is asked to wait for it.

import type { JetStreamManager } from '@nats-io/jetstream';
import { streamDown } from './faults.ts';
import { EVENT_DAYS_MAX, type Names, type Settings } from './settings.ts';

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

/** Fault `stream-down` when nobody can say. */
export async function lagOf(jsm: JetStreamManager, names: Names): Promise<Lag> {
  try {
    const { state } = await jsm.streams.info(names.events);
    const dead = await jsm.streams.info(names.dead);
    const oldestMs = state.messages === 0 ? 0 : Math.max(0, Date.now() - Date.parse(state.first_ts));
    return { waiting: state.messages, oldestMs, dead: dead.state.messages };
  } catch (error) {
    throw streamDown(error);
  }
}
