// A database older than the published files: somebody put back yesterday's log.db and left public/ alone.
// Everything that is missing stands in the entry bundles, under a checkpoint this log signed, so it is taken
// over in its exact place instead of refusing to start. Only if every hash fits; otherwise the database stays
// as it is and is refused as rolled back.

import { join } from 'node:path';
import { equalBytes } from '../../kernel/bytes.ts';
import { parseLeaf } from '../../prove/leaf.ts';
import { appendLeaf, frontierOf, frontierRoot, leafHash } from '../../prove/merkle.ts';
import { TILE_WIDTH, parseEntryBundle, readerOfTiles, tilePath, tilesForGrowth } from '../../prove/tiles.ts';
import { readIfThere } from './files.ts';
import type { Published } from './print.ts';
import type { Press } from './publish.ts';

/** Takes over published leaves that the database lacks, all or none. */
export function adoptPublished({ ledger, publicDir }: Press, published: Published): void {
  const { size } = ledger.head();
  if (published.size <= size) return;
  const leaves = readPublishedLeaves(publicDir, size, published.size);
  if (leaves === undefined) return;
  let frontier = frontierOf(size, readerOfTiles(size, ledger.readTile));
  for (const leaf of leaves) frontier = appendLeaf(frontier, leafHash(leaf));
  if (equalBytes(frontierRoot(frontier), published.root)) ledger.enter(leaves);
}

function readPublishedLeaves(publicDir: string, from: number, to: number): Uint8Array[] | undefined {
  const leaves: Uint8Array[] = [];
  for (const tile of tilesForGrowth(from, to)) {
    if (tile.level !== 'entries') continue;
    const bundle = parseEntryBundle(readIfThere(join(publicDir, tilePath(tile))) ?? new Uint8Array(0));
    if (bundle?.length !== tile.width || !bundle.every((leaf) => parseLeaf(leaf) !== undefined))
      return undefined;
    leaves.push(...bundle.slice(Math.max(0, from - tile.index * TILE_WIDTH)));
  }
  return leaves;
}
