// Owns: hashes of the tree, read from the tables. What `prove` computes is synchronous and asks for hashes as
// it goes; so it runs twice: once on zeros, to learn which tiles it asks for, and once on those.

import { HASH_BYTES, type Hash, type HashReader, emptyRoot, treeRoot } from '../../../prove/merkle.ts';
import { readerOfTiles, type TileReader } from '../../../prove/tiles.ts';
import { logDamaged } from './faults.ts';

import type { LogTables, StoredTile } from './tables.ts';

/** `work` over the tiles that it asks for; which ones must not depend on what is in them. */
export async function withTiles<T>(
  tables: Pick<LogTables, 'tiles'>,
  work: (readTile: TileReader) => T,
): Promise<T> {
  const wanted = new Map<string, Pick<StoredTile, 'level' | 'index'>>();
  work(({ level, index, width }) => {
    wanted.set(`${level}/${index}`, { level, index });
    return new Uint8Array(width * HASH_BYTES);
  });
  const found = new Map<string, Uint8Array>();
  for (const { level, index, bytes } of await tables.tiles([...wanted.values()]))
    found.set(`${level}/${index}`, bytes);
  return work(({ level, index, width }) => {
    const bytes = found.get(`${level}/${index}`);
    if (bytes !== undefined && bytes.length >= width * HASH_BYTES) return bytes;
    throw logDamaged(`tile ${index} of level ${level} of the log is missing or short`);
  });
}

/** `work` over the hashes of the tree of `size` leaves. */
export async function withHashes<T>(
  tables: Pick<LogTables, 'tiles'>,
  size: number,
  work: (read: HashReader) => T,
): Promise<T> {
  return withTiles(tables, (readTile) => work(readerOfTiles(size, readTile)));
}

/** Root of the first `size` leaves, from the tiles. */
export async function rootAt(tables: Pick<LogTables, 'tiles'>, size: number): Promise<Hash> {
  return size === 0 ? emptyRoot() : withHashes(tables, size, (read) => treeRoot(size, read));
}
