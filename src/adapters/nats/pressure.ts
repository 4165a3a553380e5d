// Owns: how long the intake is asked to wait, by what waits already.

import { EVENT_DAYS_MAX, type Settings } from './settings.ts';

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
