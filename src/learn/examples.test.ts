// Goal: examples are the faded histories before each step, whatever the histories look like, in the room that
// was foreseen for them. Method: naive fading of drawn histories.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { INPUT_ITEMS_MAX, STEPS_MAX, examplesOf } from './examples.ts';
import { type Histories, packHistories, peopleIn, stepItems, stepsOf } from './histories.ts';

const ITEMS = 150;
const step = fc.uniqueArray(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 12 });
const person = fc.array(step, { maxLength: STEPS_MAX + 15 });
const people = fc.array(person, { minLength: 1, maxLength: 4 });
const fades = fc.record({
  decay: fc.constantFrom(0.3, 0.65, 0.9, 1),
  inputPower: fc.constantFrom(undefined, 0, 0.25),
});

/** Of the items before a step the strengths, newest steps first, `INPUT_ITEMS_MAX` items at most. */
function naive(
  histories: Histories,
  who: number,
  before: number,
  { decay, inputPower = 0.5 }: { readonly decay: number; readonly inputPower?: number | undefined },
): ReadonlyMap<number, number> {
  const strengths = new Map<number, number>();
  for (let at = before - 1; at >= 0 && decay ** (before - 1 - at) > 1e-3; at -= 1) {
    const items = stepItems(histories, who, at);
    for (const item of items) {
      if (!strengths.has(item) && strengths.size >= INPUT_ITEMS_MAX) continue;
      strengths.set(item, (strengths.get(item) ?? 0) + decay ** (before - 1 - at) / Math.sqrt(items.length));
    }
  }
  const length = [...strengths.values()].reduce((sum, one) => sum + one, 0) ** inputPower;
  return new Map([...strengths].map(([item, one]) => [item, one / length]));
}

const rowOf = ({ offsets, indices, values }: ReturnType<typeof examplesOf>['inputs'], row: number) =>
  Array.from(
    indices.subarray(offsets[row], offsets[row + 1]),
    (item, x) => [item, values[offsets[row]! + x]!] as const,
  );

describe('examples', () => {
  test('[L103] are what was had before a step, faded, and what came then', () => {
    fc.assert(
      fc.property(people, fades, (drawn, fade) => {
        const histories = packHistories(ITEMS, drawn);
        const { inputPower = 0.5, decay } = fade;
        const { inputs, outputs, personOf } = examplesOf(histories, { decay, inputPower, sharePower: 0.5 });
        let row = 0;
        for (let who = 0; who < peopleIn(histories); who += 1) {
          const steps = stepsOf(histories, who);
          for (let at = Math.max(1, steps - STEPS_MAX); at < steps; at += 1, row += 1) {
            const expected = naive(histories, who, at, fade);
            const found = rowOf(inputs, row);
            expect(found.map(([item]) => item)).toEqual([...expected.keys()].sort((a, b) => a - b));
            for (const [item, value] of found) {
              expect(value).toBeCloseTo(expected.get(item)!, 4);
              // Sums of such numbers are exact in any order.
              expect(Number.isInteger(value * 2 ** 16)).toBe(true);
            }
            const next = [...stepItems(histories, who, at)].sort((a, b) => a - b);
            expect(rowOf(outputs, row)).toEqual(next.map((item) => [item, 1]));
            expect(personOf[row]).toBe(who);
          }
        }
        expect(inputs.rows).toBe(row);
      }),
      { numRuns: 60 },
    );
  });

  test('[L103] of steps larger than a list of lines, and of things that come again and again', () => {
    const many = Array.from({ length: LIMITS.linesPerEventMax + 50 }, (_, item) => item);
    const histories = packHistories(many.length, [[many, many, [0]], Array.from({ length: 400 }, () => [7])]);
    const { inputs, outputs } = examplesOf(histories, { decay: 1, sharePower: 0 });
    expect([...inputs.offsets.subarray(0, 4)]).toEqual([0, 100, 200, 201]);
    expect(outputs.offsets[1]).toBe(LIMITS.linesPerEventMax);
    // The root of how often it came, in multiples of 2^-16.
    expect(inputs.values.at(-1)).toBe(Math.round(Math.sqrt(399) * 2 ** 16) / 2 ** 16);
  });
});
