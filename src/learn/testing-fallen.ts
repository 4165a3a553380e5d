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

/**
 * Weights behind which fewer than three examples’ people stand, from the examples themselves; with `ways`,
 * also not three behind the beginning and the end of the ways over a third thing that anybody ever went.
 */
export function naivelyFallen(
  model: ItemModel,
  { itemIds, histories }: NamedHistories,
  gone: number,
  itemPeople: (id: string) => number,
  ways = false,
): ReadonlySet<string> {
  assert(model.fades !== undefined, 'it is a model of what comes after what');
  const { inputs, outputs, personOf } = examplesOf(histories, {
    decay: model.fades.learnDecay,
    sharePower: 0.5,
  });
  const idsIn = ({ offsets, indices }: typeof inputs, row: number): readonly string[] =>
    Array.from(indices.subarray(offsets[row], offsets[row + 1]), (item) => itemIds[item]!);
  // Who is behind each pair, those who left included.
  const pairs = new Map<string, Set<number>>();
  for (const [row, person] of personOf.entries()) {
    for (const before of idsIn(inputs, row)) {
      for (const after of idsIn(outputs, row)) {
        for (const pair of [`${before} ${after}`, `${after} ${before}`])
          pairs.set(pair, (pairs.get(pair) ?? new Set()).add(person));
      }
    }
  }
  const left = (people: Iterable<number>): number =>
    new Set([...people].filter((person) => person >= gone)).size;
  const peopleOf = (a: string, b: string): readonly number[] => [...(pairs.get(`${a} ${b}`) ?? [])];
  const behind = (a: string, b: string): number => {
    const over = !ways
      ? []
      : itemIds.filter((m) => m !== a && m !== b && pairs.has(`${a} ${m}`) && pairs.has(`${m} ${b}`));
    const begun = left(over.flatMap((m) => peopleOf(a, m)));
    const ended = left(over.flatMap((m) => peopleOf(m, b)));
    return Math.max(left(peopleOf(a, b)), Math.min(begun, ended));
  };
  const fallen = new Set<string>();
  for (const from of model.itemIds) {
    if (model.people[model.itemIds.indexOf(from)]! > 0 && itemPeople(from) < 3) fallen.add(`${from} ${from}`);
    for (const to of Object.keys(rowOf(model, from))) if (behind(from, to) < 3) fallen.add(`${from} ${to}`);
  }
  return fallen;
}
