// Owns: the Movable port on a home at rest: rows of both files as they lie, for a shop that moves here or
// away. Both folders are locked meanwhile. A person is replaced in one transaction.

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blobOf, numberOf, textOf } from './columns.ts';
import { openWriting } from './connection.ts';
import { ERASED } from './key-states.ts';
import { lockHome } from './lock.ts';
import { KEYS_FILE } from './master-key.ts';
import { createLogKeysMoving } from './log-keys.ts';
import { createMastersMoving } from './masters.ts';
import { PeopleWriter } from './people-writer.ts';
import { NOBODY, pseudonymBytes, pseudonymOf } from './pseudonym.ts';
import { DATA_SCHEMA, KEYS_SCHEMA } from './schema.ts';
import { createSlots, paddedToClass } from './slots.ts';

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { KeysMoved, Movable, MovedKey, MovedPerson, PersonKey } from '../../engine/ports.ts';

type Part<Names extends keyof Movable> = Pick<Movable, Names>;
type Row = Record<string, SQLOutputValue>;

/** A home at rest; its files are made when they are missing. Fault `home-in-use` when one serves it. */
export function openMovable(folders: { readonly dataDir: string; readonly keysDir: string }): Movable {
  const { dataDir, keysDir } = folders;
  const locks = [lockHome(dataDir)];
  const files = [join(dataDir, DATA_SCHEMA.name), join(keysDir, KEYS_FILE)] as const;
  const open: DatabaseSync[] = [];
  const close = async (): Promise<void> => {
    for (const db of open.splice(0)) db.close();
    for (const lock of locks.splice(0)) lock.release();
  };
  try {
    locks.push(lockHome(keysDir));
    const data = openWriting(files[0], DATA_SCHEMA);
    open.push(data);
    const keys = openWriting(files[1], KEYS_SCHEMA);
    open.push(keys);
    return {
      ...peopleOf(data),
      ...keysOf(keys),
      ...catalogueOf(data),
      ...documentsOf(data),
      clear: async () => {
        for (const db of open.splice(0)) db.close();
        for (const file of files.toReversed()) removeFile(file);
      },
      close,
    };
  } catch (error) {
    for (const db of open.splice(0)) db.close();
    for (const lock of locks.splice(0)) lock.release();
    throw error;
  }
}

function removeFile(file: string): void {
  for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) rmSync(file + ending);
}

function inTransaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function peopleOf(db: DatabaseSync): Part<'people' | 'person' | 'putPerson' | 'outbox' | 'putOutbox'> {
  const writer = new PeopleWriter(db);
  const slots = createSlots(db);
  const list = db.prepare('SELECT person FROM people WHERE person > ? ORDER BY person LIMIT ?');
  const head = db.prepare(
    `SELECT p.floor, p.bytes, s.sealed FROM people p LEFT JOIN slots s ON s.id = p.snapshot
     WHERE p.person = ?`,
  );
  const rows = db.prepare(
    `SELECT e.seq, e.kind, e.expires, e.bytes, s.sealed
     FROM people p CROSS JOIN entries e ON e.person = p.id CROSS JOIN slots s ON s.id = e.slot
     WHERE p.person = ? ORDER BY e.seq`,
  );
  const addPerson = db.prepare('INSERT INTO people (person, floor, snapshot, bytes) VALUES (?, ?, ?, ?)');
  const addEntry = db.prepare(
    'INSERT INTO entries (person, seq, kind, expires, slot, bytes) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addLeaf = db.prepare('INSERT OR IGNORE INTO outbox (leaf) VALUES (?)');
  const leaves = db.prepare('SELECT leaf FROM outbox ORDER BY id');

  const read = (person: PersonKey): MovedPerson | undefined => {
    const found = head.get(pseudonymBytes(person));
    if (found === undefined) return undefined;
    const entries = rows.all(pseudonymBytes(person)).map((row) => ({
      seq: numberOf(row['seq']),
      code: numberOf(row['kind']),
      expiresDay: numberOf(row['expires']),
      sealed: sealedOf(row),
    }));
    const snapshot = found['sealed'] === null ? undefined : sealedOf(found);
    return { person, floor: numberOf(found['floor']), snapshot, entries };
  };

  return {
    async people(after, limit) {
      const from = after === undefined ? new Uint8Array(0) : pseudonymBytes(after);
      const names = list.all(from, limit).map((row) => pseudonymOf(blobOf(row['person'])));
      return names.map(read).filter((one) => one !== undefined);
    },
    person: async (person) => read(person),
    async putPerson({ person, floor, snapshot, entries }) {
      const name = Uint8Array.from(pseudonymBytes(person));
      inTransaction(db, () => {
        writer.apply({ kind: 'purge', person: name });
        const slot = snapshot === undefined ? null : slots.fill(paddedToClass(snapshot));
        const added = addPerson.run(name, floor, slot, snapshot?.length ?? 0);
        for (const { seq, code, expiresDay, sealed } of entries) {
          const place = slots.fill(paddedToClass(sealed));
          addEntry.run(added.lastInsertRowid, seq, code, expiresDay, place, sealed.length);
        }
      });
    },
    outbox: async () => leaves.all().map((row) => ({ leaf: blobOf(row['leaf']) })),
    async putOutbox(waiting) {
      inTransaction(db, () => {
        for (const { leaf } of waiting) addLeaf.run(leaf);
      });
    },
  };
}

/** Without the padding of its slot. */
function sealedOf(row: Row): Uint8Array {
  return blobOf(row['sealed']).subarray(0, numberOf(row['bytes']));
}

function keysOf(db: DatabaseSync): Part<KeysMoved> {
  const masters = createMastersMoving(db);
  const logKeys = createLogKeysMoving(db);
  const select = `SELECT k.person, k.state, k.wrapped, coalesce(w.count, 0) AS withdrawals, t.until
    FROM keys k LEFT JOIN withdrawals w ON w.person = k.person LEFT JOIN terms t ON t.person = k.person`;
  const list = db.prepare(`${select} WHERE k.person > ? ORDER BY k.person LIMIT ?`);
  const one = db.prepare(`${select} WHERE k.person = ?`);
  const add = db.prepare(
    `INSERT INTO keys (person, state, wrapped) VALUES (?1, ?2, ?3)
     ON CONFLICT (person) DO UPDATE SET state = ?2, wrapped = ?3`,
  );
  const count = db.prepare('INSERT OR REPLACE INTO withdrawals (person, count) VALUES (?, ?)');
  const dropCount = db.prepare('DELETE FROM withdrawals WHERE person = ?');
  const setTerm = db.prepare('INSERT OR REPLACE INTO terms (person, until) VALUES (?, ?)');
  const dropTerm = db.prepare('DELETE FROM terms WHERE person = ?');
  return {
    async keys(after, limit) {
      return list.all(after === undefined ? new Uint8Array(0) : pseudonymBytes(after), limit).map(keyOf);
    },
    async key(person) {
      const row = one.get(pseudonymBytes(person));
      return row === undefined ? undefined : keyOf(row);
    },
    async putKey({ person, state, wrapped, withdrawals, untilMs }) {
      const name = Uint8Array.from(pseudonymBytes(person));
      inTransaction(db, () => {
        add.run(name, state, wrapped);
        if (withdrawals > 0) count.run(name, withdrawals);
        else dropCount.run(name);
        if (untilMs === undefined) dropTerm.run(name);
        else setTerm.run(name, untilMs);
      });
    },
    masters: async () => masters.rows(),
    async putMasters(rows) {
      inTransaction(db, () => masters.replace(rows));
    },
    logKeys: async () => logKeys.rows(),
    async putLogKeys(rows) {
      inTransaction(db, () => logKeys.replace(rows));
    },
    async erasures() {
      return numberOf(one.get(NOBODY)?.['withdrawals'] ?? 0);
    },
    async setErasures(erasures) {
      // Erasures are counted as withdrawals of nobody (keys-writer.ts).
      if (erasures > 0) count.run(NOBODY, erasures);
      else dropCount.run(NOBODY);
    },
  };
}

function keyOf(row: Row): MovedKey {
  const person = pseudonymOf(blobOf(row['person']));
  const state = numberOf(row['state']);
  const isNobody = state === ERASED && blobOf(row['person']).every((byte) => byte === 0);
  return {
    person,
    state,
    wrapped: blobOf(row['wrapped']),
    withdrawals: isNobody ? 0 : numberOf(row['withdrawals']),
    untilMs: row['until'] === null ? undefined : numberOf(row['until']),
  };
}

function catalogueOf(db: DatabaseSync): Part<'catalogue' | 'putCatalogue'> {
  const revisions = db.prepare('SELECT newest, pruned FROM revisions');
  const items = db.prepare('SELECT item, revision, replaced, body FROM items ORDER BY item, revision');
  const add = db.prepare('INSERT INTO items (item, revision, replaced, body) VALUES (?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM items');
  const set = db.prepare('UPDATE revisions SET newest = ?, pruned = ?');
  return {
    async catalogue() {
      const now = revisions.get();
      return {
        newest: numberOf(now?.['newest']),
        pruned: numberOf(now?.['pruned']),
        rows: items.all().map((row) => ({
          item: textOf(row['item']),
          revision: numberOf(row['revision']),
          replaced: row['replaced'] === null ? undefined : numberOf(row['replaced']),
          body: textOf(row['body']),
        })),
      };
    },
    async putCatalogue({ newest, pruned, rows }) {
      inTransaction(db, () => {
        drop.run();
        for (const { item, revision, replaced, body } of rows)
          add.run(item, revision, replaced ?? null, body);
        set.run(newest, pruned);
      });
    },
  };
}

type Documents = 'documentNames' | 'document' | 'putDocument' | 'pointers' | 'point' | 'dropPointer';

function documentsOf(db: DatabaseSync): Part<Documents> {
  const names = db.prepare('SELECT kind, document FROM documents ORDER BY kind, document');
  const one = db.prepare('SELECT time, bytes FROM documents WHERE kind = ? AND document = ?');
  const put = db.prepare(
    'INSERT OR REPLACE INTO documents (kind, document, time, bytes) VALUES (?, ?, ?, ?)',
  );
  const pointers = db.prepare('SELECT pointer, document FROM pointers ORDER BY pointer');
  const point = db.prepare('INSERT OR REPLACE INTO pointers (pointer, document) VALUES (?, ?)');
  const drop = db.prepare('DELETE FROM pointers WHERE pointer = ?');
  return {
    async documentNames() {
      return names.all().map((row) => ({ kind: textOf(row['kind']), id: textOf(row['document']) }));
    },
    async document(kind, id) {
      const row = one.get(kind, id);
      if (row === undefined) return undefined;
      return { kind, id, timeMs: numberOf(row['time']), bytes: blobOf(row['bytes']) };
    },
    async putDocument({ kind, id, timeMs, bytes }) {
      put.run(kind, id, timeMs, bytes);
    },
    async pointers() {
      return new Map(pointers.all().map((row) => [textOf(row['pointer']), textOf(row['document'])]));
    },
    async point(name, id) {
      point.run(name, id);
    },
    async dropPointer(name) {
      drop.run(name);
    },
  };
}
