// The log as static files (C2SP tlog-tiles): 256 hashes to a tile, and the entries they stand for in bundles.
// A tile holds eight levels of the tree in its lowest one, so a proof reads two or three files, and a full
// tile never changes: it can be copied, cached and served by anything that serves files.

import { assert } from '../kernel/assert.ts';
import { concatBytes, u16 } from '../kernel/bytes.ts';
import { type Hash, HASH_BYTES, type HashReader, isTreeSize, nodeHash, powerOfTwo } from './merkle.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
/** Tree levels that one tile covers. */
const TILE_HEIGHT = 8;
/** Highest level that the specification allows in a path. */
const TILE_LEVEL_MAX = 63;
/** Longest path that can name a tile of ours: `tile/entries/` and six groups of three digits. */
const TILE_PATH_LENGTH_MAX = 64;

/**
 * A tile of hashes at `level`, or the bundle of entries under a tile at level 0. `width` < 256: a partial
 * one.
 */
export interface TileRef {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/**
 * `{ level: 0, index: 1234067, width: 256 }` is `tile/0/x001/x234/067`; a partial one ends in `.p/<width>`.
 */
export function tilePath({ level, index, width }: TileRef): string {
  assert(isTreeSize(index), 'a tile index is a whole number from 0');
  assert(Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH, 'a tile has 1 to 256 hashes');
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

const TILE_PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/**
 * The tile that a path from outside names; `undefined` unless `tilePath` would have written it exactly so.
 */
export function parseTilePath(path: string): TileRef | undefined {
  if (path.length > TILE_PATH_LENGTH_MAX) return undefined;
  const parts = TILE_PATH.exec(path);
  if (parts === null) return undefined;
  const level = parts[1] === 'entries' ? 'entries' : Number(parts[1]);
  const index = Number(parts[2]!.replaceAll(/[x/]/g, ''));
  const width = parts[3] === undefined ? TILE_WIDTH : Number(parts[3]);
  if ((level !== 'entries' && level > TILE_LEVEL_MAX) || !isTreeSize(index)) return undefined;
  if (width > TILE_WIDTH || (parts[3] !== undefined && width === TILE_WIDTH)) return undefined;
  const tile: TileRef = { level, index, width };
  return tilePath(tile) === path ? tile : undefined;
}

/** How many hashes of tile level `level` a tree of `size` leaves has. */
export function tileHashCount(size: number, level: number): number {
  let count = size;
  for (let i = 0; i < level && count > 0; i += 1) count = Math.floor(count / TILE_WIDTH);
  return count;
}

/** Width of a tile in the tree of `size` leaves: 0 where it has none. */
export function tileWidth(size: number, tile: Pick<TileRef, 'level' | 'index'>): number {
  const count = tileHashCount(size, tile.level === 'entries' ? 0 : tile.level);
  return Math.max(0, Math.min(TILE_WIDTH, count - tile.index * TILE_WIDTH));
}

/**
 * Every tile and bundle that is new when a tree grows from `from` to `to` leaves, lowest level and index
 * first.
 */
export function tilesForGrowth(from: number, to: number): TileRef[] {
  assert(isTreeSize(from) && isTreeSize(to) && from <= to, 'a log only grows');
  const tiles: TileRef[] = [];
  for (let level = 0; tileHashCount(to, level) > tileHashCount(from, level); level += 1) {
    const last = Math.floor((tileHashCount(to, level) - 1) / TILE_WIDTH);
    for (let index = Math.floor(tileHashCount(from, level) / TILE_WIDTH); index <= last; index += 1) {
      const width = tileWidth(to, { level, index });
      if (level === 0) tiles.push({ level: 'entries', index, width });
      tiles.push({ level, index, width });
    }
  }
  return tiles;
}

/** Bytes of a tile as far as the tree of the reader's size goes; may return a longer (fuller) one. */
export type TileReader = (tile: {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}) => Uint8Array;

/**
 * A hash reader over the tiles of the tree of `size` leaves: what `inclusionPath` and `consistencyPath` ask
 * for.
 */
export function readerOfTiles(size: number, readTile: TileReader): HashReader {
  return (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const span = powerOfTwo(level - tileLevel * TILE_HEIGHT);
    const first = index * span;
    const tile = Math.floor(first / TILE_WIDTH);
    const width = tileWidth(size, { level: tileLevel, index: tile });
    const offset = first - tile * TILE_WIDTH;
    assert(offset + span <= width, 'only complete subtrees of the tree are read');
    const bytes = readTile({ level: tileLevel, index: tile, width });
    assert(bytes.length >= width * HASH_BYTES, 'a tile is as wide as the tree needs it');
    return completeRoot(bytes, offset, span);
  };
}

/** Root over `span` (a power of two) hashes of a tile, from `offset` on. */
function completeRoot(tile: Uint8Array, offset: number, span: number): Hash {
  if (span === 1) return tile.slice(offset * HASH_BYTES, (offset + 1) * HASH_BYTES);
  const half = span / 2;
  return nodeHash(completeRoot(tile, offset, half), completeRoot(tile, offset + half, half));
}

/** The hash that a full tile puts into the tile above it. */
export function tileRoot(tile: Uint8Array): Hash {
  assert(tile.length === TILE_WIDTH * HASH_BYTES, 'only a full tile is hashed into the level above');
  return completeRoot(tile, 0, TILE_WIDTH);
}

/**
 * Entries one after the other, each behind its length as 2 bytes, big-endian. At most 65,535 bytes per entry.
 */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  assert(entries.length >= 1 && entries.length <= TILE_WIDTH, 'a bundle has 1 to 256 entries');
  return concatBytes(...entries.flatMap((entry) => [u16(entry.length), entry]));
}

/** The entries of a bundle from outside; `undefined` when it is cut short, empty, or holds more than 256. */
export function parseEntryBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 2 > bytes.length || entries.length === TILE_WIDTH) return undefined;
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!);
    if (end > bytes.length) return undefined;
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  return entries.length > 0 ? entries : undefined;
}
