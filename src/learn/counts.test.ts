// Goal: statistics forget exactly. Method: random people come, go and move between shards; afterwards the
// counts must equal those built afresh from whoever remains, and a naive count over all pairs.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContributionDescriptor, contributionOf } from './contribution.ts';
import { createCounts, type Counts } from './counts.ts';
import { createRowBuffer } from './rows.ts';
import { Bug } from '../kernel/assert.ts';

const person = fc
  .uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 6 })
  .map((items) => made(items.map((item) => `i${item}`)));

function made(items: readonly string[]): ContributionDescriptor {
  const descriptor = contributionOf(items.map((item) => ({ item, lastMs: 0 })));
  if (descriptor === undefined) throw new Error('a test person has items');
  return descriptor;
}

function countsOf(people: readonly ContributionDescriptor[]): Counts {
  const counts = createCounts();
  for (const each of people) counts.add(each);
  return counts;
}

describe('counts', () => {
  test('[L2] any sequence of add, subtract and merge equals a fresh build from those who remain', () => {
    const script = fc.array(fc.record({ who: person, leaves: fc.boolean(), shard: fc.nat(2) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(script, (steps) => {
        const shards = [createCounts(), createCounts(), createCounts()];
        for (const { who, shard } of steps) shards[shard]?.add(who);
        for (const { who, leaves, shard } of steps) if (leaves) shards[shard]?.subtract(who);
        const merged = createCounts();
        for (const shard of shards) merged.merge(shard);
        const fresh = countsOf(steps.filter(({ leaves }) => !leaves).map(({ who }) => who));
        expect(merged.equals(fresh)).toBe(true);
        expect(fresh.equals(merged)).toBe(true);
        expect(merged.canonicalText()).toBe(fresh.canonicalText());
      }),
    );
  });

  test('[L2] people who differ in anything give different counts', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 10 }), person, (people, another) => {
        const more = countsOf([...people, another]);
        expect(more.equals(countsOf(people))).toBe(false);
        expect(more.canonicalText()).not.toBe(countsOf(people).canonicalText());
      }),
    );
  });

  test('[L3] subtracting everybody leaves nothing', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 30 }), (people) => {
        const counts = countsOf(people);
        for (const each of people.toReversed()) counts.subtract(each);
        expect([counts.peopleTotal(), counts.itemTotal(), counts.pairTotal()]).toEqual([0, 0, 0]);
        expect(counts.equals(createCounts())).toBe(true);
      }),
    );
  });

  test('[L4] subtracting what was never added is a bug and changes nothing', () => {
    const counts = countsOf([made(['a', 'b']), made(['b', 'c'])]);
    const before = counts.canonicalText();
    for (const items of [['a', 'c'], ['d'], ['a'], ['a', 'b', 'c']]) {
      expect(() => counts.subtract(made(items)), items.join()).toThrow(Bug);
      expect(counts.canonicalText()).toBe(before);
    }
  });

  test('[L5] people are counted unweighted, in either order, and pairs below k are named', () => {
    const counts = countsOf([made(['a', 'b', 'c']), made(['a', 'b']), made(['b', 'c'])]);
    expect(counts.pair('a', 'b')).toEqual({ people: 2, weightUnits: 349_525 + 524_288 });
    expect(counts.pair('b', 'a')).toEqual(counts.pair('a', 'b'));
    expect(counts.item('b').people).toBe(3);
    expect(counts.pairsBelow(2, ['c', 'a', 'b'])).toEqual([['a', 'c']]);
    counts.subtract(made(['a', 'b']));
    expect(counts.pairsBelow(2, ['a', 'b'])).toEqual([['a', 'b']]);
  });

  test('[L6] a snapshot holds every pair in both rows, in id order, and does not move afterwards', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 15 }), (people) => {
        const counts = countsOf(people);
        const { itemIds, rows } = counts.snapshot();
        expect(itemIds).toEqual([...itemIds].sort());
        counts.add(made(['later', 'i1']));
        const buffer = createRowBuffer(rows.itemCount);
        for (const [item, id] of itemIds.entries()) {
          rows.readRow(item, buffer);
          const expected = new Map<string, number>();
          for (const { items } of people) {
            if (items.includes(id))
              for (const other of items) expected.set(other, (expected.get(other) ?? 0) + 1);
          }
          expect(rows.itemPeople[item]).toBe(expected.get(id));
          expected.delete(id);
          const found = Array.from({ length: buffer.count }, (_, x) => [
            itemIds[buffer.indices[x]!],
            buffer.people[x],
          ]);
          expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
        }
      }),
    );
  });

  test('[L2] a table that has grown and been emptied many times still finds its pairs', () => {
    const counts = createCounts();
    const wide = (n: number): ContributionDescriptor =>
      made(Array.from({ length: 40 }, (_, x) => `w${(n * 7 + x * x) % 900}`));
    for (let n = 0; n < 120; n++) counts.add(wide(n));
    for (let n = 0; n < 120; n++) if (n % 3 > 0) counts.subtract(wide(n));
    const kept = Array.from({ length: 40 }, (_, n) => wide(n * 3));
    expect(counts.equals(countsOf(kept))).toBe(true);
  });
});
