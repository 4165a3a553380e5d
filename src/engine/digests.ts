// Whose decisions wait for a digest, and until when. By pseudonym alone: a day has more people than fit into
// memory.

import type { Person } from './person.ts';
import type { PersonKey } from './ports.ts';

/** People with decisions that no digest covers yet. */
export interface Digests {
  add(person: Person): void;
  /** Somebody whom another engine decided for at about that time. */
  note(key: PersonKey, timeMs: number): void;
  delete(key: PersonKey): void;
  /** Those whose period has ended, or who have so many that they must not wait longer. */
  due(nowMs: number): readonly PersonKey[];
}

/**
 * Decisions in one digest: 4,096 commitments are 180 KB in a snapshot. Only decisions about nobody ever come
 * near.
 */
const DECISIONS_MAX = 4096;

export function createDigests(digestMs: number): Digests {
  const dueMs = new Map<PersonKey, number>();
  return {
    add: ({ key, open }) => {
      if (open === undefined) return;
      if (open.commitments.length >= DECISIONS_MAX) dueMs.set(key, 0);
      else if (!dueMs.has(key)) dueMs.set(key, startOf(open.fromMs, digestMs) + digestMs);
    },
    note: (key, timeMs) => {
      if (!dueMs.has(key)) dueMs.set(key, startOf(timeMs, digestMs) + digestMs);
    },
    delete: (key) => dueMs.delete(key),
    due: (nowMs) => [...dueMs].flatMap(([key, atMs]) => (atMs <= nowMs ? [key] : [])),
  };
}

/** Start of the period that a time lies in. */
export function startOf(timeMs: number, digestMs: number): number {
  return Math.floor(timeMs / digestMs) * digestMs;
}
