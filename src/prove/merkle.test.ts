// Goal: the tree is RFC 6962's. Method: the known answers of the certificate-transparency reference tests.

import { describe, expect, it } from 'vitest';
import { fromHex, hex } from '../kernel/bytes.ts';
import {
  EMPTY_FRONTIER,
  type Hash,
  appendLeaf,
  emptyRoot,
  floorLog2,
  frontierRoot,
  leafHash,
  nodeHash,
  readerOf,
  treeRoot,
} from './merkle.ts';
import { consistencyPath, inclusionPath, verifyConsistency, verifyInclusion } from './merkle-proof.ts';

const bytes = (text: string): Uint8Array => fromHex(text)!;

const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hashes = LEAVES.map((leaf) => leafHash(bytes(leaf)));

describe('known answers', () => {
  it('[W1] roots of 0 to 8 leaves, by frontier and by reader', () => {
    let frontier = EMPTY_FRONTIER;
    for (const [size, root] of ROOTS.entries()) {
      expect(hex(frontierRoot(frontier))).toBe(root);
      expect(hex(treeRoot(size, readerOf(hashes.slice(0, size))))).toBe(root);
      if (size < hashes.length) frontier = appendLeaf(frontier, hashes[size]!);
    }
    expect(hex(emptyRoot())).toBe(ROOTS[0]);
  });

  it('[W1] a node hash starts with another byte than a leaf hash', () => {
    const two = new Uint8Array(64);
    expect(hex(nodeHash(two.subarray(0, 32), two.subarray(32)))).not.toBe(hex(leafHash(two)));
  });

  it.each<[number, number, string[]]>([
    [0, 1, []],
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
  ])('[W1] audit path of leaf %i in %i', (index, size, expected) => {
    const path = inclusionPath({ index, size, read: readerOf(hashes.slice(0, size)) });
    expect(path.map(hex)).toEqual(expected);
    const root = bytes(ROOTS[size]!);
    expect(verifyInclusion({ leaf: hashes[index]!, index, size, path, root })).toBe(true);
  });

  it.each<[number, number, string[]]>([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('[W1] consistency proof from %i to %i', (from, to, expected) => {
    const path = consistencyPath({ from, to, read: readerOf(hashes.slice(0, to)) });
    expect(path.map(hex)).toEqual(expected);
    const [fromRoot, toRoot] = [bytes(ROOTS[from]!), bytes(ROOTS[to]!)];
    expect(verifyConsistency({ from, fromRoot, to, toRoot, path })).toBe(true);
  });

  it('[W2] floorLog2 is exact up to the largest size', () => {
    expect([1, 2, 3, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1].map(floorLog2)).toEqual([
      0, 1, 1, 31, 31, 32, 52,
    ]);
  });
});

describe('hostile claims', () => {
  const leaf = hashes[0]!;
  const root = bytes(ROOTS[8]!);
  const long = (count: number): Hash[] => Array.from({ length: count }, () => leaf);

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 60])(
    '[W2] size %d is refused',
    (size) => {
      expect(verifyInclusion({ leaf, index: 0, size, path: [], root })).toBe(false);
      expect(verifyInclusion({ leaf, index: size, size: 8, path: long(3), root })).toBe(false);
      expect(verifyConsistency({ from: size, fromRoot: root, to: 8, toRoot: root, path: [] })).toBe(false);
      expect(verifyConsistency({ from: 1, fromRoot: root, to: size, toRoot: root, path: long(3) })).toBe(
        false,
      );
    },
  );

  it('[W2] sizes near 2^53 and paths of any length end at once', () => {
    const size = Number.MAX_SAFE_INTEGER;
    for (const count of [0, 1, 31, 32, 52, 53, 54, 10_000]) {
      expect(verifyInclusion({ leaf, index: size - 1, size, path: long(count), root })).toBe(false);
      const claim = { from: size - 1, fromRoot: root, to: size, toRoot: root, path: long(count) };
      expect(verifyConsistency(claim)).toBe(false);
    }
  });

  it('[W2] a path that climbs past the root of its size is refused, even to a root that fits it', () => {
    const [a, b, c, d] = hashes.slice(0, 4).map((hash) => hash.slice());
    const above = nodeHash(b!, a!);
    expect(verifyInclusion({ leaf: a!, index: 0, size: 1, path: [b!], root: above })).toBe(false);
    expect(
      verifyInclusion({ leaf: a!, index: 0, size: 2, path: [b!, c!], root: nodeHash(c!, nodeHash(a!, b!)) }),
    ).toBe(false);
    const [left, extra] = [nodeHash(a!, b!), hashes[7]!];
    const [three, four] = [nodeHash(left, c!), nodeHash(left, nodeHash(c!, d!))];
    const claim = { from: 3, fromRoot: three, to: 4, toRoot: four, path: [c!, d!, left] };
    expect(verifyConsistency(claim)).toBe(true);
    const raised = {
      fromRoot: nodeHash(extra, three),
      toRoot: nodeHash(extra, four),
      path: [...claim.path, extra],
    };
    expect(verifyConsistency({ ...claim, ...raised })).toBe(false);
  });

  it('[W2] a path that ends below the root of its size is refused, even at a root that fits it', () => {
    const [a, b, c, d] = hashes;
    expect(verifyInclusion({ leaf: a!, index: 0, size: 4, path: [b!], root: nodeHash(a!, b!) })).toBe(false);
    const claim = { from: 3, fromRoot: c!, to: 4, toRoot: nodeHash(c!, d!), path: [c!, d!] };
    expect(verifyConsistency(claim)).toBe(false);
  });

  it('[W2] hashes of another length are refused', () => {
    const short = root.slice(1);
    expect(verifyInclusion({ leaf: short, index: 0, size: 1, path: [], root: short })).toBe(false);
    expect(verifyConsistency({ from: 1, fromRoot: short, to: 1, toRoot: short, path: [] })).toBe(false);
  });

  it('[W2] the empty tree takes no proof and its own root only', () => {
    expect(verifyConsistency({ from: 0, fromRoot: emptyRoot(), to: 8, toRoot: root, path: [] })).toBe(true);
    expect(verifyConsistency({ from: 0, fromRoot: root, to: 8, toRoot: root, path: [] })).toBe(false);
    expect(verifyConsistency({ from: 0, fromRoot: emptyRoot(), to: 8, toRoot: root, path: [leaf] })).toBe(
      false,
    );
    expect(verifyInclusion({ leaf, index: 0, size: 0, path: [], root: emptyRoot() })).toBe(false);
  });
});
