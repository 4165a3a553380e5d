// Owns: `keys.db` opened by a command beside the process that serves: every change is a short transaction of
// its own.

import { join } from 'node:path';
import { openReading, openWriting } from './connection.ts';
import { faulted } from './faults.ts';
import { KEYS_FILE } from './master-key.ts';
import { KEYS_SCHEMA } from './schema.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { Value } from './operations.ts';

export interface KeysBeside<Operation> {
  readonly db: DatabaseSync;
  readonly submit: (operation: Operation) => Promise<Value>;
  readonly close: () => void;
}

/** `after` comes with each change that was kept. Faults: what a file can do; `busy` after seconds. */
export function openKeysBeside<Operation>(
  keysDir: string,
  writerOf: (writing: DatabaseSync) => { apply(operation: Operation): Value },
  after?: (operation: Operation, writing: DatabaseSync) => void,
): KeysBeside<Operation> {
  const file = join(keysDir, KEYS_FILE);
  const writing = openWriting(file, KEYS_SCHEMA);
  const db = openReading(file, KEYS_SCHEMA);
  const writer = writerOf(writing);
  const submit = async (operation: Operation): Promise<Value> =>
    faulted(KEYS_SCHEMA.name, () => {
      writing.exec('BEGIN IMMEDIATE');
      try {
        const value = writer.apply(operation);
        writing.exec('COMMIT');
        after?.(operation, writing);
        return value;
      } catch (error) {
        if (writing.isTransaction) writing.exec('ROLLBACK');
        throw error;
      }
    });
  const close = (): void => {
    db.close();
    writing.close();
  };
  return { db, submit, close };
}
