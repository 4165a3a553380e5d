// What a store of people answers to somebody who read them earlier.

import type { EntryKind } from '../facts/entry.ts';
import type { PersonKey } from './person-key.ts';

export interface SealedEntry {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly sealed: Uint8Array;
}

/** A person as somebody has read them: every entry up to `seq`; -1: none. */
export interface ReadUpTo {
  readonly person: PersonKey;
  readonly seq: number;
}

export interface News {
  /**
   * Numbers up to here are a snapshot's, or nobody's any more; at or beyond what was read: read the person
   * anew. `undefined`: nothing is kept of them.
   */
  readonly snapshotSeq: number | undefined;
  /** Entries beyond what was read, by `seq`. */
  readonly entries: readonly SealedEntry[];
}
