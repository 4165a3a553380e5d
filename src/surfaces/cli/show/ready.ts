// The last thing a start prints: where everything is, and one call that works as it stands.

import type { Status } from '../../../engine/status.ts';
import type { Io } from '../io.ts';
import { counted, duration } from '../layout.ts';

export interface Ready {
  readonly address: string;
  /** Address of the storefront, where one is served. */
  readonly shop?: string | undefined;
  readonly keysFile: string;
  readonly status: Status;
  readonly readyMs: number;
  /** Somebody who is known, for the example. */
  readonly person?: string | undefined;
}

export function readyText(
  { address, shop, keysFile, status, readyMs, person }: Ready,
  { style }: Pick<Io, 'style'>,
): string {
  const row = (label: string, text: string): string => `  ${label.padEnd(8)} ${text}\n`;
  const people = `${counted(status.people, 'person', 'people')}, ${counted(status.items, 'thing')}`;
  const path = quoted(keysFile);
  const body = { ...(person === undefined ? {} : { person }), placement: 'home', limit: 3 };
  return [
    `${style.green('✓')} ${style.bold(`Ready in ${duration(readyMs)}`)}: ${people}\n`,
    ...(shop === undefined ? [] : [row('Shop', style.cyan(`${shop}/`))]),
    row('API', style.cyan(`${address}/v1`)),
    row('Docs', style.cyan(`${address}/docs`)),
    row('Log', style.cyan(`${address}/log/checkpoint`)),
    row('Keys', keysFile),
    `\nTry it in another terminal:\n\n`,
    `  KEY=$(sed -n 's/.*"decide": "\\(.*\\)".*/\\1/p' ${path})\n`,
    `  curl -s ${address}/v1/decide -H "authorization: Bearer $KEY" \\\n`,
    `    -H 'content-type: application/json' \\\n`,
    `    -d ${quoted(JSON.stringify(body))}\n\n`,
    `Ctrl-C stops it.\n`,
  ].join('');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
