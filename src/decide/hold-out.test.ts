// Goal: a contact is withheld by a lot of its own, with an exact propensity, once in a week of one human
// being; records of before replay as they were. Method: thousands of seeds, and small histories.

import { describe, expect, it } from 'vitest';
import type { ContactRules, HoldOut } from '../facts/contact.ts';
import type { DecisionRecord, DecisionResult } from '../facts/decision.ts';
import { FATIGUE_STATES, type Trial, fatigueState, isAsRested } from '../facts/fatigue.ts';
import { u32 } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { seededRandom } from '../kernel/random.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { decide } from './decide.ts';
import { type Contacting, NO_ANSWERS, pressureOf, trialState } from './pressure.ts';
import { createScratch } from './score.ts';
import { drawInput, drawPlacement, drawShelf, inputFor, itemId } from './testing.ts';
import { foldTrial } from './trial.ts';

const DAY = 24 * 3_600_000;
const NOW = 1_784_980_800_000;
const HOLD_OUT: HoldOut = { rate: 0.25, channels: ['email', 'push'], responseMin: 0.002 };
const LINE = { contact: { holdOut: HOLD_OUT } };
const seedOf = (n: number): string => sha256Hex(u32(n)).slice(0, 32);
const nameOf = ({ nothing, items }: DecisionResult): string =>
  nothing ?? items.map(({ item }) => item).join();

describe('the lot', () => {
  it('[D33, D10] withholds its share, and over all lists and none the propensities add up to one', () => {
    let trials = 0;
    for (let n = 0; n < 12; n += 1) {
      const random = seededRandom(n);
      const shelf = drawShelf(random);
      const placement = { ...drawPlacement(random), exploreRate: 0.5 };
      const drawn = drawInput(random, shelf);
      const input = { ...drawn, channel: 'email', fatigue: '0-more', shown: 0 } as const;
      const scratch = createScratch(shelf);
      const found = new Map<string, { share: number; count: number }>();
      for (let at = 0; at < 1000; at += 1) {
        const seed = seedOf(at);
        const result = decide({ input: { ...input, seed }, placement, line: LINE, shelf, scratch });
        const plain = decide({ input: { ...input, seed }, placement, shelf, scratch });
        // What was drawn before there was a lot is drawn as it was.
        if (result.nothing !== 'held-out') expect(nameOf(result)).toBe(nameOf(plain));
        const { share, count } = found.get(nameOf(result)) ?? { share: result.propensity, count: 0 };
        expect(result.propensity).toBe(share);
        found.set(nameOf(result), { share, count: count + 1 });
      }
      const sum = [...found.values()].reduce((total, { share }) => total + share, 0);
      expect(sum).toBeCloseTo(1, 12);
      // The lot and what is explored are drawn apart: neither makes the other likelier.
      for (const { share, count } of found.values())
        expect(Math.abs(count - 1000 * share)).toBeLessThan(5 * Math.sqrt(1000 * share * (1 - share)) + 1);
      const held = found.get('held-out');
      if (held === undefined) continue;
      trials += 1;
      expect(held.share).toBe(0.25);
    }
    expect(trials).toBeGreaterThan(6);
  });

  it('[D33] is not drawn where the record names no state, the policy no hold-out, or another channel', () => {
    const shelf = drawShelf(seededRandom(1));
    const placement = { ...drawPlacement(seededRandom(1)), strategy: 'for-you', exploreRate: 0 } as const;
    const scratch = createScratch(shelf);
    const outcomes = (more: object, line?: object): ReadonlySet<string> => {
      const found = new Set<string>();
      for (let n = 0; n < 60; n += 1) {
        const input = inputFor(shelf, { channel: 'email', seed: seedOf(n), ...more });
        const result = decide({ input, placement, ...(line === undefined ? {} : { line }), shelf, scratch });
        found.add(`${nameOf(result)} ${result.propensity}`);
      }
      return found;
    };
    expect(outcomes({ fatigue: '1-week' }, LINE).size).toBe(2);
    expect(outcomes({}, LINE).size).toBe(1);
    expect(outcomes({ fatigue: '1-week' }).size).toBe(1);
    expect(outcomes({ fatigue: '1-week', channel: 'letter' }, LINE).size).toBe(1);
    const stopped = { pressure: { stop: { by: 'backed-off', number: 3 }, leaves: [] } } as const;
    expect(outcomes({ fatigue: '1-week', ...stopped }, LINE)).toEqual(new Set(['backed-off 1']));
  });
});

const RULES: ContactRules = {
  caps: [],
  quietHours: { fromMinute: 0, toMinute: 0, channels: ['push'] },
  backOff: { silentMax: 50, gapDays: 1, gapDaysMax: 1 },
  holdOut: HOLD_OUT,
};

function now(more: Partial<Contacting> = {}): Contacting {
  return {
    own: [],
    joined: [],
    forgottenMs: Number.NEGATIVE_INFINITY,
    answers: NO_ANSWERS,
    channel: 'email',
    nowMs: NOW,
    localMinutes: () => [720],
    leafOf: () => 0,
    ...more,
  };
}

const contact = (daysAgo: number) =>
  ({ placement: 'p', items: [itemId('a')], timeMs: NOW - daysAgo * DAY, channel: 'email' }) as const;

describe('what was learned', () => {
  const lists = [contact(2), contact(3)];
  const stopped = new Map([['2-week', -3] as const]);

  it('[D35] stops contact in a state that brings too little, with the number, and draws no lot there', () => {
    const tired = now({ own: lists, stopped });
    expect(pressureOf(RULES, tired).stop).toEqual({ by: 'learned-stop', number: -3 });
    expect(pressureOf(RULES, now({ own: lists.slice(1), stopped })).stop).toBeUndefined();
    expect(pressureOf(RULES, { ...tired, nowMs: NOW + 5 * DAY }).stop).toBeUndefined();
    expect(pressureOf(RULES, { ...tired, answers: { lastMs: NOW, dismissedMs: [] } }).stop).toBeUndefined();
    expect(pressureOf(RULES, { ...tired, channel: 'letter' }).stop).toBeUndefined();
    const { holdOut: _, ...without } = RULES;
    expect(pressureOf(without, tired).stop).toBeUndefined();
  });

  it('[D35] never allows what the caps or the fixed back-off stop', () => {
    const backOff = { silentMax: 1, gapDays: 7, gapDaysMax: 7 };
    const tired = now({ own: lists, stopped });
    expect(pressureOf({ ...RULES, backOff }, tired).stop).toEqual({ by: 'backed-off', number: 2 });
    const caps = [{ per: 'person', channels: ['email'], impressionsMax: 2, windowHours: 168 }] as const;
    expect(pressureOf({ ...RULES, caps }, tired).stop).toEqual({ by: 'contact-cap', number: 2 });
    expect(pressureOf({ ...RULES, caps }, now({ own: lists, stopped: new Map() })).stop?.by).toBe(
      'contact-cap',
    );
  });
});

describe('the week of a lot', () => {
  it('[D34] a week that is withheld stays so to its end, on every channel of the hold-out', () => {
    const lot = (daysAgo: number, arm: Trial['arm'] = 'held-out'): Partial<Contacting> => ({
      lastTrial: { timeMs: NOW - daysAgo * DAY, arm },
    });
    expect(pressureOf(RULES, now(lot(0))).stop).toEqual({ by: 'held-out', number: 0 });
    expect(pressureOf(RULES, now({ ...lot(6.9), channel: 'push' })).stop).toEqual({
      by: 'held-out',
      number: 6,
    });
    expect(pressureOf(RULES, now(lot(7))).stop).toBeUndefined();
    expect(pressureOf(RULES, now({ ...lot(1), channel: 'letter' })).stop).toBeUndefined();
    expect(pressureOf(RULES, now(lot(1, 'contact'))).stop).toBeUndefined();
    const { holdOut: _, ...without } = RULES;
    expect(pressureOf(without, now(lot(1))).stop).toBeUndefined();
  });

  it('[D34] no lot is drawn before it is over, and then in the state of that moment', () => {
    const drawn = (more: Partial<Contacting>): string | undefined => trialState(RULES, now(more));
    expect(drawn({})).toBe('0-more');
    expect(drawn({ lastTrial: { timeMs: NOW - 7 * DAY + 1, arm: 'contact' } })).toBeUndefined();
    expect(drawn({ lastTrial: { timeMs: NOW - 7 * DAY, arm: 'contact' } })).toBe('0-more');
    expect(drawn({ channel: 'letter' })).toBeUndefined();
    expect(drawn({ own: [contact(8)], joined: [[contact(1)]] })).toBe('2-week');
    const answers = { lastMs: NOW - 2 * DAY, dismissedMs: [NOW - DAY] };
    expect(drawn({ own: [contact(8), contact(7)], answers })).toBe('2-month');
    expect(drawn({ own: [contact(31)], answers: { ...answers, dismissedMs: [] } })).toBe('0-more');
    expect(drawn({ own: [1, 2, 3, 4, 5, 6].map(contact) })).toBe('4-week');
  });

  it('[D34] is folded from records: one lot a week, with the contacts that fell into it', () => {
    const record = (day: number, more: object = {}): DecisionRecord =>
      ({
        input: { timeMs: NOW + day * DAY, channel: 'email', ...more },
        result: { items: [{ item: itemId('a'), score: 1 }], propensity: 1 },
      }) as never;
    const held = (day: number, more: object = {}): DecisionRecord => ({
      ...record(day, more),
      result: { items: [], nothing: 'held-out', propensity: 0.25 },
    });
    const fold = (...records: readonly DecisionRecord[]): readonly Trial[] =>
      records.reduce<readonly Trial[]>(foldTrial, []);
    const state = { fatigue: '1-week' };
    expect(fold(record(0), held(1))).toEqual([]);
    const empty = { ...held(0, state), result: { items: [], nothing: 'guarded', propensity: 1 } } as const;
    expect(fold(empty)).toEqual([]);
    expect(
      fold(record(0, state), record(2), record(3, { channel: 'web' }), record(6.9), record(7)),
    ).toMatchObject([{ arm: 'contact', state: '1-week', contacts: 3 }]);
    expect(fold(held(0, state), held(1), record(8, state))).toMatchObject([
      { arm: 'held-out', contacts: 0 },
      { arm: 'contact', contacts: 1 },
    ]);
    const many = Array.from({ length: 30 }, (_, n) => record(7 * n, state));
    const kept = fold(...many);
    expect(kept).toHaveLength(LIMITS.trialsPerPersonMax);
    expect(kept.at(-1)?.timeMs).toBe(NOW + 203 * DAY);
  });

  it('[D34] states are ordered: who heard more, or more lately, is no more rested', () => {
    expect(FATIGUE_STATES).toHaveLength(15);
    expect([fatigueState(9, 6.9), fatigueState(0, Infinity), fatigueState(2, 7)]).toEqual([
      '4-week',
      '0-more',
      '2-month',
    ]);
    expect(isAsRested('1-month', '2-week')).toBe(true);
    expect([isAsRested('1-week', '0-week'), isAsRested('0-week', '1-month')]).toEqual([false, false]);
  });
});
