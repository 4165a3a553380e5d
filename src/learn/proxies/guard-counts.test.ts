// Goal: what volunteers add is bounded and can be taken away to the last bit. Method: random volunteers come,
// go and move between shards; afterwards the counts must equal those built afresh from whoever remains.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bug } from '../../kernel/assert.ts';
import { classOfLeaf } from '../../facts/shadow.ts';
import {
  GUARD_ITEMS_MAX,
  GUARD_LEAVES_MAX,
  GUARD_SENSITIVITY,
  type GuardContribution,
  STRATA,
  STRATUM_FROM,
  guardContributionOf,
  sensitiveLeafOf,
} from './guard-contribution.ts';
import { EVERYBODY, type GuardCounts, PEOPLE, createGuardCounts } from './guard-counts.ts';
import { itemNamed } from './testing.ts';

const contact = fc.record({
  item: fc.integer({ min: 0, max: 90 }).map((n) => `i${n}`),
  lastMs: fc.nat(20),
  leaf: fc.option(fc.constantFrom(...Array.from({ length: 12 }, (_, n) => `health|leaf ${n}`)), {
    nil: undefined,
    freq: 3,
  }),
});
const contacts = fc.array(contact, { minLength: 1, maxLength: 120 });
const volunteer = contacts.map((list) => made(list));

function made(list: Parameters<typeof guardContributionOf>[0]): GuardContribution {
  const contribution = guardContributionOf(list);
  if (contribution === undefined) throw new Error('a test volunteer has contacts');
  return contribution;
}

function countsOf(people: readonly GuardContribution[]): GuardCounts {
  const counts = createGuardCounts();
  for (const each of people) counts.add(each);
  return counts;
}

function everyCell(counts: GuardCounts): ReadonlyMap<string, readonly number[]> {
  const cells = new Map<string, readonly number[]>();
  counts.forEachCell((leaf, item, people) => cells.set(`${leaf}\n${item}`, [...people]));
  return cells;
}

describe('a volunteer', () => {
  test('[L20] moves every cell by at most one, and all together by no more than the sensitivity', () => {
    fc.assert(
      fc.property(volunteer, fc.array(volunteer, { maxLength: 4 }), (one, others) => {
        const [without, withOne] = [everyCell(countsOf(others)), everyCell(countsOf([...others, one]))];
        let squares = 0;
        const moves = new Set<number>();
        for (const [name, people] of withOne) {
          for (const [stratum, count] of people.entries()) {
            const moved = count - (without.get(name)?.[stratum] ?? 0);
            moves.add(moved);
            squares += moved;
          }
        }
        expect([...moves].filter((moved) => moved !== 0 && moved !== 1)).toEqual([]);
        expect(squares).toBe((1 + one.items.length) * (1 + one.leaves.length));
        expect(Math.sqrt(squares)).toBeLessThanOrEqual(GUARD_SENSITIVITY);
      }),
      { numRuns: 60 },
    );
    expect(GUARD_SENSITIVITY).toBe(21);
  });

  test('[L20] counts with the most recent things, of all of which the stratum is made', () => {
    const many = Array.from({ length: 70 }, (_, n) => ({ item: `i${n}`, lastMs: n }));
    const leaves = Array.from({ length: 11 }, (_, n) => ({
      item: `s${n}`,
      lastMs: n,
      leaf: `debt|${n + 10}`,
    }));
    const got = made([...many, ...leaves, { item: 'i0', lastMs: 99 }]);
    expect(got.items).toHaveLength(GUARD_ITEMS_MAX);
    expect(got.items).toContain('i0');
    expect(got.items).not.toContain('i22');
    expect(got.leaves).toEqual(leaves.slice(3).map(({ leaf }) => leaf));
    expect(got.leaves).toHaveLength(GUARD_LEAVES_MAX);
    expect(got.stratum).toBe(STRATA - 1);
    expect(STRATUM_FROM.map((from) => made(many.slice(0, from)).stratum)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(made(many.slice(0, 4)).stratum).toBe(0);
    expect(guardContributionOf([])).toBeUndefined();
  });

  test('[L20] belongs to leaves of sensitive things, and an ordinary thing has none', () => {
    const strips = itemNamed('strips', { sensitive: 'health', path: ['Pharmacy', 'Diabetes'] });
    expect(sensitiveLeafOf(strips, 'health')).toBe('health|Pharmacy > Diabetes');
    expect(sensitiveLeafOf(strips, undefined)).toBeUndefined();
    expect(classOfLeaf('health|Pharmacy > Diabetes')).toBe('health');
    expect(classOfLeaf('own-hats|Hats')).toBe('own-hats');
    expect(classOfLeaf('Pharmacy > Diabetes')).toBeUndefined();
  });
});

describe('guard counts', () => {
  test('[L21] after any add, subtract and merge equal a fresh build from those who remain', () => {
    const step = fc.record({ who: volunteer, leaves: fc.boolean(), shard: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const shards = [createGuardCounts(), createGuardCounts(), createGuardCounts()];
        for (const { who, shard } of steps) shards[shard]?.add(who);
        for (const { who, leaves, shard } of steps) if (leaves) shards[shard]?.subtract(who);
        const merged = createGuardCounts();
        for (const shard of shards) merged.merge(shard);
        const fresh = countsOf(steps.filter(({ leaves }) => !leaves).map(({ who }) => who));
        expect(merged.canonicalText()).toBe(fresh.canonicalText());
        expect(everyCell(merged)).toEqual(everyCell(fresh));
      }),
      { numRuns: 60 },
    );
  });

  test('[L21] count who is there: people, members, and members who have a thing', () => {
    const tea = { item: 'tea', lastMs: 1 };
    const strips = { item: 'strips', lastMs: 1, leaf: 'health|d' };
    const counts = countsOf([made([tea]), made([tea, strips]), made([strips])]);
    const first = (leaf: string, item: string): number | undefined => counts.cell(leaf, item)[0];
    expect([first(EVERYBODY, PEOPLE), first('health|d', PEOPLE)]).toEqual([3, 2]);
    expect([first(EVERYBODY, 'tea'), first('health|d', 'tea'), first('health|d', 'strips')]).toEqual([
      2, 1, 0,
    ]);
  });

  test('[L21] subtracting everybody leaves nothing, and whoever never came cannot be taken away', () => {
    const people = [
      made([{ item: 'a', lastMs: 1 }]),
      made([
        { item: 'b', lastMs: 1 },
        { item: 's', lastMs: 1, leaf: 'grief|x' },
      ]),
    ];
    const counts = countsOf(people);
    const before = counts.canonicalText();
    for (const wrong of [
      [{ item: 'c', lastMs: 1 }],
      [
        { item: 'a', lastMs: 1 },
        { item: 's', lastMs: 1, leaf: 'grief|x' },
      ],
    ]) {
      expect(() => counts.subtract(made(wrong))).toThrow(Bug);
      expect(counts.canonicalText()).toBe(before);
    }
    expect(() => counts.add({ ...made([{ item: 'a', lastMs: 1 }]), stratum: STRATA })).toThrow(Bug);
    for (const each of people.toReversed()) counts.subtract(each);
    expect(counts.canonicalText()).toBe('');
  });
});
