// Goal: baskets are kept exactly as they are, of exactly those who are there. Method: random people who come,
// change and go, against baskets kept afresh.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basketsOfShare, createBasketCounts } from './basket-counts.ts';
import { peopleIn, stepItems, stepsOf } from './histories.ts';
import { LIMITS } from '../kernel/limits.ts';

const basket = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '"d"', 'e|\n'), { minLength: 1, maxLength: 4 });
const baskets = fc.array(basket, { maxLength: 4 });
const deed = fc.record({ who: fc.nat(5), baskets: fc.option(baskets, { nil: undefined }) });

describe('baskets that count', () => {
  test('[L26] after any changes are those of who is left, without a trace of the others', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const counts = createBasketCounts();
        const left = new Map<number, readonly (readonly string[])[]>();
        for (const { who, baskets: some } of deeds) {
          counts.replace(`p${who}`, some);
          left.delete(who);
          if (some !== undefined && some.length > 0) left.set(who, some);
        }
        const afresh = createBasketCounts();
        for (const [who, some] of [...left].sort(([a], [b]) => b - a)) afresh.replace(`q${who}`, some);
        expect(counts.canonicalText()).toBe(afresh.canonicalText());
        const itemIds = [...new Set([...left.values()].flat(2))].sort();
        expect(counts.itemIds()).toEqual(itemIds);
        expect(counts.peopleTotal()).toBe(left.size);
        for (const id of itemIds) {
          const having = [...left.values()].filter((some) => some.flat().includes(id)).length;
          expect(counts.itemPeople(id)).toBe(having);
        }
        const histories = counts.histories(itemIds);
        const read = Array.from({ length: peopleIn(histories) }, (_, person) =>
          Array.from({ length: stepsOf(histories, person) }, (_step, step) =>
            Array.from(stepItems(histories, person, step), (item) => itemIds[item]),
          ),
        );
        const text = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
        expect(text(read)).toEqual(text([...left.values()]));
      }),
      { numRuns: 300 },
    );
  });

  test('[L26] tell apart who had two things at once and who had them one after the other', () => {
    const texts = [[['a', 'b']], [['a'], ['b']], [['b'], ['a']]].map((some) => {
      const counts = createBasketCounts();
      counts.replace('p', some);
      return counts.canonicalText();
    });
    expect(new Set(texts).size).toBe(3);
  });

  test('[L27] are the newest fifty, and of each what counts in the contribution', () => {
    const many = Array.from({ length: LIMITS.ordersPerPersonMax + 7 }, (_, at) => ['a', `thing-${at}`, 'a']);
    const items = ['a', 'thing-3', 'thing-56'];
    const counted = basketsOfShare(many, items);
    expect(counted).toHaveLength(LIMITS.ordersPerPersonMax);
    expect([counted[0], counted.at(-1)]).toEqual([['a'], ['a', 'thing-56']]);
    expect(basketsOfShare([['x'], ['b', 'a'], []], ['b', 'a'])).toEqual([['a', 'b']]);
    expect(basketsOfShare([['x']], [])).toEqual([]);
  });

  test('[L27] refuse more than is counted of one person, and a thing twice', () => {
    const counts = createBasketCounts();
    const many = Array.from({ length: LIMITS.ordersPerPersonMax + 1 }, () => ['a']);
    expect(() => counts.replace('p', many)).toThrow('bounded');
    expect(() => counts.replace('p', [['a', 'a']])).toThrow('once');
    expect(() => counts.replace('p', [[]])).toThrow('once');
    counts.replace('p', [['a']]);
    expect(() => counts.histories(['b'])).toThrow('named');
  });
});
