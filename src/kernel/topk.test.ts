// Goal: the k best are those of a full sort. Method: properties against sort, with few distinct values so
// that ties abound.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { seededRandom } from './random.ts';
import { topK } from './topk.ts';

type Candidate = readonly [value: number, index: number];

function sorted(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted(([a, i], [b, j]) => b - a || i - j);
}

function pairs(values: ArrayLike<number>, indices: ArrayLike<number>, count: number): Candidate[] {
  return Array.from({ length: count }, (_, n) => [values[n]!, indices[n]!]);
}

describe('topK', () => {
  test('[K20] is the head of a full sort, and every candidate is still there', () => {
    const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true }));
    const values = fc.array(
      value.map((x) => x + 0),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 70 }), fc.nat(), fc.nat(), (list, k, seed, spare) => {
        const ids = list.map((_, index) => index * 3);
        seededRandom(seed).shuffle(ids);
        const candidates = list.map((x, n): Candidate => [x, ids[n]!]);
        // Entries beyond `count` are somebody else's and stay as they are.
        const extra = spare % 4;
        const columns = Float64Array.from([...list, ...Array<number>(extra).fill(Infinity)]);
        const indices = Uint32Array.from([...ids, ...Array<number>(extra).fill(9999)]);
        const kept = topK(columns, indices, list.length, k);
        expect(kept).toBe(Math.min(k, list.length));
        expect(pairs(columns, indices, kept)).toEqual(sorted(candidates).slice(0, k));
        expect(sorted(pairs(columns, indices, list.length))).toEqual(sorted(candidates));
        expect([...columns.subarray(list.length)]).toEqual(Array<number>(extra).fill(Infinity));
      }),
      { numRuns: 3000 },
    );
  });

  test('[K20] does not depend on the order of the candidates, at the size of a real decision', () => {
    const random = seededRandom(11);
    const candidates = Array.from({ length: 3000 }, (_, index): Candidate => [random.below(200) / 8, index]);
    const expected = sorted(candidates).slice(0, 20);
    for (let round = 0; round < 20; round += 1) {
      random.shuffle(candidates);
      const values = Float32Array.from(candidates, ([value]) => value);
      const indices = Uint32Array.from(candidates, ([, index]) => index);
      expect(topK(values, indices, 3000, 20)).toBe(20);
      expect(pairs(values, indices, 20)).toEqual(expected);
    }
  });

  test('[K20] NaN, a count beyond the arrays and a broken k are a bug', () => {
    const indices = Uint32Array.of(0, 1, 2);
    for (const at of [0, 1, 2]) {
      const values = Float64Array.of(3, 2, 1);
      values[at] = NaN;
      expect(() => topK(values, indices.slice(), 3, 2), `NaN at ${at}`).toThrow(Bug);
    }
    expect(() => topK(Float64Array.of(1), indices, 2, 1)).toThrow(Bug);
    expect(() => topK(Float64Array.of(1), indices, 1, -1)).toThrow(Bug);
    expect(() => topK(Float64Array.of(1), indices, 1, 0.5)).toThrow(Bug);
  });
});
