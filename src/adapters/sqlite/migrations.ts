// Owns: how a database file comes to the shape this code expects. A numbered list of steps; the number of
// steps done is `user_version`; each step commits together with its number, so a kill between two of them
// leaves a whole state.

import { Fault } from '../../kernel/fault.ts';
import { damaged } from './faults.ts';
import { numberOf } from './columns.ts';

import type { DatabaseSync } from 'node:sqlite';

export interface Schema {
  /** File name, for messages. */
  readonly name: string;
  /** `application_id`: tells our file from any other SQLite file, and the key store from the data. */
  readonly applicationId: number;
  /** Step n brings version n to n + 1. Never edited once released. */
  readonly steps: readonly string[];
}

export function pragmaNumber(db: DatabaseSync, name: string): number {
  return numberOf(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}

/**
 * Checks that `db` is a file of ours, and that this code is new enough for it. An empty file passes.
 * Faults: `damaged` (another program's file), `too-new` (written by a newer Fineline).
 */
export function assertSchema(db: DatabaseSync, schema: Schema): void {
  const applicationId = pragmaNumber(db, 'application_id');
  const version = pragmaNumber(db, 'user_version');
  const isEmpty = applicationId === 0 && version === 0 && pragmaNumber(db, 'page_count') <= 1;
  if (!isEmpty && applicationId !== schema.applicationId) {
    throw damaged(schema.name, `application_id is ${applicationId}, expected ${schema.applicationId}`);
  }
  if (version > schema.steps.length) {
    throw new Fault(
      'too-new',
      `${schema.name} has schema version ${version}, this Fineline knows up to ${schema.steps.length}: ` +
        'start the newer Fineline that wrote it, or restore a backup made by this one',
      { retry: 'never' },
    );
  }
}

/** Brings `db` to the newest version. */
export function migrate(db: DatabaseSync, schema: Schema): void {
  assertSchema(db, schema);
  for (let version = pragmaNumber(db, 'user_version'); version < schema.steps.length; version += 1) {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(schema.steps[version] ?? '');
      db.exec(`PRAGMA application_id = ${schema.applicationId}; PRAGMA user_version = ${version + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      // After "disk full" SQLite has rolled back by itself.
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
