// Goal: a person's share in the statistics is bounded, canonical and exact. Method: hand-made cases and
// random contacts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTRIBUTION_UNIT, contributionOf, contributionWeight } from './contribution.ts';
import { LIMITS } from '../kernel/limits.ts';

describe('contribution', () => {
  test('[L1] two items weigh a half each and come in id order', () => {
    const contacts = [
      { item: 'b', lastMs: 1 },
      { item: 'a', lastMs: 2 },
    ];
    expect(contributionOf(contacts)).toEqual({
      version: 1,
      items: ['a', 'b'],
      weightUnits: 524_288,
      lastDays: [0, 0],
    });
  });

  test('[L1] nothing to add is undefined', () => {
    expect(contributionOf([])).toBeUndefined();
  });

  test('[L1] the most recent 200 items count, ties in time by id', () => {
    const contacts = Array.from({ length: 205 }, (_, n) => ({
      item: String(1000 + n),
      lastMs: n < 3 ? 0 : 7,
    }));
    const items = contributionOf(contacts)?.items;
    expect(items).toHaveLength(LIMITS.contributionItemsMax);
    expect(items?.[0]).toBe('1003');
    expect(items?.at(-1)).toBe('1202');
  });

  test('[L1] order and repeats of contacts do not matter, weights stay within half a unit of 1/n', () => {
    const contact = fc.record({ item: fc.string({ maxLength: 3 }), lastMs: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(contact, { minLength: 1, maxLength: 300 }), (contacts) => {
        const made = contributionOf(contacts);
        expect(contributionOf([...contacts, ...contacts].toReversed())).toEqual(made);
        const count = made?.items.length ?? 0;
        expect(made?.items).toEqual([...new Set(made?.items)].sort());
        expect(Math.abs(contributionWeight(count) - CONTRIBUTION_UNIT / count)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
