// The static files of a log, as any file server may show them: tiles durable before the checkpoint that names
// them, so that whoever reads at any moment of a crash finds all that the checkpoint promises.

import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { equalBytes, utf8, utf8Text } from '../../kernel/bytes.ts';
import { type Checkpoint, type LogTrust, verifyCheckpoint } from '../../prove/checkpoint.ts';
import { TILE_WIDTH, type TileRef, tilePath, tileWidth } from '../../prove/tiles.ts';
import type { LogSigning } from '../../prove/signing.ts';
import { SUCCESSIONS_PATH } from '../../prove/succession.ts';
import { readIfThere, syncDir, writeDurable, writeWhole } from './files.ts';

export interface Published extends Checkpoint {
  /** The signed note. */
  readonly note: string;
}

const NOTHING = new Uint8Array(0);

type OnStep = (step: 'temp-written') => void;

/** The checkpoint in a folder, if there is one that this log's key signed. */
export function printedCheckpoint(publicDir: string, trust: LogTrust): Published | undefined {
  const bytes = readIfThere(join(publicDir, 'checkpoint'));
  if (bytes === undefined) return undefined;
  const note = utf8Text(bytes);
  const checkpoint = verifyCheckpoint(note, trust);
  return checkpoint.ok ? { ...checkpoint.value, note } : undefined;
}

/**
 * The key in use, and the way to it from those of before, once another one followed the first. Durable on
 * return; written only where it differs.
 */
export function printKeys(
  publicDir: string,
  { vkey, successions }: Pick<LogSigning, 'vkey' | 'successions'>,
  onStep: (step: 'temp-written' | 'keys-printed') => void,
): void {
  const chain = successions();
  if (chain === '') return;
  for (const [name, text] of [
    [SUCCESSIONS_PATH, chain],
    ['vkey', `${vkey}\n`],
  ] as const) {
    const file = join(publicDir, name);
    const bytes = utf8(text);
    if (equalBytes(readIfThere(file) ?? NOTHING, bytes)) continue;
    writeDurable(file, bytes, onStep);
    onStep('keys-printed');
  }
}

/** Whole, and durable once `syncTiles` was called. */
export function printTile(publicDir: string, tile: TileRef, bytes: Uint8Array, onStep: OnStep): void {
  writeWhole(join(publicDir, tilePath(tile)), bytes, onStep);
}

/** Makes printed tiles durable, each of their folders once. */
export function syncTiles(publicDir: string, tiles: readonly TileRef[]): void {
  for (const folder of new Set(tiles.map((tile) => dirname(join(publicDir, tilePath(tile))))))
    syncDir(folder);
}

/** Durable on return. All tiles below it are durable before. */
export function printCheckpoint(publicDir: string, note: string, onStep: OnStep): void {
  writeDurable(join(publicDir, 'checkpoint'), utf8(note), onStep);
}

/**
 * Partial tiles may go once the full one is there (tlog-tiles); a batch a minute would otherwise leave 16 of
 * each.
 */
export function removePartials(publicDir: string, tiles: readonly TileRef[], oldSize: number): void {
  for (const tile of tiles) {
    if (tile.width < TILE_WIDTH || tileWidth(oldSize, tile) === 0) continue;
    rmSync(join(publicDir, `${tilePath(tile)}.p`), { recursive: true, force: true });
  }
}
