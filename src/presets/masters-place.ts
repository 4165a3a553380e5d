// Where the key store of a home is, seen by a command beside the processes that serve it: a file, or a
// database that several nodes share.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, isFault } from '../kernel/fault.ts';
import { Database } from '../adapters/postgres/database.ts';
import { masterTable } from '../adapters/postgres/masters.ts';
import { migrate } from '../adapters/postgres/migrations.ts';
import { runningNodes } from '../adapters/postgres/node-lock.ts';
import { lockHome } from '../adapters/sqlite/lock.ts';
import { loadMasters } from '../adapters/sqlite/master-key.ts';
import { openMasterTable } from '../adapters/sqlite/masters.ts';
import { createRing } from '../adapters/sqlite/ring.ts';
import { masterIdOf } from '../adapters/sqlite/wrapping.ts';
import type { KeyRing, MasterTable } from '../engine/ports.ts';
import { type Paths, pathsOf } from './paths.ts';
import { lookUpSettings } from './settings-file.ts';

export interface MastersOptions {
  readonly home: string;
  /** As `EmbeddedOptions.masterKey`. */
  readonly masterKey?: string;
  /** Nothing is changed, so a server may start meanwhile. */
  readonly isLooking?: boolean;
}

export interface Place {
  readonly table: MasterTable;
  readonly ring: KeyRing;
  readonly keysDir: string;
  readonly isShared: boolean;
  /** Numbers of nodes that run now; 0 where a home has one process. */
  running(): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** Faults: `not-found`, `wrong-master-key`, `no-master-key`, and what a file or a server can do. */
export async function openPlace({ home, masterKey, isLooking }: MastersOptions): Promise<Place> {
  const paths = pathsOf(home);
  const cluster = existsSync(paths.settings) ? lookUpSettings(paths).cluster : undefined;
  const opened = cluster === undefined ? openFolder(paths, isLooking) : await openDatabase(cluster);
  try {
    const secrets = (): Uint8Array[] => loadMasters(paths.keys, masterKey, true);
    const ring = createRing(secrets);
    const check = (await opened.table.page('', 1))[0]?.wrapped;
    if (check === undefined) throw noKeys(paths.home);
    const all = await opened.table.rows();
    const held = new Set(secrets().map(masterIdOf));
    // One that is announced and lost can still be taken back; one that is old and lost, end.
    const rows = all.filter(({ id, state }) => state !== 'announced' && (state !== 'old' || held.has(id)));
    const isOldLost = all.some(({ id, state }) => state === 'old' && !held.has(id));
    const first = ring.start(rows, isOldLost ? undefined : check);
    if (first !== undefined) await opened.table.first({ ...first, madeMs: Date.now() });
    return { ...opened, ring, keysDir: paths.keys };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

type Opened = Omit<Place, 'ring' | 'keysDir'>;

/**
 * The lock is held while nobody serves, so that nobody begins to in the middle of it. Whoever only looks lets
 * it go at once: looking at a million rows takes many seconds, in which a start would be refused.
 */
function openFolder(paths: Paths, isLooking = false): Opened {
  if (!existsSync(join(paths.keys, 'keys.db'))) throw noKeys(paths.home);
  let lock: ReturnType<typeof lockHome> | undefined;
  const isServed = (): boolean => {
    if (lock !== undefined) return false;
    try {
      lock = lockHome(paths.keys);
      if (isLooking) {
        lock.release();
        lock = undefined;
      }
      return false;
    } catch (error) {
      if (isFault(error, 'home-in-use')) return true;
      throw error;
    }
  };
  if (!isLooking) isServed();
  try {
    const table = openMasterTable(paths.keys);
    return {
      table,
      isShared: false,
      running: async () => (isServed() ? [0] : []),
      close: async () => {
        table.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function openDatabase(urls: { readonly data: string; readonly keys: string }): Promise<Opened> {
  const keys = new Database({ url: urls.keys, poolMax: 2, isSpread: await migrate(urls.keys, 'keys') });
  return {
    table: masterTable(keys),
    isShared: true,
    running: () => runningNodes(urls.data),
    close: () => keys.close(),
  };
}

function noKeys(home: string): Fault {
  const message = `${home}: there are no keys of people here yet: the first start makes them`;
  return new Fault('not-found', message, { retry: 'never' });
}
