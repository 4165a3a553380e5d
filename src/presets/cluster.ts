// The cluster preset as far as it goes: one process whose state is in PostgreSQL, with log, learner and log
// key in its home. A second process on the same databases is refused.
//
//     HOME/fineline.yaml          settings     HOME/log/    the witness log and its public tiles
//     HOME/fineline.policy.yaml   the policy   HOME/keys/   master key and log key

import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { lockDatabase } from '../adapters/postgres/lock.ts';
import { openPostgresStore, type PostgresStore } from '../adapters/postgres/store.ts';
import { loadMasterKey } from '../adapters/sqlite/master-key.ts';
import { createWrapping } from '../adapters/sqlite/wrapping.ts';
import { openMovableTileLog } from '../adapters/tilelog/moving.ts';
import type { ClusterUrls } from '../engine/settings.ts';
import {
  type Embedded,
  type EmbeddedOptions,
  type Stores,
  makeHome,
  openEmbedded,
  openOneNode,
} from './embedded.ts';
import { moveLog } from './moving-log.ts';
import { type Paths, pathsOf } from './paths.ts';
import { lookUpSettings } from './settings-file.ts';

export interface ClusterOptions extends EmbeddedOptions {
  /**
   * The log in the databases too, for several nodes. One that lies in the home moves there at the first such
   * start, and signs nothing in the home any more.
   */
  readonly sharedLog?: boolean;
  readonly postgres: ClusterUrls & { readonly poolMax?: number };
}

/** A home as its settings say: with its state in it, or in the databases that they name. */
export async function openAsSet(options: EmbeddedOptions): Promise<Embedded> {
  const paths = pathsOf(options.home);
  makeHome(paths.home);
  const postgres = lookUpSettings(paths).cluster;
  return postgres === undefined ? openEmbedded(options) : openCluster({ ...options, postgres });
}

/** Faults of `openEmbedded`, and of `openPostgresStore`. */
export async function openCluster(options: ClusterOptions): Promise<Embedded> {
  return openOneNode(options, (paths) => openStores(options, paths));
}

async function openStores(options: ClusterOptions, paths: Paths): Promise<Stores> {
  const { data, keys, poolMax } = options.postgres;
  let stop = (): void => undefined;
  const lost = (why: unknown): void => options.failed?.('lock', why);
  const lock = await lockDatabase(data, { lost, taken: () => stop() });
  try {
    const store = await openPostgresStore({
      dataUrl: data,
      keysUrl: keys,
      poolMax,
      wrapping: (isUsed) => wrappingOf(options, { paths, isUsed }),
    });
    if (existsSync(join(paths.data, 'data.db')) && (await store.people.people(undefined, 1)).length === 0) {
      await store.close();
      const message = `${paths.data} holds a shop, and the databases hold none`;
      throw new Fault('not-migrated', `${message}: run “fineline migrate --from embedded --to cluster”`, {
        retry: 'never',
      });
    }
    // From then on every question is answered with `closed`, which allows nothing.
    stop = () => void store.close().catch(lost);
    const close = async (): Promise<void> => {
      await store.close();
      await lock.release();
    };
    const { openLog: _openLog, movableLog: _movableLog, ...stores } = store;
    if (options.sharedLog !== true) return { ...stores, close };
    const openLog: Stores['openLog'] = async (log) => {
      await moveIn(paths, store, log);
      return store.openLog({ ...log, copy: copyIn(paths) });
    };
    return { ...stores, openLog, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

type LogKeys = Parameters<NonNullable<Stores['openLog']>>[0];

/** A log that lies in the home goes on in the databases. */
async function moveIn(paths: Paths, store: PostgresStore, log: LogKeys): Promise<void> {
  if (!existsSync(join(paths.log, 'log.db'))) return;
  const folder = openMovableTileLog({ dir: paths.log, keyDir: paths.keys, ...log });
  try {
    const databases = await store.movableLog(log);
    try {
      await moveLog(folder, databases);
    } finally {
      await databases.close();
    }
  } finally {
    await folder.close();
  }
}

/** Static files of the log that lie in the home, of before the move or put there by hand. */
function copyIn(paths: Paths): (path: string) => Promise<Uint8Array | undefined> {
  return async (path) => {
    const file = join(paths.log, 'public', path);
    return existsSync(file) ? new Uint8Array(await readFile(file)) : undefined;
  };
}

/** The master key from outside or from HOME/keys; made on first use, but never beside keys of another. */
export function wrappingOf(
  { masterKey }: Pick<EmbeddedOptions, 'masterKey'>,
  { paths, isUsed }: { readonly paths: Paths; readonly isUsed: boolean },
): ReturnType<typeof createWrapping> {
  const file = join(paths.keys, 'master.key');
  if (isUsed && masterKey === undefined && !existsSync(file)) {
    const message = `${file} is missing, but the database of the keys needs it: put it back`;
    throw new Fault('no-master-key', `${message}, or give FINELINE_MASTER_KEY`, { retry: 'never' });
  }
  mkdirSync(paths.keys, { recursive: true, mode: 0o700 });
  return createWrapping(loadMasterKey(paths.keys, masterKey));
}
