// What is kept of nobody: the catalogue, and documents with names.

import type { Item } from '../facts/item.ts';

/** The catalogue: public, versioned, append-only for as long as decisions that used it can be replayed. */
export interface CatalogueStore {
  /**
   * Adds or replaces items; returns the new revision. Items equal to what is there cost nothing and do not
   * raise it.
   */
  put(items: readonly Item[]): Promise<number>;
  /** All items as they stood at `revision` (default: now). */
  load(revision?: number): Promise<{ readonly revision: number; readonly items: readonly Item[] }>;
  /** Drops item versions that were replaced before `revision`. */
  prune(revision: number): Promise<void>;
}

/** Named, immutable documents (models, policies, packs) and a few named pointers to them. */
export interface DocumentStore {
  put(kind: string, id: string, bytes: Uint8Array, timeMs: number): Promise<void>;
  get(kind: string, id: string): Promise<Uint8Array | undefined>;
  list(kind: string): Promise<readonly { readonly id: string; readonly timeMs: number }[]>;
  remove(kind: string, id: string): Promise<void>;
  pointer(name: string): Promise<string | undefined>;
  point(name: string, id: string): Promise<void>;
}
