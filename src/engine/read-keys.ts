// How long ago the keys of people in memory were read. What a no was counted as lies with the keys, and tells
// nothing in the journal when its writer died before it was said; so whoever is caught up with by the journal
// alone is not known well enough for ever.

import { equalBytes } from '../kernel/bytes.ts';
import type { Person } from './person.ts';
import type { PersonKeys, World } from './ports.ts';

/** Keys are looked at again after so long. */
const KEYS_MAX_MS = 60_000;

export interface ReadKeys {
  /** The person was opened with keys that were read at that moment, unless they are remembered already. */
  keysRead(person: Person, atMs: number): void;
  /**
   * Whether the keys in the store are others by now, or more is counted there: then only reading anew tells.
   * The store is asked where they were read more than a minute ago. What more is counted denies from here on,
   * also where nobody reads anew because something is on its way.
   */
  isOutdated(person: Person): Promise<boolean>;
}

export function readingKeys({ clock, keys }: Pick<World, 'clock' | 'keys'>): ReadKeys {
  const readMs = new WeakMap<Person, number>();
  return {
    keysRead: (person, atMs) => {
      if (!readMs.has(person)) readMs.set(person, atMs);
    },
    isOutdated: async (person) => {
      const nowMs = clock.nowMs();
      if (Math.abs(nowMs - (readMs.get(person) ?? -Infinity)) <= KEYS_MAX_MS) return false;
      const stored = await keys.get(person.key);
      if (!isSameLife(person, stored)) return true;
      const isMore = stored.revocations !== person.revocations;
      person.revocations = Math.max(person.revocations, stored.revocations);
      if (isMore) return true;
      readMs.set(person, nowMs);
      return false;
    },
  };
}

function isSameLife({ keys }: Person, stored: PersonKeys | 'erased' | undefined): stored is PersonKeys {
  return typeof stored === 'object' && equalBytes(stored.evidence, keys.evidenceRaw);
}
