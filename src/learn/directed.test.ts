// Goal: "had i, then chose j" is counted as defined. Method: random histories against a naive count over all
// examples.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directedRows, indexExamples, inputGram, massOf } from './directed.ts';
import { createFader, type Examples, examplesOf } from './examples.ts';
import { packHistories } from './histories.ts';
import { createRowBuffer } from './rows.ts';

const ITEMS = 6;
const histories = fc
  .array(fc.array(fc.array(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 3 }), { maxLength: 5 }), {
    maxLength: 8,
  })
  .map((people) => packHistories(ITEMS, people));

function dense({ inputs, outputs }: Examples, example: number): { before: number[]; after: number[] } {
  const before = Array.from({ length: ITEMS }, () => 0);
  const after = before.slice();
  for (let x = inputs.offsets[example]!; x < inputs.offsets[example + 1]!; x++)
    before[inputs.indices[x]!] = inputs.values[x]!;
  for (let x = outputs.offsets[example]!; x < outputs.offsets[example + 1]!; x++)
    after[outputs.indices[x]!] = outputs.values[x]!;
  return { before, after };
}

const directions = fc.tuple(fc.constantFrom(0, 0.25, 1), fc.constantFrom(0, 1));

describe('directed', () => {
  test('[L7] rows equal their definition, people counted once in either order', () => {
    fc.assert(
      fc.property(histories, directions, fc.boolean(), (packed, [backward, outcomePower], skipDiagonal) => {
        const examples = examplesOf(packed, { decay: 0.5, sharePower: 1, outcomePower });
        const rows = directedRows(indexExamples(examples), { forward: 1, backward }, { skipDiagonal });
        const all = Array.from(examples.personOf, (who, x) => ({ who, ...dense(examples, x) }));
        const buffer = createRowBuffer(ITEMS);
        let held = 0;
        for (let i = 0; i < ITEMS; i++) {
          rows.readRow(i, buffer);
          held += buffer.count;
          const found = new Map<number, number>();
          for (let x = 0; x < buffer.count; x++) found.set(buffer.indices[x]!, x);
          for (let j = 0; j < ITEMS; j++) {
            const related = all.filter(
              ({ before, after }) => before[i]! * after[j]! + before[j]! * after[i]! > 0,
            );
            const place = found.get(j);
            if (related.length === 0 || (skipDiagonal && i === j)) {
              expect(place).toBeUndefined();
              continue;
            }
            const sum = related.reduce(
              (s, { before, after }) => s + before[i]! * after[j]! + backward * before[j]! * after[i]!,
              0,
            );
            expect(buffer.weights[place!]).toBe(sum);
            expect(buffer.people[place!]).toBe(new Set(related.map(({ who }) => who)).size);
          }
        }
        expect(rows.entriesMax).toBeGreaterThanOrEqual(held);
      }),
    );
  });

  test('[L7] things of a step of n count n^-outcomePower in what comes next, in multiples of 2^-10', () => {
    const packed = packHistories(ITEMS, [[[0], [1, 2, 3], [4]]]);
    const { outputs } = examplesOf(packed, { decay: 0.5, sharePower: 1, outcomePower: 1 });
    const third = Math.round(1024 / 3) / 1024;
    expect([...outputs.values]).toEqual([third, third, third, 1]);
    expect([...examplesOf(packed, { decay: 0.5, sharePower: 1 }).outputs.values]).toEqual([1, 1, 1, 1]);
  });

  test('[L7] the gram of inputs and the masses equal their definition', () => {
    fc.assert(
      fc.property(histories, (packed) => {
        const examples = examplesOf(packed, { decay: 0.5, sharePower: 0 });
        const indexed = indexExamples(examples);
        const gram = inputGram(indexed);
        const mass = massOf(indexed.inputsOf);
        const all = Array.from(examples.personOf, (_, x) => dense(examples, x).before);
        for (let i = 0; i < ITEMS; i++) {
          expect(gram.itemWeights[i]).toBe(all.reduce((sum, x) => sum + x[i]! ** 2, 0));
          expect(mass[i]).toBe(all.reduce((sum, x) => sum + x[i]!, 0));
        }
      }),
    );
  });

  test('[L13] an input fades with age and never contains the step that is asked for', () => {
    const packed = packHistories(4, [[[0], [1, 2], [3]]]);
    const fader = createFader(4, { decay: 0.5, sharePower: 1 }, 10);
    const { count, items, values } = fader(packed, 0, 2);
    expect([...items.subarray(0, count)]).toEqual([1, 2, 0]);
    expect([...values.subarray(0, count)]).toEqual([0.5, 0.5, 0.5]);
    const { personOf, outputs } = examplesOf(packed, { decay: 0.5, sharePower: 1 });
    expect([...personOf]).toEqual([0, 0]);
    expect([...outputs.indices]).toEqual([1, 2, 3]);
  });
});
