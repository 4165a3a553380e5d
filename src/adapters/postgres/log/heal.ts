// Owns: a database older than what was published. A backup of the data was put back, and the log's static
// files are still there somewhere: at a node, at an auditor, in a cache. All that is missing stands in their
// entry bundles, under a checkpoint that this log signed, so it is taken over in its exact place; only if
// every hash fits, and nothing otherwise.

import { equalBytes, utf8Text } from '../../../kernel/bytes.ts';
import { BATCH_LEAVES_MAX } from '../../../prove/batch.ts';
import { type Checkpoint, verifyCheckpoint } from '../../../prove/checkpoint.ts';
import { parseLeaf } from '../../../prove/leaf.ts';
import { appendLeaf, frontierOf, frontierRoot, leafHash } from '../../../prove/merkle.ts';
import { parseEntryBundle, TILE_WIDTH, tilePath, tilesForGrowth } from '../../../prove/tiles.ts';
import { withHashes } from './hashes.ts';
import { growth, type Pen } from './writer.ts';

import type { Head } from './tables.ts';

const LOOK_AGAIN_MS = 100;

/** A static file of a copy of the log, by its path below the log's prefix. */
export type ReadCopy = (path: string) => Promise<Uint8Array | undefined>;

/** Takes over what the copy has and the tables lack; false when it has nothing that fits. */
export async function adoptCopy(pen: Healing, read: ReadCopy): Promise<boolean> {
  const { tables, signing, holder } = pen;
  const note = utf8Text((await read('checkpoint')) ?? new Uint8Array(0));
  const checkpoint = verifyCheckpoint(note, signing.trust());
  const size = (await tables.head())?.size ?? 0;
  if (!checkpoint.ok || size >= checkpoint.value.size) return false;
  const head = await leased(pen);
  if (head === undefined) return false;
  let isTaken = false;
  try {
    isTaken = await takeOver(pen, read, { head, checkpoint: checkpoint.value, note });
  } finally {
    // Another node may have a copy that fits, and should not have to wait for this one.
    if (!isTaken) await tables.leave(holder, head.token);
  }
  return isTaken;
}

type Healing = Pick<Pen, 'tables' | 'signing' | 'holder' | 'leaseMs'>;

/** A backup that is young holds the lease of its day, which ends by itself. */
async function leased({ tables, holder, leaseMs }: Healing): Promise<Head | undefined> {
  for (let waitedMs = 0; waitedMs <= leaseMs + LOOK_AGAIN_MS; waitedMs += LOOK_AGAIN_MS) {
    const head = await tables.take({ holder, token: -1, leaseMs });
    if (head !== undefined) return head;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return undefined;
}

interface Found {
  readonly head: Head;
  readonly checkpoint: Checkpoint;
  readonly note: string;
}

async function takeOver(
  pen: Healing,
  read: ReadCopy,
  { head: first, checkpoint, note }: Found,
): Promise<boolean> {
  const { tables, leaseMs } = pen;
  const { token } = first;
  let head = first;
  const leaves = await missingLeaves(read, head.size, checkpoint.size);
  if (leaves === undefined || !(await fits(pen, head.size, leaves, checkpoint))) return false;
  for (let at = 0; at < leaves.length; at += BATCH_LEAVES_MAX) {
    const part = leaves.slice(at, at + BATCH_LEAVES_MAX);
    const grown = await growth(tables, head, part);
    const outcome = await tables.enter({ token, before: head, ...grown, leaves: part, leaseMs });
    if (outcome !== 'entered') return false;
    head = { ...head, ...grown.after };
  }
  // As it was signed; the next head of the writer says which key is in use.
  return tables.publish({ token, vkey: head.vkey, size: checkpoint.size, note });
}

async function fits(
  { tables }: Pick<Pen, 'tables'>,
  size: number,
  leaves: readonly Uint8Array[],
  { root }: Checkpoint,
): Promise<boolean> {
  let frontier = await withHashes(tables, size, (read) => frontierOf(size, read));
  for (const leaf of leaves) frontier = appendLeaf(frontier, leafHash(leaf));
  return equalBytes(frontierRoot(frontier), root);
}

async function missingLeaves(
  read: ReadCopy,
  from: number,
  to: number,
): Promise<readonly Uint8Array[] | undefined> {
  const leaves: Uint8Array[] = [];
  for (const tile of tilesForGrowth(from, to)) {
    if (tile.level !== 'entries') continue;
    const bundle = parseEntryBundle((await read(tilePath(tile))) ?? new Uint8Array(0));
    if (bundle?.length !== tile.width || !bundle.every((leaf) => parseLeaf(leaf) !== undefined))
      return undefined;
    leaves.push(...bundle.slice(Math.max(0, from - tile.index * TILE_WIDTH)));
  }
  return leaves;
}
