// Owns: the PersonStore port on data.db. Reads run here on the main thread, each as one statement: the writer commits in
// between two of them, and a journal without the rows that its snapshot has just absorbed would be a wrong person.

import { assert } from '../../kernel/assert.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { SQLITE } from './bounds.ts';
import { blobOf, numberOf } from './columns.ts';
import { closedFault, faulted } from './faults.ts';
import { codeOfKind, kindOfCode } from './kinds.ts';
import { pseudonymBytes, pseudonymOf } from './pseudonym.ts';
import { DATA_SCHEMA } from './schema.ts';

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { PersonKey, PersonStore, SealedEntry, StoredPerson } from '../../engine/ports.ts';
import type { Writer } from './writer.ts';

/** Of a message without entries, for the bound of the queue. */
const SMALL_BYTES = 128;

/** `close` closes both connections of data.db, and with them the catalogue and the documents. */
export function createPersonStore(reading: DatabaseSync, writer: Writer, close: () => Promise<void>): PersonStore {
  const find = reading.prepare(
    `SELECT p.floor AS seq, 0 AS kind, p.bytes, s.sealed
       FROM people p LEFT JOIN slots s ON s.id = p.snapshot WHERE p.person = ?1
     UNION ALL
     SELECT e.seq, e.kind, e.bytes, s.sealed
       FROM people p CROSS JOIN entries e ON e.person = p.id AND e.seq > p.floor CROSS JOIN slots s ON s.id = e.slot
       WHERE p.person = ?1`,
  );
  const all = reading.prepare(
    `SELECT e.seq, e.kind, e.bytes, s.sealed
       FROM people p CROSS JOIN entries e ON e.person = p.id CROSS JOIN slots s ON s.id = e.slot
       WHERE p.person = ? ORDER BY e.seq`,
  );
  const one = reading.prepare(
    `SELECT e.seq, e.kind, e.bytes, s.sealed
       FROM people p CROSS JOIN entries e ON e.person = p.id AND e.seq = ?2 CROSS JOIN slots s ON s.id = e.slot
       WHERE p.person = ?1`,
  );
  const list = reading.prepare('SELECT person FROM people WHERE person > ? ORDER BY person LIMIT ?');
  const waiting = reading.prepare('SELECT leaf FROM outbox ORDER BY id LIMIT ?');
  const newest = reading.prepare('SELECT coalesce(max(id), 0) AS id FROM people');
  const read = <T>(work: () => T): T => {
    if (!reading.isOpen) throw closedFault();
    return faulted(DATA_SCHEMA.name, work);
  };

  return {
    async load(person): Promise<StoredPerson | undefined> {
      const [head, ...rows] = read(() => find.all(pseudonymBytes(person)));
      if (head === undefined) return undefined;
      const entries: SealedEntry[] = [];
      let isAscending = true;
      let before = -1;
      for (const row of rows) {
        const entry = entryOf(row);
        isAscending &&= entry.seq > before;
        before = entry.seq;
        entries.push(entry);
      }
      // The index gives them in order; SQL promises none for one half of a UNION.
      if (!isAscending) entries.sort((a, b) => a.seq - b.seq);
      const stored = { snapshotSeq: numberOf(head['seq']), entries };
      return head['sealed'] === null ? stored : { ...stored, snapshot: sealedOf(head) };
    },

    async history(person, kinds): Promise<readonly SealedEntry[]> {
      const entries = read(() => all.all(pseudonymBytes(person))).map(entryOf);
      return kinds === undefined ? entries : entries.filter(({ kind }) => kinds.includes(kind));
    },

    async entry(person, seq): Promise<SealedEntry | undefined> {
      const row = read(() => one.get(pseudonymBytes(person), seq));
      return row === undefined ? undefined : entryOf(row);
    },

    async append(batch): Promise<void> {
      await writer.append(batch);
    },

    async compact(person, { upToSeq, sealed, drop }): Promise<void> {
      assert(Number.isSafeInteger(upToSeq) && upToSeq >= 0, 'a snapshot reaches up to a sequence number');
      await writer.submit(
        {
          kind: 'compact',
          person: Uint8Array.from(pseudonymBytes(person)),
          upToSeq,
          sealed: sealed.slice(),
          drop: drop.map(codeOfKind),
        },
        SMALL_BYTES + sealed.length,
      );
    },

    async erase(person, { keep, leaf }): Promise<void> {
      assert(leaf.length === LIMITS.leafBytes, 'a leaf has 34 bytes');
      const name = Uint8Array.from(pseudonymBytes(person));
      await writer.submit({ kind: 'erase', person: name, keep: keep.map(codeOfKind), leaf: leaf.slice() }, SMALL_BYTES);
    },

    async purge(person): Promise<void> {
      await writer.submit({ kind: 'purge', person: Uint8Array.from(pseudonymBytes(person)) }, SMALL_BYTES);
    },

    async people(after, limit): Promise<readonly PersonKey[]> {
      const from = after === undefined ? new Uint8Array(0) : pseudonymBytes(after);
      return read(() => list.all(from, limit)).map((row) => pseudonymOf(blobOf(row['person'])));
    },

    async expire(today): Promise<number> {
      // In slices, so that other writes do not wait for a walk through the whole file.
      const last = read(() => numberOf(newest.get()?.['id']));
      let count = 0;
      for (let fromId = 1; fromId <= last; fromId += SQLITE.expiryPeople) {
        const toId = fromId + SQLITE.expiryPeople - 1;
        count += Number(await writer.submit({ kind: 'expire', today, fromId, toId }, SMALL_BYTES));
      }
      return count;
    },

    async outbox(limit): Promise<readonly Uint8Array[]> {
      return read(() => waiting.all(limit)).map((row) => blobOf(row['leaf']));
    },

    async logged(leaves): Promise<void> {
      await writer.submit({ kind: 'logged', leaves: ownLeaves(leaves) }, SMALL_BYTES * leaves.length);
    },

    async submit(leaves): Promise<void> {
      await writer.submit({ kind: 'submit', leaves: ownLeaves(leaves) }, SMALL_BYTES * leaves.length);
    },

    close,
  };
}

function entryOf(row: Record<string, SQLOutputValue>): SealedEntry {
  return { seq: numberOf(row['seq']), kind: kindOfCode(numberOf(row['kind'])), sealed: sealedOf(row) };
}

/** Without the padding of its slot. */
function sealedOf(row: Record<string, SQLOutputValue>): Uint8Array {
  return blobOf(row['sealed']).subarray(0, numberOf(row['bytes']));
}

/** A view of a larger buffer would be cloned with all of it. */
function ownLeaves(leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  for (const leaf of leaves) assert(leaf.length === LIMITS.leafBytes, 'a leaf has 34 bytes');
  return leaves.map((leaf) => leaf.slice());
}
