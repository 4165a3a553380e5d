// Goal: what another thread makes of what it is told is what is here. Method: every maker there is, on drawn
// people, over the boundary that a thread is (structured clone), read row by row.

import { describe, expect, test } from 'vitest';
import { MAKERS } from './jobs.ts';
import { heard, told } from './told.ts';
import { seededRandom } from '../../kernel/random.ts';
import { directedRows, indexExamples, inputGram } from '../directed.ts';
import { examplesOf } from '../examples.ts';
import { gramRows, scatterRows } from '../gram.ts';
import { distinctItems, type Histories, packHistories } from '../histories.ts';
import { type HalfRows, halfRowsSteps } from '../models/half-rows.ts';
import { itemItemRows, itemItemSteps } from '../models/item-item.ts';
import { finish, type FormRows, rowsOf } from '../models/sparse-form.ts';
import { createRowBuffer, type PairRows, pairsWithPeopleMin, withPeopleMin } from '../rows.ts';

const ITEMS = 30;

function drawnHistories(seed: number): Histories {
  const random = seededRandom(seed);
  const basket = (): number[] => [...new Set([random.below(ITEMS), random.below(ITEMS)])];
  const history = (): number[][] => Array.from({ length: 1 + random.below(5) }, basket);
  return packHistories(ITEMS, Array.from({ length: 60 }, history));
}

/** Over the boundary and back. */
function sent<Value>(value: Value): Value {
  const said = told(value);
  expect(said).toBeDefined();
  return heard(structuredClone(said?.value), MAKERS) as Value;
}

function entriesOf(rows: PairRows): unknown[] {
  const buffer = createRowBuffer(rows.itemCount);
  return Array.from({ length: rows.itemCount }, (_, item) => {
    rows.readRow(item, buffer);
    const { count, indices, people, weights } = buffer;
    return [indices.slice(0, count), people.slice(0, count), weights.slice(0, count)];
  });
}

function formRowsOf({ itemCount, row }: FormRows): unknown[] {
  return Array.from({ length: itemCount }, (_, source) => {
    const { from, to, targets, weights } = row(source);
    return [targets.slice(from, to), weights.slice(from, to)];
  });
}

function gathered({ rankOf, itemOf, gather }: HalfRows): unknown {
  const matrix = new Float64Array(ITEMS * ITEMS);
  gather(
    Uint32Array.from({ length: ITEMS }, (_, rank) => rank),
    ITEMS,
    matrix,
  );
  return { rankOf, itemOf, matrix };
}

describe('what is told', () => {
  test.each([1, 2, 3])('[L102] rows of every kind are the same on the other side (seed %i)', (seed) => {
    const histories = drawnHistories(seed);
    const gram = gramRows(distinctItems(histories, 100));
    const indexed = indexExamples(examplesOf(histories, { decay: 0.8, sharePower: 0.5, outcomePower: 0 }));
    const { examples, inputsOf: byRow } = indexed;
    const { inputs: byExample, personOf } = examples;
    const scattered = scatterRows({ byRow, byExample, personOf, skipDiagonal: true });
    const directed = directedRows(indexed, { forward: 1, backward: 0.3 }, { skipDiagonal: false });
    const pairs = [
      gram,
      withPeopleMin(gram, 2),
      inputGram(indexed),
      withPeopleMin(inputGram(indexed), 2),
      scattered,
      directed,
      pairsWithPeopleMin(directed, 2),
    ];
    for (const rows of pairs) expect(entriesOf(sent(rows))).toEqual(entriesOf(rows));
    const sides = { sourcePeople: gram.itemPeople, targetPeople: gram.itemPeople };
    const settings = { sourcePower: 0.6, targetPower: 0.4, keep: 7 };
    const counts = itemItemRows({ pairs: withPeopleMin(gram, 2), ...sides }, settings);
    const form = rowsOf(finish(itemItemSteps({ pairs: gram, ...sides }, settings)));
    for (const rows of [counts, form]) expect(formRowsOf(sent(rows))).toEqual(formRowsOf(rows));
    const half = finish(halfRowsSteps(gram));
    expect(gathered(sent(half))).toEqual(gathered(half));
    const made = [...pairs, counts, form, half].map(({ call }) => call?.maker);
    expect(new Set(made)).toEqual(new Set(Object.keys(MAKERS)));
  });

  test('[L102] what is there twice is one thing, and what no call is known for is told to nobody', () => {
    const gram = gramRows(distinctItems(drawnHistories(4), 100));
    const { rows, same } = sent({ rows: gram, same: [gram] });
    expect(same[0]).toBe(rows);
    const { call, ...nameless } = gram;
    expect(call).toBeDefined();
    expect(told({ rows: nameless })).toBeUndefined();
    // Known by its call, but of something that is not.
    expect(told(withPeopleMin(nameless, 2))).toBeUndefined();
    expect(() => heard({ call: { maker: 'rowsOfNobody', given: [] } }, MAKERS)).toThrow('rowsOfNobody');
  });
});
