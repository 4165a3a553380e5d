// Several engines over one store. Each keeps people in memory and asks nobody before it decides: an entry of
// a journal has a number, the store takes each number once, and whoever was not first has decided from what
// no longer holds. Then it is forgotten, read again and decided again. So what one node acknowledged rules
// every later answer of every node, at no cost while nobody else writes (optimistic concurrency control: Kung
// and Robinson, ACM TODS 1981, doi 10.1145/319566.319567). A node that cannot reach the store cannot answer.

import { isFault } from '../kernel/fault.ts';
import type { Core } from './core.ts';

/** A loser of so many races in a row gives up; waiting at random makes that unlikely. */
const TRIES_MAX = 12;
const WAIT_MS = 5;

/**
 * Does it, and again as long as another node was faster. `act` must begin anew and be done when it resolves.
 * An engine that is alone has no races: its conflicts are told.
 */
export async function raced<T>(core: Core, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (core.config.node === undefined || !isFault(error, 'conflict') || tries === TRIES_MAX) throw error;
      await pauseAtRandom(core, tries);
      // What was lost may have been decided under what rules no longer.
      await core.others?.takeAllowed();
    }
  }
}

/** Up to twice as long after each race, so that two who met do not meet again. */
function pauseAtRandom({ world }: Core, tries: number): Promise<void> {
  const [dice = 0] = world.entropy.bytes(1);
  const waitMs = (WAIT_MS * Math.min(2 ** tries, 64) * dice) / 255;
  return new Promise((resolve) => {
    world.timer.after(waitMs, resolve);
  });
}
