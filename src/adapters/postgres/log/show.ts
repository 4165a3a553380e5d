// Owns: what the log shows of itself, on any node: proofs and static resources, all as of the published
// checkpoint. A leaf that is in the tree but not yet under a signed root is not shown: nobody could check the
// answer.

import { utf8 } from '../../../kernel/bytes.ts';
import { consistencyPath, inclusionPath } from '../../../prove/merkle-proof.ts';
import { HASH_BYTES, type Hash } from '../../../prove/merkle.ts';
import { entryBundle, parseTilePath, TILE_WIDTH, tileWidth } from '../../../prove/tiles.ts';
import { logDamaged, logFault } from './faults.ts';
import { withHashes, withTiles } from './hashes.ts';

import type { Placed } from '../../../prove/receipt.ts';
import type { LogTables } from './tables.ts';

export interface Published {
  readonly size: number;
  readonly note: string;
}

/** The published checkpoint. It is read first, so that all that it names is there. */
export async function published(tables: LogTables): Promise<Published | undefined> {
  return (await tables.head())?.published;
}

/** Place and proof of a leaf; `undefined` when it is not under the published checkpoint. */
export async function showInclusion(tables: LogTables, leaf: Uint8Array): Promise<Placed | undefined> {
  const head = await published(tables);
  const index = head === undefined ? undefined : await tables.indexOf(leaf);
  if (head === undefined || index === undefined || index >= head.size) return undefined;
  const { size, note } = head;
  const path = await withHashes(tables, size, (read) => inclusionPath({ index, size, read }));
  return { index, path, checkpoint: note };
}

/** Consistency proof between two sizes; Fault `log-out-of-range` unless 0 ≤ from ≤ to ≤ published size. */
export async function showConsistency(
  tables: LogTables,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Hash[]> {
  const size = (await published(tables))?.size ?? 0;
  const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
  if (!whole || from < 0 || from > to || to > size) {
    throw logFault('log-out-of-range', `sizes must satisfy 0 <= from <= to <= ${size}`);
  }
  return withHashes(tables, to, (read) => consistencyPath({ from, to, read }));
}

/** Bytes of a static resource below the log's prefix; `undefined` for any path that names none. */
export async function showResource(tables: LogTables, path: string): Promise<Uint8Array | undefined> {
  const head = await published(tables);
  if (head === undefined) return undefined;
  if (path === 'checkpoint') return utf8(head.note);
  const tile = parseTilePath(path);
  if (tile === undefined || tile.width > tileWidth(head.size, tile)) return undefined;
  const { level, index, width } = tile;
  if (level !== 'entries')
    return withTiles(tables, (read) => read({ level, index, width }).slice(0, width * HASH_BYTES));
  const first = index * TILE_WIDTH;
  const leaves = await tables.entries(first, first + width);
  if (leaves.length !== width) throw logDamaged(`entries from ${first} on are missing in the log`);
  return entryBundle(leaves);
}
