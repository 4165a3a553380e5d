// Goal: what is counted is bounded, is of a year, and can be taken away to the last bit. Method: random lives
// against a naive count, and people who come and go.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARMS, FATIGUE_STATES, type Trial } from '../../facts/fatigue.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type Week, createResponseCounts, totalOf, weeksOf } from './response-counts.ts';

const DAY = 24 * 3_600_000;
const NOW = 1_784_980_800_000;

const trial: fc.Arbitrary<Trial> = fc.record({
  timeMs: fc.integer({ min: 0, max: 400 }).map((days) => NOW - days * DAY),
  state: fc.constantFrom(...FATIGUE_STATES),
  arm: fc.constantFrom(...ARMS),
  contacts: fc.nat(5),
});
const life = fc.record({
  who: fc.integer({ min: 0, max: 9 }).map((n) => `who-${n}`),
  trials: fc.array(trial, { maxLength: 30 }),
  bought: fc.array(
    fc.integer({ min: -5, max: 410 }).map((days) => NOW - days * DAY - 1),
    { maxLength: 9 },
  ),
});

describe('responses', () => {
  it('[M14] are counted by state and arm as told naively, each person once for k', () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 12 }), (lives) => {
        const counts = createResponseCounts();
        for (const { who, trials, bought } of lives) counts.change(who, weeksOf(trials, bought));
        const last = new Map(lives.map((each) => [each.who, each]));
        const sums = counts.sums(NOW);
        for (const state of FATIGUE_STATES) {
          for (const arm of ARMS) {
            const found = [...last.values()].flatMap(({ who, trials, bought }) =>
              trials
                .slice(-20)
                .filter((one) => one.state === state && one.arm === arm)
                .filter(({ timeMs }) => NOW - timeMs >= 7 * DAY && NOW - timeMs < 365 * DAY)
                .map(({ timeMs, contacts }) => ({
                  who,
                  contacts,
                  responded: bought.filter((at) => at > timeMs && at < timeMs + 7 * DAY).length > 0,
                })),
            );
            expect(sums.get(state)?.[arm]).toEqual({
              weeks: found.length,
              people: new Set(found.map(({ who }) => who)).size,
              contacts: found.reduce((sum, { contacts }) => sum + contacts, 0),
              responses: found.filter(({ responded }) => responded).length,
            });
          }
        }
      }),
    );
  });

  it('[M14] of who left are gone to the last bit, and nobody adds more than twenty weeks', () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 12 }), fc.nat(9), (lives, n) => {
        const [all, without] = [createResponseCounts(), createResponseCounts()];
        const gone = `who-${n}`;
        for (const { who, trials, bought } of lives) {
          all.change(who, weeksOf(trials, bought));
          if (who !== gone) without.change(who, weeksOf(trials, bought));
        }
        if (n % 2 === 0) all.forget(gone);
        else all.change(gone, undefined);
        expect(all.sums(NOW)).toEqual(without.sums(NOW));
      }),
    );
    const many: readonly Week[] = weeksOf(
      Array.from({ length: 50 }, (_, at) => {
        return { timeMs: NOW - (360 - 7 * at) * DAY, state: '0-week', arm: 'contact', contacts: 1 };
      }),
      [],
    );
    const counts = createResponseCounts();
    counts.change('busy', many);
    expect(totalOf(counts.sums(NOW + 7 * DAY)).contact.weeks).toBeLessThanOrEqual(LIMITS.trialsPerPersonMax);
    expect(totalOf(counts.sums(NOW + 7 * DAY)).contact.weeks).toBeGreaterThan(0);
  });

  it('[M14] of a week that is not over are not counted, and an order of before it is none', () => {
    const counts = createResponseCounts();
    const week: Trial = { timeMs: NOW, state: '1-month', arm: 'held-out', contacts: 0 };
    counts.change('ann', weeksOf([week], [NOW - 1, NOW, NOW + 7 * DAY]));
    expect(totalOf(counts.sums(NOW + 7 * DAY - 1))['held-out'].weeks).toBe(0);
    expect(totalOf(counts.sums(NOW + 7 * DAY))['held-out']).toMatchObject({ weeks: 1, responses: 0 });
    counts.change('ann', weeksOf([week], [NOW + 7 * DAY - 1]));
    expect(totalOf(counts.sums(NOW + 7 * DAY))['held-out']).toMatchObject({ weeks: 1, responses: 1 });
  });
});
