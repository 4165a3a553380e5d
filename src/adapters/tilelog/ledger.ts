// The database of the log: the truth that tiles and checkpoint are printed from. Waiting leaves are kept by their own
// value, which is random, so that no order of arrival is stored; there is no time and no mark on dummies anywhere.
//
// The tile table holds the tiles of tlog-tiles as they are, the rightmost of each level still growing: a partial tile
// is the beginning of the full one, so every width that was ever published can be read from it.

import { DatabaseSync } from 'node:sqlite';
import { concatBytes, equalBytes } from '../../kernel/bytes.ts';
import { type Hash, HASH_BYTES, emptyRoot, leafHash, treeRoot } from '../../prove/merkle.ts';
import { TILE_WIDTH, type TileReader, readerOfTiles, tileHashCount, tileRoot } from '../../prove/tiles.ts';
import { tileLogFault } from './faults.ts';

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
const FORMAT = 1;

export interface Head {
  readonly size: number;
  readonly root: Hash;
}

export type LedgerStep = 'leaves-noted' | 'entries-stored' | 'tiles-stored' | 'head-stored';

export type Ledger = ReturnType<typeof openLedger>;

/** Opens or makes `log.db`. Holds the only lock on it until `close`. */
export function openLedger(path: string, options: { origin: string; onStep: (step: LedgerStep) => void }) {
  const { origin, onStep } = options;
  const db = new DatabaseSync(path);
  try {
    prepareStore(db, origin);
  } catch (error) {
    db.close();
    throw error;
  }
  const sql = {
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

  function head(): Head {
    const row = sql.head.get();
    return { size: count(row?.['size']), root: blob(row?.['root']) };
  }

  const readTile: TileReader = ({ level, index }) => blob(sql.tile.get(level, index)?.['hashes']);

  function rootAt(size: number): Hash {
    return size === 0 ? emptyRoot() : treeRoot(size, readerOfTiles(size, readTile));
  }

  /** Adds hashes to a tile level, and the roots of tiles that became full to the level above. */
  function growTiles(size: number, leaves: readonly Hash[]): void {
    let hashes = leaves;
    for (let level = 0; hashes.length > 0; level += 1) {
      const before = tileHashCount(size, level);
      let index = Math.floor(before / TILE_WIDTH);
      const begun = before % TILE_WIDTH === 0 ? [] : [readTile({ level, index, width: before % TILE_WIDTH })];
      const bytes = concatBytes(...begun, ...hashes);
      const full: Hash[] = [];
      for (let at = 0; at < bytes.length; at += TILE_WIDTH * HASH_BYTES, index += 1) {
        const tile = bytes.subarray(at, at + TILE_WIDTH * HASH_BYTES);
        sql.setTile.run(level, index, tile);
        if (tile.length === TILE_WIDTH * HASH_BYTES) full.push(tileRoot(tile));
      }
      hashes = full;
    }
  }

  return {
    head,
    readTile,
    rootAt,

    /** Notes leaves as waiting, unless they wait or are in the log already. Durable on return. */
    note(leaves: readonly Uint8Array[]): void {
      transaction(db, () => {
        for (const leaf of leaves) sql.note.run(leaf);
        onStep('leaves-noted');
      });
    },

    /** Up to `countMax` waiting leaves, in the order of their random values. */
    waiting(countMax: number): Uint8Array[] {
      return sql.waiting.all(countMax).map((row) => blob(row['leaf']));
    },

    /** Puts leaves into the tree in the given order: indices, tiles and head in one transaction. */
    enter(leaves: readonly Uint8Array[]): Head {
      return transaction(db, () => {
        const { size } = head();
        for (const [i, leaf] of leaves.entries()) {
          sql.enter.run(size + i, leaf);
          sql.unnote.run(leaf);
        }
        onStep('entries-stored');
        growTiles(size, leaves.map(leafHash));
        onStep('tiles-stored');
        const grown = { size: size + leaves.length, root: rootAt(size + leaves.length) };
        sql.setHead.run(grown.size, grown.root);
        onStep('head-stored');
        return grown;
      });
    },

    /** Index of a leaf in the tree; `undefined` when it is not (yet) there. */
    indexOf(leaf: Uint8Array): number | undefined {
      const row = sql.indexOf.get(leaf);
      return row === undefined ? undefined : count(row['idx']);
    },

    /** Leaves `from … to − 1`. */
    entries(from: number, to: number): Uint8Array[] {
      return sql.entries.all(from, to).map((row) => blob(row['leaf']));
    },

    /** Empties the write-ahead log, which otherwise still shows in which order leaves arrived. */
    settle(): void {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },

    close(): void {
      db.close();
    },
  };
}

function prepareStore(db: DatabaseSync, origin: string): void {
  // EXCLUSIVE before WAL: the lock is held for good, and no shared-memory file is needed.
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  db.exec('PRAGMA secure_delete = ON');
  transaction(db, () => {
    const format = count(db.prepare('PRAGMA user_version').get()?.['user_version']);
    if (format > FORMAT) {
      throw tileLogFault(
        'log-damaged',
        `log.db has format ${format}, newer than ${FORMAT}: use the newer Fineline`,
      );
    }
    db.exec(SCHEMA);
    db.exec(`PRAGMA user_version = ${FORMAT}`);
    db.prepare('INSERT OR IGNORE INTO head VALUES (1, ?, 0, ?)').run(origin, emptyRoot());
  });
  const stored = db.prepare('SELECT origin FROM head').get()?.['origin'];
  if (stored !== origin) {
    throw tileLogFault('log-other-origin', `log.db belongs to log ${String(stored)}, not to ${origin}`);
  }
}

function transaction<T>(db: DatabaseSync, work: () => T): T {
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

/** Refuses a database whose head is not the root of its own tiles. */
export function assertSound(ledger: Ledger): void {
  const { size, root } = ledger.head();
  if (!equalBytes(ledger.rootAt(size), root)) {
    throw tileLogFault(
      'log-damaged',
      `the tiles in log.db do not give its root at size ${size}: put back a sound copy`,
    );
  }
}

function count(value: unknown): number {
  if (typeof value === 'number') return value;
  throw tileLogFault('log-damaged', 'a number is missing in log.db: put back a sound copy');
}

function blob(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw tileLogFault('log-damaged', 'a tile or leaf is missing in log.db: put back a sound copy');
}
