// The Merkle tree of RFC 6962 §2.1 (the same in RFC 9162 §2.1): hashes, and the two ways to a root. A
// *frontier* holds the complete subtrees left to right, at most 53 hashes, and is all that an append needs; a
// *reader* knows the hash of every complete subtree and serves proofs. Leaf and node hashes start with
// different bytes, so that a node can never pass for an entry (second preimage).
//
// Sizes are numbers, not bigint: 2^53 − 1 leaves at a million a second take 285 years, and shifts are written
// as divisions because those of JavaScript stop at 32 bits.

import { assert } from '../kernel/assert.ts';
import { sha256 } from '../kernel/sha256.ts';

/** 32 bytes. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

/** Levels of the highest tree that a safe integer can size. */
const LEVELS_MAX = 53;

/** Hash of the complete subtree over leaves `index · 2^level … (index + 1) · 2^level − 1`. */
export type HashReader = (level: number, index: number) => Hash;

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Hash {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

/**
 * 0x01 ‖ left ‖ right, used again and again: V8 gets memory for arrays of more than 64 bytes from outside its
 * heap, which costs as much as the hash.
 */
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);
nodeInput[0] = 1;

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  assert(left.length === HASH_BYTES && right.length === HASH_BYTES, 'tree hashes have 32 bytes');
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** Root of the tree without leaves: the hash of nothing, `e3b0c442…`. */
export function emptyRoot(): Hash {
  return sha256(new Uint8Array(0));
}

/** True for what can be the size of a tree: a whole number from 0 to 2^53 − 1. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** The largest k with 2^k ≤ n, for a whole n from 1. */
export function floorLog2(n: number): number {
  assert(Number.isSafeInteger(n) && n >= 1, 'floorLog2 takes a whole number from 1');
  const high = Math.floor(n / 0x1_0000_0000);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(n);
}

/** 2^level, for levels 0 to 52. By doubling: `**` is approximated, and engines differ. */
export function powerOfTwo(level: number): number {
  assert(Number.isInteger(level) && level >= 0 && level < LEVELS_MAX, 'a level of a tree is 0 to 52');
  let power = 1;
  for (let i = 0; i < level; i += 1) power *= 2;
  return power;
}

/** Hashes of the complete subtrees of a tree, largest (leftmost) first: one per bit that is set in `size`. */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** The frontier after one more leaf, given its leaf hash. The old one stays valid. */
export function appendLeaf(frontier: Frontier, leaf: Hash): Frontier {
  assert(isTreeSize(frontier.size + 1), 'a tree has fewer than 2^53 leaves');
  const hashes = frontier.hashes.slice();
  let merged = leaf;
  // Like a carry in binary addition: every one at the low end of the old size closes a subtree.
  for (let rest = frontier.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = hashes.pop();
    assert(left !== undefined, 'a frontier has one hash per bit set in its size');
    merged = nodeHash(left, merged);
  }
  hashes.push(merged);
  return { size: frontier.size + 1, hashes };
}

/** The root over a frontier. */
export function frontierRoot(frontier: Frontier): Hash {
  return foldSubtrees(frontier.hashes);
}

function foldSubtrees(hashes: readonly Hash[]): Hash {
  let root = hashes.at(-1);
  if (root === undefined) return emptyRoot();
  for (let i = hashes.length - 2; i >= 0; i -= 1) root = nodeHash(hashes[i]!, root);
  return root;
}

/** Frontier of the tree of `size` leaves that `read` knows; appending can go on from there. */
export function frontierOf(size: number, read: HashReader): Frontier {
  return { size, hashes: subtrees(0, size, read) };
}

/** Root of the tree of `size` leaves that `read` knows. */
export function treeRoot(size: number, read: HashReader): Hash {
  return rangeRoot(0, size, read);
}

/**
 * Root over the leaves `from … to − 1` as a tree of their own. `from` must be where RFC 6962 splits: a
 * multiple of a power of two not smaller than `to − from`.
 */
export function rangeRoot(from: number, to: number, read: HashReader): Hash {
  return foldSubtrees(subtrees(from, to, read));
}

function subtrees(from: number, to: number, read: HashReader): Hash[] {
  assert(isTreeSize(from) && isTreeSize(to) && from <= to, 'a range of leaves runs forward');
  const hashes: Hash[] = [];
  for (let at = from; at < to;) {
    const level = floorLog2(to - at);
    const span = powerOfTwo(level);
    assert(at % span === 0, 'a subtree starts at a multiple of its size');
    hashes.push(read(level, at / span));
    at += span;
  }
  assert(hashes.length <= LEVELS_MAX, 'a tree has at most 53 complete subtrees');
  return hashes;
}

/** A reader over a list of leaf hashes that stays in memory: a batch, a day's decisions, a test. */
export function readerOf(leafHashes: readonly Hash[]): HashReader {
  let below = leafHashes.slice();
  const levels = [below];
  while (below.length > 1) {
    const level: Hash[] = [];
    for (let i = 0; i + 1 < below.length; i += 2) level.push(nodeHash(below[i]!, below[i + 1]!));
    levels.push(level);
    below = level;
  }
  return (level, index) => {
    const hash = levels[level]?.[index];
    assert(hash !== undefined, 'only complete subtrees of the list are read');
    return hash;
  };
}
