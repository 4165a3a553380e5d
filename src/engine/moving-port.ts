// What a store must be able to do for a shop to move to another one, with nobody in between who could open
// anything: rows as they lie, sealed and wrapped, of people in ascending order. Nothing serves meanwhile.

import type { LogKeyRow } from './log-keys-port.ts';
import type { MasterRow } from './masters-port.ts';
import type { PersonKey } from './person-key.ts';
import type { Waiting } from './waiting.ts';

export interface MovedEntry {
  readonly seq: number;
  /** Number of the kind (facts/entry-code.ts). */
  readonly code: number;
  readonly expiresDay: number;
  readonly sealed: Uint8Array;
}

/** A person's journal, whole. */
export interface MovedPerson {
  readonly person: PersonKey;
  /** Numbers up to here are taken; −1 = none. */
  readonly floor: number;
  readonly snapshot: Uint8Array | undefined;
  /** By `seq`. */
  readonly entries: readonly MovedEntry[];
}

/** A row of keys; that of nobody (all zeros) proves that a master key belongs to them. */
export interface MovedKey {
  readonly person: PersonKey;
  /** 0 live, 1 erased. */
  readonly state: number;
  readonly wrapped: Uint8Array;
  readonly withdrawals: number;
  readonly untilMs: number | undefined;
}

export interface MovedItem {
  readonly item: string;
  readonly revision: number;
  readonly replaced: number | undefined;
  readonly body: string;
}

export interface MovedCatalogue {
  readonly newest: number;
  readonly pruned: number;
  /** By item and revision. */
  readonly rows: readonly MovedItem[];
}

export interface MovedDocument {
  readonly kind: string;
  readonly id: string;
  readonly timeMs: number;
  readonly bytes: Uint8Array;
}

export interface MovedLogState {
  readonly size: number;
  readonly root: Uint8Array;
  /** The checkpoint that was published last; absent when none was. */
  readonly note: string | undefined;
  /** The head that was signed last; absent where no log ever was. */
  readonly signed: { readonly size: number; readonly root: Uint8Array } | undefined;
  /** Signs nothing: the log went on elsewhere, or is on its way here. */
  readonly moved: boolean;
}

/**
 * A log at rest, that moves with its shop: the same leaves in the same places, so that every receipt holds.
 */
export interface MovableLog {
  readonly origin: string;
  readonly vkey: string;
  /** The tree; the checkpoint that was published last, if there is one; what was ever signed last. */
  state(): Promise<MovedLogState>;
  /** Leaves `from … to − 1`. */
  entries(from: number, to: number): Promise<readonly Uint8Array[]>;
  waiting(): Promise<readonly Uint8Array[]>;
  /** From here on nothing is signed here, until `adopt`. */
  retire(): Promise<void>;
  /** Leaves in this order at the end of the tree, which has `from`. */
  append(from: number, leaves: readonly Uint8Array[]): Promise<void>;
  wait(leaves: readonly Uint8Array[]): Promise<void>;
  /** Goes on from what was published and signed elsewhere; the tree contains it. */
  adopt(from: Pick<MovedLogState, 'note' | 'signed'>): Promise<void>;
  close(): Promise<void>;
}

/** `put…` replaces what is there of the same name; each is durable when it resolves. */
export interface Movable {
  people(after: PersonKey | undefined, limit: number): Promise<readonly MovedPerson[]>;
  /** One person, if they are there. */
  person(person: PersonKey): Promise<MovedPerson | undefined>;
  putPerson(person: MovedPerson): Promise<void>;
  /** With the row of nobody, which comes first. */
  keys(after: PersonKey | undefined, limit: number): Promise<readonly MovedKey[]>;
  key(person: PersonKey): Promise<MovedKey | undefined>;
  putKey(key: MovedKey): Promise<void>;
  /** By age; `putMasters` replaces all of them. */
  masters(): Promise<readonly MasterRow[]>;
  putMasters(rows: readonly MasterRow[]): Promise<void>;
  /** Keys that sign the log, by age; `putLogKeys` replaces all of them. */
  logKeys(): Promise<readonly LogKeyRow[]>;
  putLogKeys(rows: readonly LogKeyRow[]): Promise<void>;
  /** How often somebody was erased who had keys, over all. Set after the keys. */
  erasures(): Promise<number>;
  setErasures(count: number): Promise<void>;
  outbox(): Promise<readonly Waiting[]>;
  putOutbox(waiting: readonly Waiting[]): Promise<void>;
  catalogue(): Promise<MovedCatalogue>;
  putCatalogue(catalogue: MovedCatalogue): Promise<void>;
  documentNames(): Promise<readonly { readonly kind: string; readonly id: string }[]>;
  document(kind: string, id: string): Promise<MovedDocument | undefined>;
  putDocument(document: MovedDocument): Promise<void>;
  pointers(): Promise<ReadonlyMap<string, string>>;
  point(name: string, id: string): Promise<void>;
  dropPointer(name: string): Promise<void>;
  /** Removes everything; for a source whose copy was found whole. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** What lies in the database of the keys. */
export type KeysMoved =
  | 'keys'
  | 'key'
  | 'putKey'
  | 'erasures'
  | 'setErasures'
  | 'masters'
  | 'putMasters'
  | 'logKeys'
  | 'putLogKeys';
