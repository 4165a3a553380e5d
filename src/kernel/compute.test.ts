// Goal: the solver solves. Method: random positive definite systems, put back into their equations; matrices
// that are not definite.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainCompute, solveSymmetric } from './compute.ts';
import { seededRandom } from './random.ts';

/** A Aᵀ + I, and a right side. */
function systemOf(size: number, seed: number): { matrix: number[][]; right: number[] } {
  const random = seededRandom(seed);
  const some = Array.from({ length: size }, () => Array.from({ length: size }, () => random.unit() - 0.5));
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  const matrix = some.map((a, row) => some.map((b, column) => product(a, b) + (row === column ? 1 : 0)));
  return { matrix, right: Array.from({ length: size }, () => random.unit() - 0.5) };
}

describe('compute', () => {
  it('[K28] solves positive definite systems of any size, reading the lower triangle alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.nat(), (size, seed) => {
        const { matrix, right } = systemOf(size, seed);
        const solver = plainCompute.symmetricSolver(25);
        const lower = matrix.flatMap((row, r) => row.map((value, c) => (c > r ? Number.NaN : value)));
        solver.matrix.set(lower);
        solver.right.set(right);
        expect(solver.solve(size)).toBe(true);
        for (const [r, row] of matrix.entries()) {
          const reached = row.reduce((sum, value, c) => sum + value * solver.right[c]!, 0);
          expect(Math.abs(reached - right[r]!)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('[K28] says of a matrix that is not positive definite, or hardly, that it has no solution', () => {
    const isSolved = (...matrix: number[]): boolean =>
      solveSymmetric({ matrix: Float64Array.from(matrix), right: Float64Array.of(1, 1), size: 2 });
    expect(isSolved(1, 0, 0.5, 1)).toBe(true);
    expect(isSolved(1, 0, 5, 1)).toBe(false);
    expect(isSolved(1, 0, 1, 1 + 1e-9)).toBe(false);
    expect(isSolved(0, 0, 0, 1)).toBe(false);
    expect(isSolved(1, 0, 0, 0)).toBe(false);
    expect(isSolved(Number.NaN, 0, 0, 1)).toBe(false);
  });
});
