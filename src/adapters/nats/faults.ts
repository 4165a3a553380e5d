// Owns: what goes wrong between here and the broker, as the engine knows it.

import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { Fault } from '../../kernel/fault.ts';

/** The broker has no room: maximum messages, bytes or storage reached (JSStreamStoreFailed and relatives). */
const FULL_CODES = new Set([10047, 10077, 10023]);
/**
 * Not now: no leader yet, peers that have not joined, resources that are being found; and a message of this
 * id on its way to a majority, which older servers take for a repeat (publish.ts).
 */
const LATER_CODES = new Set([10003, 10005, 10008, 10009, 10158]);

export function isFull(error: unknown): boolean {
  return error instanceof JetStreamApiError && FULL_CODES.has(error.code);
}

/** Whether asking again may help: everything but an answer that says no. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof JetStreamApiError) || LATER_CODES.has(error.code) || error.status === 503;
}

export function streamFull(afterSeconds: number): Fault<'stream-full'> {
  const message = 'The event stream has no room. Send it again after the pause.';
  return new Fault('stream-full', message, { retry: 'later', afterSeconds });
}

export function streamDown(cause: unknown): Fault<'stream-down'> {
  const message = 'The event stream did not confirm in time. Send it again; nothing counts twice.';
  return new Fault('stream-down', message, { retry: 'later', cause, afterSeconds: 5 });
}

export function streamAway(cause: unknown): Fault<'stream-down'> {
  // What the client or TLS says: refused, no such host, another certificate. Neither names a user. Who is not
  // let in any more, after a password was replaced, comes here as well.
  const because = cause instanceof Error ? ` (${cause.message.replace(/\.$/, '')})` : '';
  const what = 'No server of the event stream can be reached';
  const message = `${what}${because}: start them, or correct addresses, certificates, user and password.`;
  return new Fault('stream-down', message, { retry: 'later', cause, afterSeconds: 5 });
}

export function streamRefused(cause: unknown): Fault<'stream-refused'> {
  const message = 'The servers of the event stream do not let this user in: correct user and password.';
  return new Fault('stream-refused', message, { retry: 'never', cause });
}

export function streamClosed(): Fault<'closed'> {
  return new Fault('closed', 'The event stream is closed: open it again.', { retry: 'never' });
}

/** `undefined` where the broker says that it has no such message; other answers are thrown. */
export async function orNothing<T>(ask: () => Promise<T | null>): Promise<T | undefined> {
  try {
    return (await ask()) ?? undefined;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.NoMessageFound)
      return undefined;
    throw error;
  }
}
