/*
 * Partial histories and what came next: the raw material of every sequence model.
 *
 * For each step t of a person after the first: x = the earlier items, fading with age, y = the items of step
 * t. Statistics over such examples are sums over people, so they add, subtract and merge like all others
 * (research/perf.md 6). What one person adds is bounded: their latest steps, and their latest items in each.
 */
import { type FadeSettings, type Faded, createFading } from '../kernel/fading.ts';
import { quantise } from '../kernel/fixed.ts';
import { LIMITS } from '../kernel/limits.ts';
import { pow } from '../kernel/maths.ts';
import type { Csr, Memory } from '../kernel/sparse.ts';
import { type Histories, ownerOf, peopleIn, stepItems, stepsOf } from './histories.ts';

export type Examples = {
  readonly inputs: Csr<Float64Array>;
  readonly outputs: Csr<Float64Array>;
  readonly personOf: Uint32Array;
};

/** Latest steps of a person that are learned from. */
export const STEPS_MAX = 50;
/** Items in one input; older ones have faded by then. */
export const INPUT_ITEMS_MAX = 100;
/**
 * Inputs are multiples of 2^-16, outputs of 2^-10: products have 26 fractional bits, sums to 2^27 are exact.
 */
const INPUT_BITS = 16;
const OUTPUT_BITS = 10;

export type ExampleSettings = FadeSettings & {
  /** A step of n things that comes next gives each n^-outcomePower; 0 where nothing is said. */
  readonly outcomePower?: number;
};

/** Makes the faded history before step `before` of a person (`stepsOf` for all they did). */
export type Fader = (histories: Histories, person: number, before: number) => Faded;

/** A fader with its own room; its answer is valid until the next call. */
export function createFader(itemCount: number, settings: FadeSettings, itemsMax: number): Fader {
  const fading = createFading(itemCount, settings, itemsMax);
  return (histories, person, before) => fading(before, (step) => stepItems(histories, person, step));
}

/**
 * All examples of all people; inputs are divided by (Σ x)^½, so that long histories do not drown short ones.
 */
export function examplesOf(histories: Histories, fade: ExampleSettings, memory?: Memory): Examples {
  const fader = createFader(histories.itemCount, fade, INPUT_ITEMS_MAX);
  const size = { rows: examplesIn(histories), cols: histories.itemCount };
  const inputs = createCsrWriter(size);
  const outputs = createCsrWriter(size);
  const personOf = new Uint32Array(size.rows);
  let done = 0;
  const most = LIMITS.linesPerEventMax;
  const shares = new Float64Array(most);
  for (let person = 0; person < peopleIn(histories); person++) {
    const steps = stepsOf(histories, person);
    for (let step = Math.max(1, steps - STEPS_MAX); step < steps; step++) {
      const { count, items, values } = fader(histories, person, step);
      let sum = 0;
      for (let x = 0; x < count; x++) sum += values[x]!;
      const scale = 1 / Math.sqrt(sum);
      for (let x = 0; x < count; x++) values[x] = quantise(values[x]! * scale, INPUT_BITS);
      const next = stepItems(histories, person, step).subarray(0, most);
      inputs.append(items, values, count);
      shares.fill(
        quantise(pow(Math.max(1, next.length), -(fade.outcomePower ?? 0)), OUTPUT_BITS),
        0,
        next.length,
      );
      outputs.append(next, shares, next.length);
      personOf[done++] = ownerOf(histories, person);
    }
  }
  return { inputs: inputs.finish(memory), outputs: outputs.finish(memory), personOf };
}

function examplesIn(histories: Histories): number {
  let count = 0;
  for (let person = 0; person < peopleIn(histories); person++)
    count += Math.min(STEPS_MAX, Math.max(0, stepsOf(histories, person) - 1));
  return count;
}

type CsrWriter = {
  readonly append: (indices: Uint32Array, values: Float64Array, count: number) => void;
  readonly finish: (memory?: Memory) => Csr<Float64Array>;
};

// Entries of a row are written in ascending column, as Csr wants it.
function createCsrWriter({ rows, cols }: { readonly rows: number; readonly cols: number }): CsrWriter {
  const offsets = new Uint32Array(rows + 1);
  let row = 0;
  let indices = new Uint32Array(1024);
  let values = new Float64Array(1024);
  const waiting = new Float64Array(cols);
  let used = 0;
  return {
    append: (rowIndices, rowValues, count) => {
      if (used + count > indices.length) {
        const length = Math.max(used + count, indices.length * 2);
        const moreIndices = new Uint32Array(length);
        const moreValues = new Float64Array(length);
        moreIndices.set(indices);
        moreValues.set(values);
        indices = moreIndices;
        values = moreValues;
      }
      for (let x = 0; x < count; x++) {
        indices[used + x] = rowIndices[x]!;
        waiting[rowIndices[x]!] = rowValues[x]!;
      }
      indices.subarray(used, used + count).sort();
      for (let x = used; x < used + count; x++) values[x] = waiting[indices[x]!]!;
      used += count;
      offsets[++row] = used;
    },
    finish: (memory = (bytes) => new ArrayBuffer(bytes)) => {
      const cut = {
        indices: new Uint32Array(memory(used * Uint32Array.BYTES_PER_ELEMENT)),
        values: new Float64Array(memory(used * Float64Array.BYTES_PER_ELEMENT)),
      };
      cut.indices.set(indices.subarray(0, used));
      cut.values.set(values.subarray(0, used));
      return { rows, cols, offsets, ...cut };
    },
  };
}
