// Owns: journals of people in memory. A journal is a map from `seq` to row, so that the rules of the port
// read here as they are written there.

import { assert } from '../../kernel/assert.ts';
import { hex } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';

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
import type { Gate } from './gate.ts';

interface Row {
  readonly kind: EntryKind;
  readonly sealed: Uint8Array;
  readonly expiresDay: number;
}

interface Journal {
  /** Numbers up to this one are taken, whether or not their rows are still here; −1 = none. */
  floor: number;
  snapshot: Uint8Array | undefined;
  readonly rows: Map<number, Row>;
}

export class MemoryPersonStore implements PersonStore {
  readonly #gate: Gate;
  readonly #journals = new Map<PersonKey, Journal>();
  readonly #outbox = new Map<string, Uint8Array>();

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  async load(person: PersonKey): Promise<StoredPerson | undefined> {
    this.#gate.enter('people.load');
    const journal = this.#journals.get(person);
    if (journal === undefined) return undefined;
    const entries = entriesOf(journal).filter(({ seq }) => seq > journal.floor);
    const stored = { snapshotSeq: journal.floor, entries };
    return journal.snapshot === undefined ? stored : { ...stored, snapshot: journal.snapshot.slice() };
  }

  async history(person: PersonKey, kinds?: readonly EntryKind[]): Promise<readonly SealedEntry[]> {
    this.#gate.enter('people.history');
    const journal = this.#journals.get(person);
    if (journal === undefined) return [];
    return entriesOf(journal).filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  }

  async since(asked: readonly ReadUpTo[]): Promise<ReadonlyMap<PersonKey, News>> {
    this.#gate.enter('people.since');
    const news = new Map<PersonKey, News>();
    for (const { person, seq: read } of asked) {
      const journal = this.#journals.get(person);
      const entries = journal === undefined ? [] : entriesOf(journal).filter(({ seq }) => seq > read);
      const snapshotSeq = journal?.floor;
      if (snapshotSeq === undefined ? read >= 0 : snapshotSeq > read || entries.length > 0)
        news.set(person, { snapshotSeq, entries });
    }
    return news;
  }

  async entry(person: PersonKey, seq: number): Promise<SealedEntry | undefined> {
    this.#gate.enter('people.entry');
    const row = this.#journals.get(person)?.rows.get(seq);
    return row === undefined ? undefined : { seq, kind: row.kind, sealed: row.sealed.slice() };
  }

  async append(batch: readonly Append[]): Promise<Unkept> {
    for (const entry of batch) assertAppend(entry);
    this.#gate.enter('people.append');
    const unkept = new Map<PersonKey, Fault>();
    const taken = new Set<string>();
    for (const { person, seq } of batch) {
      const journal = this.#journals.get(person);
      const name = `${person}/${seq}`;
      if (taken.has(name) || (journal !== undefined && (seq <= journal.floor || journal.rows.has(seq)))) {
        unkept.set(person, conflict());
      }
      taken.add(name);
    }
    for (const { person, seq, kind, sealed, expiresDay, leaf } of batch) {
      if (unkept.has(person)) continue;
      this.#journalOf(person).rows.set(seq, { kind, sealed: sealed.slice(), expiresDay });
      if (leaf !== undefined) this.#addLeaf(leaf);
    }
    return unkept;
  }

  async compact(
    person: PersonKey,
    { upToSeq, sealed, drop }: Parameters<PersonStore['compact']>[1],
  ): Promise<void> {
    this.#gate.enter('people.compact');
    const journal = this.#journals.get(person);
    if (journal === undefined || upToSeq < journal.floor) throw conflict();
    journal.snapshot = sealed.slice();
    journal.floor = upToSeq;
    for (const [seq, row] of journal.rows) {
      if (seq <= upToSeq && drop.includes(row.kind)) journal.rows.delete(seq);
    }
  }

  async erase(person: PersonKey, { keep, leaf }: Parameters<PersonStore['erase']>[1]): Promise<void> {
    this.#gate.enter('people.erase');
    this.#addLeaf(leaf);
    const journal = this.#journals.get(person);
    if (journal === undefined) return;
    // The erasure takes a number of its own: whoever loaded before it and writes after it meets a conflict.
    journal.floor = Math.max(journal.floor, ...journal.rows.keys()) + 1;
    journal.snapshot = undefined;
    for (const [seq, row] of journal.rows) {
      if (!keep.includes(row.kind)) journal.rows.delete(seq);
    }
  }

  async purge(person: PersonKey): Promise<void> {
    this.#gate.enter('people.purge');
    this.#journals.delete(person);
  }

  async people(after: PersonKey | undefined, limit: number): Promise<readonly PersonKey[]> {
    this.#gate.enter('people.people');
    // Hex digits sort the same by UTF-16 units and by bytes.
    const all = [...this.#journals.keys()].sort();
    return all.filter((person) => after === undefined || person > after).slice(0, limit);
  }

  async expire(today: number): Promise<number> {
    this.#gate.enter('people.expire');
    let count = 0;
    for (const journal of this.#journals.values()) {
      for (const [seq, row] of journal.rows) {
        if (row.expiresDay === 0 || row.expiresDay >= today) continue;
        journal.rows.delete(seq);
        count += 1;
      }
    }
    return count;
  }

  async outbox(limit: number): Promise<readonly Waiting[]> {
    this.#gate.enter('people.outbox');
    return [...this.#outbox.values()].slice(0, limit).map((leaf) => ({ leaf: leaf.slice() }));
  }

  async logged(leaves: readonly Waiting[]): Promise<void> {
    this.#gate.enter('people.logged');
    for (const { leaf } of leaves) this.#outbox.delete(hex(leaf));
  }

  async submit(leaves: readonly Uint8Array[]): Promise<void> {
    this.#gate.enter('people.submit');
    for (const leaf of leaves) this.#addLeaf(leaf);
  }

  async close(): Promise<void> {
    this.#gate.close();
  }

  #journalOf(person: PersonKey): Journal {
    const found = this.#journals.get(person);
    if (found !== undefined) return found;
    const made: Journal = { floor: -1, snapshot: undefined, rows: new Map() };
    this.#journals.set(person, made);
    return made;
  }

  #addLeaf(leaf: Uint8Array): void {
    const name = hex(leaf);
    if (!this.#outbox.has(name)) this.#outbox.set(name, leaf.slice());
  }
}

function entriesOf(journal: Journal): readonly SealedEntry[] {
  return [...journal.rows]
    .sort(([a], [b]) => a - b)
    .map(([seq, row]) => ({ seq, kind: row.kind, sealed: row.sealed.slice() }));
}

function assertAppend({ seq, expiresDay }: Append): void {
  assert(Number.isInteger(seq) && seq >= 0 && seq < 2 ** 32, 'seq is an integer from 0 to 2^32 - 1');
  const isDay = Number.isInteger(expiresDay) && expiresDay >= 0 && expiresDay < 2 ** 32;
  assert(isDay, 'expiresDay is an integer from 0 to 2^32 - 1');
}

function conflict(): Fault {
  return new Fault('conflict', 'a sequence number is taken: load the person again, then retry', {
    retry: 'now',
  });
}
