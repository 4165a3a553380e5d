// Owns: one process per home. The lock is SQLite's own exclusive lock on a small file: the operating system
// drops it when the process dies, however it dies, so there is nothing stale to clean up. The file beside it
// only names the holder.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '../../kernel/fault.ts';
import { toFault } from './faults.ts';

export interface Lock {
  release(): void;
}

/**
 * Kept here, because a connection that nobody refers to is closed by the garbage collector, and the lock with
 * it.
 */
const heldLocks = new Set<DatabaseSync>();

const LOCK_FILE = 'lock.db';
const HOLDER_FILE = 'lock.pid';

/**
 * Takes `dir` for this process (and makes it, 0700). Faults: `home-in-use` naming the holder's process id,
 * `read-only`, `disk-full`.
 *
 *     const lock = lockHome('/var/lib/fineline');
 *     try { … } finally { lock.release(); }
 */
export function lockHome(dir: string): Lock {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toFault(error, dir);
  }
  // No waiting: the answer of a second start should come at once.
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(dir, LOCK_FILE), { timeout: 0 });
    // Held open for the life of the process, and never written, so there is no journal.
    db.exec('BEGIN EXCLUSIVE');
    // Not through a descriptor on lock.db: closing any descriptor of a file drops this process's POSIX locks
    // on it.
    writeFileSync(join(dir, HOLDER_FILE), `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    db?.close();
    const fault = toFault(error, dir);
    throw fault instanceof Fault && fault.code === 'busy' ? homeInUse(dir, error) : fault;
  }
  const held = db;
  heldLocks.add(held);
  return {
    release(): void {
      heldLocks.delete(held);
      if (held.isOpen) held.close();
    },
  };
}

function homeInUse(dir: string, cause: unknown): Fault<'home-in-use'> {
  const holder = readHolder(dir);
  const who = holder === undefined ? 'another process' : `process ${holder}`;
  return new Fault(
    'home-in-use',
    `${dir} is in use by ${who}: stop it, or start this one with a folder of its own (--home)`,
    { retry: 'never', cause },
  );
}

/** The process that wrote its id last; `undefined` if the file is missing or that process is gone. */
function readHolder(dir: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(dir, HOLDER_FILE), 'utf8'), 10);
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? holderText(dir) : undefined;
  }
}

function holderText(dir: string): number {
  return Number.parseInt(readFileSync(join(dir, HOLDER_FILE), 'utf8'), 10);
}
