// Goal: a month of the town, with crashes and changes of mind, breaks no invariant; and every checker would
// notice if it did. Half a seed; 1,000 whole ones with FINELINE_FULL=1. One that fails: `npm run sim --
// --seed N`.

import { describe, expect, it } from 'vitest';
import { SABOTAGES } from './sabotage.ts';
import { simulate } from './simulation.ts';

const FULL = process.env['FINELINE_FULL'] === '1';
/** A whole seed costs some 20 s of one core, the sabotages some 22 s. */
const SEEDS = FULL ? 1000 : 1;
const EVENTS = FULL ? 10_000 : 5000;
/** Means that it hangs: more than twice what a thousand seeds cost. */
const HANGS_AFTER_MS = 14 * 3_600_000;
/** Enough for each sabotage to show within a few seeds. */
const SABOTAGED_EVENTS = 4000;
const SABOTAGED_SEEDS = 6;

describe('the simulator', () => {
  it('gives the same run for the same seed, byte for byte, and another for another', async () => {
    const one = await simulate({ seed: 3, events: 600 });
    expect((await simulate({ seed: 3, events: 600 })).trace).toBe(one.trace);
    expect((await simulate({ seed: 4, events: 600 })).trace).not.toBe(one.trace);
  });

  it(
    `finds nothing wrong in a month of ${EVENTS} events with crashes: ${SEEDS} seeds`,
    async () => {
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { failure, counts } = await simulate({ seed, events: EVENTS });
        expect([seed, failure]).toEqual([seed, undefined]);
        expect(counts.get('crash')).toBeGreaterThan(0);
        expect(counts.get('open')).toBeGreaterThan(100);
        expect(counts.get('erase')).toBeGreaterThan(20);
      }
    },
    HANGS_AFTER_MS,
  );
});

describe('a sabotage', () => {
  it.each(SABOTAGES)('is noticed by $caughtBy: $name', async (sabotage) => {
    const { caughtBy } = sabotage;
    let noticed: string | undefined;
    for (let seed = 1; seed <= SABOTAGED_SEEDS && noticed === undefined; seed += 1) {
      const { failure } = await simulate({ seed, events: SABOTAGED_EVENTS, sabotage, only: caughtBy });
      noticed = failure?.checker;
    }
    expect(noticed).toBe(caughtBy);
  });
});
