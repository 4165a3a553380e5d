// A shop and its log move between its folder and PostgreSQL, both ways. The process must be stopped; keys and
// settings stay in the home.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { pooledEntropy } from '../adapters/node-crypto/entropy.ts';
import { type MovableDatabases, openMovable as openDatabases } from '../adapters/postgres/moving.ts';
import { loadMasters, masterFiles } from '../adapters/sqlite/master-key.ts';
import { openMovable as openFolder } from '../adapters/sqlite/moving.ts';
import { masterIdOf } from '../adapters/sqlite/wrapping.ts';
import { openMovableTileLog } from '../adapters/tilelog/moving.ts';
import type { Movable, MovableLog } from '../engine/ports.ts';
import type { ClusterUrls } from '../engine/cluster-settings.ts';
import { LOG_ORIGIN, type LogKeys } from './embedded.ts';
import { logKeysAtRest } from './log-keys-home.ts';
import { type MovedLog, moveLog } from './moving-log.ts';
import { type Paths, pathsOf } from './paths.ts';
import { waitingIn } from './event-stream.ts';
import { lookUpSettings } from './settings-file.ts';
import { assertLogKey, hasFolderLog } from './shared-log.ts';
import { type MoveOptions, type Moved, moveShop } from './moving.ts';

export type Preset = 'embedded' | 'cluster';

export interface MigrateOptions extends MoveOptions {
  readonly home: string;
  readonly from: Preset;
  readonly to: Preset;
  readonly postgres: ClusterUrls;
  /** Empties the source once the copy was found whole. Until then an erasure reaches one of the two only. */
  readonly removeSource?: boolean;
  /** As `EmbeddedOptions.masterKey`. */
  readonly masterKey?: string;
}

export interface MovedShop extends Moved {
  /** Absent where there was no log yet. */
  readonly log?: MovedLog;
}

/**
 * Faults of `moveShop` and `moveLog`; `no-master-key` when this home has not all that the rows need;
 * `not-found` when there is no shop to move; `home-in-use` while one serves it; `events-waiting` while the
 * event stream holds something of it.
 */
export async function migrateShop(options: MigrateOptions): Promise<MovedShop> {
  const { home, from, postgres } = options;
  const paths = pathsOf(home);
  const { data, keys } = paths;
  if (from === 'embedded' && !existsSync(join(data, 'data.db'))) {
    throw new Fault('not-found', `${home}: there is no Fineline home here. Name the right one with --home.`, {
      retry: 'never',
    });
  }
  const opened: Movable[] = [];
  try {
    const folder = openFolder({ dataDir: data, keysDir: keys });
    opened.push(folder);
    const databases = await openDatabases({ dataUrl: postgres.data, keysUrl: postgres.keys });
    opened.push(databases);
    // Now that no node serves, nothing more comes in.
    if (from === 'cluster') await assertNothingWaits(paths);
    const [source, target] = from === 'embedded' ? [folder, databases] : [databases, folder];
    const hasLog = from === 'embedded' ? hasFolderLog(paths) : (await databases.lyingLog()) !== 'none';
    // Before anything moves: without it the log could not go on.
    const logKeys = hasLog ? await keysOfLog(paths, source) : undefined;
    await assertMasters(source, { paths, masterKey: options.masterKey });
    let log: MovedLog | undefined;
    const last = async (): Promise<void> => {
      if (logKeys !== undefined) log = await movedLog(paths, { databases, logKeys, from });
    };
    const moved = await moveShop(source, target, { ...options, last });
    if (options.removeSource === true) await source.clear();
    return log === undefined ? moved : { ...moved, log };
  } finally {
    for (const side of opened.toReversed()) await side.close();
  }
}

/**
 * Rows come as they are wrapped: at a home that was away while a master key took the place of another, they
 * would open for nobody, and with `removeSource` be nowhere else. A home without any key has its keys from
 * outside.
 */
async function assertMasters(
  source: Movable,
  { paths, masterKey }: { readonly paths: Paths; readonly masterKey: string | undefined },
): Promise<void> {
  const isGiven = masterKey !== undefined;
  if (!isGiven && masterFiles(paths.keys).length === 0) return;
  const held = new Set(loadMasters(paths.keys, masterKey, true).map(masterIdOf));
  const missing = (await source.masters()).filter(({ id, state }) => state !== 'ended' && !held.has(id));
  if (missing.length === 0) return;
  const names = missing.map(({ id }) => id).join(', ');
  const message = `the keys of people need the master key ${names}, which is not here: nothing was moved`;
  const remedy = isGiven ? 'give it in FINELINE_MASTER_KEY, too' : `put its file into ${paths.keys}`;
  throw new Fault('no-master-key', `${message}; ${remedy}`, { retry: 'never' });
}

/**
 * What was confirmed and lies in the event stream would stay there: no worker of the new place takes it, and
 * after seven days it is gone.
 */
async function assertNothingWaits(paths: Paths): Promise<void> {
  const nats = lookUpSettings(paths).cluster?.nats;
  if (nats === undefined) return;
  const { waiting, dead } = await waitingIn({ nats, settings: paths.settings });
  if (waiting + dead === 0) return;
  const remedy =
    'Start a node until “fineline events lag” tells none; what was put aside, send again or drop ' +
    '(“fineline events dead”).';
  const message = `${waiting} confirmed events wait in the event stream, and ${dead} are put aside there.`;
  throw new Fault('events-waiting', `${message} ${remedy}`, { retry: 'later' });
}

type OfLog = Omit<LogKeys, 'origin'>;

interface MovingLog {
  readonly databases: MovableDatabases;
  readonly logKeys: OfLog;
  readonly from: Preset;
}

/** As the source says. Faults `no-log-key` where this home has none, or not the one in use. */
async function keysOfLog(paths: Paths, source: Movable): Promise<OfLog> {
  assertLogKey(paths);
  const entropy = pooledEntropy();
  const options = { origin: LOG_ORIGIN, keysDir: paths.keys, entropy };
  const { crypto, ring: signing } = logKeysAtRest(options, await source.logKeys());
  return { crypto, signing, entropy };
}

/** The shop is whole in both places by now, and neither opens. */
async function movedLog(paths: Paths, { databases, logKeys, from }: MovingLog): Promise<MovedLog> {
  const keys = { origin: LOG_ORIGIN, ...logKeys };
  const opened: MovableLog[] = [];
  try {
    const folder = openMovableTileLog({ dir: paths.log, keyDir: paths.keys, ...keys });
    opened.push(folder);
    const shared = await databases.movableLog(keys);
    opened.push(shared);
    const [source, target] = from === 'embedded' ? [folder, shared] : [shared, folder];
    return await moveLog(source, target);
  } finally {
    for (const side of opened.toReversed()) await side.close();
  }
}
