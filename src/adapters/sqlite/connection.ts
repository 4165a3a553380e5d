// Owns: how a file is opened. Every connection to a file has the same settings; only the worker's may write.

import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { faulted } from './faults.ts';
import { migrate } from './migrations.ts';
import { SQLITE } from './bounds.ts';

import type { Schema } from './migrations.ts';

/**
 * The one writing connection of a file. Creates and migrates it when needed, and empties the write-ahead log:
 * a kill between an erasure and its clean-up must not leave old bytes there.
 */
export function openWriting(file: string, schema: Schema): DatabaseSync {
  return faulted(schema.name, () => {
    const db = new DatabaseSync(file, { timeout: SQLITE.busyMsMax });
    try {
      // Before anything is in it; the write-ahead log takes the same mode.
      chmodSync(file, 0o600);
      db.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -${SQLITE.writeCacheKibibytes};
        PRAGMA wal_autocheckpoint = ${SQLITE.checkpointPages};
        PRAGMA journal_size_limit = ${SQLITE.walBytesKept};
      `);
      migrate(db, schema);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** A connection that only reads. It sees every commit that was made before the statement began. */
export function openReading(file: string, schema: Schema): DatabaseSync {
  return faulted(schema.name, () => {
    const db = new DatabaseSync(file, { readOnly: true, timeout: SQLITE.busyMsMax });
    db.exec(`PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${SQLITE.readCacheKibibytes}`);
    return db;
  });
}
