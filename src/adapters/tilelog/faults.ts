// How failures of disk and SQLite reach the caller: as a Fault with a code that says whether to retry and
// what to do.

import { Fault, isFault } from '../../kernel/fault.ts';

export type TileLogFaultCode =
  | 'log-rolled-back'
  | 'log-moved'
  | 'log-guard-missing'
  | 'log-guard-damaged'
  | 'log-other-origin'
  | 'log-other-key'
  | 'log-locked'
  | 'log-damaged'
  | 'log-closed'
  | 'log-out-of-range'
  | 'log-failed'
  | 'disk-full'
  | 'read-only';

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const SQLITE = { busy: 5, locked: 6, readonly: 8, corrupt: 11, full: 13, notADatabase: 26 } as const;

export function tileLogFault(
  code: TileLogFaultCode,
  message: string,
  cause?: unknown,
): Fault<TileLogFaultCode> {
  const retry = code === 'disk-full' || code === 'log-failed' || code === 'log-locked' ? 'later' : 'never';
  return new Fault(code, message, cause === undefined ? { retry } : { retry, cause });
}

/** Runs `work`; a failure of the world comes out as a Fault, a bug as it is. */
export function withFaults<T>(dir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isFault(error) ? error : (asFault(dir, error) ?? error);
  }
}

function asFault(dir: string, error: unknown): Fault<TileLogFaultCode> | undefined {
  if (!(error instanceof Error)) return undefined;
  const system = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const sqlite = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  if (system === 'ENOSPC' || system === 'EDQUOT' || sqlite === SQLITE.full) {
    return tileLogFault('disk-full', `no space for the log in ${dir}: free some and try again`, error);
  }
  if (system === 'EROFS' || system === 'EACCES' || system === 'EPERM' || sqlite === SQLITE.readonly) {
    return tileLogFault(
      'read-only',
      `the log in ${dir} cannot be written: give this user the right to`,
      error,
    );
  }
  if (sqlite === SQLITE.busy || sqlite === SQLITE.locked) {
    return tileLogFault('log-locked', `another process writes the log in ${dir}: stop it first`, error);
  }
  if (sqlite === SQLITE.corrupt || sqlite === SQLITE.notADatabase) {
    return tileLogFault(
      'log-damaged',
      `log.db in ${dir} is damaged: put back a copy that is not older`,
      error,
    );
  }
  if (sqlite !== 0 || /^E[A-Z]+$/.test(system)) {
    return tileLogFault(
      'log-failed',
      `the log in ${dir} could not be read or written: ${error.message}`,
      error,
    );
  }
  return undefined;
}
