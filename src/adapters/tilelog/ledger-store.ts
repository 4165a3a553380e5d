// The tables of `log.db` and how they are opened: one writer, every commit synced.

import { DatabaseSync } from 'node:sqlite';
import { emptyRoot } from '../../prove/merkle.ts';
import { tileLogFault } from './faults.ts';

const FORMAT = 1;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS pending (leaf BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS entry (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS tile (
    level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, idx)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS head (
    one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL
  ) STRICT;
`;

/** Opens or makes the database and takes the only lock on it, held until it is closed. */
export function openStore(path: string, origin: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    // EXCLUSIVE before WAL: the lock is held for good, and no shared-memory file is needed.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    // A leaf that left the waiting list must not linger in free pages, in the order it came.
    db.exec('PRAGMA secure_delete = ON');
    transaction(db, () => {
      prepare(db, origin);
    });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepare(db: DatabaseSync, origin: string): void {
  const format = count(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (format > FORMAT) {
    const message = `log.db has format ${format}, newer than ${FORMAT}: use the newer Fineline`;
    throw tileLogFault('log-damaged', message);
  }
  db.exec(SCHEMA);
  db.exec(`PRAGMA user_version = ${FORMAT}`);
  db.prepare('INSERT OR IGNORE INTO head VALUES (1, ?, 0, ?)').run(origin, emptyRoot());
  const stored = db.prepare('SELECT origin FROM head').get()?.['origin'];
  if (stored !== origin) {
    throw tileLogFault('log-other-origin', `log.db belongs to log ${String(stored)}, not to ${origin}`);
  }
}

/** Runs `work` in a transaction that is durable on return, or undone when it throws. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A failed COMMIT (disk full) leaves the transaction open as well.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

export type Statements = ReturnType<typeof statementsOf>;

export function statementsOf(db: DatabaseSync) {
  return {
    head: db.prepare('SELECT size, root FROM head'),
    setHead: db.prepare('UPDATE head SET size = ?, root = ?'),
    tile: db.prepare('SELECT hashes FROM tile WHERE level = ? AND idx = ?'),
    setTile: db.prepare('INSERT OR REPLACE INTO tile (level, idx, hashes) VALUES (?, ?, ?)'),
    note: db.prepare(
      'INSERT OR IGNORE INTO pending SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM entry WHERE leaf = ?1)',
    ),
    waiting: db.prepare('SELECT leaf FROM pending ORDER BY leaf LIMIT ?'),
    unnote: db.prepare('DELETE FROM pending WHERE leaf = ?'),
    enter: db.prepare('INSERT INTO entry (idx, leaf) VALUES (?, ?)'),
    indexOf: db.prepare('SELECT idx FROM entry WHERE leaf = ?'),
    entries: db.prepare('SELECT leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx'),
  };
}

/** A number of a row; the database is damaged when it is none. */
export function count(value: unknown): number {
  if (typeof value === 'number') return value;
  throw tileLogFault('log-damaged', 'a number is missing in log.db: put back a sound copy');
}

/** Bytes of a row; the database is damaged when it has none. */
export function blob(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw tileLogFault('log-damaged', 'a tile or leaf is missing in log.db: put back a sound copy');
}
