// A shop moves between its folder and PostgreSQL, both ways. The process must be stopped; log, master key and
// settings stay in the home.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { openMovable as openDatabases } from '../adapters/postgres/moving.ts';
import { openMovable as openFolder } from '../adapters/sqlite/moving.ts';
import type { Movable } from '../engine/ports.ts';
import type { ClusterUrls } from '../engine/settings.ts';
import { pathsOf } from './paths.ts';
import { type MoveOptions, type Moved, moveShop } from './moving.ts';

export type Preset = 'embedded' | 'cluster';

export interface MigrateOptions extends MoveOptions {
  readonly home: string;
  readonly from: Preset;
  readonly to: Preset;
  readonly postgres: ClusterUrls;
  /** Empties the source once the copy was found whole. Until then an erasure reaches one of the two only. */
  readonly removeSource?: boolean;
}

/** Faults of `moveShop`; `not-found` when there is no shop to move; `home-in-use` while one serves it. */
export async function migrateShop(options: MigrateOptions): Promise<Moved> {
  const { home, from, postgres } = options;
  const { data, keys } = pathsOf(home);
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
    const [source, target] = from === 'embedded' ? [folder, databases] : [databases, folder];
    const moved = await moveShop(source, target, options);
    if (options.removeSource === true) await source.clear();
    return moved;
  } finally {
    for (const side of opened.toReversed()) await side.close();
  }
}
