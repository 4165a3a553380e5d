// On which days people last had things: what trends are made of (recipes/trend.ts), as text that is equal
// where the people are.

import { type ContributionDescriptor, compareIds } from './contribution.ts';

/** How many people last had each thing on each day, in canonical order; empty for nobody. */
export function lastDaysText(all: Iterable<ContributionDescriptor>): string {
  const people = new Map<string, number>();
  for (const { items, lastDays } of all) {
    for (const [at, item] of items.entries()) {
      const line = JSON.stringify([item, lastDays[at]]);
      people.set(line, (people.get(line) ?? 0) + 1);
    }
  }
  const lines = [...people].map(([line, count]) => `\n${line} ${count}`).sort(compareIds);
  return lines.length === 0 ? '' : `\ndays${lines.join('')}`;
}
