// Owns: the numbers by which kinds of entries are stored. Numbers are for ever: a new kind takes the next
// one, a kind that is given up keeps its own.

import { damaged } from './faults.ts';

import type { EntryKind } from '../../facts/entry.ts';

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

export function kindOfCode(code: number): EntryKind {
  const kind = KINDS.get(code);
  if (kind === undefined) throw damaged('data.db', `entry kind ${code} is not known`);
  return kind;
}
