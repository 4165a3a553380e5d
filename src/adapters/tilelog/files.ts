// Files that are there whole or not at all, and stay after a power cut: written beside their place, synced,
// renamed, and the folder synced too, because the rename itself lives in the folder.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The bytes of a file; `undefined` when it does not exist. */
export function readIfThere(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes `bytes` to `path` so that it survives a crash on return; before, the old content does. `onStep` is
 * for tests.
 */
export function writeDurable(path: string, bytes: Uint8Array, onStep: (step: 'temp-written') => void): void {
  writeWhole(path, bytes, onStep);
  syncDir(dirname(path));
}

/** The same without syncing the folder: many files are written, then each of their folders is synced once. */
export function writeWhole(path: string, bytes: Uint8Array, onStep: (step: 'temp-written') => void): void {
  ensureDir(dirname(path));
  // One process writes the log, so one name for the draft is enough, and a leftover is overwritten by the
  // next.
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o644);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  onStep('temp-written');
  renameSync(draft, path);
}

/** Makes a folder and its parents, each durable. */
export function ensureDir(dir: string): void {
  if (existsSync(dir)) return;
  const parent = dirname(dir);
  ensureDir(parent);
  mkdirSync(dir, { recursive: true });
  syncDir(parent);
}

/** Makes the names in a folder durable. */
export function syncDir(dir: string): void {
  // Windows cannot open a folder for syncing; NTFS journals renames itself.
  if (process.platform === 'win32') return;
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
