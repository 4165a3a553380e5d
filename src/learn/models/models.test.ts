// Goal: each model is its formula. Method: small random statistics against naive dense computations.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blendSteps } from './blend.ts';
import { itemItemSteps } from './item-item.ts';
import { localRidgeSteps, localRidgesSteps } from './local-ridge.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { createFormBuilder, finish, quantiseForm, type SparseForm, transposeForm } from './sparse-form.ts';
import { gramRows } from '../gram.ts';
import { distinctItems, packHistories } from '../histories.ts';
import { type CountRows, createRowBuffer, type RowBuffer, withPeopleMin } from '../rows.ts';

const ITEMS = 7;
const gram = fc
  .array(fc.uniqueArray(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 25 })
  .map((people) =>
    gramRows(
      distinctItems(
        packHistories(
          ITEMS,
          people.map((items) => [items]),
        ),
        200,
      ),
    ),
  );

function denseOf(form: SparseForm): number[][] {
  return Array.from({ length: form.itemCount }, (_, source) => {
    const row = Array.from({ length: form.itemCount }, () => 0);
    for (let x = form.offsets[source]!; x < form.offsets[source + 1]!; x++)
      row[form.targets[x]!] = form.weights[x]!;
    return row;
  });
}

function weightsOf(rows: CountRows): { weight: number[][]; people: number[][] } {
  const buffer = createRowBuffer(ITEMS);
  const empty = (): number[][] => Array.from({ length: ITEMS }, () => Array.from({ length: ITEMS }, () => 0));
  const [weight, people] = [empty(), empty()];
  for (let i = 0; i < ITEMS; i++) {
    rows.readRow(i, buffer);
    for (let x = 0; x < buffer.count; x++) {
      weight[i]![buffer.indices[x]!] = buffer.weights[x]!;
      people[i]![buffer.indices[x]!] = buffer.people[x]!;
    }
  }
  return { weight, people };
}

// Gauss with pivoting: another method than the one under test.
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, r) => [...row, right[r]!]);
  const n = right.length;
  for (let c = 0; c < n; c++) {
    const best = rows
      .slice(c)
      .reduce((b, row, x) => (Math.abs(row[c]!) > Math.abs(rows[b]![c]!) ? x + c : b), c);
    [rows[c], rows[best]] = [rows[best]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const share = rows[r]![c]! / rows[c]![c]!;
      for (let x = c; x <= n; x++) rows[r]![x]! -= share * rows[c]![x]!;
    }
  }
  return rows.map((row, r) => row[n]! / row[r]!);
}

describe('models', () => {
  test('[L9] normalised counts are c / (p^a p^b)', () => {
    fc.assert(
      fc.property(gram, (rows) => {
        const sides = { sourcePeople: rows.itemPeople, targetPeople: rows.itemPeople };
        const settings = { sourcePower: 0.6, targetPower: 0.4, keep: ITEMS };
        const model = denseOf(finish(itemItemSteps({ pairs: rows, ...sides }, settings)));
        const { weight } = weightsOf(rows);
        for (let i = 0; i < ITEMS; i++) {
          for (let j = 0; j < ITEMS; j++) {
            const powers = (rows.itemPeople[i] ?? 0) ** 0.6 * (rows.itemPeople[j] ?? 0) ** 0.4;
            const expected = weight[i]![j]! === 0 ? 0 : weight[i]![j]! / powers;
            expect(Math.abs(model[i]![j]! - expected)).toBeLessThan(1e-6);
          }
        }
      }),
    );
  });

  test('[L9] with all items as neighbours, column t of the local ridge solves (G + λI) b = c', () => {
    fc.assert(
      fc.property(gram, fc.constantFrom(0.5, 5), (rows, ridgePeople) => {
        const settings = { neighbours: ITEMS, ridgePeople, targetPower: 0 };
        const model = denseOf(finish(localRidgeSteps({ gram: rows, sourcesOf: rows }, settings)));
        const { weight } = weightsOf(rows);
        const total = (list: ArrayLike<number>): number => Array.from(list).reduce((a, b) => a + b, 0);
        const ridge = (ridgePeople * total(rows.itemWeights)) / total(rows.itemPeople);
        for (let t = 0; t < ITEMS; t++) {
          const near = weight[t]!.map((_, s) => s).filter((s) => weight[t]![s]! > 0);
          const matrix = near.map((a) =>
            near.map((b) => (a === b ? rows.itemWeights[a]! + ridge : weight[a]![b]!)),
          );
          const expected = solved(
            matrix,
            near.map((s) => weight[t]![s]!),
          );
          for (const [x, s] of near.entries())
            expect(Math.abs(model[s]![t]! - expected[x]!)).toBeLessThan(1e-5);
          expect(model.every((row, s) => near.includes(s) || row[t] === 0)).toBe(true);
        }
      }),
    );
  });

  test('[L8] no weight of any model rests on fewer people than the minimum', () => {
    fc.assert(
      fc.property(gram, fc.integer({ min: 2, max: 4 }), (all, peopleMin) => {
        const rows = withPeopleMin(all, peopleMin);
        const sides = { sourcePeople: rows.itemPeople, targetPeople: rows.itemPeople };
        const counts = finish(
          itemItemSteps({ pairs: rows, ...sides }, { sourcePower: 0.6, targetPower: 0.4, keep: 4 }),
        );
        const ridge = finish(
          localRidgeSteps({ gram: rows, sourcesOf: rows }, { neighbours: 4, ridgePeople: 1, targetPower: 0 }),
        );
        const { people } = weightsOf(all);
        for (const model of [denseOf(counts), denseOf(ridge)]) {
          model.forEach((row, i) =>
            row.forEach((w, j) => expect(w === 0 || people[i]![j]! >= peopleMin).toBe(true)),
          );
        }
      }),
    );
  });

  test('[L10] the k greatest positive keys are chosen, ties to the lower index, in any order', () => {
    const entries = fc.array(fc.integer({ min: -2, max: 5 }), { maxLength: 40 });
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 12 }), fc.nat(), (keys, k, turn) => {
        const start = keys.length === 0 ? 0 : turn % keys.length;
        const indices = Uint32Array.from(keys, (_, x) => (x + start) % keys.length);
        const values = Float64Array.from(indices, (index) => keys[index]!);
        const room = createSelectRoom(keys.length);
        const kept = selectTop(values, indices, keys.length, k, room);
        const chosen = Array.from(room.positions.subarray(0, kept), (x) => indices[x]!).sort((a, b) => a - b);
        const expected = keys
          .map((_, x) => x)
          .filter((x) => keys[x]! > 0)
          .sort((a, b) => keys[b]! - keys[a]! || a - b)
          .slice(0, k)
          .sort((a, b) => a - b);
        expect(chosen).toEqual(expected);
      }),
    );
  });

  test('[L11] a blend is the weighted sum of its parts, and quantised weights are multiples of 2^-20', () => {
    const cells = fc.array(fc.integer({ min: -9, max: 9 }), {
      minLength: ITEMS * ITEMS,
      maxLength: ITEMS * ITEMS,
    });
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const [one, two] = [formOf(a), formOf(b)];
        const blend = finish(
          blendSteps(
            [
              { form: one, weight: 0.5 },
              { form: two, weight: 2 },
            ],
            ITEMS,
          ),
        );
        const expected = a.map((x, at) => 0.5 * x + 2 * b[at]!);
        expect(denseOf(blend).flat()).toEqual(expected);
        const exact = denseOf(quantiseForm(blend, 1 / 300)).flat();
        for (const [at, weight] of exact.entries()) {
          expect(Number.isInteger(weight * 2 ** 20)).toBe(true);
          expect(Math.abs(weight - expected[at]! / 300)).toBeLessThanOrEqual(2 ** -21 + 1e-8);
        }
        expect(denseOf(transposeForm(transposeForm(one)))).toEqual(denseOf(one));
        expect(denseOf(transposeForm(one)).flat()).toEqual(
          Array.from(a, (_, at) => a[(at % ITEMS) * ITEMS + Math.floor(at / ITEMS)]),
        );
      }),
    );
  });

  test('[L97] a ridge of counts that thresholding made indefinite is raised until it has a solution', () => {
    // Many share two things of three, and nobody enough the third pair: cutting it off leaves no Gram matrix.
    const items = 40;
    const pairs = (row: number, into: RowBuffer): void => {
      into.count = 0;
      for (let other = 0; other < items; other++) {
        if (other === row || (row + other) % 3 === 0) continue;
        into.indices[into.count] = other;
        into.people[into.count] = 9;
        into.weights[into.count++] = 0.9;
      }
    };
    const rows: CountRows = {
      itemCount: items,
      entriesMax: items * items,
      readRow: pairs,
      peopleTotal: 9,
      itemPeople: new Uint32Array(items).fill(9),
      itemWeights: new Float64Array(items).fill(1),
    };
    const settings = { neighbours: items, ridgePeople: 0.01, targetPower: 0 };
    const { weights, targets } = finish(localRidgeSteps({ gram: rows, sourcesOf: rows }, settings));
    // Every thing has weights, also those whose system had no solution at first.
    expect(new Set(targets).size).toBe(items);
    for (const weight of weights) expect(Math.abs(weight)).toBeLessThan(10);
  });

  test('[L97] counts that no λ makes definite have no weights', () => {
    const rows: CountRows = {
      itemCount: 3,
      entriesMax: 6,
      readRow: (row, into) => {
        into.count = 2;
        into.indices.set([(row + 1) % 3, (row + 2) % 3]);
        into.people.fill(3);
        into.weights.fill(1e30);
      },
      peopleTotal: 3,
      itemPeople: Uint32Array.of(3, 3, 3),
      itemWeights: Float64Array.of(1, 1, 1),
    };
    const settings = { neighbours: 3, ridgePeople: 1, targetPower: 0 };
    const { weights } = finish(localRidgeSteps({ gram: rows, sourcesOf: rows }, settings));
    expect(weights.length).toBe(0);
  });

  test('[L9] ridges of several λ at once are those of each alone', () => {
    fc.assert(
      fc.property(gram, (rows) => {
        const input = { gram: rows, sourcesOf: rows };
        const settings = { neighbours: 4, targetPower: 0.2 };
        const people = [3, 0.5, 30];
        const together = finish(localRidgesSteps(input, settings, people));
        const alone = people.map((ridgePeople) =>
          finish(localRidgeSteps(input, { ...settings, ridgePeople })),
        );
        expect(together).toEqual(alone);
      }),
    );
  });
});

function formOf(cells: readonly number[]): SparseForm {
  const builder = createFormBuilder(ITEMS, 4);
  const all = Uint32Array.from({ length: ITEMS }, (_, x) => x);
  for (let row = 0; row < ITEMS; row++)
    builder.appendRow(all, cells.slice(row * ITEMS, (row + 1) * ITEMS), ITEMS);
  return builder.finish();
}
