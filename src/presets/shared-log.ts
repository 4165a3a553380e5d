// What a node's home has to do with the log in the databases: the key that signs, a log of earlier times that
// moves in, and a mirror of the static files, from which a backup that was put back is made whole again.
//
//     databases: tree, checkpoint, guard ─▶ any node proves and promises
//                        │ what is published
//                        ▼
//     HOME/log/public of the node that writes ─▶ web server, auditor, healing

import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import type { PostgresStore } from '../adapters/postgres/store.ts';
import { type Lock, lockHome } from '../adapters/sqlite/lock.ts';
import { printMirror } from '../adapters/tilelog/mirror.ts';
import { openMovableTileLog } from '../adapters/tilelog/moving.ts';
import { lastPolicy } from '../engine/policing.ts';
import { readLogKeys } from '../adapters/node-crypto/log-key.ts';
import type { WitnessLog } from '../engine/ports.ts';
import type { LogKeys } from './embedded.ts';
import { moveLog } from './moving-log.ts';
import type { Paths } from './paths.ts';

export interface SharedLogOptions {
  readonly paths: Paths;
  readonly store: PostgresStore;
  /** Whether this node was started with the role `log`. */
  readonly mayWrite: boolean;
  /** Hears of a mirror that could not be printed; the next turn fills it in. */
  readonly failed: (what: string, error: unknown) => void;
}

export const hasFolderLog = ({ log }: Paths): boolean => existsSync(join(log, 'log.db'));

/**
 * Before a key of this home is looked for, and made where there is none. Faults: `no-log-key` where the
 * databases have a log and this home has not its key; `no-log` where a log must be somewhere, and not here.
 */
export async function assertMaySign({ paths, store, mayWrite }: SharedLogOptions): Promise<void> {
  if ((await store.lyingLog()) !== 'none') {
    assertLogKey(paths);
    return;
  }
  if (mayWrite && hasFolderLog(paths)) return;
  const isBegun =
    (await lastPolicy(store.documents)) !== undefined || (await store.people.people(undefined, 1)).length > 0;
  if (mayWrite && !isBegun) return;
  const which = isBegun ? 'whose home has the log of this shop' : 'with the role log';
  const message = `the databases have no log yet: start the node ${which} first`;
  throw new Fault('no-log', message, { retry: 'later' });
}

/** Fault `no-log-key`: a node that promises for a log signs with its key, and makes none of its own. */
export function assertLogKey({ keys }: Pick<Paths, 'keys'>): void {
  if (readLogKeys(keys).length > 0) return;
  const message = `${keys} has no log.key: copy that of another node (docs/operations.md)`;
  throw new Fault('no-log-key', message, { retry: 'never' });
}

/**
 * Faults of `openPostgresLog`, of a log that moves in, and `home-in-use` where two would print one mirror.
 */
export async function openSharedLog(options: SharedLogOptions, keys: LogKeys): Promise<WitnessLog> {
  const { paths, store, mayWrite } = options;
  if (!mayWrite) return store.openLog({ ...keys, mayWrite });
  // First, so that a web server of another user may read in it: the lock would make it for this one alone.
  mkdirSync(paths.log, { recursive: true });
  const lock = lockHome(paths.log);
  try {
    await moveIn(options, keys);
    const log = await store.openLog({ ...keys, copy: copyIn(paths) });
    return mirrored(log, options, { keys, lock });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A log that lies in the home goes on in the databases; one that did already stays as it is. */
async function moveIn({ paths, store }: SharedLogOptions, keys: LogKeys): Promise<void> {
  if (!hasFolderLog(paths)) return;
  const folder = openMovableTileLog({ dir: paths.log, keyDir: paths.keys, ...keys });
  try {
    if ((await folder.state()).moved && (await store.lyingLog()) === 'here') return;
    const databases = await store.movableLog(keys);
    try {
      await moveLog(folder, databases);
    } finally {
      await databases.close();
    }
  } finally {
    await folder.close();
  }
}

/** Static files in the home: the mirror, those of before the log moved, or a copy that was put there. */
function copyIn(paths: Paths): (path: string) => Promise<Uint8Array | undefined> {
  return async (path) => {
    const file = join(paths.log, 'public', path);
    return existsSync(file) ? new Uint8Array(await readFile(file)) : undefined;
  };
}

/** Prints after each step of writing. What cannot be printed holds up neither log nor shop. */
function mirrored(
  log: WitnessLog,
  { paths, failed }: SharedLogOptions,
  { keys, lock }: { readonly keys: LogKeys; readonly lock: Lock },
): WitnessLog {
  const { signing } = keys;
  const publicDir = join(paths.log, 'public');
  return {
    ...log,
    // A spread would keep the key of now for good.
    get vkey() {
      return log.vkey;
    },
    integrate: async () => {
      const done = await log.integrate();
      await printMirror({ publicDir, log, trust: signing.trust() }).catch((error: unknown) =>
        failed('mirror', error),
      );
      return done;
    },
    close: async () => {
      await log.close();
      lock.release();
    },
  };
}
