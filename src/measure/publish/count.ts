// Who stands behind an answer: people are looked at one after the other, through their View, and each moves
// every number by one at most and few numbers at all.

import { assert } from '../../kernel/assert.ts';
import { belowPaths } from '../../facts/classify-item.ts';
import type { Fact } from '../../facts/fact.ts';
import type { ItemId } from '../../facts/ids.ts';
import { type Item, leafOf } from '../../facts/item.ts';
import { type Question, periodOf } from '../../facts/question.ts';
import type { View } from '../../facts/view.ts';

/** What a question counts, by the catalogue: a row is not there because somebody is in it. */
export interface Table {
  /** Ascending; none for a total. */
  readonly rows: readonly string[];
  /** Row of each thing that counts; a total has one for all of them, without a name. */
  readonly rowOf: ReadonlyMap<ItemId, string>;
}

const NO_ROW = '';

/**
 * `isOrdinary`: things of no sensitive class that the catalogue knows. No others pass the door for this, so a
 * row of them would be noise alone.
 */
export function tableOf(
  { ask, path, items }: Question,
  catalogue: ReadonlyMap<string, Item>,
  isOrdinary: (item: ItemId) => boolean,
): Table {
  const isBelow = path.length === 0 ? () => true : belowPaths([path]);
  const named = items.length === 0 ? [...catalogue.keys()] : items;
  const rowOf = new Map<ItemId, string>();
  for (const id of named) {
    const item = catalogue.get(id);
    if (item === undefined || !isOrdinary(item.id) || !isBelow(item)) continue;
    const row = ask === 'people-per-item' ? item.id : ask === 'people-total' ? NO_ROW : leafIn(item);
    if (row !== undefined) rowOf.set(item.id, row);
  }
  const rows = ask === 'people-total' ? [] : [...new Set(rowOf.values())].sort();
  return { rows, rowOf };
}

/** A thing without a path stands on no shelf. */
function leafIn(item: Item): string | undefined {
  return item.path.length === 0 ? undefined : leafOf(item);
}

/** Exact numbers: they stay inside, and go nowhere but into `publish`. */
export interface Counts {
  readonly total: number;
  readonly rows: ReadonlyMap<string, number>;
}

export interface PeopleCount {
  /** One person, once. */
  add(view: View): void;
  counts(): Counts;
}

/**
 * Counts people who bought something of the table within the period, by what is known of the first and the
 * last time. Somebody who stands in more rows than `rowsPerPersonMax` counts in those of their newest
 * purchases; which these are depends on nobody else.
 */
export function createPeopleCount(question: Question, { rows, rowOf }: Table): PeopleCount {
  const { fromMs, toMs } = periodOf(question);
  const people = new Map(rows.map((row) => [row, 0]));
  let total = 0;
  const newest = ({ firstMs, lastMs }: Fact): number | undefined =>
    [lastMs, firstMs].find((ms) => ms >= fromMs && ms < toMs);
  return {
    add: (view) => {
      assert(view.purpose === question.purpose, 'people are counted for the purpose that they allowed');
      const stands = new Map<string, number>();
      for (const fact of view.read('purchases')) {
        const row = fact.item === undefined ? undefined : rowOf.get(fact.item);
        const ms = newest(fact);
        if (row === undefined || ms === undefined || fact.quantity <= 0) continue;
        stands.set(row, Math.max(ms, stands.get(row) ?? ms));
      }
      if (stands.size === 0) return;
      total += 1;
      for (const row of newestRows(stands, question.rowsPerPersonMax))
        people.set(row, (people.get(row) ?? 0) + 1);
    },
    counts: () => ({ total, rows: people }),
  };
}

function newestRows(stands: ReadonlyMap<string, number>, countMax: number): readonly string[] {
  const ordered = [...stands].toSorted(([a, aMs], [b, bMs]) => bMs - aMs || (a < b ? -1 : 1));
  return ordered.slice(0, countMax).map(([row]) => row);
}
