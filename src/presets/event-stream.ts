// The event stream of a cluster: NATS, named by one address as a command line or a variable gives it.

import { Fault } from '../kernel/fault.ts';
import { type OpenedLetters, openDeadLetters } from '../adapters/nats/dead-letters.ts';
import { openNatsStream } from '../adapters/nats/stream.ts';
import type { NatsOptions } from '../adapters/nats/settings.ts';
import type { EventStream } from '../engine/ports.ts';

/**
 * Settings from an address: `nats://shop:secret@10.0.0.1:4222,nats://10.0.0.2:4222`. User and password are
 * those of the first that names some; `tls://` asks for TLS. Fault `bad-settings` when it is none.
 */
export function natsFrom(address: string): NatsOptions {
  const urls = address.split(',').map((text) => {
    const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
    if (url !== undefined && ['nats:', 'tls:'].includes(url.protocol) && url.hostname !== '') return url;
    // Without the text itself: it may hold a password.
    const message = 'An address of NATS looks like nats://HOST:4222, or several with commas between them.';
    throw new Fault('bad-settings', message, { retry: 'never' });
  });
  const named = urls.find(({ username }) => username !== '');
  const login =
    named === undefined
      ? {}
      : { user: decodeURIComponent(named.username), pass: decodeURIComponent(named.password) };
  const tls = urls.some(({ protocol }) => protocol === 'tls:') ? { tls: {} } : {};
  const servers = urls.map(({ hostname, port }) => `${hostname}:${port === '' ? '4222' : port}`);
  return { servers, connection: { ...login, ...tls } };
}

/** Connects, and makes the streams that are not there yet. */
export function openEventStream(address: string): Promise<EventStream> {
  return openNatsStream(natsFrom(address));
}

/** The dead letters alone; makes nothing. Fault `not-found` where there is no stream. */
export function openLetters(address: string): Promise<OpenedLetters> {
  return openDeadLetters(natsFrom(address));
}
