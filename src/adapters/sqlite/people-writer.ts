// Owns: what the writer does to journals and the outbox. Runs in the worker, inside the transaction of a group.

import { conflict } from './faults.ts';
import { numberOf } from './columns.ts';
import { unpackRow } from './wire.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { DataOperation } from './operations.ts';

interface Known {
  readonly id: number;
  readonly floor: number;
}

/** People whose row id is remembered: saves one look-up of 1 µs per entry. 100,000 take about 12 MB. */
const KNOWN_MAX = 100_000;

export interface PeopleWriter {
  append(bytes: Buffer): void;
  apply(operation: Extract<DataOperation, { kind: PeopleKind }>): number | undefined;
  /** What an erasure does to the journal: rows of `keep` codes stay, everything else goes. */
  strip(person: Uint8Array, keep: readonly number[]): void;
  /** Drops what is remembered: a transaction was rolled back. */
  forget(): void;
}

export type PeopleKind = 'compact' | 'erase' | 'purge' | 'expire' | 'submit' | 'logged';

export function peopleWriter(db: DatabaseSync): PeopleWriter {
  const findPerson = db.prepare('SELECT id, floor FROM people WHERE person = ?');
  const addPerson = db.prepare('INSERT INTO people (person, floor) VALUES (?, -1)');
  const setFloor = db.prepare('UPDATE people SET floor = ? WHERE id = ?');
  const dropPerson = db.prepare('DELETE FROM people WHERE id = ?');
  const addEntry = db.prepare(
    'INSERT OR IGNORE INTO entries (person, seq, kind, expires, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  const newest = db.prepare('SELECT max(seq) AS seq FROM entries WHERE person = ?');
  const putSnapshot = db.prepare(
    'INSERT INTO snapshots (person, sealed) VALUES (?1, ?2) ON CONFLICT (person) DO UPDATE SET sealed = ?2',
  );
  const dropSnapshot = db.prepare('DELETE FROM snapshots WHERE person = ?');
  const dropKinds = db.prepare(
    'DELETE FROM entries WHERE person = ? AND seq <= ? AND kind IN (SELECT value FROM json_each(?))',
  );
  const keepKinds = db.prepare(
    'DELETE FROM entries WHERE person = ? AND kind NOT IN (SELECT value FROM json_each(?))',
  );
  const dropEntries = db.prepare('DELETE FROM entries WHERE person = ?');
  const expireRows = db.prepare('DELETE FROM entries WHERE id BETWEEN ? AND ? AND expires > 0 AND expires < ?');
  const addLeaf = db.prepare('INSERT OR IGNORE INTO outbox (leaf) VALUES (?)');
  const dropLeaf = db.prepare('DELETE FROM outbox WHERE leaf = ?');
  const known = new Map<string, Known>();

  const lookUp = (person: Uint8Array): Known | undefined => {
    const row = findPerson.get(person);
    return row === undefined ? undefined : { id: numberOf(row['id']), floor: numberOf(row['floor']) };
  };
  const remember = (name: string, person: Known): Known => {
    // The whole map goes at once: it fills again in a second, and an order of use would cost more than it saves.
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(name, person);
    return person;
  };
  const personOf = (name: string, person: Uint8Array): Known => {
    const found = known.get(name) ?? lookUp(person);
    if (found !== undefined) return known.has(name) ? found : remember(name, found);
    return remember(name, { id: Number(addPerson.run(person).lastInsertRowid), floor: -1 });
  };

  const strip = (pseudonym: Uint8Array, keep: readonly number[]): void => {
    const person = lookUp(pseudonym);
    if (person === undefined) return;
    known.clear();
    // The erasure takes a number of its own: whoever loaded before it and writes after it meets a conflict.
    const last = Math.max(person.floor, numberOf(newest.get(person.id)?.['seq'] ?? -1));
    setFloor.run(last + 1, person.id);
    dropSnapshot.run(person.id);
    keepKinds.run(person.id, JSON.stringify(keep));
  };

  return {
    strip,
    append(bytes): void {
      let at = 0;
      while (at < bytes.length) {
        const row = unpackRow(bytes, at);
        const person = personOf(bytes.toString('latin1', at, at + row.person.length), row.person);
        if (row.seq <= person.floor) throw conflict();
        const { changes } = addEntry.run(person.id, row.seq, row.kindCode, row.expiresDay, row.sealed);
        if (changes === 0) throw conflict();
        if (row.leaf !== undefined) addLeaf.run(row.leaf);
        at = row.next;
      }
    },

    apply(operation): number | undefined {
      switch (operation.kind) {
        case 'compact': {
          const person = lookUp(operation.person);
          if (person === undefined || operation.upToSeq < person.floor) throw conflict();
          known.clear();
          setFloor.run(operation.upToSeq, person.id);
          putSnapshot.run(person.id, operation.sealed);
          dropKinds.run(person.id, operation.upToSeq, JSON.stringify(operation.drop));
          return undefined;
        }
        case 'erase': {
          addLeaf.run(operation.leaf);
          strip(operation.person, operation.keep);
          return undefined;
        }
        case 'purge': {
          const person = lookUp(operation.person);
          if (person === undefined) return undefined;
          known.clear();
          dropSnapshot.run(person.id);
          dropEntries.run(person.id);
          dropPerson.run(person.id);
          return undefined;
        }
        case 'expire':
          return Number(expireRows.run(operation.fromId, operation.toId, operation.today).changes);
        case 'submit':
          for (const leaf of operation.leaves) addLeaf.run(leaf);
          return undefined;
        case 'logged':
          for (const leaf of operation.leaves) dropLeaf.run(leaf);
          return undefined;
      }
    },

    forget(): void {
      known.clear();
    },
  };
}
