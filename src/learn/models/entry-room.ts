/*
 * Room for the entries of a sparse matrix: their places and weights in one piece of memory.
 *
 * Room that was never written to takes no memory, so too much of it costs nothing. And a piece of 32 MiB goes
 * back to the system as soon as it is let go, while smaller ones stay with the allocator (glibc takes them
 * from its heap after the first was freed: mallopt(3), M_MMAP_THRESHOLD): fits that follow one another, each
 * with forms of 10 to 30 MB, left 100 MB of holes there.
 */
import type { Memory } from '../../kernel/sparse.ts';

export type EntryRoom = { readonly targets: Uint32Array; readonly weights: Float32Array };

const ENTRY_BYTES = Uint32Array.BYTES_PER_ELEMENT + Float32Array.BYTES_PER_ELEMENT;
/** Up to this, the allocator's heap may have it. */
const SMALL_BYTES_MAX = 2 ** 20;
const PIECE_BYTES_MIN = 2 ** 25;

/** Beyond this, room grows with what is there: 128 MiB of addresses are to be had everywhere. */
const FORESEEN_MAX = 2 ** 24;

/**
 * What to expect of so many rows that have at most so many entries each, and all together. Room that grew was
 * there twice; and room that is not used is nevertheless counted where collections are planned.
 */
export function entriesAtMost(rows: number, each: number, together = Infinity): number {
  return Math.min(rows * each, together, FORESEEN_MAX);
}

/** Who makes memory. */
export type Rooms = { readonly memory: Memory };

export const OWN_ROOMS: Rooms = { memory: (bytes) => new ArrayBuffer(bytes) };

/** Room for `length` entries at least, all zero. */
export function createEntryRoom(length: number, { memory }: Rooms = OWN_ROOMS): EntryRoom {
  const wanted = length * ENTRY_BYTES;
  const buffer = memory(wanted <= SMALL_BYTES_MAX ? wanted : Math.max(wanted, PIECE_BYTES_MIN));
  const room = buffer.byteLength / ENTRY_BYTES;
  return {
    targets: new Uint32Array(buffer, 0, room),
    weights: new Float32Array(buffer, room * Uint32Array.BYTES_PER_ELEMENT, room),
  };
}

export type Growing = {
  /** Entries that are there, and that there must be room for. */
  readonly used: number;
  readonly needed: number;
  /** The share of all rows that `needed` is for, above 0. */
  readonly share: number;
  readonly rooms: Rooms;
};

/**
 * Larger room with what is there: as much as the rows so far say that all will need, and a sixteenth; at
 * least a quarter more than there was, at most four times as much.
 */
export function grown({ targets, weights }: EntryRoom, { used, needed, share, rooms }: Growing): EntryRoom {
  const { length } = targets;
  const foreseen = Math.min((needed / share) * (1 + 1 / 16), length * 4);
  const room = createEntryRoom(Math.ceil(Math.max(needed, length * 1.25, foreseen)), rooms);
  room.targets.set(targets.subarray(0, used));
  room.weights.set(weights.subarray(0, used));
  return room;
}

/** The first `used` entries: of large room a view, of small room a copy where most of it is empty. */
export function cut({ targets, weights }: EntryRoom, used: number): EntryRoom {
  const isView = used * 2 > targets.length || targets.length * ENTRY_BYTES > SMALL_BYTES_MAX;
  return isView
    ? { targets: targets.subarray(0, used), weights: weights.subarray(0, used) }
    : { targets: targets.slice(0, used), weights: weights.slice(0, used) };
}
