/*
 * Partial histories and what came next: the raw material of every sequence model.
 *
 * For each step t of a person after the first: x = the earlier items, fading with age, y = the items of step
 * t. Statistics over such examples are sums over people, so they add, subtract and merge like all others
 * (research/perf.md 6). What one person adds is bounded: their latest steps, and their latest items in each.
 */
import { assert } from '../kernel/assert.ts';
import { type FadeSettings, type Faded, createFading, reachOf } from '../kernel/fading.ts';
import { quantise } from '../kernel/fixed.ts';
import { LIMITS } from '../kernel/limits.ts';
import { pow } from '../kernel/maths.ts';
import type { Csr, Memory } from '../kernel/sparse.ts';
import { type Histories, ownerOf, peopleIn, stepItems, stepsOf } from './histories.ts';

/**
 * Values are of single precision, because each lies in memory twice. They have few bits and are exact below
 * 2^8, as all are that are divided by the root of their sum, of whoever has fewer than 65,536 steps; what is
 * greater is rounded, the same everywhere.
 */
export type Examples = {
  readonly inputs: Csr<Float32Array>;
  readonly outputs: Csr<Float32Array>;
  readonly personOf: Uint32Array;
};

/** Latest steps of a person that are learned from. */
export const STEPS_MAX = 50;
/** Items in one input; older ones have faded by then. */
export const INPUT_ITEMS_MAX = 100;
/**
 * Inputs are multiples of 2^-16, outputs of 2^-10: products have 26 fractional bits, sums to 2^27 are exact;
 * those of two inputs 32, exact to 2^21. Greater sums are rounded in the order of examples, the same
 * everywhere.
 */
const INPUT_BITS = 16;
const OUTPUT_BITS = 10;
/** Items of a step that are learned as what came next. */
const OUTPUT_ITEMS_MAX = LIMITS.linesPerEventMax;

export type ExampleSettings = FadeSettings & {
  /** A step of n things that comes next gives each n^-outcomePower; 0 where nothing is said. */
  readonly outcomePower?: number;
  /** An input that sums to s is divided by s^inputPower; 1/2 where nothing is said. */
  readonly inputPower?: number;
};

/** Makes the faded history before step `before` of a person (`stepsOf` for all they did). */
export type Fader = (histories: Histories, person: number, before: number) => Faded;

/** A fader with its own room; its answer is valid until the next call. */
export function createFader(itemCount: number, settings: FadeSettings, itemsMax: number): Fader {
  const fading = createFading(itemCount, settings, itemsMax);
  return (histories, person, before) => fading(before, (step) => stepItems(histories, person, step));
}

/** All examples of all people; inputs may be made smaller, so that long histories do not drown short ones. */
export function examplesOf(histories: Histories, fade: ExampleSettings, memory?: Memory): Examples {
  const { inputPower = 0.5, outcomePower = 0 } = fade;
  const fader = createFader(histories.itemCount, fade, INPUT_ITEMS_MAX);
  const { rows, inputEntries, outputEntries } = sizeOf(histories, reachOf(fade.decay));
  const size = { rows, cols: histories.itemCount };
  const inputs = createCsrWriter(size, inputEntries, memory);
  const outputs = createCsrWriter(size, outputEntries, memory);
  const personOf = new Uint32Array(rows);
  let done = 0;
  const shares = new Float64Array(OUTPUT_ITEMS_MAX);
  for (let person = 0; person < peopleIn(histories); person++) {
    const steps = stepsOf(histories, person);
    for (let step = firstStep(steps); step < steps; step++) {
      const { count, items, values } = fader(histories, person, step);
      let sum = 0;
      for (let x = 0; x < count; x++) sum += values[x]!;
      // The root is exact to its last bit, and what the models of before were made with.
      const scale = inputPower === 0.5 ? 1 / Math.sqrt(sum) : pow(sum, -inputPower);
      for (let x = 0; x < count; x++) values[x] = quantise(values[x]! * scale, INPUT_BITS);
      const next = stepItems(histories, person, step).subarray(0, OUTPUT_ITEMS_MAX);
      inputs.append(items, values, count);
      shares.fill(quantise(pow(Math.max(1, next.length), -outcomePower), OUTPUT_BITS), 0, next.length);
      outputs.append(next, shares, next.length);
      personOf[done++] = ownerOf(histories, person);
    }
  }
  return { inputs: inputs.finish(), outputs: outputs.finish(), personOf };
}

/** The first step of a person that is an example. */
function firstStep(steps: number): number {
  return Math.max(1, steps - STEPS_MAX);
}

type Size = Readonly<Record<'rows' | 'inputEntries' | 'outputEntries', number>>;

/**
 * How many examples there are, and the most entries that they can have, where `reach` steps back count. Room
 * that is not written to takes no memory, and room that grows is there twice while it does.
 */
function sizeOf(histories: Histories, reach: number): Size {
  const { personOffsets, stepOffsets } = histories;
  const seenBy = new Int32Array(histories.itemCount).fill(-1);
  const size = { rows: 0, inputEntries: 0, outputEntries: 0 };
  for (let person = 0; person < peopleIn(histories); person++) {
    const steps = stepsOf(histories, person);
    const first = personOffsets[person]!;
    let known = 0;
    for (let step = 0; step < steps; step++) {
      const items = stepItems(histories, person, step);
      if (step >= firstStep(steps)) {
        const reached = stepOffsets[first + step]! - stepOffsets[first + Math.max(0, step - reach)]!;
        size.rows += 1;
        size.inputEntries += Math.min(known, reached, INPUT_ITEMS_MAX);
        size.outputEntries += Math.min(items.length, OUTPUT_ITEMS_MAX);
      }
      for (let x = 0; x < items.length && known < INPUT_ITEMS_MAX; x++) {
        if (seenBy[items[x]!] !== person) known += 1;
        seenBy[items[x]!] = person;
      }
    }
  }
  return size;
}

type CsrWriter = {
  readonly append: (indices: Uint32Array, values: Float64Array, count: number) => void;
  readonly finish: () => Csr<Float32Array>;
};

// Entries of a row are written in ascending column, as Csr wants it.
function createCsrWriter(
  { rows, cols }: { readonly rows: number; readonly cols: number },
  entriesMax: number,
  memory: Memory = (bytes) => new ArrayBuffer(bytes),
): CsrWriter {
  const offsets = new Uint32Array(rows + 1);
  const indices = new Uint32Array(memory(entriesMax * Uint32Array.BYTES_PER_ELEMENT));
  const values = new Float32Array(memory(entriesMax * Float32Array.BYTES_PER_ELEMENT));
  const waiting = new Float64Array(cols);
  let row = 0;
  let used = 0;
  return {
    append: (rowIndices, rowValues, count) => {
      for (let x = 0; x < count; x++) {
        indices[used + x] = rowIndices[x]!;
        waiting[rowIndices[x]!] = rowValues[x]!;
      }
      indices.subarray(used, used + count).sort();
      for (let x = used; x < used + count; x++) values[x] = waiting[indices[x]!]!;
      used += count;
      offsets[++row] = used;
    },
    finish: () => {
      assert(row === rows && used <= entriesMax, 'there is room for every example and its entries');
      return { rows, cols, offsets, indices: indices.subarray(0, used), values: values.subarray(0, used) };
    },
  };
}
