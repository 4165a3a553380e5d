// Owns: what a failure of SQLite or the file system means to whoever runs Fineline. One table, so that the
// same cause has the same code and the same advice wherever it strikes.

import { Fault, type Retry } from '../../kernel/fault.ts';

interface Meaning {
  readonly code: string;
  readonly retry: Retry;
  readonly advice: string;
}

const DISK_FULL: Meaning = {
  code: 'disk-full',
  retry: 'later',
  advice: 'nothing of this write was kept; free some space on this disk, then try again',
};
const READ_ONLY: Meaning = {
  code: 'read-only',
  retry: 'never',
  advice: 'make the folder and its files writable for the user that runs Fineline',
};
const DAMAGED: Meaning = {
  code: 'damaged',
  retry: 'never',
  advice: 'the file is not what was written; keep a copy of it for inspection, then restore a backup',
};
const BUSY: Meaning = {
  code: 'busy',
  retry: 'later',
  advice: 'another connection holds the file; try again',
};
const IO: Meaning = {
  code: 'io',
  retry: 'later',
  advice: 'the disk could not read or write; check it, then try again',
};

/** By primary result code (https://sqlite.org/rescode.html). */
const BY_RESULT: ReadonlyMap<number, Meaning> = new Map([
  [3, READ_ONLY], // PERM
  [5, BUSY],
  [6, BUSY], // LOCKED
  [8, READ_ONLY],
  [10, IO],
  [11, DAMAGED], // CORRUPT
  [13, DISK_FULL],
  [
    14,
    { ...READ_ONLY, code: 'cannot-open', advice: 'check that the folder exists and may be read and written' },
  ],
  [26, DAMAGED], // NOTADB
]);

/** By `errno` name of the file system. */
const BY_ERRNO: ReadonlyMap<string, Meaning> = new Map([
  ['ENOSPC', DISK_FULL],
  ['EDQUOT', DISK_FULL],
  ['EROFS', READ_ONLY],
  ['EACCES', READ_ONLY],
  ['EPERM', READ_ONLY],
  ['EIO', IO],
]);

function meaningOf(error: Error): Meaning | undefined {
  if ('errcode' in error && typeof error.errcode === 'number') {
    // IOERR with a "no space" cause arrives as FULL; only growing the shared-memory file does not.
    const SHM_SIZE = 4874;
    if (error.errcode === SHM_SIZE) return DISK_FULL;
    return BY_RESULT.get(error.errcode & 0xff);
  }
  if ('code' in error && typeof error.code === 'string') return BY_ERRNO.get(error.code);
  return undefined;
}

/**
 * The `Fault` behind `error`, or `error` itself when it is none of the world's (a bug, or a fault already).
 * `what` names the file or folder: `toFault(error, 'data.db')` → `Fault disk-full: data.db: database or disk
 * is full: …`.
 */
export function toFault(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const meaning = meaningOf(error);
  if (meaning === undefined) return error;
  const message = `${what}: ${error.message}: ${meaning.advice}`;
  return new Fault(meaning.code, message, { retry: meaning.retry, cause: error });
}

/** Runs `work`; what the world does to it comes out as a `Fault`. */
export function faulted<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toFault(error, what);
  }
}

export function damaged(what: string, found: string): Fault<'damaged'> {
  return new Fault('damaged', `${what}: ${found}: ${DAMAGED.advice}`, { retry: 'never' });
}

export function conflict(): Fault<'conflict'> {
  return new Fault('conflict', 'a sequence number is taken: load the person again, then retry', {
    retry: 'now',
  });
}

export function closedFault(): Fault<'closed'> {
  return new Fault('closed', 'the store is closed: open it again', { retry: 'never' });
}
