// Owns: what the writer does to journals and the outbox. Runs in the worker, inside the transaction of a group. Nothing here
// deletes sealed bytes: their slots are zeroed in place (slots.ts).

import { conflict } from './faults.ts';
import { numberOf } from './columns.ts';
import { createSlots, padded } from './slots.ts';
import { unpackRow } from './wire.ts';

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
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
  const addPerson = db.prepare('INSERT INTO people (person, floor, bytes) VALUES (?, -1, 0)');
  const setFloor = db.prepare('UPDATE people SET floor = ? WHERE id = ?');
  const dropPerson = db.prepare('DELETE FROM people WHERE id = ?');
  const addEntry = db.prepare(
    'INSERT OR IGNORE INTO entries (person, seq, kind, expires, slot, bytes) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const newest = db.prepare('SELECT max(seq) AS seq FROM entries WHERE person = ?');
  const findSnapshot = db.prepare('SELECT snapshot, bytes FROM people WHERE id = ?');
  const setSnapshot = db.prepare('UPDATE people SET snapshot = ?, bytes = ? WHERE id = ?');
  const droppedKinds = db.prepare(
    'SELECT seq, slot, bytes FROM entries WHERE person = ? AND seq <= ? AND kind IN (SELECT value FROM json_each(?))',
  );
  const unkeptKinds = db.prepare(
    'SELECT seq, slot, bytes FROM entries WHERE person = ? AND kind NOT IN (SELECT value FROM json_each(?))',
  );
  const expired = db.prepare(
    'SELECT person, seq, slot, bytes FROM entries WHERE person BETWEEN ? AND ? AND expires > 0 AND expires < ?',
  );
  const dropEntry = db.prepare('DELETE FROM entries WHERE person = ? AND seq = ?');
  const addLeaf = db.prepare('INSERT OR IGNORE INTO outbox (leaf) VALUES (?)');
  const dropLeaf = db.prepare('DELETE FROM outbox WHERE leaf = ?');
  const slots = createSlots(db);
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

  const dropSnapshot = (id: number): void => {
    const row = findSnapshot.get(id);
    if (row === undefined || row['snapshot'] === null) return;
    slots.free(numberOf(row['snapshot']), numberOf(row['bytes']));
    setSnapshot.run(null, 0, id);
  };
  const dropEntries = (id: number, rows: readonly Record<string, SQLOutputValue>[]): void => {
    for (const row of rows) {
      slots.free(numberOf(row['slot']), numberOf(row['bytes']));
      dropEntry.run(id, numberOf(row['seq']));
    }
  };
  const strip = (pseudonym: Uint8Array, keep: readonly number[]): void => {
    const person = lookUp(pseudonym);
    if (person === undefined) return;
    known.clear();
    // The erasure takes a number of its own: whoever loaded before it and writes after it meets a conflict.
    const last = Math.max(person.floor, numberOf(newest.get(person.id)?.['seq'] ?? -1));
    setFloor.run(last + 1, person.id);
    dropSnapshot(person.id);
    dropEntries(person.id, unkeptKinds.all(person.id, JSON.stringify(keep)));
  };

  return {
    strip,
    append(bytes): void {
      let at = 0;
      while (at < bytes.length) {
        const row = unpackRow(bytes, at);
        const person = personOf(bytes.toString('latin1', at, at + row.person.length), row.person);
        if (row.seq <= person.floor) throw conflict();
        const slot = slots.fill(row.padded);
        const { changes } = addEntry.run(person.id, row.seq, row.kindCode, row.expiresDay, slot, row.sealedBytes);
        // The slot is given back with the rest of the operation.
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
          dropSnapshot(person.id);
          setSnapshot.run(slots.fill(padded(operation.sealed)), operation.sealed.length, person.id);
          dropEntries(person.id, droppedKinds.all(person.id, operation.upToSeq, JSON.stringify(operation.drop)));
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
          dropSnapshot(person.id);
          dropEntries(person.id, unkeptKinds.all(person.id, '[]'));
          dropPerson.run(person.id);
          return undefined;
        }
        case 'expire': {
          const rows = expired.all(operation.fromId, operation.toId, operation.today);
          for (const row of rows) dropEntries(numberOf(row['person']), [row]);
          return rows.length;
        }
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
      slots.forget();
    },
  };
}
