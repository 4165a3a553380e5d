// Goal: the model that serves names nothing that fewer than k people stand behind, and all its numbers are
// exact. Method: random people against naive counts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_BITS, WEIGHT_BITS, isQuantised } from '../kernel/fixed.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { type ItemModel, decodeModel, encodeModel } from '../facts/model.ts';
import { contributionOf } from './contribution.ts';
import { type Counts, createCounts } from './counts.ts';
import { finish } from './models/sparse-form.ts';
import { serveModelSteps } from './serve-model.ts';

const things = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), {
  minLength: 1,
  maxLength: 6,
});

function countsOf(people: readonly (readonly string[])[]): Counts {
  const counts = createCounts();
  for (const items of people) {
    const contribution = contributionOf(items.map((item) => ({ item, lastMs: 0 })));
    if (contribution !== undefined) counts.add(contribution);
  }
  return counts;
}

const modelOf = (people: readonly (readonly string[])[], minPeople: number): ItemModel =>
  finish(serveModelSteps(countsOf(people).snapshot(), { minPeople, nowMs: 7 }));

describe('the model that serves', () => {
  it('[L8] names no thing, and holds no weight, that fewer than k people stand behind', () => {
    fc.assert(
      fc.property(fc.array(things, { maxLength: 24 }), fc.integer({ min: 1, max: 6 }), (people, k) => {
        const model = modelOf(people, k);
        const behind = (...items: readonly string[]): number =>
          people.filter((has) => items.every((item) => has.includes(item))).length;
        const expected = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].filter((item) => behind(item) >= k);
        expect(model.itemIds).toEqual(expected);
        expect([...model.people]).toEqual(expected.map((item) => behind(item)));
        for (const [row, item] of model.itemIds.entries()) {
          const targets = [...model.targets.subarray(model.offsets[row], model.offsets[row + 1])].map(
            (at) => model.itemIds[at] ?? '',
          );
          // Few things: every pair with enough people behind it is among the neighbours kept.
          expect(targets).toEqual(expected.filter((other) => other !== item && behind(item, other) >= k));
        }
      }),
    );
  });

  it('[L11] has exact numbers: weights are multiples of 2^-20 up to 1, priors of 2^-30 and small', () => {
    fc.assert(
      fc.property(fc.array(things, { minLength: 3, maxLength: 24 }), (people) => {
        const model = modelOf(people, 1);
        for (const weight of model.weights) {
          expect(isQuantised(weight, WEIGHT_BITS)).toBe(true);
          expect(weight > 0 && weight <= 1).toBe(true);
        }
        if (model.weights.length > 0) expect(Math.max(...model.weights)).toBe(1);
        for (const prior of model.prior) {
          expect(isQuantised(prior, WEIGHT_BITS + FACT_BITS)).toBe(true);
          expect(prior > 0 && prior <= 1 / 64).toBe(true);
        }
        const again = decodeModel(encodeModel(model));
        expect(again.ok && again.value).toEqual(model);
      }),
    );
  });

  it('[L33] erased, has weights between things alone that k people have together, and says so', () => {
    const tilts = (more: readonly number[]) => [
      {
        leaf: 'health|x',
        more: 'abcdefgh'.split('').flatMap((item, at) => (more[at] ? [[item, more[at]] as const] : [])),
      },
    ];
    const units = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(things, { minLength: 3, maxLength: 24 }),
        fc.integer({ min: 1, max: 4 }),
        units,
        (people, k, more) => {
          const plain = modelOf(people, k);
          const options = { minPeople: k, nowMs: 7, tilts: tilts(more) };
          const erased = finish(serveModelSteps(countsOf(people).snapshot(), options));
          expect(erased.kind).toContain('item-item-erased/1');
          for (const part of ['itemIds', 'prior', 'people'] as const)
            expect([...erased[part]]).toEqual([...plain[part]]);
          const { itemIds, offsets, targets, weights } = erased;
          const column = new Float64Array(itemIds.length);
          for (const [row, from] of itemIds.entries()) {
            for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1) {
              const to = itemIds[targets[at]!]!;
              expect(people.filter((has) => has.includes(from) && has.includes(to)).length >= k).toBe(true);
              column[targets[at]!]! += weights[at]! * more['abcdefgh'.indexOf(from)]!;
            }
          }
          for (const pull of column) expect(Math.abs(pull)).toBeLessThan(1e-3);
          const again = decodeModel(encodeModel(erased));
          expect(again.ok && again.value).toEqual(erased);
        },
      ),
    );
  });

  it('[L14] is the same whatever the order in which people came', () => {
    fc.assert(
      fc.property(fc.array(things, { maxLength: 20 }), (people) => {
        expect(modelOf(people.toReversed(), 2).id).toBe(modelOf(people, 2).id);
      }),
    );
  });

  it('[L8] of a shop without people, or with too few, names nothing', () => {
    expect(modelOf([], 3).itemIds).toEqual([]);
    const model = modelOf(
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
      3,
    );
    expect([model.itemIds, model.peopleTotal, model.minPeople]).toEqual([[], 2, 3]);
    expect(utf8Text(encodeModel(model).subarray(0, 400))).not.toContain('"a"');
  });
});
