/*
 * Guard counts: of the volunteers in each stratum of activity, how many have a thing, how many belong to a
 * sensitive leaf, and how many both. Proxies are found from these counts and from nothing else
 * (find-proxies.ts).
 *
 * Additive like counts.ts: adding a person and subtracting the same contribution leaves exactly the state of
 * a world that never met them, shards merge by addition, and what returns to zero is removed. There are no
 * pairs of things in it, and no weights.
 */
import { assert } from '../../kernel/assert.ts';
import { compareIds } from '../contribution.ts';
import { type GuardContribution, STRATA } from './guard-contribution.ts';

/** Stands where a leaf could: all volunteers, members or not. No leaf is empty. */
export const EVERYBODY = '';
/** Stands where a thing could: the people themselves. No id is empty. */
export const PEOPLE = '';

/** Mutable counts of volunteers. All methods are synchronous; `add` and `subtract` cost items × leaves. */
export interface GuardCounts {
  readonly add: (contribution: GuardContribution) => void;
  /**
   * Takes away what `add` put in with an equal contribution; anything else is a bug and trips an assertion.
   */
  readonly subtract: (contribution: GuardContribution) => void;
  /** Adds the counts of another shard; the other is left as it is. */
  readonly merge: (other: GuardCounts) => void;
  /**
   * Volunteers by stratum who belong to `leaf` (or `EVERYBODY`) and have `item` (or are `PEOPLE`); zeros when
   * nobody does.
   */
  readonly cell: (leaf: string, item: string) => readonly number[];
  readonly forEachCell: (visit: (leaf: string, item: string, people: readonly number[]) => void) => void;
  /** The counts as text lines in canonical order; equal counts give equal text. */
  readonly canonicalText: () => string;
}

type Cells = Map<string, Map<string, number[]>>;

const NOBODY: readonly number[] = Object.freeze(Array.from({ length: STRATA }, () => 0));

/** Empty counts. */
export function createGuardCounts(): GuardCounts {
  const cells: Cells = new Map();
  const cell = (leaf: string, item: string): readonly number[] => cells.get(leaf)?.get(item) ?? NOBODY;
  const forEachCell: GuardCounts['forEachCell'] = (visit) => {
    for (const [leaf, row] of cells) for (const [item, people] of row) visit(leaf, item, people);
  };
  return {
    add: (contribution) => {
      assertReadable(contribution);
      for (const [leaf, item] of namesOf(contribution)) change(cells, leaf, item, contribution.stratum, 1);
    },
    subtract: (contribution) => {
      assertReadable(contribution);
      // Checked before anything changes, so that a wrong contribution leaves the counts as they were.
      for (const [leaf, item] of namesOf(contribution)) {
        const held = cell(leaf, item)[contribution.stratum] ?? 0;
        assert(held > 0, 'subtracting a volunteer that was not added');
      }
      for (const [leaf, item] of namesOf(contribution)) change(cells, leaf, item, contribution.stratum, -1);
    },
    merge: (other) => {
      other.forEachCell((leaf, item, people) => {
        for (const [stratum, count] of people.entries()) change(cells, leaf, item, stratum, count);
      });
    },
    cell,
    forEachCell,
    canonicalText: () => {
      const lines: string[] = [];
      forEachCell((leaf, item, people) => lines.push(`${JSON.stringify([leaf, item])} ${people.join(' ')}`));
      return lines.sort(compareIds).join('\n');
    },
  };
}

function assertReadable({ stratum }: GuardContribution): void {
  assert(Number.isInteger(stratum) && stratum >= 0 && stratum < STRATA, 'the stratum is one of the strata');
}

function* namesOf({ items, leaves }: GuardContribution): Generator<readonly [leaf: string, item: string]> {
  for (const leaf of [EVERYBODY, ...leaves]) {
    yield [leaf, PEOPLE];
    for (const item of items) yield [leaf, item];
  }
}

function change(cells: Cells, leaf: string, item: string, stratum: number, by: number): void {
  if (by === 0) return;
  const row = cells.get(leaf) ?? new Map<string, number[]>();
  cells.set(leaf, row);
  let people = row.get(item);
  if (people === undefined) row.set(item, (people = [...NOBODY]));
  people[stratum] = (people[stratum] ?? 0) + by;
  if (people.some((count) => count !== 0)) return;
  row.delete(item);
  if (row.size === 0) cells.delete(leaf);
}
