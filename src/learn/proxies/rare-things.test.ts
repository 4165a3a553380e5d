// Goal: nothing is judged of which too little is known, and nothing is unknown that its leaf can speak for.
// Method: random catalogues and counts against a naive telling of the rule.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupsOf, together } from './rare-things.ts';

const shop = fc.uniqueArray(
  fc.record({
    item: fc.integer({ min: 0, max: 60 }).map((n) => `i${n}`),
    leaf: fc.constantFrom('a', 'b', 'c'),
  }),
  { selector: ({ item }) => item, maxLength: 30 },
);

describe('things that are judged', () => {
  test('[L23] alone when enough people have them, with their leaf when not, and else not at all', () => {
    fc.assert(
      fc.property(shop, fc.array(fc.nat(12), { minLength: 61, maxLength: 61 }), (items, people) => {
        const peopleOf = (item: string): number => people[Number(item.slice(1))] ?? 0;
        const { groups, unknown } = groupsOf(items, { peopleOf, peopleMin: 8 });
        const judged = new Map(groups.flatMap((group) => group.map((item) => [item, group] as const)));
        for (const { item, leaf } of items) {
          const kin = items
            .filter((one) => one.leaf === leaf && peopleOf(one.item) < 8)
            .map((one) => one.item);
          const kinPeople = kin.reduce((total, one) => total + peopleOf(one), 0);
          if (peopleOf(item) >= 8) expect(judged.get(item)).toEqual([item]);
          else if (kinPeople >= 8) expect(judged.get(item)).toEqual(kin.toSorted());
          else expect([judged.has(item), unknown.includes(item)]).toEqual([false, true]);
        }
        expect(judged.size + unknown.length).toBe(items.length);
      }),
    );
  });

  test('[L23] have the people of all of them', () => {
    const cell = (leaf: string, item: string): readonly number[] => [leaf.length, item.length, 1];
    expect(together(cell, 'x', ['a'])).toEqual([1, 1, 1]);
    expect(together(cell, 'x', ['a', 'bb', 'ccc'])).toEqual([3, 6, 3]);
  });
});
