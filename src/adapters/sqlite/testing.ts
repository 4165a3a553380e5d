// Owns: what tests of this adapter share: a home in a temporary folder, and the bytes of everything in it.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore, type EmbeddedOptions, type EmbeddedStore } from './store.ts';

export interface Home {
  readonly dir: string;
  readonly dataDir: string;
  readonly keysDir: string;
  open(more?: Partial<EmbeddedOptions>): Promise<EmbeddedStore>;
  remove(): void;
}

/** `at`: the folder to use; default: a new temporary one. */
export function newHome(at?: string): Home {
  const dir = at ?? mkdtempSync(join(tmpdir(), 'fineline-sqlite-'));
  const dataDir = join(dir, 'data');
  const keysDir = join(dir, 'keys');
  return {
    dir,
    dataDir,
    keysDir,
    open: async (more) => openEmbeddedStore({ dataDir, keysDir, ...more }),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function filesBelow(dir: string): readonly string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name));
}

/** Which files below `dir` contain `needle`. */
export function filesWith(dir: string, needle: Uint8Array): readonly string[] {
  return filesBelow(dir).filter((path) => readFileSync(path).includes(Buffer.from(needle)));
}

/**
 * Bytes that carry the number `n` in clear, repeated, so that any piece of them that is left on disk tells
 * whose it was.
 */
export function plantedBytes(n: number, length: number): Uint8Array {
  const mark = Buffer.from(`<PLANT-${n}>`);
  const bytes = new Uint8Array(Math.max(length, mark.length));
  for (let at = 0; at + mark.length <= bytes.length; at += mark.length) bytes.set(mark, at);
  return bytes;
}

/** Numbers whose planted bytes are found in any file below `dir`. */
export function plantedIn(dir: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (const path of filesBelow(dir)) {
    for (const match of readFileSync(path, 'latin1').matchAll(/<PLANT-(\d+)>/g)) found.add(Number(match[1]));
  }
  return found;
}
