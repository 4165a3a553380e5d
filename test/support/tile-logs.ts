// Tile logs for tests: a key, drawn leaves, and an auditor who trusts nothing but the vkey and the static
// files.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TileLog, TileLogOptions } from '../../src/adapters/tilelog/tile-log.ts';
import { openTileLog } from '../../src/adapters/tilelog/tile-log.ts';
import type { WitnessLog } from '../../src/engine/ports.ts';
import { hex, utf8Text } from '../../src/kernel/bytes.ts';
import {
  type Checkpoint,
  leafHash,
  parseEntryBundle,
  parseLeaf,
  tilePath,
  tilesForGrowth,
  treeRoot,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '../../src/prove/verify.ts';
import { personalLeaf } from '../../src/prove/leaf.ts';
import { readerOf } from '../../src/prove/merkle.ts';
import { logKey, verifyEd25519 } from './log-key.ts';

export const ORIGIN = 'town.example/log';
export const KEY = logKey(ORIGIN, 7);
export const TRUST = { vkey: KEY.vkey, verifyEd25519 };

export const leafOf = (random: Uint8Array): Uint8Array => personalLeaf(random);
export const newLeaf = (): Uint8Array => leafOf(new Uint8Array(randomBytes(32)));
export const newLeaves = (count: number): Uint8Array[] => Array.from({ length: count }, newLeaf);

export interface Home {
  readonly dir: string;
  readonly keyDir: string;
}

export type Overrides = Partial<Pick<TileLogOptions, 'onStep' | 'origin' | 'entropy'>> & {
  /** Sees every text that is signed. */
  readonly onSign?: (text: string) => void;
};

export function openLog(home: Home, { onSign, ...overrides }: Overrides = {}): TileLog {
  return openTileLog({
    ...home,
    origin: ORIGIN,
    crypto: {
      publicKey: KEY.publicKey,
      sign: (message) => {
        onSign?.(utf8Text(message));
        return KEY.signer.sign(message);
      },
      verify: (publicKey, message, signature) => verifyEd25519({ publicKey, message, signature }),
    },
    entropy: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    ...overrides,
  });
}

/** Reads a signed checkpoint, or throws what is wrong with it. */
export function checkpointOf(note: string): Checkpoint {
  const checkpoint = verifyCheckpoint(note, TRUST);
  if (!checkpoint.ok) throw new Error(checkpoint.error.message);
  return checkpoint.value;
}

/**
 * The size of the log on show, computed from the static files alone. Throws when they do not fit together.
 */
export function auditPublicFiles(home: Home): {
  readonly checkpoint: Checkpoint;
  readonly leaves: readonly string[];
} {
  const at = (path: string): Uint8Array => new Uint8Array(readFileSync(join(home.dir, 'public', path)));
  const checkpoint = checkpointOf(utf8Text(at('checkpoint')));
  const entries: Uint8Array[] = [];
  for (const tile of tilesForGrowth(0, checkpoint.size)) {
    const bytes = at(tilePath(tile));
    if (tile.level !== 'entries') {
      if (bytes.length !== tile.width * 32) throw new Error(`${tilePath(tile)} has ${bytes.length} bytes`);
      continue;
    }
    const bundle = parseEntryBundle(bytes);
    if (bundle?.length !== tile.width) throw new Error(`${tilePath(tile)} has ${bundle?.length} entries`);
    entries.push(...bundle);
  }
  if (!entries.every((entry) => parseLeaf(entry) !== undefined)) throw new Error('an entry is not a leaf');
  const read = readerOf(entries.map(leafHash));
  if (hex(treeRoot(entries.length, read)) !== hex(checkpoint.root))
    throw new Error('entries do not give the root');
  return { checkpoint, leaves: entries.map(hex) };
}

/** Throws unless every checkpoint is the beginning of the log as it stands. */
export async function assertOneLog(log: WitnessLog, checkpoints: readonly Checkpoint[]): Promise<void> {
  const now = checkpointOf((await log.checkpoint())!);
  for (const old of checkpoints) {
    if (old.size > now.size) throw new Error(`size ${old.size} was signed, the log has ${now.size}`);
    const path = await log.consistency(old.size, now.size);
    const claim = { from: old.size, fromRoot: old.root, to: now.size, toRoot: now.root, path };
    if (!verifyConsistency(claim)) throw new Error(`the checkpoint of size ${old.size} is of another log`);
  }
}

/** Throws unless the leaf is provably in the log. */
export async function assertIncluded(log: WitnessLog, leaf: Uint8Array): Promise<number> {
  const found = await log.inclusion(leaf);
  if (found === undefined) throw new Error(`leaf ${hex(leaf)} is not in the log`);
  const { size, root } = checkpointOf(found.checkpoint);
  const { index, path } = found;
  if (!verifyInclusion({ leaf: leafHash(leaf), index, size, path, root }))
    throw new Error('its path does not hold');
  return index;
}
