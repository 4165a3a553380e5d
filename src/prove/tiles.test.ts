// Goal: the files are those of C2SP tlog-tiles. Method: the specification's own examples, and trees written
// to a map of files in random steps, from which every proof is then read.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, hex, u32 } from '../kernel/bytes.ts';
import { type Hash, leafHash, readerOf, treeRoot } from './merkle.ts';
import { consistencyPath, inclusionPath } from './merkle-proof.ts';
import {
  type TileRef,
  entryBundle,
  parseEntryBundle,
  parseTilePath,
  readerOfTiles,
  tileHashCount,
  tilePath,
  tilesForGrowth,
  tileWidth,
} from './tiles.ts';

describe('paths', () => {
  it.each<[TileRef, string]>([
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 'entries', index: 1000, width: 5 }, 'tile/entries/x001/000.p/5'],
    [{ level: 63, index: 999, width: 255 }, 'tile/63/999.p/255'],
  ])('[W4] %o is %s and back', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    '',
    'tile/0/0',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/000',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/../000',
    'tile/0/000\n',
    'tile/entries/../../log.db',
    '/tile/0/000',
    'tile/0/x999/x999/x999/x999/x999/999',
    `tile/0/${'x001/'.repeat(2000)}000`,
  ])('[W4] the path %j names nothing', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it('[W4] any text that names a tile is exactly its path', () => {
    const near = fc.stringMatching(/^tile\/(0|1|9|63|64|entries)\/(x\d{3}\/){0,3}\d{3}(\.p\/\d{1,3})?$/);
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ maxLength: 80 })), (path) => {
        const tile = parseTilePath(path);
        expect(tile === undefined ? path : tilePath(tile)).toBe(path);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('growth', () => {
  it('[W4] a tree of 70,000 has the tiles the specification counts', () => {
    const tiles = tilesForGrowth(0, 70_000);
    const widths = (level: number | 'entries'): number[] =>
      tiles.filter((tile) => tile.level === level).map((tile) => tile.width);
    expect(widths(0).length).toBe(274);
    expect(widths(0).at(-1)).toBe(112);
    expect(widths('entries')).toEqual(widths(0));
    expect(widths(1)).toEqual([256, 17]);
    expect(widths(2)).toEqual([1]);
    expect(widths(3)).toEqual([]);
  });

  it('[W4] a tree of 256 has one full tile and one hash above it', () => {
    expect(tilesForGrowth(0, 256).map(tilePath)).toEqual([
      'tile/entries/000',
      'tile/0/000',
      'tile/1/000.p/1',
    ]);
    expect(tilesForGrowth(256, 256)).toEqual([]);
  });

  it('[W3] [W4] trees grown in random steps: only new tiles, each once, and all proofs from them', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(steps, fc.nat(), (growths, pick) => {
        const total = growths.reduce((sum, step) => sum + step, 0);
        const hashes = Array.from({ length: total }, (_, i) => leafHash(u32(i)));
        const memory = readerOf(hashes);
        const files = new Map<string, Uint8Array>();
        let size = 0;
        for (const step of growths) {
          for (const tile of tilesForGrowth(size, size + step)) {
            if (tile.level === 'entries') continue;
            const path = tilePath(tile);
            expect(files.has(path)).toBe(false);
            files.set(path, tileBytes(tile.level, tile.index, tile.width));
          }
          size += step;
          const read = readerOfTiles(size, (tile) => files.get(tilePath(tile))!);
          expect(hex(treeRoot(size, read))).toBe(hex(treeRoot(size, memory)));
          const index = pick % size;
          expect(inclusionPath({ index, size, read })).toEqual(inclusionPath({ index, size, read: memory }));
          const grown = { from: index + 1, to: size };
          expect(consistencyPath({ ...grown, read })).toEqual(consistencyPath({ ...grown, read: memory }));
        }
        function tileBytes(level: number, index: number, width: number): Uint8Array {
          const at = (i: number): Hash => memory(8 * level, index * 256 + i);
          return concatBytes(...Array.from({ length: width }, (_, i) => at(i)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('[W4] counts and widths at the ends', () => {
    expect(tileHashCount(Number.MAX_SAFE_INTEGER, 6)).toBe(31);
    expect(tileHashCount(Number.MAX_SAFE_INTEGER, 60)).toBe(0);
    expect(tileWidth(300, { level: 0, index: 0 })).toBe(256);
    expect(tileWidth(300, { level: 'entries', index: 1 })).toBe(44);
    expect(tileWidth(300, { level: 0, index: 2 })).toBe(0);
  });
});

describe('bundles', () => {
  it('[W5] what is packed is unpacked', () => {
    const list = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(list, (entries) => {
        expect(parseEntryBundle(entryBundle(entries))).toEqual(entries.map((entry) => new Uint8Array(entry)));
      }),
      { numRuns: 50 },
    );
    expect(hex(entryBundle([new Uint8Array([1, 2]), new Uint8Array(0)]))).toBe('000201020000');
  });

  it('[W5] a cut, empty or overfull bundle is refused', () => {
    const bundle = entryBundle([new Uint8Array(34)]);
    for (const cut of [1, 2, 3, 35]) expect(parseEntryBundle(bundle.slice(0, cut))).toBeUndefined();
    expect(parseEntryBundle(new Uint8Array(0))).toBeUndefined();
    expect(parseEntryBundle(new Uint8Array(2 * 257))).toBeUndefined();
    expect(parseEntryBundle(new Uint8Array(2 * 256))?.length).toBe(256);
  });
});
