// Goal: no score goes with a leaf any more, at the least change, and nothing new speaks for anything. Method:
// random forms and tilts against a dense computation of the formula.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WEIGHT_BITS, isQuantised } from '../../kernel/fixed.ts';
import { type SparseForm, createFormBuilder } from '../models/sparse-form.ts';
import { evenOut } from './even-out.ts';

const THINGS = 9;
const weight = fc.integer({ min: -40, max: 400 }).map((n) => n / 256);
const rows = fc.array(fc.array(fc.option(weight, { nil: 0 }), { minLength: THINGS, maxLength: THINGS }), {
  ...{ minLength: THINGS, maxLength: THINGS },
});
const tilt = fc
  .array(fc.integer({ min: -30, max: 30 }), { minLength: THINGS, maxLength: THINGS })
  .map((values) => Float64Array.from(values));

function formOf(dense: readonly (readonly number[])[]): SparseForm {
  const builder = createFormBuilder(THINGS, 0);
  const all = Uint32Array.from({ length: THINGS }, (_, at) => at);
  for (const row of dense) builder.appendRow(all, row, THINGS);
  return builder.finish();
}

function denseOf({ offsets, targets, weights }: SparseForm): number[][] {
  const dense = Array.from({ length: THINGS }, () => Array.from({ length: THINGS }, () => 0));
  for (let row = 0; row < THINGS; row += 1)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1) dense[row]![targets[at]!] = weights[at]!;
  return dense;
}

const column = (dense: readonly (readonly number[])[], target: number): readonly number[] =>
  dense.map((row) => row[target]!);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from({ length: THINGS }, (_, at) => a[at]! * b[at]!).reduce((x, y) => x + y, 0);
const length = (a: ArrayLike<number>): number => Math.sqrt(dot(a, a));

/** To the rounding of the weights, and a millionth: what a leaf has beyond the others may be no more. */
function expectEven(dense: readonly (readonly number[])[], tilts: readonly Float64Array[]): void {
  const evened = denseOf(evenOut(formOf(dense), tilts));
  for (let target = 0; target < THINGS; target += 1) {
    const before = column(dense, target);
    const after = column(evened, target);
    const rounding = Math.sqrt(THINGS) * 2 ** -(WEIGHT_BITS + 1);
    expect(length(after)).toBeLessThanOrEqual(length(before) + rounding);
    for (const each of tilts) {
      const on = each.map((value, at) => (before[at] === 0 ? 0 : value));
      expect(Math.abs(dot(on, after))).toBeLessThanOrEqual(
        length(on) * (rounding * 1.01 + 1e-6 * length(before)),
      );
    }
  }
}

describe('evening out', () => {
  test('[L32] takes from each column what goes with the leaf, and is the formula', () => {
    fc.assert(
      fc.property(rows, tilt, (dense, one) => {
        const evened = denseOf(evenOut(formOf(dense), [one]));
        for (let target = 0; target < THINGS; target += 1) {
          const before = column(dense, target);
          const on = Array.from(one, (value, at) => (before[at] === 0 ? 0 : value));
          const squares = dot(on, on);
          const share = squares === 0 ? 0 : dot(on, before) / squares;
          for (const [at, value] of column(evened, target).entries()) {
            const expected = before[at]! - share * on[at]!;
            expect(value).toBeCloseTo(Math.max(-15, Math.min(15, expected)), 4);
            expect(isQuantised(value, WEIGHT_BITS)).toBe(true);
            if (before[at] === 0) expect(value).toBe(0);
          }
          expect(Math.abs(dot(on, column(evened, target)))).toBeLessThan(1e-3 * Math.max(1, length(on)));
        }
      }),
    );
  });

  test('[L32] holds for several leaves at once, and no column grows', () => {
    fc.assert(
      fc.property(rows, tilt, tilt, tilt, (dense, ...tilts) => {
        expectEven(dense, tilts);
      }),
    );
  });

  test('[L32] holds where leaves go nearly with the same things (what they differ in was left)', () => {
    const close = fc.integer({ min: 1, max: 1000 }).map((part) => part / 10_000_000);
    fc.assert(
      fc.property(rows, tilt, tilt, tilt, close, (dense, one, two, three, share) => {
        const near = one.map((value, at) => value + share * two[at]!);
        expectEven(dense, [one, near, three]);
      }),
    );
  });

  test('[L32] leaves alone what goes with nothing', () => {
    const form = formOf(Array.from({ length: THINGS }, (_, row) => [0.5, row / 8, 0, 0, 0, 0, 0, 0, 1]));
    expect(evenOut(form, [])).toEqual(form);
    expect(evenOut(form, [new Float64Array(THINGS)])).toEqual(form);
    const tilted = Float64Array.from({ length: THINGS }, (_, at) => (at === 3 ? 2 : 0));
    const evened = denseOf(evenOut(form, [tilted]));
    expect(evened.filter((_, row) => row !== 3)).toEqual(denseOf(form).filter((_, row) => row !== 3));
    expect(evened[3]!.every((value) => Math.abs(value) < 1e-5)).toBe(true);
  });
});
