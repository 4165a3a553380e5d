// Goal: every way to the tree agrees with the definition. Method: RFC 6962 §2.1 written down as its
// recursion, over all sizes to 300 (growth, roots, paths) and drawn pairs (proofs, and proofs that were
// damaged).

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalBytes, hex, u32 } from '../kernel/bytes.ts';
import { batchLevels, batchPath, batchRoot } from './batch-tree.ts';
import {
  EMPTY_FRONTIER,
  type Hash,
  appendLeaf,
  emptyRoot,
  frontierOf,
  frontierRoot,
  leafHash,
  nodeHash,
  readerOf,
  treeRoot,
} from './merkle.ts';
import { consistencyPath, inclusionPath, verifyConsistency, verifyInclusion } from './merkle-proof.ts';

const SIZE_MAX = 300;
const entries = Array.from({ length: SIZE_MAX }, (_, i) => u32(i * 2_654_435 + 1));
const hashes = entries.map(leafHash);
const read = readerOf(hashes);

const memo = new Map<string, Hash>();
/** MTH(D[from:to]) as the RFC writes it. */
function naiveRoot(from: number, to: number): Hash {
  if (from === to) return emptyRoot();
  if (to - from === 1) return hashes[from]!;
  const key = `${from} ${to}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const root = nodeHash(naiveRoot(from, from + split(to - from)), naiveRoot(from + split(to - from), to));
  memo.set(key, root);
  return root;
}
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
/** PATH(m, D[from:to]). */
function naivePath(m: number, from: number, to: number): Hash[] {
  if (to - from === 1) return [];
  const k = split(to - from);
  if (m < k) return [...naivePath(m, from, from + k), naiveRoot(from + k, to)];
  return [...naivePath(m - k, from + k, to), naiveRoot(from, from + k)];
}
/** SUBPROOF(m, D[from:to], whole). */
function naiveProof(m: number, from: number, to: number, whole: boolean): Hash[] {
  if (m === to - from) return whole ? [] : [naiveRoot(from, to)];
  const k = split(to - from);
  if (m <= k) return [...naiveProof(m, from, from + k, whole), naiveRoot(from + k, to)];
  return [...naiveProof(m - k, from + k, to, false), naiveRoot(from, from + k)];
}

describe('against the definition', () => {
  it('[W1] [W3] roots of all sizes: frontier, reader and batch', () => {
    let frontier = EMPTY_FRONTIER;
    for (let size = 0; size <= SIZE_MAX; size += 1) {
      const root = hex(naiveRoot(0, size));
      expect(hex(frontierRoot(frontier))).toBe(root);
      expect(hex(treeRoot(size, read))).toBe(root);
      expect(hex(batchRoot(batchLevels(entries.slice(0, size))))).toBe(root);
      expect(frontierOf(size, read)).toEqual(frontier);
      if (size < SIZE_MAX) frontier = appendLeaf(frontier, hashes[size]!);
    }
  });

  it('[W1] [W3] paths of all leaves: reader and batch', () => {
    for (const size of [1, 2, 3, 7, 8, 9, 100, 255, 256, 257, 300]) {
      const levels = batchLevels(entries.slice(0, size));
      const root = naiveRoot(0, size);
      for (let index = 0; index < size; index += 1) {
        const path = naivePath(index, 0, size);
        expect(inclusionPath({ index, size, read })).toEqual(path);
        expect(batchPath(levels, index)).toEqual(path);
        expect(verifyInclusion({ leaf: hashes[index]!, index, size, path, root })).toBe(true);
      }
    }
  });

  it('[W1] proofs between drawn sizes', () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: SIZE_MAX }), fc.integer({ min: 1, max: SIZE_MAX }));
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [from, to] = a <= b ? [a, b] : [b, a];
        const path = naiveProof(from, 0, to, true);
        expect(consistencyPath({ from, to, read })).toEqual(path);
        const claim = { from, fromRoot: naiveRoot(0, from), to, toRoot: naiveRoot(0, to), path };
        expect(verifyConsistency(claim)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('damaged proofs', () => {
  it('[W2] no other index, size, leaf, length or hash is accepted', () => {
    const place = fc.integer({ min: 2, max: SIZE_MAX }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        index: fc.integer({ min: 0, max: size - 1 }),
        other: fc.integer({ min: 0, max: size - 1 }),
        bit: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(place, ({ size, index, other, bit }) => {
        const path = inclusionPath({ index, size, read });
        const root = treeRoot(size, read);
        const leaf = hashes[index]!;
        const claim = { leaf, index, size, path, root };
        if (other !== index) {
          expect(verifyInclusion({ ...claim, index: other })).toBe(false);
          expect(verifyInclusion({ ...claim, leaf: hashes[other]! })).toBe(false);
        }
        expect(verifyInclusion({ ...claim, path: path.slice(1) })).toBe(false);
        expect(verifyInclusion({ ...claim, path: [...path, leaf] })).toBe(false);
        expect(verifyInclusion({ ...claim, path: flip(path, bit) })).toBe(false);
      }),
    );
  });

  it('[W2] no other size, root, length or hash is accepted for a growth', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: SIZE_MAX - 1 }),
      fc.integer({ min: 1, max: SIZE_MAX }),
      fc.nat(),
    );
    fc.assert(
      fc.property(sizes, ([from, grown, bit]) => {
        const to = Math.min(SIZE_MAX, from + grown);
        const path = consistencyPath({ from, to, read });
        const claim = { from, fromRoot: treeRoot(from, read), to, toRoot: treeRoot(to, read), path };
        expect(verifyConsistency({ ...claim, path: path.slice(1) })).toBe(false);
        expect(verifyConsistency({ ...claim, path: [...path, hashes[0]!] })).toBe(false);
        expect(verifyConsistency({ ...claim, path: flip(path, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, fromRoot: claim.toRoot, toRoot: claim.fromRoot })).toBe(false);
        expect(verifyConsistency({ ...claim, from: to, to: from })).toBe(false);
      }),
    );
  });
});

/** The path with one bit changed. */
function flip(path: readonly Hash[], bit: number): Hash[] {
  const damaged = path.map((hash) => hash.slice());
  const hash = damaged[bit % damaged.length]!;
  hash[bit % 32]! ^= 1 << (bit % 8);
  expect(damaged.every((part, i) => equalBytes(part, path[i]!))).toBe(false);
  return damaged;
}
