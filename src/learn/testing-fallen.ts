// For tests of models of what comes after what: a row by name, and which weights have lost their people,
// counted naively from the examples.

import { assert } from '../kernel/assert.ts';
import type { ItemModel } from '../facts/model.ts';
import { examplesOf } from './examples.ts';
import type { NamedHistories } from './links-behind.ts';

export function rowOf({ itemIds, offsets, targets, weights }: ItemModel, id: string): Record<string, number> {
  const source = itemIds.indexOf(id);
  const row: Record<string, number> = {};
  for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1)
    row[itemIds[targets[at]!]!] = weights[at]!;
  return row;
}

/** Weights behind which fewer than three examples’ people stand, from the examples themselves. */
export function naivelyFallen(
  model: ItemModel,
  { itemIds, histories }: NamedHistories,
  gone: number,
  itemPeople: (id: string) => number,
): ReadonlySet<string> {
  assert(model.fades !== undefined, 'it is a model of what comes after what');
  const { inputs, outputs, personOf } = examplesOf(histories, {
    decay: model.fades.learnDecay,
    sharePower: 0.5,
  });
  const idsIn = ({ offsets, indices }: typeof inputs, row: number): readonly string[] =>
    Array.from(indices.subarray(offsets[row], offsets[row + 1]), (item) => itemIds[item]!);
  const behind = (a: string, b: string): number =>
    new Set(
      [...personOf].filter((person, row) => {
        if (person < gone) return false;
        const [before, after] = [idsIn(inputs, row), idsIn(outputs, row)];
        return (before.includes(a) && after.includes(b)) || (before.includes(b) && after.includes(a));
      }),
    ).size;
  const fallen = new Set<string>();
  for (const from of model.itemIds) {
    if (model.people[model.itemIds.indexOf(from)]! > 0 && itemPeople(from) < 3) fallen.add(`${from} ${from}`);
    for (const to of Object.keys(rowOf(model, from))) if (behind(from, to) < 3) fallen.add(`${from} ${to}`);
  }
  return fallen;
}
