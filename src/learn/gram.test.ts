// Goal: the batch and the stream compute the same statistics. Method: the same random people both ways,
// compared entry by entry.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contributionOf } from './contribution.ts';
import { createCounts } from './counts.ts';
import { gramRows } from './gram.ts';
import { distinctItems, packHistories } from './histories.ts';
import { createRowBuffer, type PairRows, withPeopleMin } from './rows.ts';

/** The entries of a row, by column. */
export function entriesOf(rows: PairRows, row: number): [index: number, people: number, weight: number][] {
  const buffer = createRowBuffer(rows.itemCount);
  rows.readRow(row, buffer);
  const entries = Array.from({ length: buffer.count }, (_, x): [number, number, number] => [
    buffer.indices[x]!,
    buffer.people[x]!,
    buffer.weights[x]!,
  ]);
  return entries.sort((a, b) => a[0] - b[0]);
}

const ITEMS = 9;
const people = fc.array(fc.array(fc.nat(ITEMS - 1), { maxLength: 7 }), { maxLength: 20 });

describe('gram', () => {
  test('[L6] batch rows equal streamed counts bit for bit', () => {
    fc.assert(
      fc.property(people, (baskets) => {
        const histories = packHistories(
          ITEMS,
          baskets.map((basket) => [basket]),
        );
        const batch = gramRows(distinctItems(histories, 200));
        const counts = createCounts();
        for (const basket of baskets) {
          const descriptor = contributionOf(basket.map((item) => ({ item: String(item), lastMs: 0 })));
          if (descriptor) counts.add(descriptor);
        }
        const { itemIds, rows } = counts.snapshot();
        for (const [position, id] of itemIds.entries()) {
          const item = Number(id);
          expect(batch.itemPeople[item]).toBe(rows.itemPeople[position]);
          expect(batch.itemWeights[item]).toBe(rows.itemWeights[position]);
          const streamed = entriesOf(rows, position).map(([x, n, w]) => [Number(itemIds[x]), n, w]);
          expect(entriesOf(batch, item)).toEqual(streamed);
        }
        // As many as are foreseen, or more: room is made for them.
        const held = itemIds.reduce((sum, _, row) => sum + entriesOf(rows, row).length, 0);
        expect(rows.entriesMax).toBe(held);
        expect(batch.entriesMax).toBeGreaterThanOrEqual(held);
      }),
    );
  });

  test('[L8] rows with a people minimum hold exactly the pairs that reach it', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 4 }), (baskets, peopleMin) => {
        const all = gramRows(
          distinctItems(
            packHistories(
              ITEMS,
              baskets.map((basket) => [basket]),
            ),
            200,
          ),
        );
        const enough = withPeopleMin(all, peopleMin);
        for (let item = 0; item < ITEMS; item++) {
          const expected = entriesOf(all, item).filter(([, count]) => count >= peopleMin);
          expect(entriesOf(enough, item)).toEqual(expected);
        }
      }),
    );
  });

  test('[L8] a people minimum that is no number lets no pair through', () => {
    const all = gramRows(distinctItems(packHistories(ITEMS, [[[0, 1]], [[0, 1]], [[0, 1]]]), 200));
    expect(entriesOf(withPeopleMin(all, 3), 0)).toHaveLength(1);
    expect(entriesOf(withPeopleMin(all, Number.NaN), 0)).toEqual([]);
  });

  test('[L1] a batch takes the most recent items of a person up to the bound', () => {
    const histories = packHistories(ITEMS, [[[0], [1], [2], [1]]]);
    expect([...distinctItems(histories, 2).indices]).toEqual([1, 2]);
  });
});
