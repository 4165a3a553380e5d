// All that the engine asks of the world. Each port is described by need, so that an embedded store, a
// database cluster and a simulator can all answer it. The four stores are stable (docs/decisions/0014); the
// others are provisional until three adapters of each exist (0003).
//
// Nothing here asks for one transaction over two people: they may live on different machines.
//
// The stores below never see plaintext of a person: they are handed pseudonyms (`PersonKey`) and sealed
// bytes.

import type { Fault } from '../kernel/fault.ts';
import type { EntryKind } from '../facts/entry.ts';
import type { LocalTime } from './local-time.ts';
export type { LocalTime } from './local-time.ts';
import type { Commons } from './commons-port.ts';
import type { Learner } from './learner-port.ts';
import type { News, ReadUpTo, SealedEntry } from './news-port.ts';
import type { PersonKey } from './person-key.ts';
import type { Seat } from './seat.ts';
import type { Sharing } from './sharing-port.ts';
import type { CatalogueStore, DocumentStore } from './things-port.ts';
import type { Waiting } from './waiting.ts';
import type { Signers } from '../prove/signing.ts';

export type { CatalogueStore, DocumentStore } from './things-port.ts';
export type { Changed, Commons, Duty, Look } from './commons-port.ts';
export type { Fallen, FitOptions, Fitted, InService, Share, ThingPair } from './learned.ts';
export type { JointChange, JointLearner, Learner, Leaving } from './learner-port.ts';
export type { KeyPair, KeyRing, MasterRow, MasterTable, Rewrapped, WrappedRow } from './masters-port.ts';
export type { LogKeyRow, LogKeyTable, LogPair } from './log-keys-port.ts';
export type { KeysMoved, Movable, MovableLog, MovedCatalogue, MovedKey, MovedPerson } from './moving-port.ts';
export type { News, ReadUpTo, SealedEntry } from './news-port.ts';
export type { PersonKey } from './person-key.ts';
export type { PartMove, PartState, ShareTold, Sharing } from './sharing-port.ts';
export type { Traces } from './traces-port.ts';
export type { Waiting } from './waiting.ts';
export type {
  DeadLetter,
  DeadLetters,
  Delivered,
  EventStream,
  Lag,
  StreamAck,
  StreamConsumer,
  StreamHandler,
  StreamMessage,
  Verdict,
} from './event-stream.ts';

/** Milliseconds since 1970 UTC. The engine asks nobody else for the time. */
export interface Clock {
  nowMs(): number;
}

/** Runs something once, later. The engine has no other way to wait. */
export interface Timer {
  after(delayMs: number, run: () => void): void;
}

/** Cryptographic randomness. */
export interface Entropy {
  bytes(count: number): Uint8Array;
}

/** A cipher key made ready once, because key set-up costs more than the encryption of a small entry. */
export interface SealKey {
  readonly kind: 'seal-key';
}

export interface Crypto {
  /**
   * UTF-8 of well-formed text, by the platform's own encoder: the same bytes as kernel `utf8`, ten times as
   * fast.
   */
  utf8(text: string): Uint8Array;
  /** The text of UTF-8 bytes. */
  text(bytes: Uint8Array): string;
  sha256(bytes: Uint8Array): Uint8Array;
  sealKey(raw: Uint8Array): SealKey;
  /** AES-256-GCM: 12 random bytes of nonce ‖ ciphertext ‖ 16 bytes of tag. */
  seal(key: SealKey, plain: Uint8Array, aad: Uint8Array): Uint8Array;
  /** `undefined` when key, bytes or aad do not belong together. */
  open(key: SealKey, sealed: Uint8Array, aad: Uint8Array): Uint8Array | undefined;
  /** Ed25519 with the log's key. */
  sign(bytes: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean;
  /** Public part of the log's key, 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface PersonKeys {
  /** Opens profile, events and decisions. Dies at erasure. */
  readonly profile: Uint8Array;
  /**
   * Opens consent records and day digests, and salts every commitment. Outlives the profile until the
   * evidence term ends.
   */
  readonly evidence: Uint8Array;
  /**
   * Times this person has withdrawn something. Kept here, outside backups: a restored journal that knows of
   * fewer withdrawals is stale, and a stale consent state allows nothing.
   */
  readonly revocations: number;
}

/**
 * Keys of people, in a store of their own that no backup of the data contains.
 * What must hold: a key that was returned by `create` is durable; after `erase` resolves, no way leads back
 * to `profile`.
 */
export interface KeyStore {
  /** Pseudonym of a person. Pure, the same for ever for one key store. */
  personKey(controller: string, person: string): PersonKey;
  /** `erased`: the person was here and left; the mark stays so that a re-import cannot bring them back. */
  get(person: PersonKey): Promise<PersonKeys | 'erased' | undefined>;
  /** Creates keys for those who have none, person by person; durable on return. */
  create(people: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, PersonKeys>>;
  /** Counts one more withdrawal; durable on return. Called before the withdrawal itself is written. */
  revoke(person: PersonKey): Promise<number>;
  /** Destroys the profile key now and schedules the evidence key's end. Durable on return; idempotent. */
  erase(person: PersonKey, evidenceUntilMs: number): Promise<void>;
  /** Destroys evidence keys whose term has ended, person by person; returns how many. */
  expireEvidence(nowMs: number): Promise<number>;
  /**
   * Opens the door again for an erased person who comes back by their own act: new keys, nothing of the old.
   */
  readmit(person: PersonKey): Promise<PersonKeys>;
  counts(): Promise<{ readonly people: number; readonly erased: number }>;
  /**
   * How often somebody was erased who had keys, ever; those who came back since are in it. It only grows, so
   * whoever remembers it knows whether anybody has left since.
   */
  erasures(): Promise<number>;
  /** 32 bytes derived from the master key for a named use; the same for ever for one key store. */
  derive(label: string): Uint8Array;
  close(): Promise<void>;
}

export interface StoredPerson {
  /** Fold of all entries up to and including `snapshotSeq`, sealed; absent when never compacted. */
  readonly snapshot?: Uint8Array;
  readonly snapshotSeq: number;
  /** Entries after the snapshot, by `seq`: with it, all that is needed to know the person. */
  readonly entries: readonly SealedEntry[];
}

export interface Append extends SealedEntry {
  readonly person: PersonKey;
  /**
   * Day (since 1970) after which this row may be deleted; 0 = kept until erasure. The only time a store
   * learns.
   */
  readonly expiresDay: number;
  /** 34-byte leaf to be logged. Put in the outbox in the same transaction. */
  readonly leaf?: Uint8Array;
  /**
   * What was allowed when it was decided (`Look.epoch`); absent where the engine is alone. When the store is
   * at a later one by the time the write begins, the person's entries of the batch fail with `conflict`.
   */
  readonly epoch?: number;
}

/** People of a batch whose entries were not kept, each with the reason; empty when all were. */
export type Unkept = ReadonlyMap<PersonKey, Fault>;

export interface PersonStore {
  load(person: PersonKey): Promise<StoredPerson | undefined>;
  /**
   * Every entry still kept, before and after the snapshot, of these kinds (default: all), by `seq`; for
   * export and receipts.
   */
  history(person: PersonKey, kinds?: readonly EntryKind[]): Promise<readonly SealedEntry[]>;
  /**
   * What was written about several people since somebody read them, at one moment for each; who has no news
   * is not in the answer.
   */
  since(asked: readonly ReadUpTo[]): Promise<ReadonlyMap<PersonKey, News>>;
  /** One entry, if it is still kept. */
  entry(person: PersonKey, seq: number): Promise<SealedEntry | undefined>;
  /**
   * Appends each person's entries all or nothing, and no person waits for another's to succeed; what is not
   * in the answer is durable when it resolves. `seq` is the compare-and-set: where one is taken already, that
   * person's entries of the batch fail with `conflict` (retry now, after loading again), nobody else's do.
   * `uncertain`: whether this person's were kept is not known; load again.
   * Rejects when nobody's are known to be kept: `disk-full`, `read-only`, `damaged`, `closed`.
   */
  append(batch: readonly Append[]): Promise<Unkept>;
  /** Replaces the snapshot and deletes entries of `drop` kinds with `seq <= upToSeq`. */
  compact(
    person: PersonKey,
    snapshot: { readonly upToSeq: number; readonly sealed: Uint8Array; readonly drop: readonly EntryKind[] },
  ): Promise<void>;
  /**
   * Removes snapshot and every entry but those of `keep` kinds; puts `leaf` into the outbox; bytes are
   * overwritten on disk.
   */
  erase(
    person: PersonKey,
    options: { readonly keep: readonly EntryKind[]; readonly leaf: Uint8Array },
  ): Promise<void>;
  /**
   * Removes every trace of a person whose keys are gone (after a restore, or at the end of the evidence
   * term).
   */
  purge(person: PersonKey): Promise<void>;
  /** All pseudonyms, in ascending order, after `after`; at most `limit`. */
  people(after: PersonKey | undefined, limit: number): Promise<readonly PersonKey[]>;
  /** Deletes rows whose `expiresDay` has passed, person by person; returns how many. */
  expire(today: number): Promise<number>;
  /**
   * Leaves that wait for the log, at most `limit`, in no promised order: asking again after `logged` comes to
   * the end. An owner's leaf waits once, however often it was put; the log takes a leaf once in any case.
   */
  outbox(limit: number): Promise<readonly Waiting[]>;
  /** Forgets leaves that are in the log, as `outbox` gave them. */
  logged(leaves: readonly Waiting[]): Promise<void>;
  /** Puts leaves that belong to nobody (policy, model, pack versions) into the outbox, one by one. */
  submit(leaves: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

/** The witness log (prove/ on disk). */
export interface WitnessLog {
  readonly origin: string;
  /** Of the key that signs now; another one may take its place while the log is open. */
  readonly vkey: string;
  /** Those that sign promises for this log now; absent: the key of `Crypto`. */
  readonly signers?: () => Signers;
  /** Durable, idempotent by leaf. */
  submit(leaves: readonly Uint8Array[]): Promise<void>;
  /**
   * Puts what was submitted into the tree in random order, pads with dummies, signs and publishes a
   * checkpoint.
   */
  integrate(): Promise<{ readonly size: number; readonly checkpoint: string }>;
  checkpoint(): Promise<string | undefined>;
  /**
   * Whether this node writes the log now, where several could; absent: it is alone. `integrate` of one that
   * does not leaves the work to the one that does.
   */
  leads?(): Promise<boolean>;
  /** Milliseconds, now, by the store that several nodes share; absent: this one is alone. For `fed`. */
  moment?(): Promise<number>;
  /** Who writes says that all which waited at that moment is in the published checkpoint. */
  fed?(moment: number): Promise<void>;
  /**
   * Leaves of all nodes that wait for a checkpoint, and how long ago the newest moment is that was said so.
   */
  behind?(): Promise<{ readonly waiting: number; readonly ageMs: number }>;
  /** Index, audit path and the signed checkpoint they belong to; `undefined` while the leaf waits. */
  inclusion(
    leaf: Uint8Array,
  ): Promise<
    { readonly index: number; readonly path: readonly Uint8Array[]; readonly checkpoint: string } | undefined
  >;
  consistency(from: number, to: number): Promise<readonly Uint8Array[]>;
  /**
   * A static resource below the log's prefix: `checkpoint`, `tile/0/000`, `tile/entries/000`, and
   * `successions` where another key followed the first.
   */
  read(path: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

export interface World {
  readonly clock: Clock;
  readonly localTime: LocalTime;
  readonly timer: Timer;
  readonly entropy: Entropy;
  readonly crypto: Crypto;
  readonly keys: KeyStore;
  readonly people: PersonStore;
  readonly catalogue: CatalogueStore;
  readonly documents: DocumentStore;
  readonly learner: Learner;
  /** Where several sellers learn together; absent: this one learns alone. */
  readonly seat?: Seat;
  readonly log: WitnessLog;
  /** Where several engines serve one store; absent: this one is alone. */
  readonly commons?: Commons;
  /** Where engines that learn share the people among them; absent: whoever has the duty counts everybody. */
  readonly sharing?: Sharing;
}
