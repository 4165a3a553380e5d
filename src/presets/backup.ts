// Copies of an embedded home, and the way back. A backup is one file with sealed journals, catalogue and
// models. What opens the journals (HOME/keys) is never in it, so that erasing a key erases what every backup
// holds of that person; whoever keeps backups keeps HOME/keys apart from them.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { backup, restore } from '../adapters/sqlite/backup.ts';
import { openKeys } from '../adapters/sqlite/store.ts';
import { EVIDENCE_KINDS } from '../engine/journal.ts';
import { pathsOf } from './paths.ts';
import { lookUpSettings } from './settings-file.ts';

/** A consistent copy, also while a server is running on the home. Fault `not-found` when there is no home. */
export async function backupHome(options: {
  readonly home: string;
  readonly toFile: string;
}): Promise<{ readonly bytes: number }> {
  const { home, data } = pathsOf(options.home);
  assertEmbedded(options.home);
  if (!existsSync(join(data, 'data.db'))) {
    throw new Fault('not-found', `${home}: there is no Fineline home here. Name the right one with --home.`, {
      retry: 'never',
    });
  }
  return backup({ dataDir: data, toFile: options.toFile });
}

/** What a server keeps, its own tools copy. */
function assertEmbedded(home: string): void {
  const paths = pathsOf(home);
  if (!existsSync(paths.settings) || lookUpSettings(paths).cluster === undefined) return;
  const message = `${paths.home}: its data are in PostgreSQL. Copy that database with pg_dump`;
  throw new Fault('bad-settings', `${message}, and never that of the keys (docs/operations.md).`, {
    retry: 'never',
  });
}

export interface RestoreHome {
  readonly home: string;
  readonly fromFile: string;
  /** 32 bytes in base64, instead of HOME/keys/master.key. */
  readonly masterKey?: string;
}

/**
 * Puts a backup in place of the home's data. Whoever was erased since stays erased; the home must not be in
 * use.
 */
export async function restoreHome({
  home,
  fromFile,
  masterKey,
}: RestoreHome): Promise<{ readonly people: number; readonly purged: number }> {
  const paths = pathsOf(home);
  assertEmbedded(home);
  if (!existsSync(join(paths.keys, 'keys.db'))) {
    const advice = 'Without the keys a backup opens for nobody: put HOME/keys back first.';
    throw new Fault('not-found', `${paths.keys}: there are no keys here. ${advice}`, { retry: 'never' });
  }
  const keys = await openKeys({ keysDir: paths.keys, masterKey });
  try {
    return await restore({ fromFile, dataDir: paths.data, keys, keep: EVIDENCE_KINDS });
  } finally {
    await keys.close();
  }
}
