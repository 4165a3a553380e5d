// Memory that several threads see, and collecting what of it is garbage.
//
// V8 plans its collections by the memory that it counts, and shared memory it does not count: forms of 50 MB
// stayed until something else was due. So whoever makes more collects first.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Made since the last collection; a collection takes 5 ms where little is alive. */
const UNCOLLECTED_BYTES_MAX = 2 ** 24;

/** Makes shared memory, all zero. */
export function sharedMemory(): (bytes: number) => SharedArrayBuffer {
  const collect = collector();
  let uncollected = 0;
  return (bytes) => {
    uncollected += bytes;
    if (uncollected > UNCOLLECTED_BYTES_MAX) {
      collect();
      uncollected = 0;
    }
    return new SharedArrayBuffer(bytes);
  };
}

/** Collects in this thread. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
