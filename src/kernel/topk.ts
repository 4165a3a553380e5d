// Owns: choosing the k best of many, in place and without allocation. The k best so far are kept as a heap
// with the worst of them on top: nearly every further value is refused by one comparison. A full sort of
// 3,000 candidates would cost more than scoring them.
//
// Order: higher value first; equal values by lower index. The order is total, so the result does not depend
// on the order in which candidates came, and every runtime gives the same list.

import { assert } from './assert.ts';

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
  let at = nextNotBelow(values, kept, count, values[0]!);
  while (at < count) {
    assert(!Number.isNaN(values[at]), 'values are numbers');
    if (values[at]! > values[0]! || indices[at]! < indices[0]!) {
      swap(values, indices, 0, at);
      siftDown(values, indices, 0, kept);
    }
    at = nextNotBelow(values, at + 1, count, values[0]!);
  }
  for (let end = kept - 1; end > 0; end -= 1) {
    swap(values, indices, 0, end);
    siftDown(values, indices, 0, end);
  }
  return kept;
}

/**
 * The first place from `from` on whose value is not below `worst`, or `count`. A function of its own
 * because the compiler keeps everything in registers here: inside the loop above the same scan takes five
 * times as long (Node 24).
 */
function nextNotBelow(
  values: Float32Array | Float64Array,
  from: number,
  count: number,
  worst: number,
): number {
  for (let at = from; at < count; at += 1) {
    if (!(values[at]! < worst)) return at;
  }
  return count;
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
    let childValue = values[child]!;
    const right = child + 1;
    if (right < count) {
      const rightValue = values[right]!;
      if (rightValue < childValue || (rightValue === childValue && indices[right]! > indices[child]!)) {
        child = right;
        childValue = rightValue;
      }
    }
    const childIndex = indices[child]!;
    if (childValue > value || (childValue === value && childIndex < index)) break;
    values[at] = childValue;
    indices[at] = childIndex;
    at = child;
  }
  values[at] = value;
  indices[at] = index;
}
