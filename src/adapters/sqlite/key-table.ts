// Owns: one row of the key store: read, unwrapped, replaced by compare-and-set. What a row means to the port
// stands in key-store.ts.

import { randomBytes } from 'node:crypto';
import { blobOf, numberOf } from './columns.ts';
import { closedFault, damaged, faulted } from './faults.ts';
import { PSEUDONYM_BYTES, pseudonymBytes } from './pseudonym.ts';
import { KEYS_SCHEMA } from './schema.ts';
import { ERASED, LIVE } from './key-states.ts';
import { KEY_BYTES, WRAPPED_BYTES } from './wrapping.ts';

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KeyPair, KeyRing, MasterTable, PersonKey } from '../../engine/ports.ts';
import type { Writer } from './writer.ts';

/** What stands in the place of a key that was destroyed, so that the row keeps its size. */
export const NO_KEY: Uint8Array = new Uint8Array(KEY_BYTES);

export interface KeyRow {
  readonly state: number;
  readonly wrapped: Uint8Array;
  readonly revocations: number;
}

export interface KeyChange {
  readonly state: typeof LIVE | typeof ERASED;
  readonly keys: KeyPair;
  /** End of the evidence key's term; absent = no term. */
  readonly untilMs?: number;
}

export interface KeyTableParts {
  readonly reading: DatabaseSync;
  readonly writer: Writer;
  readonly ring: KeyRing;
  readonly masters: Pick<MasterTable, 'rows'>;
}

export class KeyTable {
  readonly #reading: DatabaseSync;
  readonly #writer: Writer;
  readonly #ring: KeyRing;
  readonly #masters: Pick<MasterTable, 'rows'>;
  readonly #find: StatementSync;

  constructor({ reading, writer, ring, masters }: KeyTableParts) {
    this.#reading = reading;
    this.#writer = writer;
    this.#ring = ring;
    this.#masters = masters;
    this.#find = reading.prepare(
      `SELECT k.state, k.wrapped, coalesce(w.count, 0) AS revocations
       FROM keys k LEFT JOIN withdrawals w ON w.person = k.person WHERE k.person = ?`,
    );
  }

  /** Runs a read on the open file; what the world does to it comes out as a `Fault`. */
  reading<T>(work: () => T): T {
    if (!this.#reading.isOpen) throw closedFault();
    return faulted(KEYS_SCHEMA.name, work);
  }

  row(person: Uint8Array): KeyRow | undefined {
    const row = this.reading(() => this.#find.get(person));
    if (row === undefined) return undefined;
    const revocations = numberOf(row['revocations']);
    return { state: numberOf(row['state']), wrapped: blobOf(row['wrapped']), revocations };
  }

  open(person: Uint8Array, row: KeyRow): KeyPair {
    const keys = this.#ring.unwrap(person, row.state, row.wrapped);
    if (keys === undefined) throw damaged(KEYS_SCHEMA.name, 'a wrapped key does not open');
    return keys;
  }

  /**
   * Replaces a person's row by what `change` makes of it, again until nobody else changed it in between.
   * `undefined` from `change` leaves it. Resolves when the old row is off the disk.
   */
  async change(
    person: Uint8Array,
    change: (row: KeyRow | undefined) => KeyChange | undefined,
  ): Promise<void> {
    for (;;) {
      const row = this.row(person);
      const next = change(row);
      if (next === undefined) return;
      const done = await this.#writer.submit(
        {
          kind: 'swap-keys',
          person: Uint8Array.from(person),
          erased: next.state === ERASED,
          wrapped: this.#ring.wrap(person, next.state, next.keys),
          by: this.#ring.uses,
          ...(row === undefined ? {} : { expected: row.wrapped }),
          ...(next.untilMs === undefined ? {} : { untilMs: next.untilMs }),
        },
        2 * WRAPPED_BYTES,
      );
      if (done === true) return;
      await this.#lookAtMasters();
    }
  }

  /**
   * Stores keys of people who have none; returns which of them (by position) were there already, and are
   * kept.
   */
  async create(missing: ReadonlyMap<PersonKey, KeyPair>): Promise<ReadonlySet<number>> {
    for (;;) {
      const { people, wrapped } = this.#packed(missing);
      const bytes = people.length + wrapped.length;
      const by = this.#ring.uses;
      const present = await this.#writer.submit({ kind: 'create-keys', people, wrapped, by }, bytes);
      if (Array.isArray(present)) return new Set(present);
      await this.#lookAtMasters();
    }
  }

  #packed(missing: ReadonlyMap<PersonKey, KeyPair>): { people: Uint8Array; wrapped: Uint8Array } {
    const people = new Uint8Array(missing.size * PSEUDONYM_BYTES);
    const wrapped = new Uint8Array(missing.size * WRAPPED_BYTES);
    let index = 0;
    for (const [person, keys] of missing) {
      const bytes = pseudonymBytes(person);
      people.set(bytes, index * PSEUDONYM_BYTES);
      wrapped.set(this.#ring.wrap(bytes, LIVE, keys), index * WRAPPED_BYTES);
      index += 1;
    }
    return { people, wrapped };
  }

  /**
   * A command beside may have put another master key in use a moment ago, or long ago where this process
   * stood still. What was wrapped by the one before was not taken, and is wrapped anew.
   */
  async #lookAtMasters(): Promise<void> {
    this.#ring.follow(await this.#masters.rows());
  }
}

export function freshKeys(): KeyPair {
  // Copied out of Node's pool, because the caller wipes them.
  return {
    profile: Uint8Array.from(randomBytes(KEY_BYTES)),
    evidence: Uint8Array.from(randomBytes(KEY_BYTES)),
  };
}
