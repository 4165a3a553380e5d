// Whose contribution to the statistics has to be looked at again. Things happen to a person often and in
// bursts; their contribution is brought up to date once, a moment later.

import type { Person } from './person.ts';
import type { PersonKey } from './ports.ts';

export interface Touched {
  /** Something about this person changed. */
  add(person: Person): void;
  /** They left for good: later touches are ignored. */
  leave(key: PersonKey): void;
  /** They came back by their own act. */
  comeBack(key: PersonKey): void;
  /** Everyone touched since the last time; empties the list. */
  take(): readonly Person[];
  /** So many changed, as another engine found. */
  heard(count: number): void;
  /** People changed since the last fit. */
  changedSinceFit(): number;
  /** A model was made of so many of them; who changed since then is still to be learned from. */
  fitted(count: number): void;
}

export function createTouched(): Touched {
  const touched = new Set<Person>();
  const gone = new Set<PersonKey>();
  let changed = 0;
  return {
    add: (person) => touched.add(person),
    leave: (key) => {
      gone.add(key);
      changed += 1;
    },
    comeBack: (key) => gone.delete(key),
    take: () => {
      const people = [...touched].filter((person) => !gone.has(person.key) && !person.lost);
      touched.clear();
      changed += people.length;
      return people;
    },
    heard: (count) => {
      changed += count;
    },
    changedSinceFit: () => changed,
    fitted: (count) => {
      changed = Math.max(0, changed - count);
    },
  };
}
