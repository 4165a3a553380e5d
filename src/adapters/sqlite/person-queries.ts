// Owns: the statements that read journals. Each is one statement, hence of one moment: the writer commits in
// between any two, and a journal without the rows that its snapshot has just absorbed would be a wrong
// person.

import { blobOf, numberOf } from './columns.ts';
import { kindOfCode } from './kinds.ts';

import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { SealedEntry, StoredPerson } from '../../engine/ports.ts';

const ENTRIES = `
  SELECT e.seq, e.kind, e.bytes, s.sealed
  FROM people p CROSS JOIN entries e ON e.person = p.id CROSS JOIN slots s ON s.id = e.slot
  WHERE p.person = ?1`;

const HEAD = `
  SELECT p.floor AS seq, 0 AS kind, p.bytes, s.sealed
  FROM people p LEFT JOIN slots s ON s.id = p.snapshot
  WHERE p.person = ?1`;

type Row = Record<string, SQLOutputValue>;

export class PersonQueries {
  readonly #journal: StatementSync;
  readonly #all: StatementSync;
  readonly #one: StatementSync;

  constructor(reading: DatabaseSync) {
    this.#journal = reading.prepare(`${HEAD} UNION ALL ${ENTRIES} AND e.seq > p.floor`);
    this.#all = reading.prepare(`${ENTRIES} ORDER BY e.seq`);
    this.#one = reading.prepare(`${ENTRIES} AND e.seq = ?2`);
  }

  journal(person: Uint8Array): StoredPerson | undefined {
    const [head, ...rows] = this.#journal.all(person);
    if (head === undefined) return undefined;
    // The key gives them in order; SQL promises none for one half of a UNION. Sorting what is sorted is one
    // walk.
    const entries = rows.map(entryOf).sort((a, b) => a.seq - b.seq);
    const stored = { snapshotSeq: numberOf(head['seq']), entries };
    return head['sealed'] === null ? stored : { ...stored, snapshot: sealedOf(head) };
  }

  all(person: Uint8Array): readonly SealedEntry[] {
    return this.#all.all(person).map(entryOf);
  }

  one(person: Uint8Array, seq: number): SealedEntry | undefined {
    const row = this.#one.get(person, seq);
    return row === undefined ? undefined : entryOf(row);
  }
}

function entryOf(row: Row): SealedEntry {
  return { seq: numberOf(row['seq']), kind: kindOfCode(numberOf(row['kind'])), sealed: sealedOf(row) };
}

/** Without the padding of its slot. */
function sealedOf(row: Row): Uint8Array {
  return blobOf(row['sealed']).subarray(0, numberOf(row['bytes']));
}
