// What the log shows of itself: proofs and static resources, all as of the published checkpoint. A leaf that
// is in the tree but not yet under a signed root is not shown: nobody could check the answer.

import { utf8 } from '../../kernel/bytes.ts';
import { consistencyPath, inclusionPath } from '../../prove/merkle-proof.ts';
import type { Hash } from '../../prove/merkle.ts';
import type { Placed } from '../../prove/receipt.ts';
import { parseTilePath, readerOfTiles, tileWidth } from '../../prove/tiles.ts';
import { tileLogFault } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Published } from './print.ts';
import { tileBytes } from './publish.ts';

/** Place and proof of a leaf; `undefined` when it is not under the published checkpoint. */
export function showInclusion(ledger: Ledger, published: Published, leaf: Uint8Array): Placed | undefined {
  const { size, note } = published;
  const index = ledger.indexOf(leaf);
  if (index === undefined || index >= size) return undefined;
  const path = inclusionPath({ index, size, read: readerOfTiles(size, ledger.readTile) });
  return { index, path, checkpoint: note };
}

/** Consistency proof between two sizes; Fault `log-out-of-range` unless 0 ≤ from ≤ to ≤ published size. */
export function showConsistency(
  ledger: Ledger,
  published: Published,
  { from, to }: { readonly from: number; readonly to: number },
): Hash[] {
  const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
  if (!whole || from < 0 || from > to || to > published.size) {
    throw tileLogFault('log-out-of-range', `sizes must satisfy 0 <= from <= to <= ${published.size}`);
  }
  return consistencyPath({ from, to, read: readerOfTiles(to, ledger.readTile) });
}

/** Bytes of a static resource below the log's prefix; `undefined` for any path that names none. */
export function showResource(ledger: Ledger, published: Published, path: string): Uint8Array | undefined {
  if (path === 'checkpoint') return utf8(published.note);
  const tile = parseTilePath(path);
  if (tile === undefined || tile.width > tileWidth(published.size, tile)) return undefined;
  return tileBytes(ledger, tile);
}
