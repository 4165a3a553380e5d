/*
 * Which things can be judged by themselves, which only together, and which not at all. Of a thing that three
 * volunteers have nobody can say what it tells. The rare things of one leaf of the catalogue are alike, so
 * they are judged as if they were one: otherwise most of a long tail, and everything new, could not be shown.
 */

import { compareIds } from '../contribution.ts';
import type { Cell } from './noisy-cells.ts';

/** Things that are judged as if they were one: one that is known, or the rare ones of a leaf. Ascending. */
export type Group = readonly string[];

export interface Grouped {
  readonly groups: readonly Group[];
  /** Too rare, and their leaf with them. Ascending. */
  readonly unknown: readonly string[];
}

/**
 * Example: of tea (40 people), and of two rare pens (12 and 9) and a rare hat (3) in their leaves, with
 * `peopleMin` 20, tea is a group, the pens are another, and the hat is unknown.
 */
export function groupsOf(
  items: readonly { readonly item: string; readonly leaf: string }[],
  { peopleOf, peopleMin }: { readonly peopleOf: (item: string) => number; readonly peopleMin: number },
): Grouped {
  const leafOf = new Map(items.map(({ item, leaf }) => [item, leaf]));
  const groups: Group[] = [];
  const rare = new Map<string, string[]>();
  for (const item of [...leafOf.keys()].sort(compareIds)) {
    if (peopleOf(item) >= peopleMin) groups.push([item]);
    else push(rare, leafOf.get(item) ?? '', item);
  }
  const unknown: string[] = [];
  for (const [, kin] of [...rare].sort(([a], [b]) => compareIds(a, b))) {
    // Somebody who has two of them counts twice: a little less is known than it seems.
    const people = kin.reduce((total, item) => total + peopleOf(item), 0);
    if (people >= peopleMin) groups.push(kin);
    else unknown.push(...kin);
  }
  return { groups, unknown: unknown.sort(compareIds) };
}

function push(lists: Map<string, string[]>, name: string, item: string): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [item]);
  else list.push(item);
}

/** People by stratum who have something of a group. */
export function together(cell: Cell, leaf: string, items: Group): readonly number[] {
  const sum: number[] = [];
  for (const item of items) {
    for (const [at, people] of cell(leaf, item).entries()) sum[at] = (sum[at] ?? 0) + people;
  }
  return sum;
}
