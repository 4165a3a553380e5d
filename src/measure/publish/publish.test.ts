// Goal: no number is told that few stand behind, none twice with other noise, and none beyond the budget.

import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../facts/budget.ts';
import { readQuestion } from '../../facts/question.ts';
import { decodeRelease, encodeRelease, releaseId } from '../../facts/release.ts';
import { Bug, assert } from '../../kernel/assert.ts';
import { utf8 } from '../../kernel/bytes.ts';
import { seededRandom } from '../../kernel/random.ts';
import { budgetYear, roomFor, spentIn } from './ledger.ts';
import { publish, sigmaSquaredFor } from './publish.ts';
import { NOW_MS, asking, counts, gateOf } from './testing.ts';

const RICH = { rhoMillionthsPerYear: 1_000_000, peopleMin: 20 };
const PUBLISHING = { controller: 'shop', nowMs: NOW_MS, year: 2026, peopleMin: 20 };

describe('the gate', () => {
  it('[M8] takes the noise from budget and contribution: 2ρσ² is at least what one person moves', () => {
    expect(sigmaSquaredFor(10_000, 1)).toBe(50);
    expect(sigmaSquaredFor(10_000, 5)).toBe(250);
    expect(sigmaSquaredFor(30_000, 1)).toBe(17);
    expect(() => sigmaSquaredFor(0, 1)).toThrow(Bug);
    const table = asking({ ask: 'people-per-leaf', rowsPerPersonMax: 8, rho: 0.009 });
    const { sigmaSquared } = publish(table, counts(0), { ...PUBLISHING, random: () => seededRandom(1) });
    // Eight rows and the total.
    expect(sigmaSquared).toBe(500);
  });

  it('[M9] says few of a group of k and below, and of none, whatever the noise', () => {
    const asked = asking({ ask: 'people-per-leaf' });
    let told = 0;
    for (let seed = 0; seed < 2000; seed += 1) {
      const random = seededRandom(seed);
      const release = publish(asked, counts(20, { few: 20, none: 0, one: 1 }), {
        ...PUBLISHING,
        random: () => seededRandom(random.below(2 ** 40)),
      });
      told += [release.total, ...release.rows.map(({ people }) => people)].filter((p) => p !== 'few').length;
    }
    // Four standard deviations: 3 in 100,000 of those of k themselves.
    expect(told).toBeLessThanOrEqual(2);
  });

  it('[M9] tells of many, whole numbers near the truth', () => {
    const { total, rows, tellFrom } = publish(asking({ ask: 'people-per-leaf' }), counts(900, { a: 700 }), {
      ...PUBLISHING,
      random: () => seededRandom(4),
    });
    expect(tellFrom).toBe(20 + 64);
    assert(total !== 'few', 'nine hundred are many');
    expect(Math.abs(total - 900)).toBeLessThan(80);
    expect(Number.isInteger(total)).toBe(true);
    expect(rows.map(({ row }) => row)).toEqual(['a']);
  });

  it('[M9] hides by the noisy number: one more person changes whether a row is hidden hardly ever', () => {
    const shown = (people: number): number => {
      let times = 0;
      const random = seededRandom(6);
      for (let n = 0; n < 4000; n += 1) {
        const made = publish(asking({ rho: 0.01 }), counts(people), { ...PUBLISHING, random: () => random });
        if (made.total !== 'few') times += 1;
      }
      return times / 4000;
    };
    // At the threshold itself, 20 + ⌈4·√50⌉ = 49, where exact hiding would go from never to always.
    const [less, more] = [shown(48), shown(49)];
    expect([less > 0.3, more < 0.7]).toEqual([true, true]);
    expect(Math.abs(more - less)).toBeLessThan(0.11);
  });

  it('[M9] draws every number from a generator of its own', () => {
    let made = 0;
    const random = () => seededRandom((made += 1));
    publish(asking({ ask: 'people-per-leaf' }), counts(1, { a: 1, b: 1 }), { ...PUBLISHING, random });
    expect(made).toBe(3);
  });

  it('[M9] tells of no period that is not over', () => {
    const today = asking({ from: '2026-11-01', to: '2026-11-28' });
    const random = () => seededRandom(1);
    expect(() => publish(today, counts(500), { ...PUBLISHING, random })).toThrow(Bug);
  });
});

describe('the ledger', () => {
  it('[M10] answers the same question with the same release, however exactly it is asked', () => {
    const gate = gateOf(RICH, seededRandom(1));
    const table = { ask: 'people-per-leaf', path: 'Food > Tea' };
    const first = gate.ask(asking(table), () => counts(500, { a: 400 }));
    for (const more of [{}, { rho: 0.5 }, { rowsPerPersonMax: 9 }, { path: 'food>TEA' }]) {
      const again = gate.ask(asking({ ...table, ...more }), () => {
        throw new Error('nobody is counted again');
      });
      expect(again).toBe(first);
    }
    expect(gate.ledger()).toHaveLength(1);
    expect(gate.ask(asking({ ...table, to: '2026-10-30' }), () => counts(500))).not.toBe(first);
    expect(gate.ask(asking({ ...table, purpose: 'improve' }), () => counts(500))).not.toBe(first);
  });

  it('[M11] adds up exactly, and refuses what is too much, before anybody is counted', () => {
    const gate = gateOf(DEFAULT_BUDGET, seededRandom(2));
    for (let day = 1; day <= 10; day += 1) {
      const to = `2026-10-${String(day + 10)}`;
      expect(gate.ask(asking({ to }), () => counts(500))).not.toBe('spent');
    }
    // Ten times 0.01 is 0.1, which floating-point addition would miss.
    expect(spentIn(gate.ledger(), 2026)).toBe(100_000);
    const count = () => {
      throw new Error('nobody is counted');
    };
    expect(gate.ask(asking({ rho: 0.001 }), count)).toBe('spent');
    const room = roomFor(asking(), { ledger: gate.ledger(), budget: DEFAULT_BUDGET, nowMs: NOW_MS });
    expect(room).toMatchObject({
      kind: 'spent',
      detail: expect.stringMatching(/0\.1 for 2026 there is 0 left.*renews on 2027-01-01/) as unknown,
    });
    const next = { ledger: gate.ledger(), budget: DEFAULT_BUDGET, nowMs: Date.UTC(2027, 0, 1) };
    expect(roomFor(asking(), next)).toEqual({ kind: 'room', year: 2027 });
  });

  it('[M11] never goes back to the budget of an earlier year, whatever the clock says', () => {
    const gate = gateOf(DEFAULT_BUDGET, seededRandom(3));
    gate.ask(asking(), () => counts(500));
    expect(budgetYear(gate.ledger(), Date.UTC(2025, 5, 1))).toBe(2026);
    expect(budgetYear([], Date.UTC(2025, 5, 1))).toBe(2025);
  });

  it('[M11] knows a release by the hash of its bytes, and one byte more by none', () => {
    const gate = gateOf(RICH, seededRandom(4));
    const kept = gate.ask(asking(), () => counts(500));
    assert(kept !== 'spent', 'there is room');
    const bytes = encodeRelease(kept.release);
    expect(decodeRelease(releaseId(bytes), bytes)).toEqual(kept.release);
    expect(decodeRelease(kept.id, Uint8Array.of(...bytes, 32))).toBeUndefined();
    const other = utf8('{"v":2}');
    expect(decodeRelease(releaseId(other), other)).toBeUndefined();
  });
});

describe('a question', () => {
  it.each([
    [{ ask: 'people-per-street' }, 'ask', /one of people-total/],
    [{ purpose: 'recommend' }, 'purpose', /one of measure, improve/],
    [{ from: '2026-02-30' }, 'from', /a day/],
    [{ from: '2026-11-01' }, 'to', /2026-11-01 or later/],
    [{ rho: 0 }, 'rho', /from 0\.001/],
    [{ rowsPerPersonMax: 3 }, 'rowsPerPersonMax', /no such field/],
    [{ items: ['tea'] }, 'items', /no such field/],
    [{ ask: 'people-per-item' }, 'items', /things, or a path/],
    [{ ask: 'people-per-item', items: ['a'], path: 'B' }, 'path', /not both/],
    [{ person: 'ada' }, 'person', /one of ask/],
  ])('[M10] %j is refused with its field', (fields, field, expected) => {
    const read = readQuestion({ ask: 'people-total', from: '2026-10-01', to: '2026-10-31', ...fields });
    assert(!read.ok, 'it is refused');
    expect(read.error.map((one) => one.field)).toContain(field);
    expect(read.error.find((one) => one.field === field)?.expected).toMatch(expected);
  });
});
