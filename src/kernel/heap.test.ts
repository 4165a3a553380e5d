// Goal: candidates come out of the heap exactly as a full sort would give them, also with many equal values.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heapify, likelyBest, popBest } from './heap.ts';

test('[K23] popping gives the order of a full sort, and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 200 }), fc.nat(), (list, salt) => {
      const values = Float64Array.from(list);
      // Distinct indices in an order that has nothing to do with the values.
      const indices = Uint32Array.from(list, (_, at) => ((at + salt) * 7919) % 10_007);
      const sorted = list
        .map((value, at) => ({ value, index: indices[at] ?? -1 }))
        .sort((a, b) => b.value - a.value || a.index - b.index);
      heapify(values, indices, list.length);
      const popped: { value: number; index: number }[] = [];
      for (let left = list.length; left > 0;) {
        left = popBest(values, indices, left);
        popped.push({ value: values[left] ?? Number.NaN, index: indices[left] ?? -1 });
      }
      expect(popped).toEqual(sorted);
    }),
  );
});

test('[K23] an empty heap has nothing to take', () => {
  expect(() => popBest(new Float64Array(1), new Uint32Array(1), 0)).toThrow('something to take');
});

test('[K23] the likely best are at least as good as the rest, probably enough, and nothing is lost', () => {
  let divided = 0;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 900, size: 'max' }),
      fc.nat(120),
      (list, wanted) => {
        const values = Float64Array.from(list);
        const indices = Uint32Array.from(list, (_, at) => at);
        const front = likelyBest(values, indices, list.length, wanted);
        const least = Math.min(...values.subarray(0, front));
        expect(values.subarray(front).every((value) => value < least)).toBe(true);
        expect(Array.from(indices, (index) => list[index])).toEqual([...values]);
        expect([...indices].sort((a, b) => a - b)).toEqual(list.map((_, at) => at));
        expect(front > 0 || list.length === 0).toBe(true);
        if (front < list.length) divided += 1;
      },
    ),
    { numRuns: 300 },
  );
  expect(divided).toBeGreaterThan(20);
});
