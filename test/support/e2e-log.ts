// An auditor of a running log: trusts one key, copies the public tiles as they grow, remembers every
// checkpoint that was ever seen, and holds all of them against each other with proofs made from the tiles
// alone.

import { hex, utf8Text } from '../../src/kernel/bytes.ts';
import {
  type Checkpoint,
  type ReceiptTrust,
  consistencyPath,
  inclusionPath,
  leafHash,
  parseEntryBundle,
  parseLeaf,
  readerOfTiles,
  tilePath,
  tilesForGrowth,
  verifyCheckpoint,
  verifyConsistency,
} from '../../src/prove/verify.ts';
import {
  EMPTY_FRONTIER,
  type Frontier,
  type Hash,
  appendLeaf,
  frontierRoot,
} from '../../src/prove/merkle.ts';
import { TILE_WIDTH } from '../../src/prove/tiles.ts';
import { verifyEd25519 } from './log-key.ts';

/** Reads a public file of the log: over HTTP, or from the disk of a dead server. */
export type ReadPublic = (path: string) => Promise<Uint8Array | undefined>;

export interface Auditor {
  readonly trust: ReceiptTrust;
  /**
   * Remembers a signed checkpoint. Throws when the key did not sign it, or signed another root for its size.
   */
  saw(note: string): Checkpoint;
  /** Brings the copy up to the checkpoint on show. Throws when anything does not fit what was seen before. */
  follow(read: ReadPublic): Promise<Checkpoint>;
  /** Whether the copy is as long as every checkpoint that was seen. */
  isCaughtUp(): boolean;
  /** Place of a leaf (hex) in the copy. */
  indexOf(leaf: string): number | undefined;
  /** Where a leaf is, as a receipt needs it, under the newest checkpoint. */
  place(leaf: string): {
    readonly index: number;
    readonly path: readonly Hash[];
    readonly checkpoint: string;
  };
  /** Holds every checkpoint ever seen against the newest; returns how many. */
  compareAll(): number;
}

interface Copy {
  readonly entries: string[];
  readonly index: Map<string, number>;
  /** Tiles by level and index; each as far as it has grown. */
  readonly tiles: Map<string, Uint8Array>;
  frontier: Frontier;
}

export function createAuditor(vkey: string): Auditor {
  const trust: ReceiptTrust = { vkey, verifyEd25519 };
  const copy: Copy = { entries: [], index: new Map(), tiles: new Map(), frontier: EMPTY_FRONTIER };
  const seen = new Map<number, Checkpoint>();
  const waiting = new Set<number>();
  let newest: { readonly checkpoint: Checkpoint; readonly note: string } | undefined;

  const saw: Auditor['saw'] = (note) => {
    const opened = verifyCheckpoint(note, trust);
    if (!opened.ok) throw new Error(`a checkpoint that is none: ${opened.error.message}`);
    const { size, root } = opened.value;
    const before = seen.get(size);
    if (before !== undefined && hex(before.root) !== hex(root)) {
      throw new Error(`forked: two signed roots for size ${size}`);
    }
    if (before === undefined) waiting.add(size);
    seen.set(size, opened.value);
    return opened.value;
  };
  const compare = (from: number): void => {
    const to = newest?.checkpoint;
    const old = seen.get(from);
    if (to === undefined || old === undefined || old.size > to.size) return;
    assertConsistent(copy, old, to);
    waiting.delete(from);
  };

  return {
    trust,
    saw,
    follow: async (read) => {
      const bytes = await read('checkpoint');
      if (bytes === undefined) throw new Error('there is no checkpoint');
      const note = utf8Text(bytes);
      const checkpoint = saw(note);
      const from = newest?.checkpoint.size ?? 0;
      if (checkpoint.size < from) throw new Error(`the log shrank from ${from} to ${checkpoint.size}`);
      await grow(copy, { from, to: checkpoint.size }, read);
      if (hex(frontierRoot(copy.frontier)) !== hex(checkpoint.root)) {
        throw new Error(`the entries do not give the root of size ${checkpoint.size}`);
      }
      const before = newest?.checkpoint.size;
      newest = { checkpoint, note };
      if (before !== undefined) compare(before);
      for (const size of waiting) if (size <= checkpoint.size) compare(size);
      return checkpoint;
    },
    isCaughtUp: () => [...seen.keys()].every((size) => size <= (newest?.checkpoint.size ?? 0)),
    indexOf: (leaf) => copy.index.get(leaf),
    place: (leaf) => {
      const index = copy.index.get(leaf);
      if (index === undefined || newest === undefined) throw new Error(`leaf ${leaf} is not in the log`);
      const { size } = newest.checkpoint;
      const path = inclusionPath({ index, size, read: readerOf(copy, size) });
      return { index, path, checkpoint: newest.note };
    },
    compareAll: () => {
      for (const size of seen.keys()) compare(size);
      if (waiting.size > 0) throw new Error('a checkpoint was signed for a size the log never reached');
      return seen.size;
    },
  };
}

function readerOf({ tiles }: Copy, size: number): ReturnType<typeof readerOfTiles> {
  return readerOfTiles(size, ({ level, index }) => tiles.get(`${level}/${index}`) ?? new Uint8Array(0));
}

function assertConsistent(copy: Copy, old: Checkpoint, now: Checkpoint): void {
  const { size: from, root: fromRoot } = old;
  const { size: to, root: toRoot } = now;
  if (from === 0) return;
  const path = consistencyPath({ from, to, read: readerOf(copy, to) });
  if (!verifyConsistency({ from, fromRoot, to, toRoot, path })) {
    throw new Error(`forked: the checkpoint of size ${from} is not of the log of size ${to}`);
  }
}

/** Fetches every tile and bundle that is new, and checks that what was there before is still there. */
async function grow(copy: Copy, { from, to }: { from: number; to: number }, read: ReadPublic): Promise<void> {
  for (const tile of tilesForGrowth(from, to)) {
    const path = tilePath(tile);
    const bytes = await read(path);
    if (bytes === undefined) throw new Error(`${path} is missing below a signed checkpoint`);
    if (tile.level === 'entries') takeEntries(copy, parseEntryBundle(bytes) ?? [], tile);
    else copy.tiles.set(`${tile.level}/${tile.index}`, bytes);
  }
  if (copy.entries.length !== to) throw new Error(`the bundles hold ${copy.entries.length} of ${to} entries`);
}

function takeEntries(
  copy: Copy,
  entries: readonly Uint8Array[],
  tile: { index: number; width: number },
): void {
  if (entries.length !== tile.width) throw new Error(`bundle ${tile.index} has ${entries.length} entries`);
  for (const [at, entry] of entries.entries()) {
    if (parseLeaf(entry) === undefined) throw new Error('an entry of the log is not a leaf');
    const index = tile.index * TILE_WIDTH + at;
    const text = hex(entry);
    const known = copy.entries[index];
    if (known !== undefined && known !== text) throw new Error(`entry ${index} was exchanged`);
    if (known !== undefined) continue;
    if (copy.index.has(text)) throw new Error(`entry ${index} stands in the log twice`);
    copy.entries.push(text);
    copy.index.set(text, index);
    copy.frontier = appendLeaf(copy.frontier, leafHash(entry));
  }
}
