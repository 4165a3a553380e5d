// The event stream of a cluster: NATS, named by one address as a command line or a variable gives it, or by
// the settings of a home.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { areCredentials } from '../adapters/nats/credentials.ts';
import type { NatsSettings } from '../engine/cluster-settings.ts';
import { Fault, isFault } from '../kernel/fault.ts';
import type { Lag } from '../engine/ports.ts';
import { type OpenedLetters, openDeadLetters } from '../adapters/nats/dead-letters.ts';
import type { NatsOptions } from '../adapters/nats/settings.ts';

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

/**
 * What the settings of a home say, file names taken from its folder. Fault `bad-settings` when a file cannot
 * be read or is none, without a word of what is in it.
 */
export function natsOf(
  { servers, credentials, ca, ...numbers }: NatsSettings,
  { settings }: { readonly settings: string },
): NatsOptions {
  const at = (file: string): string => resolve(dirname(settings), file);
  const read = (file: string): string => readFileSync(at(file), 'utf8');
  const isTls = ca !== undefined || servers.some((server) => server.toLowerCase().startsWith('tls:'));
  if (ca !== undefined && !readable(() => read(ca), /BEGIN CERTIFICATE/))
    throw badFile('ca', at(ca), 'certificates in PEM');
  if (credentials !== undefined && !readable(() => read(credentials), { test: areCredentials }))
    throw badFile('credentials', at(credentials), 'one line USER:PASSWORD, or a .creds file of NATS');
  const tls = { tls: ca === undefined ? {} : { caFile: at(ca) } };
  return {
    servers: servers.map((server) => server.replace(/^\w+:\/\//, '')),
    ...numbers,
    ...(isTls ? { connection: tls } : {}),
    ...(credentials === undefined ? {} : { credentials: () => read(credentials) }),
  };
}

function readable(read: () => string, form: { test(text: string): boolean }): boolean {
  try {
    return form.test(read());
  } catch {
    return false;
  }
}

function badFile(field: string, file: string, expected: string): Fault<'bad-settings'> {
  const message = `cluster/nats/${field}: ${file} cannot be read, or is not what is expected: ${expected}.`;
  return new Fault('bad-settings', `${message} Put it there, or correct the name.`, { retry: 'never' });
}

/** Settings with the file they were read from, or an address, with names and numbers of those settings. */
export type NamedStream =
  | { readonly nats: NatsSettings; readonly settings: string }
  | { readonly address: string; readonly nats?: NatsSettings | undefined };

/** Faults of `natsFrom` and `natsOf`. */
export function natsNamed(named: NamedStream): NatsOptions {
  if ('settings' in named) return natsOf(named.nats, named);
  const { servers: _servers, credentials: _credentials, ca: _ca, ...numbers } = named.nats ?? { servers: [] };
  return { ...numbers, ...natsFrom(named.address) };
}

/** The dead letters alone; makes nothing. Fault `not-found` where there is no stream. */
export async function openLetters(named: NamedStream): Promise<OpenedLetters> {
  return openDeadLetters(natsNamed(named));
}

/** What waits, and what was put aside; nothing where there is no stream. Fault `stream-down`. */
export async function waitingIn(named: NamedStream): Promise<Pick<Lag, 'waiting' | 'dead'>> {
  try {
    const { lag, close } = await openLetters(named);
    try {
      return await lag();
    } finally {
      await close();
    }
  } catch (error) {
    if (isFault(error, 'not-found')) return { waiting: 0, dead: 0 };
    throw error;
  }
}
