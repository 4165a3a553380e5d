// How tiles grow with the tree. The rightmost tile of each level is kept as far as it goes: a partial tile is
// the beginning of the full one, so every width that was ever published can be read from it.

import { concatBytes } from '../kernel/bytes.ts';
import { type Hash, HASH_BYTES } from './merkle.ts';
import { TILE_WIDTH, type TileReader, tileHashCount, tileRoot } from './tiles.ts';

/** A tile as it is after a growth, from its first hash on. */
export interface GrownTile {
  readonly level: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** What grows, and by what. `readTile` is asked for the rightmost partial tiles only. */
export interface Growth {
  readonly readTile: TileReader;
  /** Leaves before. */
  readonly size: number;
  /** Leaf hashes to add. */
  readonly hashes: readonly Hash[];
}

/**
 * Adds hashes to the lowest tile level, and the roots of tiles that became full to the level above, and so
 * on. Lowest level and index first.
 */
export function grownTiles({ readTile, size, hashes: leaves }: Growth): GrownTile[] {
  const grown: GrownTile[] = [];
  let hashes = leaves;
  for (let level = 0; hashes.length > 0; level += 1) {
    const before = tileHashCount(size, level);
    const width = before % TILE_WIDTH;
    let index = Math.floor(before / TILE_WIDTH);
    const old = width === 0 ? [] : [readTile({ level, index, width }).subarray(0, width * HASH_BYTES)];
    const bytes = concatBytes(...old, ...hashes);
    const full: Hash[] = [];
    for (let at = 0; at < bytes.length; at += TILE_WIDTH * HASH_BYTES, index += 1) {
      const tile = bytes.subarray(at, at + TILE_WIDTH * HASH_BYTES);
      grown.push({ level, index, bytes: tile });
      if (tile.length === TILE_WIDTH * HASH_BYTES) full.push(tileRoot(tile));
    }
    hashes = full;
  }
  return grown;
}
