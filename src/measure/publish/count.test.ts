// Goal: each person moves every number by one at most, and few of them, and nobody is looked at but through a
// View. Method: real Views, and a naive count beside random people.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, permitting } from '../../consent/testing.ts';
import type { Fact } from '../../facts/fact.ts';
import type { Item } from '../../facts/item.ts';
import type { Purpose } from '../../facts/purpose.ts';
import type { View } from '../../facts/view.ts';
import { Bug } from '../../kernel/assert.ts';
import { DAY, NOW, fact, itemId, viewOf as openedView } from '../../profile/testing.ts';
import { isoInstant } from '../../kernel/time.ts';
import { createPeopleCount, tableOf } from './count.ts';
import { asking } from './testing.ts';

const dayOf = (ms: number): string => isoInstant(ms).slice(0, 10);
/** Ten days that ended three days ago. */
const PERIOD = { from: dayOf(NOW - 13 * DAY), to: dayOf(NOW - 4 * DAY) };
const IN = NOW - 8 * DAY;

const item = (id: string, path: readonly string[]): Item => ({
  id: itemId(id),
  title: id,
  path,
  available: true,
});
const CATALOGUE = new Map(
  [
    item('tea', ['Food', 'Tea']),
    item('mint', ['Food', 'Tea']),
    item('jam', ['Food', 'Jam']),
    item('coat', ['Clothing', 'Coats']),
    item('loose', []),
    item('test', ['Pharmacy', 'Tests']),
  ].map((one) => [one.id, one]),
);
const isOrdinary = (id: string): boolean => id !== 'test';

const viewOf = (facts: readonly Fact[], purpose: Purpose = 'measure'): View =>
  openedView(facts, { permissions: permitting({ chain: ALL }), purpose });

const bought = (id: string, more: Partial<Fact> = {}): Fact =>
  fact('bought', id, { firstMs: IN, lastMs: IN, ...more });

function counted(fields: object, people: readonly (readonly Fact[])[]) {
  const { question } = asking({ ...PERIOD, ...fields });
  const table = tableOf(question, CATALOGUE, isOrdinary);
  const count = createPeopleCount(question, table);
  for (const facts of people) count.add(viewOf(facts));
  const { total, rows } = count.counts();
  return { total, rows: Object.fromEntries(rows) };
}

const PER_LEAF = { ask: 'people-per-leaf' };

describe('who is counted', () => {
  it('[M7] once, however often and from wherever they bought', () => {
    const often = [bought('tea', { count: 9, quantity: 40 }), bought('mint')];
    expect(counted({}, [often])).toEqual({ total: 1, rows: {} });
    expect(counted(PER_LEAF, [often, [bought('jam')]])).toEqual({
      total: 2,
      rows: { 'Clothing > Coats': 0, 'Food > Jam': 1, 'Food > Tea': 1 },
    });
  });

  it('[M7] for a first or last purchase within the period, and for nothing that went back', () => {
    const outside = { firstMs: NOW - 40 * DAY, lastMs: NOW - DAY };
    expect(counted({}, [[bought('tea', outside)]]).total).toBe(0);
    expect(counted({}, [[bought('tea', { ...outside, firstMs: IN })]]).total).toBe(1);
    expect(counted({}, [[bought('tea', { ...outside, lastMs: IN })]]).total).toBe(1);
    expect(counted({}, [[bought('tea', { quantity: 0 })]]).total).toBe(0);
    const edge = Date.parse(`${PERIOD.to}T00:00:00Z`) + DAY;
    expect(counted({}, [[bought('tea', { firstMs: edge, lastMs: edge })]]).total).toBe(0);
    expect(counted({}, [[bought('tea', { firstMs: edge - 1, lastMs: edge - 1 })]]).total).toBe(1);
  });

  it('[M7] through a View of the very purpose that was asked for', () => {
    const { question } = asking(PERIOD);
    const count = createPeopleCount(question, tableOf(question, CATALOGUE, isOrdinary));
    expect(() => count.add(viewOf([], 'improve'))).toThrow(Bug);
  });

  it('[M7] in the rows of their newest purchases, as many as are allowed, and once in the total', () => {
    const facts = [
      bought('tea', { firstMs: IN, lastMs: IN }),
      bought('jam', { firstMs: IN + 2, lastMs: IN + 2 }),
      bought('coat', { firstMs: IN + 1, lastMs: IN + 1 }),
    ];
    expect(counted({ ...PER_LEAF, rowsPerPersonMax: 2 }, [facts])).toEqual({
      total: 1,
      rows: { 'Clothing > Coats': 1, 'Food > Jam': 1, 'Food > Tea': 0 },
    });
  });

  it('[M7] as a naive count has it, and nobody moves more than a row per allowed row', () => {
    const ids = ['tea', 'mint', 'jam', 'coat'] as const;
    const shopping = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(shopping, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (people, rowsMax) => {
        const more = { ...PER_LEAF, rowsPerPersonMax: rowsMax };
        const of = (all: typeof people) =>
          counted(
            more,
            all.map((each) => each.map((id) => bought(id))),
          );
        const all = of(people);
        expect(all.total).toBe(people.filter((each) => each.length > 0).length);
        for (const [at] of people.entries()) {
          const without = of(people.toSpliced(at, 1));
          const moved = Object.entries(all.rows).map(([row, n]) => n - (without.rows[row] ?? 0));
          expect(moved.every((by) => by === 0 || by === 1)).toBe(true);
          expect(moved.reduce((sum, by) => sum + by, 0)).toBeLessThanOrEqual(rowsMax);
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

describe('which rows there are', () => {
  const rowsOf = (fields: object) => {
    const { question } = asking({ ...PERIOD, ...fields });
    return tableOf(question, CATALOGUE, isOrdinary).rows;
  };

  it('[M7] follows from the catalogue: leaves or things, none of a sensitive class', () => {
    expect(rowsOf(PER_LEAF)).toEqual(['Clothing > Coats', 'Food > Jam', 'Food > Tea']);
    expect(rowsOf({ ...PER_LEAF, path: 'food' })).toEqual(['Food > Jam', 'Food > Tea']);
    expect(rowsOf({ ...PER_LEAF, path: 'Pharmacy' })).toEqual([]);
    expect(rowsOf({ ask: 'people-per-item', path: 'Food > Tea' })).toEqual(['mint', 'tea']);
    expect(rowsOf({ ask: 'people-per-item', items: ['tea', 'test', 'never'] })).toEqual(['tea']);
    expect(rowsOf({})).toEqual([]);
  });
});
