// Owns: one sum for each of a few thousand things among up to a million. Where the catalogue is small, each
// thing has a cell of its own; where it is large, the cells are a hash table of what one decision touches
// (linear probing, at most half full). So the memory that a decision walks over depends on its facts, not on
// the catalogue: with a cell per thing, scoring among a million took twice as long as among ten thousand,
// because each addition waited for memory of its own.
//
// Accumulators of sparse products, dense and hashed: Nagasaka et al., "High-performance sparse matrix-matrix
// products on Intel KNL and multicore architectures", ICPP 2018 workshops.

import type { WeightRows } from '../facts/joint-model.ts';
import { assert } from '../kernel/assert.ts';

/** Knuth's multiplicative hash: 2^32 over the golden ratio, odd (TAOCP 3, 6.4). */
const GOLDEN = 0x9e37_79b1;
/** A cell per thing is taken where that needs at most so many times the cells of a table. */
const DENSE_MAX = 4;
const CELLS_MIN = 64;

/** All cells are free (`keys` 0, `values` 0) between two decisions. Not shared between threads. */
export interface Sums {
  /** Thing + 1; 0 where the cell is free. */
  keys: Int32Array;
  values: Float64Array;
  /** Cells in use, in the order in which they were taken: the first `count`. */
  used: Uint32Array;
  count: number;
  /** How the cell of a thing is found: thing × multiplier, the highest bits of it. */
  multiplier: number;
  shift: number;
  mask: number;
}

export function createSums(): Sums {
  return {
    keys: new Int32Array(0),
    values: new Float64Array(0),
    used: new Uint32Array(0),
    count: 0,
    multiplier: 1,
    shift: 0,
    mask: 0,
  };
}

/** Makes room for `most` different things, each below `things`. The cells are free: nobody is summing. */
export function makeRoom(sums: Sums, most: number, things: number): void {
  assert(sums.count === 0, 'the cells are free');
  const bits = 32 - Math.clz32(Math.max(2 * Math.min(most, things), CELLS_MIN) - 1);
  const isDense = things <= DENSE_MAX * 2 ** bits;
  const cells = isDense ? things : 2 ** bits;
  sums.multiplier = isDense ? 1 : GOLDEN;
  sums.shift = isDense ? 0 : 32 - bits;
  sums.mask = isDense ? -1 : cells - 1;
  if (cells <= sums.keys.length) return;
  sums.keys = new Int32Array(cells);
  sums.values = new Float64Array(cells);
  sums.used = new Uint32Array(cells);
}

/** Adds `weight` × row `index` of a model to the sums of that row's targets. */
export function addRow(
  sums: Sums,
  { offsets, targets, weights }: WeightRows,
  { index, weight }: { readonly index: number; readonly weight: number },
): void {
  const { keys, values, used, multiplier, shift, mask } = sums;
  const end = offsets[index + 1]!;
  let { count } = sums;
  for (let at = offsets[index]!; at < end; at += 1) {
    const target = targets[at]!;
    let cell = Math.imul(target, multiplier) >>> shift;
    while (keys[cell] !== 0 && keys[cell] !== target + 1) cell = (cell + 1) & mask;
    if (keys[cell] === 0) {
      keys[cell] = target + 1;
      used[count] = cell;
      count += 1;
    }
    values[cell] = values[cell]! + weight * weights[at]!;
  }
  sums.count = count;
}

/** Gives each of these things a sum, 0 where it has none. */
export function touch(sums: Sums, things: Uint32Array): void {
  const { keys, used, multiplier, shift, mask } = sums;
  for (const thing of things) {
    let cell = Math.imul(thing, multiplier) >>> shift;
    while (keys[cell] !== 0 && keys[cell] !== thing + 1) cell = (cell + 1) & mask;
    if (keys[cell] !== 0) continue;
    keys[cell] = thing + 1;
    used[sums.count] = cell;
    sums.count += 1;
  }
}

/**
 * Writes all things to `things` and their sums to `to`, in the order in which they were touched, and frees
 * the cells; returns how many.
 */
export function drain(sums: Sums, things: Uint32Array, to: Float64Array): number {
  const { keys, values, used, count } = sums;
  for (let at = 0; at < count; at += 1) {
    const cell = used[at]!;
    things[at] = keys[cell]! - 1;
    to[at] = values[cell]!;
    keys[cell] = 0;
    values[cell] = 0;
  }
  sums.count = 0;
  return count;
}
