// I19: what others can make grow has its bound: people in memory, lists remembered per person, facts per
// person.

import { LIMITS } from '../../../src/kernel/limits.ts';
import type { Checker } from '../checker.ts';
import { PEOPLE_CACHED } from '../machine.ts';

/** People whose entries are on their way stay in memory beyond the bound. */
const PENDING_MAX = 40;

export function bounds(): Checker {
  return {
    name: 'bounds',
    invariants: 'I19',
    decided: ({ engine, decided, life }) => {
      const people = engine.core.people.inMemory();
      if (people > PEOPLE_CACHED + PENDING_MAX) return `${people} people are in memory`;
      if (decided.record.reads.length > LIMITS.factsPerPersonMax * 2)
        return `${life.id}: too many facts read`;
      return undefined;
    },
  };
}
