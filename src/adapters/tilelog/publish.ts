// Printing the tree: tiles first, then the guard, then the signed checkpoint, each durable before the next.
// At any moment of a crash the published checkpoint has all its tiles, and the guard knows of every head that
// may have been signed. Running it again continues where it stopped.

import { assert } from '../../kernel/assert.ts';
import { equalBytes } from '../../kernel/bytes.ts';
import { type Checkpoint, checkpointText, verifyCheckpoint } from '../../prove/checkpoint.ts';
import { HASH_BYTES } from '../../prove/merkle.ts';
import { signNote } from '../../prove/note.ts';
import type { LogSigning } from '../../prove/signing.ts';
import { TILE_WIDTH, type TileRef, entryBundle, tilesForGrowth } from '../../prove/tiles.ts';
import { assertFollows, assertHere, readGuard, writeGuard } from './guard.ts';
import type { Ledger } from './ledger.ts';
import { type Published, printCheckpoint, printKeys, printTile, removePartials, syncTiles } from './print.ts';

export type PublishStep =
  | 'batch-entered'
  | 'temp-written'
  | 'tile-written'
  | 'tiles-written'
  | 'keys-printed'
  | 'guard-written'
  | 'signed'
  | 'checkpoint-written'
  | 'partials-removed';

export interface Press {
  readonly ledger: Ledger;
  /** Folder of the static files. */
  readonly publicDir: string;
  readonly keyDir: string;
  readonly signing: LogSigning;
  readonly onStep: (step: PublishStep) => void;
}

/** Brings files and checkpoint up to the database's head; `before` is what is published now. */
export function publish(press: Press, before: Published | undefined): Published {
  const { ledger, publicDir, keyDir, signing, onStep } = press;
  const { origin } = signing;
  const { size, root } = ledger.head();
  // Before the head that only a successor signed: whoever pinned an earlier key needs the way there.
  printKeys(publicDir, signing, onStep);
  if (before?.size === size) {
    assert(equalBytes(before.root, root), 'a size is published with one root only');
    return before;
  }
  const head: Checkpoint = { origin, size, root };
  const tiles = tilesForGrowth(before?.size ?? 0, size);
  for (const tile of tiles) {
    printTile(publicDir, tile, tileBytes(ledger, tile), onStep);
    onStep('tile-written');
  }
  syncTiles(publicDir, tiles);
  onStep('tiles-written');
  const signed = readGuard(keyDir);
  assert(signed !== undefined, 'a log has a guard before it signs');
  assertHere(signed, keyDir);
  assertFollows(signed, { origin, size, rootAt: ledger.rootAt });
  writeGuard(keyDir, head, onStep);
  onStep('guard-written');
  const note = signNote(checkpointText(head), signing.signers());
  assert(verifyCheckpoint(note, signing.trust()).ok, 'what the log signs verifies under its own vkey');
  onStep('signed');
  printCheckpoint(publicDir, note, onStep);
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
