// Owns: what the contract suites put into stores: people, bytes, entries. Nothing random, so a failure
// repeats.

import type { Append, PersonKey, PersonStore } from '../../src/engine/ports.ts';

/**
 * Pseudonym of test person `n`; spread like hashes are, so that neighbours in the order are not neighbours in
 * time.
 */
export function personOf(n: number): PersonKey {
  const spread = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  const text = spread.toString(16).padStart(8, '0') + n.toString(16).padStart(24, '0');
  return text as PersonKey;
}

/** `length` bytes that start with a number, so that no two samples are equal. */
export function bytesOf(n: number, length = 40): Uint8Array {
  const bytes = new Uint8Array(length).fill(n & 0xff);
  new DataView(bytes.buffer).setUint32(0, n);
  return bytes;
}

export function leafOf(n: number): Uint8Array {
  return bytesOf(n, 34);
}

export function entryOf(person: PersonKey, seq: number, more: Partial<Append> = {}): Append {
  return { person, seq, kind: 'event', sealed: bytesOf(seq), expiresDay: 0, ...more };
}

/** The code of the `Fault` that `work` ends with; `undefined` when it does not fail. */
export async function faultOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string'
      ? error.code
      : String(error);
  }
}

/** What became of each person of a batch that was not kept: `{ [person]: code }`. */
export async function unkeptOf(
  store: Pick<PersonStore, 'append'>,
  batch: readonly Append[],
): Promise<Readonly<Record<PersonKey, string>>> {
  const unkept = await store.append(batch);
  return Object.fromEntries([...unkept].map(([person, { code }]) => [person, code]));
}

/** The store, and where data outlives it the same data once more in a store opened anew. */
export async function* openings<Store>(
  store: Store,
  reopen: (() => Promise<Store>) | undefined,
): AsyncGenerator<Store> {
  yield store;
  if (reopen !== undefined) yield await reopen();
}
