// Goal: a state is stopped when a contact in it surely brings too little, and never for want of people.
// Method: worked examples, simulated shops of which the truth is known, and random counts against a naive
// pooling.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arm, FATIGUE_STATES, type FatigueState, isAsRested } from '../../facts/fatigue.ts';
import { seededRandom } from '../../kernel/random.ts';
import { WEEKS_MIN, stopTableOf } from './expected-response.ts';
import type { Cell, ResponseSums } from './response-counts.ts';

const NONE: Cell = { weeks: 0, people: 0, contacts: 0, responses: 0 };
type Arms = Readonly<Record<Arm, Cell>>;

function sumsOf(cells: Partial<Record<FatigueState, Arms>>): ResponseSums {
  return new Map(FATIGUE_STATES.map((state) => [state, cells[state] ?? { contact: NONE, 'held-out': NONE }]));
}

const arm = (weeks: number, responses: number, more: Partial<Cell> = {}): Cell => ({
  ...{ weeks, responses },
  ...{ people: weeks, contacts: weeks, ...more },
});
const ASKED = { minPeople: 3, responseMin: 0.002, nowMs: 5 };
const tableOf = (cells: Partial<Record<FatigueState, Arms>>, more: object = {}) =>
  stopTableOf(sumsOf(cells), { ...ASKED, ...more });
const stoppedIn = (cells: Partial<Record<FatigueState, Arms>>, more: object = {}): readonly string[] =>
  tableOf(cells, more).states.flatMap(({ state, isStopped }) => (isStopped ? [state] : []));

const GOOD = { contact: arm(4000, 800), 'held-out': arm(4000, 400) };
const USELESS = { contact: arm(4000, 200, { contacts: 12_000 }), 'held-out': arm(4000, 280) };

describe('what a contact brings', () => {
  it('[M15] is the difference of the arms, per contact of the week', () => {
    const restedIn = (cells: Arms) =>
      tableOf({ '0-more': cells }).states.find(({ state }) => state === '0-more');
    // (0.2 − 0.1) per contact, shrunk a little; three contacts a week bring a third each.
    expect(restedIn(GOOD)).toMatchObject({ expected: 100, isStopped: false });
    const often = { ...GOOD, contact: arm(4000, 800, { contacts: 12_000 }) };
    expect(restedIn(often)?.expected).toBe(33);
  });

  it('[M15] is no more where somebody is more tired, whatever the counts say by chance', () => {
    const cell = fc
      .record({ weeks: fc.integer({ min: 0, max: 400 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ weeks, share }) => arm(weeks, Math.floor(weeks * share)));
    const cells = fc.array(fc.record({ contact: cell, 'held-out': cell }), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(cells, (drawn) => {
        const sums: ResponseSums = new Map(FATIGUE_STATES.map((state, n) => [state, drawn[n] ?? GOOD]));
        const { states } = stopTableOf(sums, ASKED);
        for (const a of states) {
          for (const b of states.filter(({ state }) => isAsRested(a.state, state))) {
            expect(b.expected).toBeLessThanOrEqual(a.expected);
            expect(b.atMost).toBeLessThanOrEqual(a.atMost);
            if (a.isStopped) expect(b.isStopped).toBe(true);
          }
        }
      }),
    );
  });

  it('[M15] pools neighbours that say the more tired answer better', () => {
    const better = { contact: arm(4000, 1000), 'held-out': arm(4000, 400) };
    const { states } = tableOf({ '0-week': GOOD, '1-week': better, '2-week': GOOD });
    const of = (state: string): number | undefined => states.find((one) => one.state === state)?.expected;
    expect(of('0-week')).toBe(of('1-week'));
    expect(of('0-week')).toBeGreaterThan(110);
    expect(of('2-week')).toBe(100);
  });
});

describe('a learned stop', () => {
  it('[M16] is in states that surely bring less than is asked, and in those more tired', () => {
    expect(stoppedIn({ '0-more': GOOD, '2-week': USELESS })).toEqual(['2-week', '3-week', '4-week']);
    expect(stoppedIn({ '0-more': GOOD, '2-week': GOOD })).toEqual([]);
    // A tenth of a purchase: enough or not as the policy asks.
    expect(stoppedIn({ '0-more': GOOD }, { responseMin: 0.2 })).toHaveLength(15);
  });

  it('[M16] is not where too few weeks, or people, stand behind either arm', () => {
    const few = { contact: arm(4000, 0), 'held-out': arm(WEEKS_MIN - 1, 40) };
    expect(tableOf({ '2-week': few }).states).toEqual([]);
    expect(tableOf({ '2-week': { contact: few['held-out'], 'held-out': few.contact } }).states).toEqual([]);
    const enough = { ...few, 'held-out': arm(WEEKS_MIN, 40) };
    expect(stoppedIn({ '2-week': enough })).toContain('2-week');
    expect(stoppedIn({ '2-week': { ...enough, 'held-out': arm(60, 40, { people: 19 }) } })).toEqual([]);
    expect(stoppedIn({ '2-week': enough }, { minPeople: 51 })).toEqual([]);
    expect(tableOf({}).states).toEqual([]);
  });

  it('[M16] is in few of 300 shops where every contact brings enough, in most where none does', () => {
    const random = seededRandom(1);
    const binomial = (weeks: number, share: number): Cell => {
      let responses = 0;
      for (let n = 0; n < weeks; n += 1) if (random.unit() < share) responses += 1;
      return arm(weeks, responses);
    };
    let [wrong, right] = [0, 0];
    for (let shop = 0; shop < 300; shop += 1) {
      const drawn = (brings: number): Arms => ({
        contact: binomial(2000, 0.1 + brings),
        'held-out': binomial(200, 0.1),
      });
      if (stoppedIn({ '0-week': drawn(0.05), '1-week': drawn(0.05), '2-week': drawn(0.05) }).length > 0)
        wrong += 1;
      if (stoppedIn({ '0-week': drawn(0.05), '1-week': drawn(-0.09) }).includes('1-week')) right += 1;
    }
    expect(wrong).toBeLessThan(6);
    expect(right).toBeGreaterThan(290);
  });
});
