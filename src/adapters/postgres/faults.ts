// Owns: what a failure of PostgreSQL or of the way to it means to whoever runs Fineline. One table, so that
// the same cause has the same code and the same advice wherever it strikes.

import { Fault, isFault, type Retry } from '../../kernel/fault.ts';

interface Meaning {
  readonly code: string;
  readonly retry: Retry;
  readonly advice: string;
}

const UNREACHABLE: Meaning = {
  code: 'unreachable',
  retry: 'later',
  advice: 'nothing of this was done; check that the server runs and its address is right',
};
const DISK_FULL: Meaning = {
  code: 'disk-full',
  retry: 'later',
  advice: 'nothing of this write was kept; free some space on the disk of the server, then try again',
};
const READ_ONLY: Meaning = {
  code: 'read-only',
  retry: 'later',
  advice: 'this server takes no writes: it is a standby, or was set so; give the address of the primary',
};
const DAMAGED: Meaning = {
  code: 'damaged',
  retry: 'never',
  advice: 'this is not what was written; keep a copy for inspection, then restore a backup',
};
const BUSY: Meaning = { code: 'busy', retry: 'now', advice: 'another transaction was first; try again' };
const TIMEOUT: Meaning = {
  code: 'timeout',
  retry: 'later',
  advice: 'the server took too long, and nothing of this was kept; look at its load, then try again',
};
const OVERLOADED: Meaning = {
  code: 'overloaded',
  retry: 'later',
  advice: 'the server has no room for this now; compare its max_connections and memory with the load',
};
const NO_RIGHTS: Meaning = {
  code: 'no-rights',
  retry: 'never',
  advice: 'give the right user and password, and this user the database (docs/operations.md)',
};
const CANNOT_OPEN: Meaning = {
  code: 'cannot-open',
  retry: 'never',
  advice: 'make the database, or give the name of the right one (docs/operations.md)',
};
const IO: Meaning = { code: 'io', retry: 'later', advice: 'the disk of the server fails: check it' };

/** By SQLSTATE, the longest that fits (https://www.postgresql.org/docs/15/errcodes-appendix.html). */
const BY_STATE: ReadonlyMap<string, Meaning> = new Map([
  ['08', UNREACHABLE],
  ['25006', READ_ONLY],
  // In a row of statements the first was to be prepared for all of its name, and was refused (26000), or was
  // prepared twice (42P05): of those behind it nothing was done.
  ['26000', BUSY],
  ['28', NO_RIGHTS],
  ['3D000', CANNOT_OPEN],
  ['40', BUSY],
  ['42501', NO_RIGHTS],
  ['42P05', BUSY],
  ['53', OVERLOADED],
  ['53100', DISK_FULL],
  ['55P03', BUSY],
  ['57014', TIMEOUT],
  ['57P', UNREACHABLE],
  ['58030', IO],
  ['58P01', DAMAGED],
  ['XX001', DAMAGED],
  ['XX002', DAMAGED],
]);

/** What the driver says, without a SQLSTATE, when the way to the server ends. */
const LOST = /terminat|not queryable|connection error|timeout exceeded|read timeout|socket|ECONN|EPIPE/i;
/**
 * What it says, without a SQLSTATE, when the server asks for a password and there is none, or an empty one.
 */
const NO_PASSWORD = /^SASL: /;

function stateOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function meaningOf(error: Error): Meaning | undefined {
  const state = stateOf(error);
  // Of the operating system: ECONNREFUSED, EPIPE, ENOENT of a socket. No SQLSTATE begins with an E.
  if (state?.startsWith('E') === true) return UNREACHABLE;
  if (state === undefined) {
    if (NO_PASSWORD.test(error.message)) return NO_RIGHTS;
    return LOST.test(error.message) ? UNREACHABLE : undefined;
  }
  for (const length of [5, 3, 2]) {
    const found = BY_STATE.get(state.slice(0, length));
    if (found !== undefined) return found;
  }
  return endsSession(error) ? UNREACHABLE : undefined;
}

/**
 * Whatever it says: the server takes this connection away, or gives none. One whose disk is full has no room
 * for what a new session writes, and calls that an internal error (XX000, “could not write init file”).
 */
function endsSession(error: Error): boolean {
  const severity = 'severity' in error ? error.severity : undefined;
  return severity === 'FATAL' || severity === 'PANIC';
}

/** Whether the way to the server ended: what was under way may have been done, or not. */
export function isLost(error: unknown): boolean {
  return error instanceof Error && !isFault(error) && meaningOf(error)?.code === 'unreachable';
}

/** Whether the transaction lost to another one and may be run again at once. */
export function isLostRace(error: unknown): boolean {
  const state = stateOf(error);
  return state === '40001' || state === '40P01';
}

/** Whether a row with this key was there already. */
export function isTaken(error: unknown): boolean {
  return stateOf(error) === '23505';
}

/**
 * The `Fault` behind `error`, or `error` itself when it is none of the world's (a bug, or a fault already).
 * The error itself is not kept as its cause: its details may quote rows.
 */
export function toFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const meaning = meaningOf(error);
  if (meaning === undefined) return error;
  return new Fault(meaning.code, `PostgreSQL: ${error.message}: ${meaning.advice}`, { retry: meaning.retry });
}

export function damaged(found: string): Fault<'damaged'> {
  return new Fault('damaged', `PostgreSQL: ${found}: ${DAMAGED.advice}`, { retry: 'never' });
}

export function conflict(): Fault<'conflict'> {
  return new Fault('conflict', 'a sequence number is taken: load the person again, then retry', {
    retry: 'now',
  });
}

export function closedFault(): Fault<'closed'> {
  return new Fault('closed', 'the store is closed: open it again', { retry: 'never' });
}

/** The connection ended between a write and its answer, and reading again did not settle it. */
export function uncertain(): Fault<'uncertain'> {
  const message =
    'PostgreSQL: the connection was lost before the answer, so this may have been written or not: load again';
  return new Fault('uncertain', message, { retry: 'later' });
}

export function overloaded(): Fault<'overloaded'> {
  const message = 'more is waiting to be written than fits: send less at once, then try again';
  return new Fault('overloaded', message, { retry: 'later' });
}
