// Memory that several threads see, and collecting what of it is garbage.
//
// V8 plans its collections by the memory that it counts, and shared memory it does not count: forms of 50 MB
// stayed until something else was due. So whoever makes more collects first.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Arrays } from '../../learn/crew/told.ts';

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

/** What is smaller is copied each time it is told: shared memory comes in pages. */
const SHARED_BYTES_MIN = 2 ** 16;

type Array = Uint32Array | Int32Array | Uint8Array | Float32Array | Float64Array;

/**
 * The same numbers where all threads see them; copied once, however often they are told, and gone with the
 * array that they are of.
 */
export function sharing(memory: (bytes: number) => SharedArrayBuffer): Arrays {
  const copies = new WeakMap<ArrayBufferView, ArrayBufferView>();
  return (array) => {
    if (array.buffer instanceof SharedArrayBuffer || array.byteLength < SHARED_BYTES_MIN) return array;
    const known = copies.get(array);
    if (known !== undefined) return known;
    const Kind = array.constructor as new (buffer: SharedArrayBuffer) => Array;
    const copy = new Kind(memory(array.byteLength));
    copy.set(array as Array);
    copies.set(array, copy);
    return copy;
  };
}

/** Collects in this thread. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
