// Owns: sparse matrices by rows (CSR): counts and models are a few neighbours per item, stored as three
// typed arrays that can be written to disk, shared between workers and read without building objects.
//
// Row r has the entries from offsets[r] to offsets[r + 1]; `indices` are columns, ascending within a row.

import { assert } from './assert.ts';

/** A sparse matrix. Offsets and indices are 32-bit, so at most 2^32 - 1 entries. Treat as immutable. */
export type Csr<
  V extends Float32Array | Float64Array | Int32Array | Uint32Array = Float32Array | Float64Array,
> = {
  readonly rows: number;
  readonly cols: number;
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: V;
};

/** Stops unless the arrays describe a matrix: for the door of a stage and for artefacts read from disk. */
export function assertCsr(matrix: Csr<Float32Array | Float64Array | Int32Array | Uint32Array>): void {
  const { rows, cols, offsets, indices, values } = matrix;
  assert(
    offsets.length === rows + 1 && offsets[0] === 0,
    'offsets has one entry per row and one more, from 0',
  );
  assert(offsets[rows] === indices.length, 'the last offset is the number of entries');
  assert(indices.length === values.length, 'every entry has an index and a value');
  for (let row = 0; row < rows; row += 1) {
    const end = offsets[row + 1]!;
    assert(offsets[row]! <= end, 'offsets never fall');
    let previous = -1;
    for (let at = offsets[row]!; at < end; at += 1) {
      const index = indices[at]!;
      assert(index > previous && index < cols, 'columns ascend within a row and are below cols');
      previous = index;
    }
  }
}

/**
 * Calls `visit` for every entry of a row, in ascending column. For loops that are not hot; those read the
 * arrays.
 */
export function forEachInRow(matrix: Csr, row: number, visit: (col: number, value: number) => void): void {
  assert(row >= 0 && row < matrix.rows, 'the row is in the matrix');
  const end = matrix.offsets[row + 1]!;
  for (let at = matrix.offsets[row]!; at < end; at += 1) visit(matrix.indices[at]!, matrix.values[at]!);
}

/** The value at (row, col), 0 if there is no entry; by bisection in the row. */
export function valueAt(matrix: Csr, row: number, col: number): number {
  assert(row >= 0 && row < matrix.rows && col >= 0 && col < matrix.cols, 'the cell is in the matrix');
  let low = matrix.offsets[row]!;
  let high = matrix.offsets[row + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const index = matrix.indices[middle]!;
    if (index === col) return matrix.values[middle]!;
    if (index < col) low = middle + 1;
    else high = middle;
  }
  return 0;
}

/** Makes memory of so many bytes, all zero. */
export type Memory = (bytes: number) => ArrayBufferLike;

const ownMemory: Memory = (bytes) => new ArrayBuffer(bytes);

/**
 * Rows become columns; values keep their type. Counting sort: O(entries + rows + cols), columns come out
 * ascending.
 */
export function transposeCsr(matrix: Csr<Float32Array>, memory?: Memory): Csr<Float32Array>;
export function transposeCsr(matrix: Csr<Float64Array>, memory?: Memory): Csr<Float64Array>;
export function transposeCsr(matrix: Csr, memory?: Memory): Csr;
export function transposeCsr(matrix: Csr, memory: Memory = ownMemory): Csr {
  const { rows, cols, indices } = matrix;
  const offsets = new Uint32Array(cols + 1);
  for (let at = 0; at < indices.length; at += 1) offsets[indices[at]! + 1]! += 1;
  for (let col = 0; col < cols; col += 1) offsets[col + 1]! += offsets[col]!;
  const next = offsets.slice(0, cols);
  const turned = new Uint32Array(memory(indices.length * Uint32Array.BYTES_PER_ELEMENT));
  const room = memory(indices.length * matrix.values.BYTES_PER_ELEMENT);
  const values = matrix.values instanceof Float32Array ? new Float32Array(room) : new Float64Array(room);
  for (let row = 0; row < rows; row += 1) {
    const end = matrix.offsets[row + 1]!;
    for (let at = matrix.offsets[row]!; at < end; at += 1) {
      const to = next[indices[at]!]!++;
      turned[to] = row;
      values[to] = matrix.values[at]!;
    }
  }
  return { rows: cols, cols: rows, offsets, indices: turned, values };
}
