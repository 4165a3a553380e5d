// How long ago the keys of people in memory were read. What a no was counted as lies with the keys, and tells
// nothing in the journal when its writer died before it was said; so whoever is caught up with by the journal
// alone is not known well enough for ever.

import { equalBytes } from '../kernel/bytes.ts';
import type { Person } from './person.ts';
import type { PersonKeys, World } from './ports.ts';

/** Keys are looked at again after so long. */
const KEYS_MAX_MS = 60_000;

export interface ReadKeys {
  /** The person was opened with keys that were read just now, unless they are remembered already. */
  keysRead(person: Person): void;
  /**
   * Whether the keys in the store are others by now, or more is counted there: then only reading anew tells.
   * The store is asked where they were read more than a minute ago.
   */
  isOutdated(person: Person): Promise<boolean>;
}

export function readingKeys({ clock, keys }: Pick<World, 'clock' | 'keys'>): ReadKeys {
  const readMs = new WeakMap<Person, number>();
  return {
    keysRead: (person) => {
      if (!readMs.has(person)) readMs.set(person, clock.nowMs());
    },
    isOutdated: async (person) => {
      const nowMs = clock.nowMs();
      if (Math.abs(nowMs - (readMs.get(person) ?? -Infinity)) <= KEYS_MAX_MS) return false;
      if (!areSame(person, await keys.get(person.key))) return true;
      readMs.set(person, nowMs);
      return false;
    },
  };
}

/** No more words were counted, and it is the same life of theirs. */
function areSame({ keys, revocations }: Person, stored: PersonKeys | 'erased' | undefined): boolean {
  if (typeof stored !== 'object' || stored.revocations !== revocations) return false;
  return equalBytes(stored.evidence, keys.evidenceRaw);
}
