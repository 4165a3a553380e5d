// Owns: writing. One node at a time does it, by a lease with a token that grows; and should two ever believe
// that they do, the database takes one of them.
//
//     take the lease ─new?▶ prove the tree ─▶ enter (token, size, root) ─▶ read the head ─▶ guard ─▶ sign ─▶
//     publish
//
// The order is the argument. What is signed was read back from the database, so it had been accepted there,
// for good, before the signature existed: a writer that sleeps at any point and wakes up after others have
// gone on signs, at worst, an old head of the same tree, and cannot publish even that.

import { assert } from '../../../kernel/assert.ts';
import { BATCH_LEAVES_MAX, type BatchOptions, batchOf } from '../../../prove/batch.ts';
import { checkpointText, verifyCheckpoint } from '../../../prove/checkpoint.ts';
import { appendLeaf, frontierOf, frontierRoot, leafHash } from '../../../prove/merkle.ts';
import { signNote } from '../../../prove/note.ts';
import type { LogSigning } from '../../../prove/signing.ts';
import { grownTiles } from '../../../prove/tile-growth.ts';
import { readerOfTiles } from '../../../prove/tiles.ts';
import { followingHead, guardHead } from './guard.ts';
import { withTiles } from './hashes.ts';

import type { Entropy } from '../../../engine/ports.ts';
import type { Head, LogTables } from './tables.ts';

/** Times that a batch is made anew because a leaf in it was in the log already, or the guard had moved. */
const TRIES_MAX = 8;

export interface Pen {
  readonly tables: LogTables;
  readonly signing: LogSigning;
  readonly entropy: Entropy;
  readonly leaseMs: number;
  /** Whether it may ever take the lease. */
  readonly mayWrite: boolean;
  /** Name of this opening of the log; no other has it. */
  readonly holder: string;
  /** Of the lease, once the tree was proved under it; −1 = never. */
  token: number;
}

/** The head under this node's lease; `undefined` while another node writes, or where this one may not. */
export async function lead(pen: Pen): Promise<Head | undefined> {
  if (!pen.mayWrite || !(await maySign(pen))) return undefined;
  const { tables, holder, leaseMs, signing } = pen;
  const head = await tables.take({ holder, token: pen.token, leaseMs });
  if (head === undefined || head.token === pen.token) return head;
  try {
    // A new writer trusts nobody: neither the one before, nor the database.
    const proved = await followingHead(tables, signing.trust());
    if (proved.token !== head.token) return undefined;
    pen.token = head.token;
    return proved;
  } catch (error) {
    // Who cannot prove the tree keeps nobody else from it.
    await tables.leave(holder, head.token).catch(() => undefined);
    throw error;
  }
}

/** Who lacks the key in use, and only that, takes no lease: another node can write. */
async function maySign({ signing }: Pen): Promise<boolean> {
  return (await signing.keeping?.refresh()) !== false;
}

/** Lets another node have the lease at once. */
export async function leave(pen: Pen): Promise<void> {
  if (pen.token < 0) return;
  await pen.tables.leave(pen.holder, pen.token);
  pen.token = -1;
}

/** Puts all that waits into the tree and publishes it, for as long as this node has the lease. */
export async function write(pen: Pen, how: BatchOptions): Promise<void> {
  for (;;) {
    const head = await lead(pen);
    if (head === undefined) return;
    const entered = await enterBatch(pen, head, how);
    if (entered === 'fenced' || !(await publish(pen)) || entered === 'nothing') return;
  }
}

async function enterBatch(
  pen: Pen,
  head: Head,
  how: BatchOptions,
): Promise<'entered' | 'fenced' | 'nothing'> {
  const { tables, token, leaseMs, entropy } = pen;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const leaves = batchOf(await tables.waiting(BATCH_LEAVES_MAX), entropy, how);
    if (leaves.length === 0) return 'nothing';
    const grown = await growth(tables, head, leaves);
    const outcome = await tables.enter({ token, before: head, ...grown, leaves, leaseMs });
    if (outcome !== 'again') return outcome;
    // A slow node put a leaf that had entered meanwhile.
    await tables.dropEntered();
  }
  return 'fenced';
}

/** The tree after `leaves`, and the tiles that are new in it. */
export async function growth(
  tables: LogTables,
  { size }: Head,
  leaves: readonly Uint8Array[],
): Promise<{
  readonly after: { readonly size: number; readonly root: Uint8Array };
  readonly tiles: ReturnType<typeof grownTiles>;
}> {
  const hashes = leaves.map(leafHash);
  return withTiles(tables, (readTile) => {
    let frontier = frontierOf(size, readerOfTiles(size, readTile));
    for (const hash of hashes) frontier = appendLeaf(frontier, hash);
    const after = { size: frontier.size, root: frontierRoot(frontier) };
    return { after, tiles: grownTiles({ readTile, size, hashes }) };
  });
}

/**
 * Another key is in use: said in the row of the head first, so that nobody publishes who has not heard of it.
 * Who has not heard of the one that the row names leaves it to others.
 */
export async function namesKeyInUse(pen: Pen, { vkey }: Pick<Head, 'vkey'>): Promise<boolean> {
  const { tables, token, signing } = pen;
  if (vkey === signing.vkey) return true;
  const keys = signing.trust().keys?.map((key) => key.vkey) ?? [];
  const isOlder = keys.includes(vkey) && keys.indexOf(vkey) < keys.indexOf(signing.vkey);
  return isOlder && tables.rekey({ token, from: vkey, to: signing.vkey });
}

/** Signs the tree as the database has it, and publishes that. False when another node writes now. */
async function publish(pen: Pen): Promise<boolean> {
  const { tables, token, signing } = pen;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    // Read, not remembered: what was sent may not have come to be.
    const head = await guardHead(tables, token);
    if (head === 'again') continue;
    if (head === 'fenced') return false;
    if (head.published?.size === head.size) return true;
    const { vkey } = signing;
    if (!(await namesKeyInUse(pen, head))) return false;
    const note = signNote(checkpointText(head), signing.signers());
    assert(verifyCheckpoint(note, signing.trust()).ok, 'what the log signs verifies under its own vkey');
    return tables.publish({ token, vkey, size: head.size, note });
  }
  return false;
}
