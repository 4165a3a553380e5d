// Proofs of the Merkle tree: that an entry is in a tree (RFC 6962 §2.1.1) and that one tree is the beginning
// of another (§2.1.2), made from a reader and checked as RFC 9162 §2.1.3.2 and §2.1.4.2 say. The makers
// follow the RFC's recursion from the root down; the checkers never trust a size, an index or a length, since
// all of them come with the proof.

import { assert } from '../kernel/assert.ts';
import { equalBytes } from '../kernel/bytes.ts';
import {
  type Hash,
  HASH_BYTES,
  type HashReader,
  emptyRoot,
  floorLog2,
  isTreeSize,
  nodeHash,
  powerOfTwo,
  rangeRoot,
} from './merkle.ts';

/** Hashes in a path of the highest tree; longer ones are refused before any hashing. */
export const PATH_HASHES_MAX = 53;
/** A consistency proof has one hash more, where the old tree ends inside a subtree. */
const CONSISTENCY_HASHES_MAX = 54;

/** Audit path of leaf `index` in the tree of `size` leaves: its sibling first, the root's child last. */
export function inclusionPath(options: {
  readonly index: number;
  readonly size: number;
  readonly read: HashReader;
}): Hash[] {
  const { index, size, read } = options;
  assert(
    isTreeSize(size) && Number.isSafeInteger(index) && index >= 0 && index < size,
    'the leaf is in the tree',
  );
  const path: Hash[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.push(rangeRoot(middle, to, read));
      to = middle;
    } else {
      path.push(rangeRoot(from, middle, read));
      from = middle;
    }
  }
  return path.reverse();
}

/**
 * Consistency proof between the trees of `from` and of `to` leaves, 0 ≤ from ≤ to; empty where nothing needs
 * a proof.
 */
export function consistencyPath(options: {
  readonly from: number;
  readonly to: number;
  readonly read: HashReader;
}): Hash[] {
  const { from: old, to: size, read } = options;
  assert(isTreeSize(old) && isTreeSize(size) && old <= size, 'the old tree is no larger than the new one');
  if (old === 0) return [];
  const path: Hash[] = [];
  let from = 0;
  let to = size;
  while (to !== old) {
    const middle = from + splitOf(to - from);
    if (old <= middle) {
      path.push(rangeRoot(middle, to, read));
      to = middle;
    } else {
      path.push(rangeRoot(from, middle, read));
      from = middle;
    }
  }
  // Where the old tree is not itself this subtree, its checker needs the subtree's hash to start from.
  if (from !== 0) path.push(rangeRoot(from, to, read));
  return path.reverse();
}

/** The largest power of two below n, for n > 1: where RFC 6962 splits a tree. */
function splitOf(n: number): number {
  return powerOfTwo(floorLog2(n - 1));
}

/**
 * A claim that a leaf stands at `index` in the tree of `size` leaves. All of it may come from an attacker.
 */
export interface InclusionClaim {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Hash[];
}

/** The root that the path leads to; `undefined` when the claim cannot be one about such a tree. */
function rootOfPath(claim: InclusionClaim): Hash | undefined {
  const { leaf, index, size, path } = claim;
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) return undefined;
  if (path.length > PATH_HASHES_MAX || !areHashes([leaf]) || !areHashes(path)) return undefined;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      // The last node of a level without a partner rises until it becomes a right child.
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : undefined;
}

/** True when the path leads from the leaf to `root`. */
export function verifyInclusion(claim: InclusionClaim & { readonly root: Hash }): boolean {
  const root = rootOfPath(claim);
  return root !== undefined && equalBytes(root, claim.root);
}

/** A claim that the tree of `from` leaves is the beginning of the tree of `to` leaves. */
export interface ConsistencyClaim {
  readonly from: number;
  readonly fromRoot: Hash;
  readonly to: number;
  readonly toRoot: Hash;
  readonly path: readonly Hash[];
}

/**
 * True when the proof holds. The empty tree is the beginning of every tree, and a tree is the beginning of
 * itself: both take an empty proof, and the roots are still compared.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, fromRoot, to, toRoot, path } = claim;
  if (!isTreeSize(from) || !isTreeSize(to) || from > to) return false;
  if (path.length > CONSISTENCY_HASHES_MAX || !areHashes([fromRoot, toRoot]) || !areHashes(path))
    return false;
  if (from === to) return path.length === 0 && equalBytes(fromRoot, toRoot);
  if (from === 0) return path.length === 0 && equalBytes(fromRoot, emptyRoot());
  return verifyGrowth(claim);
}

/** The case 0 < from < to: rebuilds both roots from the same hashes. */
function verifyGrowth({ from, fromRoot, to, toRoot, path }: ConsistencyClaim): boolean {
  let node = from - 1;
  let last = to - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  // A whole old tree is where its own proof starts; it is left out of the proof because its checker has it.
  const start = node === 0 ? fromRoot : path[0];
  if (start === undefined) return false;
  let oldRoot = start;
  let newRoot = start;
  for (const sibling of node === 0 ? path : path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldRoot = nodeHash(sibling, oldRoot);
      newRoot = nodeHash(sibling, newRoot);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      newRoot = nodeHash(newRoot, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(oldRoot, fromRoot) && equalBytes(newRoot, toRoot);
}

function areHashes(hashes: readonly Hash[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}
