// Printing the tree: tiles first, then the guard, then the signed checkpoint, each durable before the next.
// At any moment of a crash the published checkpoint has all its tiles, and the guard knows of every head that
// may have been signed. Running it again continues where it stopped.

import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assert } from '../../kernel/assert.ts';
import { equalBytes, utf8, utf8Text } from '../../kernel/bytes.ts';
import { type Checkpoint, type LogTrust, checkpointText, verifyCheckpoint } from '../../prove/checkpoint.ts';
import { HASH_BYTES } from '../../prove/merkle.ts';
import { type NoteSigner, signNote } from '../../prove/note.ts';
import {
  TILE_WIDTH,
  type TileRef,
  entryBundle,
  tilePath,
  tilesForGrowth,
  tileWidth,
} from '../../prove/tiles.ts';
import { readIfThere, syncDir, writeDurable, writeWhole } from './files.ts';
import { assertFollows, assertHere, readGuard, writeGuard } from './guard.ts';
import type { Ledger } from './ledger.ts';

export type PublishStep =
  | 'batch-entered'
  | 'temp-written'
  | 'tile-written'
  | 'tiles-written'
  | 'guard-written'
  | 'signed'
  | 'checkpoint-written'
  | 'partials-removed';

export interface Press {
  readonly ledger: Ledger;
  /** Folder of the static files. */
  readonly publicDir: string;
  readonly keyDir: string;
  readonly signer: NoteSigner;
  readonly trust: LogTrust;
  readonly onStep: (step: PublishStep) => void;
}

export interface Published extends Checkpoint {
  /** The signed note. */
  readonly note: string;
}

/** The published checkpoint, if there is one that this log's key signed. */
export function readPublished(press: Press): Published | undefined {
  const bytes = readIfThere(join(press.publicDir, 'checkpoint'));
  if (bytes === undefined) return undefined;
  const note = utf8Text(bytes);
  const checkpoint = verifyCheckpoint(note, press.trust);
  return checkpoint.ok ? { ...checkpoint.value, note } : undefined;
}

/** Brings files and checkpoint up to the database's head; `before` is what is published now. */
export function publish(press: Press, before: Published | undefined): Published {
  const { ledger, publicDir, keyDir, signer, onStep } = press;
  const { size, root } = ledger.head();
  if (before?.size === size) {
    assert(equalBytes(before.root, root), 'a size is published with one root only');
    return before;
  }
  const head: Checkpoint = { origin: signer.name, size, root };
  const tiles = tilesForGrowth(before?.size ?? 0, size);
  const folders = new Set<string>();
  for (const tile of tiles) {
    const path = join(publicDir, tilePath(tile));
    writeWhole(path, tileBytes(ledger, tile), onStep);
    folders.add(dirname(path));
    onStep('tile-written');
  }
  for (const folder of folders) syncDir(folder);
  onStep('tiles-written');
  const signed = readGuard(keyDir);
  assert(signed !== undefined, 'a log has a guard before it signs');
  assertHere(signed, keyDir);
  assertFollows(signed, { origin: signer.name, size, rootAt: ledger.rootAt });
  writeGuard(keyDir, head, onStep);
  onStep('guard-written');
  const note = signNote(checkpointText(head), [signer]);
  assert(verifyCheckpoint(note, press.trust).ok, 'what the log signs verifies under its own vkey');
  onStep('signed');
  writeDurable(join(publicDir, 'checkpoint'), utf8(note), onStep);
  onStep('checkpoint-written');
  removePartials(publicDir, tiles, before?.size ?? 0);
  onStep('partials-removed');
  return { ...head, note };
}

/** A tile or bundle as it is served, cut to the width asked for. */
export function tileBytes(ledger: Ledger, { level, index, width }: TileRef): Uint8Array {
  if (level !== 'entries') return ledger.readTile({ level, index, width }).slice(0, width * HASH_BYTES);
  const first = index * TILE_WIDTH;
  return entryBundle(ledger.entries(first, first + width));
}

/**
 * Partial tiles may go once the full one is there (tlog-tiles); a batch a minute would otherwise leave 16 of
 * each.
 */
function removePartials(publicDir: string, tiles: readonly TileRef[], oldSize: number): void {
  for (const tile of tiles) {
    if (tile.width < TILE_WIDTH || tileWidth(oldSize, tile) === 0) continue;
    rmSync(join(publicDir, `${tilePath(tile)}.p`), { recursive: true, force: true });
  }
}
