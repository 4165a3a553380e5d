// Owns: sealed bytes of people in slots: rows of a few fixed sizes that are written in place and never moved.
// What is given up is zeroed at once and filled again by the next bytes of its size, so the file stays as
// large as it ever was and no larger.

import { numberOf } from './columns.ts';

import type { DatabaseSync } from 'node:sqlite';

/** Steps are no smaller than 2^4 bytes. */
const STEP_BITS_MIN = 4;

/**
 * Bytes of the slot for `length` bytes: the next multiple of an eighth of the power of two below, so 4 % are
 * wasted on average, and eight sizes per doubling find spare slots. `classOf(250)` is 256, `classOf(5000)` is
 * 5120.
 */
export function classOf(length: number): number {
  // Shifts only: this runs twice per entry on the main thread. Lengths stay below SQLite's limit of 10^9.
  const stepBits = Math.max(STEP_BITS_MIN, 28 - Math.clz32(length));
  return Math.max(1, (length + (1 << stepBits) - 1) >>> stepBits) << stepBits;
}

export interface Slots {
  /** Stores bytes that are padded to their class; returns the slot. */
  fill(padded: Uint8Array): number;
  /** Overwrites the slot that holds `length` bytes with zeros and keeps it for later. */
  free(slot: number, length: number): void;
  /** Drops what is remembered: a transaction was rolled back. */
  forget(): void;
}

export function createSlots(db: DatabaseSync): Slots {
  const add = db.prepare('INSERT INTO slots (sealed) VALUES (?)');
  const overwrite = db.prepare('UPDATE slots SET sealed = ? WHERE id = ?');
  const clear = db.prepare('UPDATE slots SET sealed = zeroblob(?) WHERE id = ?');
  const findSpare = db.prepare('SELECT slot FROM spare WHERE class = ? LIMIT 1');
  const takeSpare = db.prepare('DELETE FROM spare WHERE class = ? AND slot = ?');
  const addSpare = db.prepare('INSERT INTO spare (class, slot) VALUES (?, ?)');
  // Classes without a spare slot: saves a look-up per entry while a store only grows.
  const exhausted = new Set<number>();

  return {
    fill(padded): number {
      const size = padded.length;
      const row = exhausted.has(size) ? undefined : findSpare.get(size);
      if (row === undefined) {
        exhausted.add(size);
        return Number(add.run(padded).lastInsertRowid);
      }
      const slot = numberOf(row['slot']);
      takeSpare.run(size, slot);
      overwrite.run(padded, slot);
      return slot;
    },

    free(slot, length): void {
      const size = classOf(length);
      clear.run(size, slot);
      addSpare.run(size, slot);
      exhausted.delete(size);
    },

    forget(): void {
      exhausted.clear();
    },
  };
}

/** A copy of `bytes`, padded to its class. */
export function paddedToClass(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(classOf(bytes.length));
  whole.set(bytes);
  return whole;
}
