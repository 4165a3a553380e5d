// Goal: sums among many things are those of a plain map, whatever the catalogue's size, and leave nothing
// behind. Method: random rows, beside a Map.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../kernel/random.ts';
import { addRow, createSums, drain, makeRoom, touch } from './sums.ts';

/** As many things as have a cell each beside a few hundred touched, and as have not. */
const CATALOGUES = [3, 500, 3000, 1_000_000];

function drawRows(random: Random, things: number): Uint32Array[] {
  return Array.from({ length: random.below(12) }, () => {
    const chosen = new Set<number>();
    const length = random.below(Math.min(things, 60) + 1);
    // Ends of the catalogue, neighbours, and anything.
    while (chosen.size < length) {
      const at = [random.below(things), things - 1 - random.below(Math.min(things, 70)), random.below(70)];
      chosen.add(Math.min(at[random.below(3)]!, things - 1));
    }
    return Uint32Array.from(chosen).sort();
  });
}

function modelOf(rows: readonly Uint32Array[], random: Random) {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, at) => (offsets[at + 1] = offsets[at]! + row.length));
  const targets = Uint32Array.from(rows.flatMap((row) => [...row]));
  const weights = Float32Array.from(targets, () => (random.below(2001) - 1000) / 1024);
  return { offsets, targets, weights };
}

describe('sums of few things among many', () => {
  it('[D2] are those of a map, in the order of the first touch, and leave the cells free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (seed) => {
        const random = seededRandom(seed);
        const sums = createSums();
        // One after the other with the same cells: the room grows, shrinks, and changes its kind.
        for (let turn = 0; turn < 4; turn += 1) {
          const things = CATALOGUES[random.below(CATALOGUES.length)]!;
          const rows = drawRows(random, things);
          const model = modelOf(rows, random);
          const popular = drawRows(random, things)[0] ?? new Uint32Array(0);
          const naive = new Map<number, number>();
          const most = model.targets.length + popular.length;
          makeRoom(sums, most, things);
          rows.forEach((row, index) => {
            const weight = random.below(1000) / 1024;
            addRow(sums, model, { index, weight });
            row.forEach((thing, at) => {
              const value = weight * model.weights[model.offsets[index]! + at]!;
              naive.set(thing, (naive.get(thing) ?? 0) + value);
            });
          });
          touch(sums, popular);
          for (const thing of popular) naive.set(thing, naive.get(thing) ?? 0);
          const found = new Uint32Array(most);
          const values = new Float64Array(most);
          const count = drain(sums, found, values);
          expect([...found.subarray(0, count)]).toEqual([...naive.keys()]);
          expect([...values.subarray(0, count)]).toEqual([...naive.values()]);
          expect(sums.keys.some((key) => key !== 0) || sums.values.some((value) => value !== 0)).toBe(false);
          expect(sums.keys.length).toBeLessThanOrEqual(4 * 4096);
        }
      }),
      { numRuns: 200 },
    );
  });
});
