// Owns: the PersonStore port on data.db. Reads run here on the main thread; writes go through the file's
// writer.

import { assert } from '../../kernel/assert.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { SQLITE } from './bounds.ts';
import { blobOf, numberOf } from './columns.ts';
import { closedFault, conflict, faulted } from './faults.ts';
import { codeOfKind } from '../../facts/entry-code.ts';
import { PersonQueries } from './person-queries.ts';
import { pseudonymBytes, pseudonymOf } from './pseudonym.ts';
import { DATA_SCHEMA } from './schema.ts';

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
  Append,
  News,
  PersonKey,
  PersonStore,
  ReadUpTo,
  SealedEntry,
  StoredPerson,
  Unkept,
  Waiting,
} from '../../engine/ports.ts';
import type { EntryKind } from '../../facts/entry.ts';
import type { Fault } from '../../kernel/fault.ts';
import type { Writer } from './writer.ts';

/** Of a message without entries, for the bound of the queue. */
const SMALL_BYTES = 128;

export class SqlitePersonStore implements PersonStore {
  readonly #reading: DatabaseSync;
  readonly #writer: Writer;
  readonly #queries: PersonQueries;
  readonly #list: StatementSync;
  readonly #waiting: StatementSync;
  readonly #newest: StatementSync;
  /** Closes both connections of data.db, and with them the catalogue and the documents. */
  readonly close: () => Promise<void>;

  constructor(reading: DatabaseSync, writer: Writer, close: () => Promise<void>) {
    this.#reading = reading;
    this.#writer = writer;
    this.#queries = new PersonQueries(reading);
    this.#list = reading.prepare('SELECT person FROM people WHERE person > ? ORDER BY person LIMIT ?');
    this.#waiting = reading.prepare('SELECT leaf FROM outbox ORDER BY id LIMIT ?');
    this.#newest = reading.prepare('SELECT coalesce(max(id), 0) AS id FROM people');
    this.close = close;
  }

  async load(person: PersonKey): Promise<StoredPerson | undefined> {
    return this.#read(() => this.#queries.journal(pseudonymBytes(person)));
  }

  async history(person: PersonKey, kinds?: readonly EntryKind[]): Promise<readonly SealedEntry[]> {
    const entries = this.#read(() => this.#queries.all(pseudonymBytes(person)));
    return kinds === undefined ? entries : entries.filter(({ kind }) => kinds.includes(kind));
  }

  /** A home has one process, which has nothing to catch up with; so it need not be quick. */
  async since(asked: readonly ReadUpTo[]): Promise<ReadonlyMap<PersonKey, News>> {
    const news = new Map<PersonKey, News>();
    for (const { person, seq: read } of asked) {
      const stored = await this.load(person);
      const entries = stored?.entries.filter(({ seq }) => seq > read) ?? [];
      const snapshotSeq = stored?.snapshotSeq;
      if (snapshotSeq === undefined ? read >= 0 : snapshotSeq > read || entries.length > 0)
        news.set(person, { snapshotSeq, entries });
    }
    return news;
  }

  async entry(person: PersonKey, seq: number): Promise<SealedEntry | undefined> {
    return this.#read(() => this.#queries.one(pseudonymBytes(person), seq));
  }

  async append(batch: readonly Append[]): Promise<Unkept> {
    const unkept = new Map<PersonKey, Fault>();
    for (const at of await this.#writer.append(batch)) {
      const person = batch[at]?.person;
      assert(person !== undefined, 'the writer names rows of this batch');
      unkept.set(person, conflict());
    }
    return unkept;
  }

  async compact(person: PersonKey, snapshot: Parameters<PersonStore['compact']>[1]): Promise<void> {
    const { upToSeq, sealed, drop } = snapshot;
    assert(Number.isSafeInteger(upToSeq) && upToSeq >= 0, 'a snapshot reaches up to a sequence number');
    const name = ownPseudonym(person);
    await this.#writer.submit(
      { kind: 'compact', person: name, upToSeq, sealed: sealed.slice(), drop: drop.map(codeOfKind) },
      SMALL_BYTES + sealed.length,
    );
  }

  async erase(person: PersonKey, { keep, leaf }: Parameters<PersonStore['erase']>[1]): Promise<void> {
    const [own] = ownLeaves([leaf]);
    assert(own !== undefined, 'one leaf in, one leaf out');
    const name = ownPseudonym(person);
    await this.#writer.submit(
      { kind: 'erase', person: name, keep: keep.map(codeOfKind), leaf: own },
      SMALL_BYTES,
    );
  }

  async purge(person: PersonKey): Promise<void> {
    await this.#writer.submit({ kind: 'purge', person: ownPseudonym(person) }, SMALL_BYTES);
  }

  async people(after: PersonKey | undefined, limit: number): Promise<readonly PersonKey[]> {
    const from = after === undefined ? new Uint8Array(0) : pseudonymBytes(after);
    const rows = this.#read(() => this.#list.all(from, limit));
    return rows.map((row) => pseudonymOf(blobOf(row['person'])));
  }

  async expire(today: number): Promise<number> {
    // In slices, so that other writes do not wait for a walk through the whole file.
    const last = this.#read(() => numberOf(this.#newest.get()?.['id']));
    let count = 0;
    for (let fromId = 1; fromId <= last; fromId += SQLITE.expiryPeople) {
      const toId = fromId + SQLITE.expiryPeople - 1;
      count += Number(await this.#writer.submit({ kind: 'expire', today, fromId, toId }, SMALL_BYTES));
    }
    return count;
  }

  async outbox(limit: number): Promise<readonly Waiting[]> {
    return this.#read(() => this.#waiting.all(limit)).map((row) => ({ leaf: blobOf(row['leaf']) }));
  }

  async logged(waiting: readonly Waiting[]): Promise<void> {
    const leaves = ownLeaves(waiting.map(({ leaf }) => leaf));
    await this.#writer.submit({ kind: 'logged', leaves }, SMALL_BYTES * leaves.length);
  }

  async submit(leaves: readonly Uint8Array[]): Promise<void> {
    await this.#writer.submit({ kind: 'submit', leaves: ownLeaves(leaves) }, SMALL_BYTES * leaves.length);
  }

  #read<T>(work: () => T): T {
    if (!this.#reading.isOpen) throw closedFault();
    return faulted(DATA_SCHEMA.name, work);
  }
}

// Bytes in messages are copies of their own: a view of a larger buffer (Node's pool) would be cloned with all
// of it.

function ownPseudonym(person: PersonKey): Uint8Array {
  return Uint8Array.from(pseudonymBytes(person));
}

function ownLeaves(leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  for (const leaf of leaves) assert(leaf.length === LIMITS.leafBytes, 'a leaf has 34 bytes');
  return leaves.map((leaf) => leaf.slice());
}
