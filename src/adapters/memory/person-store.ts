// Owns: journals of people in memory. A journal is a map from `seq` to row, so that the rules of the port read here as
// they are written there.

import { assert } from '../../kernel/assert.ts';
import { hex } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';

import type { Append, PersonKey, PersonStore, SealedEntry, StoredPerson } from '../../engine/ports.ts';
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

/** Ascending by bytes, as SQLite and PostgreSQL order text in the C locale. */
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function memoryPersonStore(gate: Gate): PersonStore {
  const journals = new Map<PersonKey, Journal>();
  const outbox = new Map<string, Uint8Array>();

  const journalOf = (person: PersonKey): Journal => {
    const found = journals.get(person);
    if (found !== undefined) return found;
    const made: Journal = { floor: -1, snapshot: undefined, rows: new Map() };
    journals.set(person, made);
    return made;
  };
  const submitLeaf = (leaf: Uint8Array): void => {
    const name = hex(leaf);
    if (!outbox.has(name)) outbox.set(name, leaf.slice());
  };

  return {
    async load(person): Promise<StoredPerson | undefined> {
      gate.enter('people.load');
      const journal = journals.get(person);
      if (journal === undefined) return undefined;
      const entries = entriesOf(journal).filter(({ seq }) => seq > journal.floor);
      const stored = { snapshotSeq: journal.floor, entries };
      return journal.snapshot === undefined ? stored : { ...stored, snapshot: journal.snapshot.slice() };
    },

    async history(person, kinds): Promise<readonly SealedEntry[]> {
      gate.enter('people.history');
      const journal = journals.get(person);
      if (journal === undefined) return [];
      return entriesOf(journal).filter(({ kind }) => kinds === undefined || kinds.includes(kind));
    },

    async entry(person, seq): Promise<SealedEntry | undefined> {
      gate.enter('people.entry');
      const row = journals.get(person)?.rows.get(seq);
      return row === undefined ? undefined : { seq, kind: row.kind, sealed: row.sealed.slice() };
    },

    async append(batch): Promise<void> {
      for (const entry of batch) assertAppend(entry);
      gate.enter('people.append');
      const taken = new Set<string>();
      for (const { person, seq } of batch) {
        const journal = journals.get(person);
        const name = `${person}/${seq}`;
        if (taken.has(name) || (journal !== undefined && (seq <= journal.floor || journal.rows.has(seq)))) {
          throw conflict();
        }
        taken.add(name);
      }
      for (const { person, seq, kind, sealed, expiresDay, leaf } of batch) {
        journalOf(person).rows.set(seq, { kind, sealed: sealed.slice(), expiresDay });
        if (leaf !== undefined) submitLeaf(leaf);
      }
    },

    async compact(person, { upToSeq, sealed, drop }): Promise<void> {
      gate.enter('people.compact');
      const journal = journals.get(person);
      if (journal === undefined || upToSeq < journal.floor) throw conflict();
      journal.snapshot = sealed.slice();
      journal.floor = upToSeq;
      for (const [seq, row] of journal.rows) {
        if (seq <= upToSeq && drop.includes(row.kind)) journal.rows.delete(seq);
      }
    },

    async erase(person, { keep, leaf }): Promise<void> {
      gate.enter('people.erase');
      submitLeaf(leaf);
      const journal = journals.get(person);
      if (journal === undefined) return;
      // The erasure takes a number of its own: whoever loaded before it and writes after it meets a conflict.
      journal.floor = Math.max(journal.floor, ...journal.rows.keys()) + 1;
      journal.snapshot = undefined;
      for (const [seq, row] of journal.rows) {
        if (!keep.includes(row.kind)) journal.rows.delete(seq);
      }
    },

    async purge(person): Promise<void> {
      gate.enter('people.purge');
      journals.delete(person);
    },

    async people(after, limit): Promise<readonly PersonKey[]> {
      gate.enter('people.people');
      const all = [...journals.keys()].sort(ascending);
      return all.filter((person) => after === undefined || person > after).slice(0, limit);
    },

    async expire(today): Promise<number> {
      gate.enter('people.expire');
      let count = 0;
      for (const journal of journals.values()) {
        for (const [seq, row] of journal.rows) {
          if (row.expiresDay === 0 || row.expiresDay >= today) continue;
          journal.rows.delete(seq);
          count += 1;
        }
      }
      return count;
    },

    async outbox(limit): Promise<readonly Uint8Array[]> {
      gate.enter('people.outbox');
      return [...outbox.values()].slice(0, limit).map((leaf) => leaf.slice());
    },

    async logged(leaves): Promise<void> {
      gate.enter('people.logged');
      for (const leaf of leaves) outbox.delete(hex(leaf));
    },

    async submit(leaves): Promise<void> {
      gate.enter('people.submit');
      for (const leaf of leaves) submitLeaf(leaf);
    },

    async close(): Promise<void> {
      gate.close();
    },
  };
}

function entriesOf(journal: Journal): readonly SealedEntry[] {
  return [...journal.rows]
    .sort(([a], [b]) => a - b)
    .map(([seq, row]) => ({ seq, kind: row.kind, sealed: row.sealed.slice() }));
}

function assertAppend(entry: Append): void {
  assert(Number.isInteger(entry.seq) && entry.seq >= 0 && entry.seq < 2 ** 32, 'seq is an integer from 0 to 2^32 - 1');
  assert(
    Number.isInteger(entry.expiresDay) && entry.expiresDay >= 0 && entry.expiresDay < 2 ** 32,
    'expiresDay is an integer from 0 to 2^32 - 1',
  );
}

function conflict(): Fault {
  return new Fault('conflict', 'a sequence number is taken: load the person again, then retry', { retry: 'now' });
}
