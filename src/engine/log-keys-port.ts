// What a key store says of the keys that sign the log, and how they are replaced while nodes serve. Private
// keys are in no store, but files of each home; the store knows their public halves, and what became of them.
//
//     announced ─▶ used ─▶ old ─▶ ended       the one that is used signs, those that are old beside it
//         └─▶ (taken back)                    those that ended verify what they signed, for ever

import type { KeyState } from '../facts/key-state.ts';
import type { MasterNode } from './masters-port.ts';

export interface LogKeyRow {
  /** C2SP vkey: name of the log, key id, public key. */
  readonly vkey: string;
  readonly state: KeyState;
  readonly madeMs: number;
  /**
   * The succession that made it follow, signed by both keys; '' for the first of a log, and before its use.
   */
  readonly note: string;
  /** That note as a proof under a head that both keys signed; '' until it is in the tree. */
  readonly proof: string;
}

/** How a key takes its place. */
export interface Following {
  /** The vkey of the one before it, which the note names. */
  readonly follows: string;
  /** Signed by both. */
  readonly note: string;
}

/** Each method is durable when it resolves. Rows are never deleted but one that was never used. */
export interface LogKeyTable {
  /** By age. */
  rows(): Promise<readonly LogKeyRow[]>;
  /** The first one of a log, used at once; nothing where there is one. */
  first(row: Pick<LogKeyRow, 'vkey' | 'madeMs'>): Promise<void>;
  /** `false`: another one is announced, or it had its time. What nodes said before is forgotten. */
  announce(row: Pick<LogKeyRow, 'vkey' | 'madeMs'>): Promise<boolean>;
  takeBack(vkey: string): Promise<boolean>;
  /**
   * announced → used, with its succession, and the one that was used → old, in one step. `false`: it is not
   * announced, another key than `follows` is in use, or the succession of that one is not proved.
   */
  use(vkey: string, by: Following): Promise<boolean>;
  /** Keeps the proof of its succession; the first one that comes stays. */
  prove(vkey: string, proof: string): Promise<void>;
  /** old → ended; `false` as long as the succession of the one in use is not proved. */
  end(vkey: string): Promise<boolean>;
  /**
   * `holds`: vkeys whose private half the node has, of those that have not ended; `uses`: that of signers.
   */
  nodes(): Promise<readonly MasterNode[]>;
  say(node: MasterNode): Promise<void>;
}

/** A private key at hand. */
export interface LogPair {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  readonly file: string;
}
