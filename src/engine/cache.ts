// People in memory, each of them once. What falls out of the cache may still be in somebody's hands (a batch
// of a thousand events, a withdrawal that waits for the key store); it is found again as long as it lives,
// because two copies of one person would give two entries the same place in the journal.

import type { PersonId } from '../facts/ids.ts';
import type { Person } from './person.ts';
import type { PersonKey } from './ports.ts';

/** Stands for the name of a person who is known by pseudonym only so far. */
export const UNKNOWN_ID = '' as PersonId;

export interface Cache {
  find(key: PersonKey): Person | undefined;
  /** By name, when they are in the row. */
  named(id: PersonId): Person | undefined;
  /**
   * Pseudonyms are a keyed hash; those of people in memory are remembered, which keeps the hash out of the
   * warm path.
   */
  keyOf(id: PersonId): PersonKey | undefined;
  /** Puts a person to the end of the row; whoever stands longest leaves when there are too many. */
  remember(person: Person): void;
  forget(key: PersonKey): void;
  size(): number;
}

export function createCache(peopleMax: number): Cache {
  const row = new Map<PersonKey, Person>();
  const keysById = new Map<PersonId, PersonKey>();
  const outside = new Map<PersonKey, WeakRef<Person>>();
  const died = new FinalizationRegistry<PersonKey>((key) => {
    if (outside.get(key)?.deref() === undefined) outside.delete(key);
  });

  function forget(key: PersonKey): void {
    const person = row.get(key);
    row.delete(key);
    outside.delete(key);
    if (person !== undefined) keysById.delete(person.id);
  }

  function makeRoom(): void {
    for (const person of row.values()) {
      if (person.pending > 0) continue;
      forget(person.key);
      outside.set(person.key, new WeakRef(person));
      died.register(person, person.key);
      return;
    }
  }

  return {
    find: (key) => row.get(key) ?? outside.get(key)?.deref(),
    named: (id) => {
      const key = keysById.get(id);
      return key === undefined ? undefined : row.get(key);
    },
    keyOf: (id) => keysById.get(id),
    remember: (person) => {
      row.delete(person.key);
      outside.delete(person.key);
      row.set(person.key, person);
      if (person.id !== UNKNOWN_ID) keysById.set(person.id, person.key);
      if (row.size > peopleMax) makeRoom();
    },
    forget,
    size: () => row.size,
  };
}
