// Where a home keeps what is said of its master keys, opened with those at hand.

import { masterTable } from '../adapters/postgres/masters.ts';
import { loadMasters } from '../adapters/sqlite/master-key.ts';
import { openMasterTable } from '../adapters/sqlite/masters.ts';
import { createRing } from '../adapters/sqlite/ring.ts';
import { masterIdOf } from '../adapters/sqlite/wrapping.ts';
import type { KeyRing, MasterTable } from '../engine/ports.ts';
import { type KeyPlace, noKeys, openKeyPlace } from './key-place.ts';
import { pathsOf } from './paths.ts';

export interface MastersOptions {
  readonly home: string;
  /** As `EmbeddedOptions.masterKey`. */
  readonly masterKey?: string;
  /** Nothing is changed, so a server may start meanwhile. */
  readonly isLooking?: boolean;
}

export type Place = KeyPlace<MasterTable> & { readonly ring: KeyRing };

/** Faults: `not-found`, `wrong-master-key`, `no-master-key`, and what a file or a server can do. */
export async function openPlace({ home, masterKey, isLooking = false }: MastersOptions): Promise<Place> {
  const opened = await openKeyPlace<MasterTable>({
    home,
    isLooking,
    inFolder: openMasterTable,
    inDatabase: masterTable,
  });
  try {
    const secrets = (): Uint8Array[] => loadMasters(opened.keysDir, masterKey, true);
    const ring = createRing(secrets);
    const check = (await opened.table.page('', 1))[0]?.wrapped;
    if (check === undefined) throw noKeys(pathsOf(home).home);
    const all = await opened.table.rows();
    const held = new Set(secrets().map(masterIdOf));
    // One that is announced and lost can still be taken back; one that is old and lost, end.
    const rows = all.filter(({ id, state }) => state !== 'announced' && (state !== 'old' || held.has(id)));
    const isOldLost = all.some(({ id, state }) => state === 'old' && !held.has(id));
    const first = ring.start(rows, isOldLost ? undefined : check);
    if (first !== undefined) await opened.table.first({ ...first, madeMs: Date.now() });
    return { ...opened, ring };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
