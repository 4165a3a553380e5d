// Owns: copies of data.db and the way back. A backup holds sealed bytes and pseudonyms only; without the key
// store, which is never in it, it says nothing about anybody, and destroying a key here also destroys what
// every backup holds of that person.
//
// Restoring drops whoever has no keys any more before the file takes its place, so that no moment exists in
// which a person who was erased is back.

import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup as copyPages, DatabaseSync } from 'node:sqlite';
import { Fault } from '../../kernel/fault.ts';
import { assertFileBelongs } from './belonging.ts';
import { blobOf, textOf } from './columns.ts';
import { openReading, openWriting } from './connection.ts';
import { damaged, toFault } from './faults.ts';
import { syncFile, syncFolder } from './files.ts';
import { codeOfKind } from '../../facts/entry-code.ts';
import { lockHome } from './lock.ts';
import { assertSchema } from './migrations.ts';
import { PeopleWriter } from './people-writer.ts';
import { pseudonymOf } from './pseudonym.ts';
import { DATA_SCHEMA } from './schema.ts';

import type { KeyStore } from '../../engine/ports.ts';
import type { EntryKind } from '../../facts/entry.ts';

/** All of it in one step: between two steps a write would make SQLite begin again, under load for ever. */
const ALL_PAGES = 2 ** 31 - 1;
const PEOPLE_PER_READ = 1000;

/**
 * Writes a consistent copy of `dataDir/data.db` to `toFile`, while others read and write, also from another
 * process. The copy is checked, then takes its name at once. An erasure that arrives meanwhile is answered
 * after the copy is done.
 */
export async function backup(options: {
  readonly dataDir: string;
  readonly toFile: string;
}): Promise<{ readonly bytes: number }> {
  const draft = `${options.toFile}.${process.pid}.new`;
  const source = openReading(join(options.dataDir, DATA_SCHEMA.name), DATA_SCHEMA);
  try {
    assertSchema(source, DATA_SCHEMA);
    await copyPages(source, draft, { rate: ALL_PAGES });
    settleFile(draft);
    assertWhole(draft);
    syncFile(draft);
    renameSync(draft, options.toFile);
    syncFolder(dirname(options.toFile));
    return { bytes: statSync(options.toFile).size };
  } catch (error) {
    throw toFault(error, options.toFile);
  } finally {
    source.close();
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(draft + ending, { force: true });
  }
}

/** Out of WAL mode: a backup is one file, and may lie on a disk that cannot be written. */
function settleFile(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = DELETE');
  db.close();
}

function assertWhole(file: string): void {
  const db = openReading(file, DATA_SCHEMA);
  try {
    assertSchema(db, DATA_SCHEMA);
    const found = textOf(Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {})[0]);
    if (found !== 'ok') throw damaged(file, found);
  } finally {
    db.close();
  }
}

export interface Restored {
  readonly people: number;
  /** People who were in the backup but have no keys any more. */
  readonly purged: number;
}

export interface RestoreOptions {
  readonly fromFile: string;
  readonly dataDir: string;
  readonly keys: Pick<KeyStore, 'get' | 'derive'>;
  /**
   * Kinds of entries that an erased person's journal keeps, sealed, as at erasure (consent evidence).
   * Default: none.
   */
  readonly keep?: readonly EntryKind[];
}

/**
 * Puts the backup `fromFile` in the place of `dataDir/data.db`; the backup itself is only read. The home must
 * not be in use.
 *
 * What comes back: journals of people who still have keys, catalogue, documents and pointers as they were,
 * and the outbox (the log takes a leaf twice without harm). What does not: anybody erased or unknown to the
 * key store, whatever happened after the backup. Withdrawals made since are counted in the key store, so a
 * journal that lacks them is known to be stale.
 *
 * Faults: `home-in-use`, `damaged`, `other-keys` (nothing was changed), `too-new`, `no-backup`, `disk-full`,
 * `read-only`.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { fromFile, dataDir } = options;
  const target = join(dataDir, DATA_SCHEMA.name);
  const draft = join(dataDir, 'restore.db');
  const lock = lockHome(dataDir);
  try {
    removeFile(draft);
    if (!existsSync(fromFile)) {
      throw new Fault('no-backup', `${fromFile}: there is no such file: give the path of a backup`, {
        retry: 'never',
      });
    }
    copyFileSync(fromFile, draft);
    assertWhole(draft);
    // With other keys everybody in it would be unknown, and dropped.
    assertFileBelongs(draft, options.keys);
    const restored = await dropKeyless(draft, options);
    syncFile(draft);
    settleTarget(target);
    renameSync(draft, target);
    syncFolder(dataDir);
    return restored;
  } catch (error) {
    removeFile(draft);
    throw toFault(error, fromFile);
  } finally {
    lock.release();
  }
}

async function dropKeyless(file: string, { keys, keep }: RestoreOptions): Promise<Restored> {
  const db = openWriting(file, DATA_SCHEMA);
  try {
    const writer = new PeopleWriter(db);
    const list = db.prepare('SELECT person FROM people WHERE person > ? ORDER BY person LIMIT ?');
    let people = 0;
    let purged = 0;
    let after = new Uint8Array(0);
    for (;;) {
      const page = list.all(after, PEOPLE_PER_READ).map((row) => Uint8Array.from(blobOf(row['person'])));
      const last = page.at(-1);
      if (last === undefined) break;
      after = last;
      db.exec('BEGIN');
      for (const person of page) {
        const found = await keys.get(pseudonymOf(person));
        if (found === 'erased' && keep !== undefined) writer.strip(person, keep.map(codeOfKind));
        else if (found === undefined || found === 'erased') writer.apply({ kind: 'purge', person });
        if (found === undefined || found === 'erased') purged += 1;
        else people += 1;
      }
      db.exec('COMMIT');
    }
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return { people, purged };
  } finally {
    db.close();
  }
}

/**
 * Before another file takes its name, a database must be without a write-ahead log, or the log would be
 * applied to that.
 */
function settleTarget(target: string): void {
  try {
    if (existsSync(target)) openWriting(target, DATA_SCHEMA).close();
  } catch {
    // Damaged, which may be why a backup is restored: what its log holds is lost with it.
  }
  for (const ending of ['-wal', '-shm']) rmSync(target + ending, { force: true });
}

function removeFile(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(file + ending, { force: true });
}
