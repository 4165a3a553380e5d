// Goal: CSR keeps its shape. Method: a dense matrix is the naive model.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { assertCsr, forEachInRow, transposeCsr, valueAt } from './sparse.ts';

import type { Csr } from './sparse.ts';

type Dense = readonly (readonly number[])[];

function csrOf(dense: Dense, cols: number): Csr<Float64Array> {
  const offsets = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of dense) {
    for (const [col, value] of row.entries()) {
      if (value === 0) continue;
      indices.push(col);
      values.push(value);
    }
    offsets.push(indices.length);
  }
  return {
    rows: dense.length,
    cols,
    offsets: Uint32Array.from(offsets),
    indices: Uint32Array.from(indices),
    values: Float64Array.from(values),
  };
}

const shape = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }));
const cell = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer() });
const matrices = shape.chain(([rows, cols]) =>
  fc
    .array(fc.array(cell, { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows })
    .map((dense) => ({ dense, cols })),
);

describe('Csr', () => {
  test('[K19] reading a cell and a row gives the dense matrix', () => {
    fc.assert(
      fc.property(matrices, ({ dense, cols }) => {
        const matrix = csrOf(dense, cols);
        assertCsr(matrix);
        for (const [row, cells] of dense.entries()) {
          const seen: (readonly [number, number])[] = [];
          forEachInRow(matrix, row, (col, value) => seen.push([col, value]));
          expect(seen).toEqual([...cells.entries()].filter(([, value]) => value !== 0));
          for (const [col, value] of cells.entries()) expect(valueAt(matrix, row, col)).toBe(value);
        }
      }),
    );
  });

  test('[K19] transposing is that of the dense matrix, keeps the shape, and twice gives it back', () => {
    fc.assert(
      fc.property(matrices, ({ dense, cols }) => {
        const matrix = csrOf(dense, cols);
        const turned = transposeCsr(matrix);
        assertCsr(turned);
        const denseTurned = Array.from({ length: cols }, (_, col) => dense.map((row) => row[col]!));
        expect(turned).toEqual(csrOf(denseTurned, dense.length));
        expect(transposeCsr(turned)).toEqual(matrix);
      }),
    );
  });

  test('[K19] the type of the values is kept', () => {
    const matrix = csrOf(
      [
        [1, 0],
        [0.5, 2],
      ],
      2,
    );
    const narrow = { ...matrix, values: Float32Array.from(matrix.values) };
    expect(transposeCsr(narrow).values).toBeInstanceOf(Float32Array);
    expect(transposeCsr(matrix).values).toBeInstanceOf(Float64Array);
  });

  test('[K19] arrays that are no matrix, and cells outside, are a bug', () => {
    const good = csrOf(
      [
        [1, 2, 0],
        [0, 3, 4],
      ],
      3,
    );
    const broken: readonly Partial<Csr<Float64Array>>[] = [
      { rows: 3 },
      { cols: 2 },
      { offsets: Uint32Array.of(0, 3, 2) },
      { offsets: Uint32Array.of(1, 2, 4) },
      { offsets: Uint32Array.of(0, 2, 3) },
      { indices: Uint32Array.of(1, 0, 1, 2) },
      { indices: Uint32Array.of(0, 0, 1, 2) },
      { values: Float64Array.of(1, 2, 3) },
    ];
    for (const change of broken) expect(() => assertCsr({ ...good, ...change })).toThrow(Bug);
    expect(() => valueAt(good, 2, 0)).toThrow(Bug);
    expect(() => valueAt(good, 0, 3)).toThrow(Bug);
    expect(() => forEachInRow(good, -1, () => undefined)).toThrow(Bug);
  });
});
