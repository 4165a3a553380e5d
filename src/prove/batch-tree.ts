// A Merkle tree over a list that is complete when it is made: a micro-batch of promises, a day's decisions.
// Built level by level, a last node without a partner rises as it is; that is the same tree as RFC 6962's
// recursive one, but every node is hashed once and every path is read off without hashing.

import { assert } from '../kernel/assert.ts';
import { type Hash, emptyRoot, leafHash, nodeHash } from './merkle.ts';

/** Leaf hashes first, the root alone last. */
export type Levels<T> = readonly (readonly T[])[];

/** All levels of the tree over `entries`; no level at all for no entries. */
export function batchLevels(entries: readonly Uint8Array[]): Levels<Hash> {
  const levels: Hash[][] = [];
  let level = entries.map(leafHash);
  while (level.length > 0) {
    levels.push(level);
    if (level.length === 1) break;
    const above: Hash[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1];
      above.push(right === undefined ? level[i]! : nodeHash(level[i]!, right));
    }
    level = above;
  }
  return levels;
}

export function batchRoot(levels: Levels<Hash>): Hash {
  return levels.at(-1)?.[0] ?? emptyRoot();
}

/**
 * The audit path of entry `index`. Generic, so that texts of the hashes can be prepared once and shared by
 * all paths.
 */
export function batchPath<T>(levels: Levels<T>, index: number): T[] {
  assert(
    Number.isInteger(index) && index >= 0 && index < (levels[0]?.length ?? 0),
    'the entry is in the batch',
  );
  const path: T[] = [];
  let at = index;
  for (const level of levels) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    if (sibling !== undefined) path.push(sibling);
    at = Math.floor(at / 2);
  }
  return path;
}
