// Owns: small secret files: written once, whole, durable, readable by their owner only.

import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { toFault } from './faults.ts';

/** The bytes of `file`, or `undefined` if there is none. */
export function readIfThere(file: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw toFault(error, file);
  }
}

/**
 * Creates `file` (0600) with `bytes`; fails if it exists. Written beside it first and then linked: after a
 * kill there is either no file or the whole one.
 */
export function createSecret(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${process.pid}.new`;
  try {
    const descriptor = openSync(draft, 'w', 0o600);
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    linkSync(draft, file);
    rmSync(draft, { force: true });
    syncFolder(dirname(file));
  } catch (error) {
    // A half of a secret, or a second one, must not stay behind.
    rmSync(draft, { force: true });
    throw toFault(error, file);
  }
}

/** Makes the content of `file` durable. */
export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes names in `folder` durable. Windows cannot open a folder, and does not need to. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
