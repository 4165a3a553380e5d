// What the thread that learns and one that helps it say to each other, beside the memory that both see.

/** Cells of the memory that a job is shared by. */
export const NEXT = 0;
export const HANDED = 1;
export const CELLS = 2;

export interface Asked {
  readonly run: number;
  readonly job: string;
  /** As `told` says it. */
  readonly input: unknown;
  readonly pieces: number;
  /** The next piece that nobody has begun, and how often something was handed over. */
  readonly cells: Int32Array;
}

export type Handed =
  | { readonly run: number; readonly piece: number; readonly result: unknown }
  | { readonly run: number; readonly failed: string };

export function sharedCells(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}
