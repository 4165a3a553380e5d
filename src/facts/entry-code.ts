// Owns: the numbers by which stores name kinds of entries. Numbers are for ever: a new kind takes the next
// one, a kind that is given up keeps its own.

import type { EntryKind } from './entry.ts';

const CODES: Readonly<Record<EntryKind, number>> = {
  consent: 1,
  event: 2,
  decision: 3,
  link: 4,
  digest: 5,
  erasure: 6,
  restriction: 7,
};

const KINDS: ReadonlyMap<number, EntryKind> = new Map(
  // `Object.entries` forgets the key type; the record above has exactly these keys.
  Object.entries(CODES).map(([kind, code]) => [code, kind as EntryKind]),
);

export function codeOfKind(kind: EntryKind): number {
  return CODES[kind];
}

/** `undefined`: no kind that this Fineline knows. */
export function kindOfCode(code: number): EntryKind | undefined {
  return KINDS.get(code);
}
