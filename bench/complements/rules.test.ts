// Goal: every rule is found and counted right. Method: all subsets of small baskets, and a published number.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groceryBaskets, packBaskets } from './baskets.ts';
import { rulesOf } from './rules.ts';

describe('rules', () => {
  test('are all that a count over every subset finds', () => {
    const basket = fc.uniqueArray(fc.nat(4), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(basket, { minLength: 1, maxLength: 12 }), (baskets) => {
        const holding = (items: readonly number[]): number =>
          baskets.filter((held) => items.every((item) => held.includes(item))).length;
        const expected: string[] = [];
        for (let mask = 1; mask < 32; mask += 1) {
          const from = [0, 1, 2, 3, 4].filter((item) => (mask >> item) & 1);
          for (let to = 0; to < 5; to += 1) {
            const both = holding([...from, to]);
            if (from.includes(to) || both < 0.2 * baskets.length || both === 0) continue;
            if (both / holding(from) >= 0.6) expected.push(`${from.join(' ')} > ${to}`);
          }
        }
        const found = rulesOf(baskets, { supportMin: 0.2, confidenceMin: 0.6 });
        expect(found.map(({ from, to }) => `${from.join(' ')} > ${to}`).sort()).toEqual(expected.sort());
        for (const { from, to, support, confidence, lift } of found) {
          expect(support).toBe(holding([...from, to]) / baskets.length);
          expect(confidence).toBe(holding([...from, to]) / holding(from));
          expect(Math.abs(lift - (confidence * baskets.length) / holding([to]))).toBeLessThan(1e-12);
        }
      }),
    );
  });

  test('of Groceries at support .001 and confidence .5 are 5,668, the highest lift 18.996', () => {
    const { numberOf } = packBaskets(groceryBaskets());
    const baskets = groceryBaskets().map(({ items }) => items.map((item) => numberOf.get(item) ?? -1));
    const rules = rulesOf(baskets, { supportMin: 0.001, confidenceMin: 0.5 });
    expect(rules).toHaveLength(5668);
    const top = rules.reduce((a, b) => (a.lift >= b.lift ? a : b));
    expect(top.lift.toFixed(3)).toBe('18.996');
    expect(top.to).toBe(numberOf.get('hamburger meat'));
  });
});
