// Owns: the messages between the main thread and the writer. Plain data that survives structured cloning;
// entries, of which there are many, travel packed (wire.ts), everything else as objects.

import type { Retry } from '../../kernel/fault.ts';

export type DataOperation =
  | {
      readonly kind: 'compact';
      readonly person: Uint8Array;
      readonly upToSeq: number;
      readonly sealed: Uint8Array;
      readonly drop: readonly number[];
    }
  | {
      readonly kind: 'erase';
      readonly person: Uint8Array;
      readonly keep: readonly number[];
      readonly leaf: Uint8Array;
    }
  | { readonly kind: 'purge'; readonly person: Uint8Array }
  /** Rows of people `fromId` to `toId` (row ids) whose day is before `today`. */
  | { readonly kind: 'expire'; readonly today: number; readonly fromId: number; readonly toId: number }
  | { readonly kind: 'submit'; readonly leaves: readonly Uint8Array[] }
  | { readonly kind: 'logged'; readonly leaves: readonly Uint8Array[] }
  | { readonly kind: 'put-items'; readonly ids: readonly string[]; readonly bodies: readonly string[] }
  | { readonly kind: 'prune-items'; readonly revision: number }
  | {
      readonly kind: 'put-document';
      readonly documentKind: string;
      readonly id: string;
      readonly bytes: Uint8Array;
      readonly timeMs: number;
    }
  | { readonly kind: 'remove-document'; readonly documentKind: string; readonly id: string }
  | { readonly kind: 'point'; readonly name: string; readonly id: string };

export type KeyOperation =
  /** Nothing but the wait until what was destroyed before is off the disk. */
  | { readonly kind: 'scrub' }
  /**
   * `wrapped` holds one wrapped key of 92 bytes per person, `people` 16 bytes each. Answers positions of
   * those who had keys before, or `false`: `by` is not the master key in use, and nothing was written.
   */
  | {
      readonly kind: 'create-keys';
      readonly people: Uint8Array;
      readonly wrapped: Uint8Array;
      readonly by: string;
    }
  | { readonly kind: 'revoke'; readonly person: Uint8Array }
  /**
   * Compare-and-set of one row: `expected` absent = there must be no row. Answers whether it was done; it is
   * not when `by`, which wrapped it, is not the master key in use.
   */
  | {
      readonly kind: 'swap-keys';
      readonly person: Uint8Array;
      readonly expected?: Uint8Array;
      readonly erased: boolean;
      readonly wrapped: Uint8Array;
      readonly by: string;
      /** When the evidence key ends; absent = no term. */
      readonly untilMs?: number;
    };

/** What becomes of master keys: rows of the table `masters`. */
export type MasterOperation =
  | {
      readonly kind: 'first-master' | 'announce-master';
      readonly id: string;
      readonly root: Uint8Array;
      readonly madeMs: number;
    }
  | { readonly kind: 'take-back-master' | 'use-master' | 'end-master'; readonly id: string }
  | { readonly kind: 'say-node'; readonly node: number; readonly holds: string; readonly uses: string }
  /** Packed as in `create-keys`; `expected` as long as `wrapped`. */
  | {
      readonly kind: 'rewrap';
      readonly people: Uint8Array;
      readonly expected: Uint8Array;
      readonly wrapped: Uint8Array;
      readonly id: string;
      readonly cursor: string;
    };

/**
 * What becomes of keys that sign the log: rows of the table `log_keys`. Fields that an act has no use for are
 * empty.
 */
export interface LogKeyOperation {
  readonly kind: 'log-key';
  readonly act: 'first' | 'announce' | 'take-back' | 'use' | 'prove' | 'end' | 'say';
  readonly vkey: string;
  readonly madeMs: number;
  /** Of `use` the note, of `prove` the proof, of `say` what the node holds. */
  readonly text: string;
  /** Of `use` the key before it. */
  readonly follows: string;
  readonly node: number;
}

export type Operation = DataOperation | KeyOperation | MasterOperation | LogKeyOperation;

/**
 * Operations after which old bytes must not be found on disk any more: answered after the write-ahead log is
 * empty.
 */
export function needsScrub(operation: Operation): boolean {
  switch (operation.kind) {
    case 'erase':
    case 'purge':
    case 'swap-keys':
    case 'scrub':
    case 'end-master':
      return true;
    case 'rewrap':
      // The last of many: what the old key wrapped is off the disk when all is told as done.
      return operation.cursor === 'whole';
    default:
      return false;
  }
}

/** One group commit. A number stands for a packed batch of that many bytes, in order, in `buffer`. */
export interface Group {
  readonly kind: 'group';
  readonly buffer: ArrayBuffer;
  readonly operations: readonly (number | Operation)[];
}

export type Value = boolean | number | readonly number[] | undefined;

export type Outcome =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'fault'; readonly code: string; readonly message: string; readonly retry: Retry }
  | { readonly kind: 'bug'; readonly message: string };

export type ToWriter = Group | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'open' }
  | { readonly kind: 'refused'; readonly outcome: Outcome }
  /** `outcomes` absent: all done, nothing to say. The buffer comes back for the next group. */
  | { readonly kind: 'answer'; readonly buffer: ArrayBuffer; readonly outcomes?: readonly Outcome[] }
  /** Everything committed so far has left the write-ahead log. */
  | { readonly kind: 'scrubbed' }
  /** It could not: what was erased stays erased, and the log is emptied later. */
  | { readonly kind: 'unscrubbed'; readonly outcome: Outcome };

export interface WriterSetup {
  readonly role: 'data' | 'keys';
  readonly file: string;
  /** The file may not grow beyond this; absent = as the disk allows. */
  readonly bytesMax?: number | undefined;
}
