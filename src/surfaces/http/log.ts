// What is written to the log: how it went, never for whom. Only the fields below, all of them from our own
// tables: no address, no id, no body, no message of a foreign error, which may quote what it choked on.

import { isFault } from '../../kernel/fault.ts';

/** The part of pino that is used here. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const NO_LOG: Log = { debug: () => undefined, info: () => undefined, error: () => undefined };

export interface Line {
  /** `GET /v1/people/{id}`: the pattern, not the address. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly problem?: string;
}

/**
 * Successes are for debugging only; refusals by key and rate tell of attacks; the rest is an error of ours.
 */
export function logAnswer(log: Log, line: Line): void {
  if (line.status >= 500) log.error(line, 'answered');
  else if (line.status === 401 || line.status === 403 || line.status === 429) log.info(line, 'answered');
  else log.debug(line, 'answered');
}

const FRAMES_MAX = 8;

/**
 * What can be said of an error without repeating anything: a fault speaks for itself, of others only where
 * they happened.
 */
export function logError(log: Log, route: string, error: unknown): void {
  if (isFault(error)) {
    log.error({ route, fault: error.code, retry: error.retry, says: error.message }, 'fault');
    return;
  }
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  log.error(
    { route, error: error instanceof Error ? error.name : typeof error, frames: frames.slice(0, FRAMES_MAX) },
    'error',
  );
}
