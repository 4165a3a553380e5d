// Goal: a few things bear the change to all they go with, chosen alike every time, and nothing else gets a
// weight. Method: a small form of which everything is known.

import { describe, expect, test } from 'vitest';
import { createFormBuilder } from '../models/sparse-form.ts';
import { eraseTilts } from './erase-tilts.ts';

const THINGS = 200;
const itemIds = Array.from({ length: THINGS }, (_, at) => `thing-${String(at).padStart(3, '0')}`);
const people = Uint32Array.from({ length: THINGS }, (_, at) => 10 + at);

/** Each thing speaks for the next one alone. */
function chain() {
  const builder = createFormBuilder(THINGS, THINGS);
  for (let row = 0; row < THINGS; row += 1)
    builder.appendRow(Uint32Array.of((row + 1) % THINGS), Float64Array.of(0.5), 1);
  return builder.finish();
}

function erased(units: (at: number) => number, asked: number[] = [], leaves = 1) {
  const more = itemIds.map((item, at) => [item, units(at)] as const).filter(([, value]) => value !== 0);
  const tilts = Array.from({ length: leaves }, (_, n) => ({ leaf: `health|${n}`, more }));
  const partnersOf = (thing: number): Uint32Array => {
    asked.push(thing);
    return Uint32Array.of((thing + 2) % THINGS);
  };
  return eraseTilts(chain(), { tilts, itemIds, people, partnersOf });
}

describe('what bears the change', () => {
  test('[L33] the eighty things at most that stand out most, over all leaves; ties by index', () => {
    for (const leaves of [1, 3]) {
      const asked: number[] = [];
      erased((at) => (at < 150 ? 1 : 0), asked, leaves);
      // The same excess says more of a thing that few have.
      expect(asked).toEqual(Array.from({ length: 80 }, (_, at) => at));
    }
    const asked: number[] = [];
    erased((at) => (at === 190 ? -60 : at === 3 ? 1 : 0), asked);
    expect(asked).toEqual([3, 190]);
  });

  test('[L33] new weights stand where they were allowed, and even out what was there', () => {
    const form = erased((at) => (at === 5 || at === 6 ? 4 : 0));
    const rowOf = (row: number) =>
      [...form.targets.subarray(form.offsets[row], form.offsets[row + 1])].map(
        (target, n) => [target, form.weights[form.offsets[row]! + n]!] as const,
      );
    // 7 is spoken for by 6, and now against by 5; 6 by 5 alone, so by nothing any more.
    expect(rowOf(5).map(([target]) => target)).toEqual([7]);
    expect(rowOf(5)[0]![1]).toBeCloseTo(-0.25, 5);
    expect(rowOf(6)[0]![0]).toBe(7);
    expect(rowOf(6)[0]![1]).toBeCloseTo(0.25, 5);
    expect(rowOf(4)).toEqual([[5, 0.5]]);
  });

  test('[L33] a thing that the model does not name bears nothing', () => {
    const tilts = [{ leaf: 'health|x', more: [['elsewhere', 9]] as const }];
    const partnersOf = (): Uint32Array => new Uint32Array(0);
    expect(eraseTilts(chain(), { tilts, itemIds, people, partnersOf })).toEqual(chain());
  });
});
