/*
 * The one form all models share: sparse item → item weights, stored by source item.
 *
 * A prediction is Σ over a person's facts of value · row. Because every model has this form, one scorer, one
 * explanation, one device format and one way of unlearning serve them all.
 */
import { assert } from '../../kernel/assert.ts';
import { quantise, WEIGHT_BITS } from '../../kernel/fixed.ts';
import type { Call } from '../crew/told.ts';
import { createEntryRoom, cut, type EntryRoom, grown, OWN_ROOMS, type Rooms } from './entry-room.ts';
import { createRowSorter, type FormBlock } from './form-rows.ts';

/**
 * Row `source` has targets `targets[offsets[source] … offsets[source + 1])`, ascending, with their weights.
 * The arrays may be views: a buffer behind them may be longer.
 */
export type SparseForm = {
  readonly itemCount: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float32Array;
};

/** Entries `from … to` of the arrays, in any order; the next row that is read may overwrite them. */
export type FormRow = EntryRoom & { readonly from: number; readonly to: number };

/** A form of which one row is there at a time: made when it is asked for, or read from a form. */
export type FormRows = {
  readonly itemCount: number;
  /** All rows together have no more entries than this. */
  readonly entriesMax: number;
  readonly row: (source: number) => FormRow;
  /** What made them, where another thread can make them too. */
  readonly call?: Call;
};

/** The rows of a form that lies in memory. */
export function rowsOf(form: SparseForm): FormRows {
  const { itemCount, offsets, targets, weights } = form;
  return {
    call: { maker: 'rowsOf', given: [form] },
    itemCount,
    entriesMax: targets.length,
    row: (source) => ({ from: offsets[source]!, to: offsets[source + 1]!, targets, weights }),
  };
}

/** Learning in pieces: each step reports progress, the last value is the result. */
export type Steps<T> = Generator<{ readonly done: number; readonly total: number }, T, void>;

/** Called between steps: how many are done, of how many at most. */
export type StepDone = (done: number, total: number) => void;

/** Runs all steps at once. */
export function finish<T>(steps: Steps<T>, told?: StepDone): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    told?.(step.value.done, step.value.total);
  }
}

type Progress = { readonly done: number; readonly total: number };

/** The same steps, telling `at` in place of their own progress: a part of something longer. */
export function* within<T>(steps: Steps<T>, at: Progress): Steps<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield at;
  }
}

/**
 * The steps that `begin` makes, for those that hold much memory: it is gone when they end. A generator that
 * delegates (`yield*`) keeps whom it delegated to, with all variables, until it delegates again (V8); what
 * stands here between the two is none, and forgets.
 */
export function lettingGo<T>(begin: () => Steps<T>): Iterable<Progress, T> {
  return {
    [Symbol.iterator]: () => {
      let held = [begin()];
      const next = (): IteratorResult<Progress, T> => {
        const step = held[0]!.next();
        if (step.done) held = [];
        return step;
      };
      return { next };
    },
  };
}

/** Rows of growing length, appended in order of their index. */
export type FormBuilder = {
  /** Appends the next row: the first `count` entries, in any order; zero weights are left out. */
  readonly appendRow: (indices: Uint32Array, weights: ArrayLike<number>, count: number) => void;
  /** Appends the next rows as they are. */
  readonly appendBlock: (block: FormBlock) => void;
  readonly finish: () => SparseForm;
};

/**
 * Collects rows into a form; `guess` is the expected number of entries. The form is handed over where it
 * lies: making it and copying it to its size would take twice its memory.
 */
export function createFormBuilder(itemCount: number, guess: number, rooms: Rooms = OWN_ROOMS): FormBuilder {
  let room = createEntryRoom(Math.max(16, guess), rooms);
  const offsets = new Uint32Array(itemCount + 1);
  const sort = createRowSorter(itemCount);
  let row = 0;
  let used = 0;
  function makeRoom(count: number, rows: number): void {
    const needed = used + count;
    if (needed <= room.targets.length) return;
    room = grown(room, { used, needed, share: (row + rows) / itemCount, rooms });
  }
  return {
    appendRow: (indices, values, count) => {
      makeRoom(count, 1);
      used = sort({ indices, values, count }, room, used);
      offsets[++row] = used;
    },
    appendBlock: ({ ends, targets, weights }) => {
      makeRoom(targets.length, ends.length);
      room.targets.set(targets, used);
      room.weights.set(weights, used);
      for (const end of ends) offsets[++row] = used + end;
      used += targets.length;
    },
    finish: () => {
      assert(row === itemCount, 'every row of a form is appended once');
      return { itemCount, offsets, ...cut(room, used) };
    },
  };
}

/** The same weights stored the other way round: row `t` lists the sources of target `t`. */
export function transposeForm(form: SparseForm, rooms: Rooms = OWN_ROOMS): SparseForm {
  const offsets = new Uint32Array(form.itemCount + 1);
  for (const target of form.targets) offsets[target + 1]!++;
  for (let row = 0; row < form.itemCount; row++) offsets[row + 1]! += offsets[row]!;
  const next = offsets.slice();
  const { targets, weights } = createEntryRoom(form.targets.length, rooms);
  for (let source = 0; source < form.itemCount; source++) {
    for (let x = form.offsets[source]!; x < form.offsets[source + 1]!; x++) {
      const at = next[form.targets[x]!]!++;
      targets[at] = source;
      weights[at] = form.weights[x]!;
    }
  }
  return { itemCount: form.itemCount, offsets, ...cut({ targets, weights }, form.targets.length) };
}

/** The same rows without the weights that `isKept` says no to, by their place in `targets`. */
export function keptWeights(form: SparseForm, isKept: (at: number) => boolean, rooms?: Rooms): SparseForm {
  const builder = createFormBuilder(form.itemCount, form.targets.length, rooms);
  for (let source = 0; source < form.itemCount; source++) {
    const places: number[] = [];
    for (let at = form.offsets[source]!; at < form.offsets[source + 1]!; at++)
      if (isKept(at)) places.push(at);
    const targets = Uint32Array.from(places, (at) => form.targets[at]!);
    builder.appendRow(
      targets,
      places.map((at) => form.weights[at]!),
      places.length,
    );
  }
  return builder.finish();
}

/** The form among some of its things alone, which are numbered by their place in `things`, ascending. */
export function formAmong(form: SparseForm, things: Uint32Array): SparseForm {
  const placeOf = new Int32Array(form.itemCount).fill(-1);
  for (const [place, thing] of things.entries()) placeOf[thing] = place;
  const builder = createFormBuilder(things.length, form.targets.length);
  const targets = new Uint32Array(things.length);
  const weights = new Float32Array(things.length);
  for (const thing of things) {
    let count = 0;
    for (let at = form.offsets[thing]!; at < form.offsets[thing + 1]!; at++) {
      const place = placeOf[form.targets[at]!]!;
      if (place < 0) continue;
      targets[count] = place;
      weights[count++] = form.weights[at]!;
    }
    builder.appendRow(targets, weights, count);
  }
  return builder.finish();
}

/** The greatest absolute weight, 0 for an empty form. */
export function greatestWeight(form: SparseForm): number {
  let greatest = 0;
  for (const weight of form.weights) greatest = Math.max(greatest, Math.abs(weight));
  return greatest;
}

/**
 * The form with every weight multiplied by `factor` and rounded to a multiple of 2^-20, so that products with
 * facts (multiples of 2^-10) and their sums are exact in float64 in any order. Weights that round to zero go.
 * It is written over the given form, which is none any more: a second one would not fit beside the largest.
 */
export function quantiseForm(form: SparseForm, factor: number): SparseForm {
  const { itemCount, offsets, targets, weights } = form;
  let used = 0;
  let at = 0;
  for (let source = 0; source < itemCount; source++) {
    const end = offsets[source + 1]!;
    for (; at < end; at++) {
      const weight = quantise(weights[at]! * factor, WEIGHT_BITS);
      if (weight === 0) continue;
      targets[used] = targets[at]!;
      weights[used++] = weight;
    }
    offsets[source + 1] = used;
  }
  return { itemCount, offsets, ...cut({ targets, weights }, used) };
}
