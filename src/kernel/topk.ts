// Owns: choosing the k best of many, in place and without allocation. The k best so far are kept as a heap
// with the worst of them on top: nearly every further value is refused by one comparison. A full sort of
// 3,000 candidates would cost more than scoring them.
//
// Order: higher value first; equal values by lower index. The order is total, so the result does not depend
// on the order in which candidates came, and every runtime gives the same list.

import { assert } from './assert.ts';

/** True if candidate (value a, index i) comes before (value b, index j). */
function precedes(a: number, i: number, b: number, j: number): boolean {
  return a > b || (a === b && i < j);
}

/**
 * Moves the k best of the first `count` candidates to the front, best first, and returns how many that are:
 * min(k, count). `values[n]` and `indices[n]` belong together; both arrays are reordered, nothing is lost.
 * Values are not NaN, indices are distinct.
 */
export function topK(
  values: Float32Array | Float64Array,
  indices: Uint32Array | Int32Array,
  count: number,
  k: number,
): number {
  assert(count >= 0 && count <= values.length && count <= indices.length, 'count candidates are there');
  assert(Number.isInteger(k) && k >= 0, 'k is a whole number');
  const kept = Math.min(k, count);
  if (kept === 0) return 0;
  for (let at = (kept >> 1) - 1; at >= 0; at -= 1) siftDown(values, indices, at, kept);
  for (let at = 0; at < kept; at += 1) assert(!Number.isNaN(values[at]), 'values are numbers');
  let worst = values[0]!;
  for (let at = kept; at < count; at += 1) {
    const value = values[at]!;
    if (value < worst) continue;
    assert(!Number.isNaN(value), 'values are numbers');
    if (!precedes(value, indices[at]!, worst, indices[0]!)) continue;
    swap(values, indices, 0, at);
    siftDown(values, indices, 0, kept);
    worst = values[0]!;
  }
  for (let end = kept - 1; end > 0; end -= 1) {
    swap(values, indices, 0, end);
    siftDown(values, indices, 0, end);
  }
  return kept;
}

function swap(
  values: Float32Array | Float64Array,
  indices: Uint32Array | Int32Array,
  a: number,
  b: number,
): void {
  const value = values[a]!;
  values[a] = values[b]!;
  values[b] = value;
  const index = indices[a]!;
  indices[a] = indices[b]!;
  indices[b] = index;
}

/** Restores the heap below `from`: a parent comes after both of its children in the order. */
function siftDown(
  values: Float32Array | Float64Array,
  indices: Uint32Array | Int32Array,
  from: number,
  count: number,
): void {
  const value = values[from]!;
  const index = indices[from]!;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= count) break;
    const right = child + 1;
    if (right < count && precedes(values[child]!, indices[child]!, values[right]!, indices[right]!))
      child = right;
    if (!precedes(value, index, values[child]!, indices[child]!)) break;
    values[at] = values[child]!;
    indices[at] = indices[child]!;
    at = child;
  }
  values[at] = value;
  indices[at] = index;
}
