// Goal: a form lies in memory once, however it is made, and holds what was put into it. Method: random rows
// with wrong guesses of their number against plain arrays; and a form of forty megabytes, with a look at
// every step.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blendRowsSteps, blendSteps } from './blend.ts';
import { entriesAtMost } from './entry-room.ts';
import { type ItemItemInput, itemItemRows, itemItemSteps } from './item-item.ts';
import {
  createFormBuilder,
  finish,
  quantiseForm,
  rowsOf,
  type SparseForm,
  type Steps,
} from './sparse-form.ts';

type Row = readonly (readonly [target: number, weight: number])[];

function rowsIn(form: SparseForm): Row[] {
  return Array.from({ length: form.itemCount }, (_, source) => {
    const places = Array.from(
      { length: form.offsets[source + 1]! - form.offsets[source]! },
      (_entry, x) => x,
    );
    return places.map((x) => {
      const at = form.offsets[source]! + x;
      return [form.targets[at]!, form.weights[at]!] as const;
    });
  });
}

/** Things whose neighbours and counts follow from their numbers, `length` in each row. */
function wide(itemCount: number, length: number): ItemItemInput {
  const ones = new Uint8Array(itemCount).fill(1);
  return {
    pairs: {
      itemCount,
      readRow: (item, into) => {
        for (let x = 0; x < length; x++) {
          into.indices[x] = (item + 1 + x) % itemCount;
          into.people[x] = 3;
          into.weights[x] = 1 + ((item * 7 + x * 13) % 31);
        }
        into.count = length;
      },
    },
    sourcePeople: ones,
    targetPeople: ones,
  };
}

const PLAIN = { sourcePower: 0, targetPower: 0 };

describe('room of forms', () => {
  test('[L95] a form holds what was appended, however many entries were guessed', () => {
    const rows = fc.array(fc.uniqueArray(fc.nat(39), { maxLength: 40 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.nat(100), fc.boolean(), (lists, guess, isSorted) => {
        const ordered = isSorted ? lists.toSorted((a, b) => b.length - a.length) : lists;
        const builder = createFormBuilder(ordered.length, guess);
        for (const list of ordered)
          builder.appendRow(
            Uint32Array.from(list),
            list.map((target) => target % 5),
            list.length,
          );
        const expected = ordered.map((list) =>
          list
            .toSorted((a, b) => a - b)
            .map((target) => [target, target % 5] as const)
            .filter(([, weight]) => weight > 0),
        );
        expect(rowsIn(builder.finish())).toEqual(expected);
      }),
    );
  });

  test('[L95] rows beyond a megabyte grow as well, and rounding drops what rounds to nothing', () => {
    const itemCount = 600;
    const builder = createFormBuilder(itemCount, 1);
    const all = Uint32Array.from({ length: itemCount }, (_, x) => x);
    for (let row = 0; row < itemCount; row++)
      builder.appendRow(
        all,
        Float64Array.from(all, (x) => (x % 2 === 0 ? 1 + row : 2 ** -22)),
        itemCount,
      );
    const form = builder.finish();
    expect(form.targets.length).toBe(itemCount * itemCount);
    const exact = rowsIn(quantiseForm(form, 0.5));
    expect(exact).toEqual(
      Array.from({ length: itemCount }, (_, row) =>
        Array.from({ length: itemCount / 2 }, (_entry, x) => [2 * x, (1 + row) / 2]),
      ),
    );
  });

  test('[L96] rows that are asked for alone are those of the whole, and blend alike', () => {
    const input = wide(60, 40);
    const settings = { sourcePower: 0.5, targetPower: 0.2, keep: 12 };
    const whole = finish(itemItemSteps(input, settings));
    const sources = Uint8Array.from({ length: 60 }, (_, source) => (source % 3 === 0 ? 1 : 0));
    const some = finish(itemItemSteps({ ...input, sources }, settings));
    const wanted = rowsIn(whole).map((row, source) => (sources[source] === 1 ? row : []));
    expect(rowsIn(some)).toEqual(wanted);
    const other = { form: some, weight: 0.5 };
    const lazy = [
      { rows: itemItemRows(input, settings), weight: 2 },
      { rows: rowsOf(some), weight: 0.5 },
    ];
    for (const keep of [5, 60]) {
      const expected = finish(blendSteps([{ form: whole, weight: 2 }, other], keep));
      expect(finish(blendRowsSteps({ parts: lazy, keep }))).toEqual(expected);
    }
  });

  test('[L95] while a form is made, blended and rounded there is no second one', () => {
    const [itemCount, keep] = [10_000, 500];
    const bytes = itemCount * keep * 8;
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watched = <T>(steps: Steps<T>): T =>
      finish(steps, () => (most = Math.max(most, process.memoryUsage().arrayBuffers - before)));
    const blend = watched(
      blendRowsSteps({
        parts: [{ rows: itemItemRows(wide(itemCount, keep), { ...PLAIN, keep }), weight: 1 }],
        keep,
      }),
    );
    const exact = quantiseForm(blend, 1 / 32);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    expect(exact.targets.length).toBe(itemCount * keep);
    // Asked without naming them: a difference of forty megabytes cannot be printed.
    expect(exact.targets.buffer === blend.targets.buffer).toBe(true);
    expect(most).toBeLessThan(1.25 * bytes);
  });

  test('[L95] nobody foresees more than 128 MiB', () => {
    expect(entriesAtMost(1_000_000, 500) * 8).toBe(2 ** 27);
    expect(entriesAtMost(3, 5)).toBe(15);
    expect(entriesAtMost(3, 5, 4)).toBe(4);
  });
});
