// A small disk in memory that can be filled to the last byte.

import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface Disk {
  fill(): void;
  free(): void;
  unmount(): void;
}

const MIB = 2 ** 20;

/** Mounts it over `dir`. Throws where that is not permitted. */
export function mountDisk(dir: string, mib: number): Disk {
  const words = ['-t', 'tmpfs', '-o', `size=${mib}m,mode=0700`, 'fineline-faults', dir];
  const { status, stderr } = spawnSync('mount', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount: ${stderr}`);
  const filler = join(dir, 'filler');
  const free = (): void => rmSync(filler, { force: true });
  return {
    fill: () => {
      const file = openSync(filler, 'w');
      // Big pieces first; then what is left, so that not one more page fits.
      for (const bytes of [MIB, 4096]) {
        const piece = new Uint8Array(bytes);
        try {
          while (writeSync(file, piece) === bytes);
        } catch {
          // Full.
        }
      }
      closeSync(file);
    },
    free,
    unmount: () => {
      free();
      spawnSync('umount', ['-l', dir]);
    },
  };
}
