// The log's public key beside its tiles: what a stranger needs to check a receipt, together with a copy of
// that folder.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'vkey';

/** `HOME/log/public/vkey`: the key in use; where another one takes its place, the log prints that itself. */
export function publishVkey(logDir: string, vkey: string): void {
  const folder = join(logDir, 'public');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== `${vkey}\n`) writeFileSync(file, `${vkey}\n`);
}

/**
 * The public folder of a log, given as the folder itself or the one around it; `undefined` when there is no
 * key in it.
 */
export function readVkey(dir: string): { readonly dir: string; readonly vkey: string } | undefined {
  for (const folder of [dir, join(dir, 'public'), join(dir, 'log', 'public')]) {
    const file = join(folder, FILE);
    if (existsSync(file)) return { dir: folder, vkey: readFileSync(file, 'utf8').trim() };
  }
  return undefined;
}
