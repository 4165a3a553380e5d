// What a key store says of the master keys it was wrapped with, and how they are replaced while nodes serve.
// Keys themselves are in no store: it knows their names, and what each of them wraps.
//
//     announced ─▶ used ─▶ old ─▶ ended          a node seals with the one that is used, opens with all
//         └─▶ (taken back)                       that have not ended

import type { KeyState } from '../facts/key-state.ts';
import type { PersonKey } from './person-key.ts';

export interface MasterRow {
  /** 16 hex digits, derived from the key: names it, and opens nothing. */
  readonly id: string;
  readonly state: KeyState;
  /**
   * What never changes with a rotation (pepper of pseudonyms, secret of named uses), wrapped by this key: 92
   * bytes; zeros once it ended.
   */
  readonly root: Uint8Array;
  readonly madeMs: number;
  /**
   * Of the key that is used: people up to this pseudonym (hex) are wrapped by it; '' = none looked at yet,
   * 'whole' = all.
   */
  readonly cursor: string;
}

/** What a node that runs said last. */
export interface MasterNode {
  readonly node: number;
  /** Names of the keys it holds, of those that have not ended. */
  readonly holds: readonly string[];
  /** What it seals with. */
  readonly uses: string;
}

export interface WrappedRow {
  readonly person: PersonKey;
  readonly state: number;
  readonly wrapped: Uint8Array;
}

export interface Rewrapped {
  readonly person: PersonKey;
  readonly expected: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** Each method is durable when it resolves. */
export interface MasterTable {
  /** By age. */
  rows(): Promise<readonly MasterRow[]>;
  /** The first one of a store, which is used at once; nothing where there is one. */
  first(row: Pick<MasterRow, 'id' | 'root' | 'madeMs'>): Promise<void>;
  /** `false`: another one is announced. What nodes said before is forgotten: each says it anew. */
  announce(row: Pick<MasterRow, 'id' | 'root' | 'madeMs'>): Promise<boolean>;
  /** An announced one is forgotten, as if it had never been. */
  takeBack(id: string): Promise<boolean>;
  /** announced → used, and the one that was used → old, in one step. `false`: it is not announced. */
  use(id: string): Promise<boolean>;
  /** old → ended; what it wrapped here is overwritten. `false`: it is not old. */
  end(id: string): Promise<boolean>;
  nodes(): Promise<readonly MasterNode[]>;
  say(node: MasterNode): Promise<void>;
  /** Rows after this pseudonym (hex; '' = from the first), in the order of pseudonyms. */
  page(after: string, limit: number): Promise<readonly WrappedRow[]>;
  /**
   * Replaces those that are still as expected, and nothing else of them; then the cursor of the key `id`, if
   * that is still used.
   */
  rewrap(rows: readonly Rewrapped[], progress: Pick<MasterRow, 'id' | 'cursor'>): Promise<void>;
}

/** The master keys that a process holds, and what they are used for. Synchronous, and without a store. */
export interface KeyRing {
  /** 32 bytes for a named use outside the key store. */
  derive(label: string): Uint8Array;
  personKey(controller: string, person: string): PersonKey;
  /**
   * 32 bytes for a named use that ends with its master key: of the key in use first, then of the others that
   * have not ended. The same array until that changes. With the first master key of a store it is `derive`.
   */
  secrets(label: string): readonly Uint8Array[];
  /** Fault `no-master-key` while the key that is used is not held: then nobody can be told anything. */
  assertSeeing(): void;
  /** By the key that is used. Fault `no-master-key` when that is another's. */
  wrap(person: Uint8Array, state: number, keys: KeyPair): Uint8Array;
  /** `undefined`: wrapped for another person or state, by no key that is held, or damaged. */
  unwrap(person: Uint8Array, state: number, wrapped: Uint8Array): KeyPair | undefined;
  /** A write of what it wraps, from before the wrapping until it is over, however it ends. */
  writing<T>(write: () => Promise<T>): Promise<T>;
  /** Whether no write is under way of what another key wrapped than the one that seals. */
  readonly isSettled: boolean;
  /** Names of those that have not ended, the one that seals last. */
  readonly holds: readonly string[];
  /** What it seals with. */
  readonly uses: string;
  /**
   * What a key store says on being opened, with the row that its first master key wrapped. Answers the row to
   * begin with where it says nothing yet. Faults `wrong-master-key` and `no-master-key` name the one missing.
   */
  start(
    rows: readonly MasterRow[],
    check: Uint8Array | undefined,
  ): Pick<MasterRow, 'id' | 'root'> | undefined;
  /**
   * What it says later, while this process runs. Answers names of keys that are missing; while the one that
   * is used is among them, nothing is wrapped and nothing opens.
   */
  follow(rows: readonly MasterRow[]): readonly string[];
  /** The root wrapped by this key, which is at hand. Fault `no-master-key`: it is not. */
  rootBy(id: string): Uint8Array;
  /** Which key wrapped it; `undefined` as in `unwrap`. */
  wrapperOf(row: Pick<WrappedRow, 'person' | 'state' | 'wrapped'>): string | undefined;
}

export interface KeyPair {
  readonly profile: Uint8Array;
  readonly evidence: Uint8Array;
}
