// Owns: what the writer does to journals and the outbox. Runs in the worker, inside the transaction of a
// group. Nothing here deletes sealed bytes: their slots are zeroed in place (slots.ts).

import { conflict } from './faults.ts';
import { numberOf } from './columns.ts';
import { PeopleTable } from './people-table.ts';
import { createSlots, paddedToClass, type Slots } from './slots.ts';
import { unpackRow } from './wire.ts';

import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { DataOperation } from './operations.ts';

export type PeopleKind = 'compact' | 'erase' | 'purge' | 'expire' | 'submit' | 'logged';
type PeopleOperation = Extract<DataOperation, { kind: PeopleKind }>;
type Row = Record<string, SQLOutputValue>;

export class PeopleWriter {
  readonly #people: PeopleTable;
  readonly #slots: Slots;
  readonly #entries: Entries;
  readonly #snapshot: StatementSync;
  readonly #setSnapshot: StatementSync;
  readonly #addLeaf: StatementSync;
  readonly #dropLeaf: StatementSync;

  constructor(db: DatabaseSync) {
    this.#people = new PeopleTable(db);
    this.#slots = createSlots(db);
    this.#entries = prepareEntries(db);
    this.#snapshot = db.prepare('SELECT snapshot, bytes FROM people WHERE id = ?');
    this.#setSnapshot = db.prepare('UPDATE people SET snapshot = ?, bytes = ? WHERE id = ?');
    this.#addLeaf = db.prepare('INSERT OR IGNORE INTO outbox (leaf) VALUES (?)');
    this.#dropLeaf = db.prepare('DELETE FROM outbox WHERE leaf = ?');
  }

  /** Packed rows (wire.ts). Throws `conflict` half-way: the caller rolls back. */
  append(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const row = unpackRow(bytes, at);
      const { id, floor } = this.#people.findOrAdd(row.person);
      if (row.seq <= floor) throw conflict();
      const slot = this.#slots.fill(row.padded);
      const added = this.#entries.add.run(id, row.seq, row.kindCode, row.expiresDay, slot, row.sealedBytes);
      // The slot is given back with the rest of the batch.
      if (added.changes === 0) throw conflict();
      if (row.leaf !== undefined) this.#addLeaf.run(row.leaf);
      at = row.next;
    }
  }

  apply(operation: PeopleOperation): number | undefined {
    switch (operation.kind) {
      case 'compact':
        this.#compact(operation);
        return undefined;
      case 'erase':
        this.#addLeaf.run(operation.leaf);
        this.strip(operation.person, operation.keep);
        return undefined;
      case 'purge':
        this.#purge(operation.person);
        return undefined;
      case 'expire': {
        const rows = this.#entries.expired.all(operation.fromId, operation.toId, operation.today);
        for (const row of rows) this.#dropEntries(numberOf(row['person']), [row]);
        return rows.length;
      }
      case 'submit':
        for (const leaf of operation.leaves) this.#addLeaf.run(leaf);
        return undefined;
      case 'logged':
        for (const leaf of operation.leaves) this.#dropLeaf.run(leaf);
        return undefined;
    }
  }

  /** What an erasure does to the journal: rows of `keep` codes stay, everything else goes. */
  strip(pseudonym: Uint8Array, keep: readonly number[]): void {
    const person = this.#people.find(pseudonym);
    if (person === undefined) return;
    // The erasure takes a number of its own: whoever loaded before it and writes after it meets a conflict.
    const newest = numberOf(this.#entries.newest.get(person.id)?.['seq'] ?? -1);
    this.#people.setFloor(pseudonym, person, Math.max(person.floor, newest) + 1);
    this.#dropSnapshot(person.id);
    this.#dropEntries(person.id, this.#entries.notOfKinds.all(person.id, JSON.stringify(keep)));
  }

  /** Drops what is remembered: a transaction was rolled back. */
  forget(): void {
    this.#people.forget();
    this.#slots.forget();
  }

  #compact({ person, upToSeq, sealed, drop }: Extract<PeopleOperation, { kind: 'compact' }>): void {
    const found = this.#people.find(person);
    if (found === undefined || upToSeq < found.floor) throw conflict();
    this.#people.setFloor(person, found, upToSeq);
    this.#dropSnapshot(found.id);
    this.#setSnapshot.run(this.#slots.fill(paddedToClass(sealed)), sealed.length, found.id);
    this.#dropEntries(found.id, this.#entries.ofKinds.all(found.id, upToSeq, JSON.stringify(drop)));
  }

  #purge(person: Uint8Array): void {
    const found = this.#people.find(person);
    if (found === undefined) return;
    this.#dropSnapshot(found.id);
    this.#dropEntries(found.id, this.#entries.notOfKinds.all(found.id, '[]'));
    this.#people.drop(person, found);
  }

  #dropSnapshot(id: number): void {
    const row = this.#snapshot.get(id);
    if (row === undefined || row['snapshot'] === null) return;
    this.#slots.free(numberOf(row['snapshot']), numberOf(row['bytes']));
    this.#setSnapshot.run(null, 0, id);
  }

  #dropEntries(id: number, rows: readonly Row[]): void {
    for (const row of rows) {
      this.#slots.free(numberOf(row['slot']), numberOf(row['bytes']));
      this.#entries.drop.run(id, numberOf(row['seq']));
    }
  }
}

type Entries = ReturnType<typeof prepareEntries>;

/** Kinds come as a JSON list of codes, so that one prepared statement serves any number of them. */
function prepareEntries(db: DatabaseSync) {
  return {
    add: db.prepare(
      'INSERT OR IGNORE INTO entries (person, seq, kind, expires, slot, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    drop: db.prepare('DELETE FROM entries WHERE person = ? AND seq = ?'),
    newest: db.prepare('SELECT max(seq) AS seq FROM entries WHERE person = ?'),
    ofKinds: db.prepare(
      `SELECT seq, slot, bytes FROM entries
       WHERE person = ? AND seq <= ? AND kind IN (SELECT value FROM json_each(?))`,
    ),
    notOfKinds: db.prepare(
      `SELECT seq, slot, bytes FROM entries
       WHERE person = ? AND kind NOT IN (SELECT value FROM json_each(?))`,
    ),
    expired: db.prepare(
      `SELECT person, seq, slot, bytes FROM entries
       WHERE person BETWEEN ? AND ? AND expires > 0 AND expires < ?`,
    ),
  };
}
