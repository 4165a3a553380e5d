// Owns: taking the best of many one by one, when nobody knows beforehand how many will be needed (guards may
// refuse any of them). Building the heap costs one pass, each taking log n steps; a sort would pay for all of
// them.
//
// Order as in topk.ts: higher value first, equal values by lower index; total, so every runtime gives the
// same sequence.

import { assert } from './assert.ts';

/**
 * Makes the first `count` candidates a heap with the best on top. Values are not NaN, indices are distinct.
 */
export function heapify(values: Float64Array, indices: Uint32Array, count: number): void {
  assert(count >= 0 && count <= values.length && count <= indices.length, 'count candidates are there');
  for (let at = (count >> 1) - 1; at >= 0; at -= 1) sink(values, indices, at, count);
}

/**
 * Takes the best of a heap of `count` > 0 candidates: it then stands at `count - 1`, behind the heap that is
 * left, whose size is returned.
 */
export function popBest(values: Float64Array, indices: Uint32Array, count: number): number {
  assert(count > 0, 'there is something to take');
  const last = count - 1;
  const value = values[last]!;
  const index = indices[last]!;
  values[last] = values[0]!;
  indices[last] = indices[0]!;
  values[0] = value;
  indices[0] = index;
  sink(values, indices, 0, last);
  return last;
}

function sink(values: Float64Array, indices: Uint32Array, from: number, count: number): void {
  const value = values[from]!;
  const index = indices[from]!;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= count) break;
    let best = values[child]!;
    const right = child + 1;
    if (right < count) {
      const other = values[right]!;
      if (other > best || (other === best && indices[right]! < indices[child]!)) {
        child = right;
        best = other;
      }
    }
    if (value > best || (value === best && index < indices[child]!)) break;
    values[at] = best;
    indices[at] = indices[child]!;
    at = child;
  }
  values[at] = value;
  indices[at] = index;
}
