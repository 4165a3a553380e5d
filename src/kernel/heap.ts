// Owns: taking the best of many one by one, when nobody knows beforehand how many will be needed (guards may
// refuse any of them). Building the heap costs one pass, each taking log n steps; a sort would pay for all of
// them.
//
// Order as in topk.ts: higher value first, equal values by lower index; total, so every runtime gives the
// same sequence.

import { assert } from './assert.ts';

/** Values looked at to guess where the best ones begin. */
const SAMPLE = 32;
const sample = new Float64Array(SAMPLE);

/**
 * Moves candidates to the front that are at least as good as all others, and returns how many: probably
 * `wanted` or more, possibly all, never none of some. One pass, no sorting: the bound is read off a sample.
 * `popBest` then works on a heap that fits into the nearest cache.
 */
export function likelyBest(
  values: Float64Array,
  indices: Uint32Array,
  count: number,
  wanted: number,
): number {
  assert(count >= 0 && count <= values.length && count <= indices.length, 'count candidates are there');
  if (count < 2 * SAMPLE || wanted * 2 >= count) return count;
  const step = Math.floor(count / SAMPLE);
  for (let at = 0; at < SAMPLE; at += 1) sample[at] = values[at * step]!;
  sample.sort();
  // Twice as many as wanted, and a sixteenth of all: the least that a sample of this size can tell.
  const rank = Math.ceil(SAMPLE * Math.max((2 * wanted) / count, 1 / 16));
  const bound = sample[SAMPLE - Math.min(rank, SAMPLE)]!;
  let front = 0;
  for (let at = 0; at < count; at += 1) {
    const value = values[at]!;
    if (value < bound) continue;
    const index = indices[at]!;
    values[at] = values[front]!;
    indices[at] = indices[front]!;
    values[front] = value;
    indices[front] = index;
    front += 1;
  }
  return front;
}

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
