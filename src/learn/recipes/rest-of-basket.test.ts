// Goal: what is missing in a basket is found, from what others had in theirs. Method: planted baskets, and a
// naive count of pairs.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainOccasion } from './occasions.ts';
import { basketGram, learnBasket, tuneBasket } from './rest-of-basket.ts';
import { basketsOf } from '../baskets.ts';
import { type Histories, packHistories } from '../histories.ts';
import { createRowBuffer } from '../rows.ts';
import { createScorer, popularityIn } from '../score.ts';
import { seededRandom } from '../../kernel/random.ts';

const ITEMS = 6;
const SETS = 8;
const TASK = { k: 3, peopleMin: 3 };

/** Everybody buys one of eight sets of four things, one thing of it missing, and something anybody buys. */
function sets(people: number): Histories {
  const random = seededRandom(8);
  return packHistories(
    SETS * 4 + 3,
    Array.from({ length: people }, () =>
      Array.from({ length: 2 }, () => {
        const set = random.below(SETS);
        const missing = random.below(4);
        const held = [0, 1, 2, 3].filter((x) => x !== missing).map((x) => set * 4 + x);
        return [...held, SETS * 4 + random.below(3)];
      }),
    ),
  );
}

describe('rest of basket', () => {
  test('[L14] the missing thing of a set is named first, and learning twice gives the same model', () => {
    const histories = sets(200);
    const cases = Array.from({ length: SETS }, (_, set) => ({
      occasion: plainOccasion(Uint32Array.of(set * 4, set * 4 + 1, SETS * 4)),
      targets: Uint32Array.of(set * 4 + 2),
    }));
    const tuned = tuneBasket(TASK, histories, cases);
    const model = learnBasket(TASK, histories, tuned);
    expect(learnBasket(TASK, histories, tuneBasket(TASK, histories, cases))).toEqual(model);
    const scorer = createScorer(histories.itemCount);
    for (let set = 0; set < SETS; set += 1) {
      const held = [0, 1, 3].map((x) => set * 4 + x);
      const { items } = scorer(model, plainOccasion(Uint32Array.from([...held, SETS * 4])), 3);
      expect(items[0]).toBe(set * 4 + 2);
    }
  });

  test('[L8] baskets of two people alone teach no weights, however many baskets', () => {
    const two = packHistories(ITEMS, [
      Array.from({ length: 30 }, () => [0, 1, 2]),
      Array.from({ length: 30 }, () => [0, 1, 2]),
    ]);
    const cases = [{ occasion: plainOccasion(Uint32Array.of(0)), targets: Uint32Array.of(1) }];
    const weightsAt = (peopleMin: number): number => {
      const task = { ...TASK, peopleMin };
      const { parts } = learnBasket(task, two, tuneBasket(task, two, cases));
      return parts.reduce((sum, { form }) => sum + form.weights.length, 0);
    };
    expect([weightsAt(3), weightsAt(2)]).toEqual([0, 6]);
  });

  test('[L15] pairs are Σ n^-½ over the baskets that hold both, people counted once', () => {
    const basket = fc.uniqueArray(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 4 });
    const crowd = fc.array(fc.array(basket, { maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(crowd, (people) => {
        const baskets = basketsOf(packHistories(ITEMS, people));
        const gram = basketGram(baskets, 0.5);
        const row = createRowBuffer(ITEMS);
        const weight = (held: readonly (readonly number[])[]): number =>
          held.reduce((sum, { length }) => sum + 1 / Math.sqrt(length), 0);
        for (let i = 0; i < ITEMS; i += 1) {
          gram.readRow(i, row);
          const withI = people.map((all) => all.filter((items) => items.includes(i)));
          expect(gram.itemPeople[i]).toBe(withI.filter(({ length }) => length > 0).length);
          expect(Math.abs(gram.itemWeights[i]! - weight(withI.flat()))).toBeLessThan(1e-4);
          for (let j = 0; j < ITEMS; j += 1) {
            const both = withI.map((all) => all.filter((items) => items.includes(j)));
            const place = row.indices.subarray(0, row.count).indexOf(j);
            const found = { people: row.people[place] ?? 0, weight: row.weights[place] ?? 0 };
            if (i === j) continue;
            expect(found.people).toBe(both.filter(({ length }) => length > 0).length);
            expect(Math.abs(found.weight - weight(both.flat()))).toBeLessThan(1e-4);
          }
        }
        const counts = Array.from(
          { length: ITEMS },
          (_, i) => people.flat().filter((b) => b.includes(i)).length,
        );
        const most = Math.max(1, ...counts);
        expect([...popularityIn(baskets.matrix).values]).toEqual(counts.map((count) => count / most));
      }),
    );
  });
});
