// Owns: the MasterTable port on `keys.db`: beside the process that serves it, or in it.

import { KEY_STATES } from '../../facts/key-state.ts';
import { blobOf, numberOf, textOf } from './columns.ts';
import { closedFault, damaged, faulted } from './faults.ts';
import { openKeysBeside } from './keys-beside.ts';
import { mastersWriter } from './masters-writer.ts';
import { PSEUDONYM_BYTES, pseudonymBytes, pseudonymOf } from './pseudonym.ts';
import { KEYS_SCHEMA } from './schema.ts';
import { WRAPPED_BYTES } from './wrapping.ts';

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { MasterRow, MasterTable } from '../../engine/ports.ts';
import type { MasterOperation, Value } from './operations.ts';

const SMALL_BYTES = 256;
const ALL = 'SELECT id, state, root, made, cursor FROM masters ORDER BY number';

export type SubmitMaster = (operation: MasterOperation, bytes: number) => Promise<Value>;

export function masterTable(db: DatabaseSync, submit: SubmitMaster): MasterTable {
  const all = db.prepare(ALL);
  const said = db.prepare('SELECT node, holds, uses FROM master_nodes ORDER BY node');
  const page = db.prepare('SELECT person, state, wrapped FROM keys WHERE person > ? ORDER BY person LIMIT ?');
  const first = db.prepare('SELECT person, state, wrapped FROM keys ORDER BY person LIMIT ?');
  const reading = <T>(work: () => T): T => {
    if (!db.isOpen) throw closedFault();
    return faulted(KEYS_SCHEMA.name, work);
  };
  const done = async (operation: MasterOperation): Promise<boolean> =>
    (await submit(operation, SMALL_BYTES)) === true;
  return {
    rows: async () => reading(() => all.all()).map(rowOf),
    async first(row) {
      await submit({ kind: 'first-master', ...row }, SMALL_BYTES);
    },
    announce: (row) => done({ kind: 'announce-master', ...row }),
    takeBack: (id) => done({ kind: 'take-back-master', id }),
    use: (id) => done({ kind: 'use-master', id }),
    end: (id) => done({ kind: 'end-master', id }),
    nodes: async () =>
      reading(() => said.all()).map((row) => ({
        node: numberOf(row['node']),
        holds: textOf(row['holds']).split(' '),
        uses: textOf(row['uses']),
      })),
    async say({ node, holds, uses }) {
      await submit({ kind: 'say-node', node, holds: holds.join(' '), uses }, SMALL_BYTES);
    },
    page: async (after, limit) =>
      reading(() => (after === '' ? first.all(limit) : page.all(Buffer.from(after, 'hex'), limit))).map(
        (row) => ({
          person: pseudonymOf(blobOf(row['person'])),
          state: numberOf(row['state']),
          wrapped: blobOf(row['wrapped']),
        }),
      ),
    async rewrap(rows, { id, cursor }) {
      const people = new Uint8Array(rows.length * PSEUDONYM_BYTES);
      const expected = new Uint8Array(rows.length * WRAPPED_BYTES);
      const wrapped = new Uint8Array(rows.length * WRAPPED_BYTES);
      for (const [index, row] of rows.entries()) {
        people.set(pseudonymBytes(row.person), index * PSEUDONYM_BYTES);
        expected.set(row.expected, index * WRAPPED_BYTES);
        wrapped.set(row.wrapped, index * WRAPPED_BYTES);
      }
      const bytes = people.length + expected.length + wrapped.length + SMALL_BYTES;
      await submit({ kind: 'rewrap', people, expected, wrapped, id, cursor }, bytes);
    },
  };
}

/**
 * For a command beside the process that serves; every change is a short transaction of its own. Faults: what
 * a file can do; `busy` when the other one holds it for seconds.
 */
export function openMasterTable(keysDir: string): MasterTable & { close(): void } {
  // What it wrapped is overwritten in the file too. Somebody who reads just now holds that up, not the end.
  const { db, submit, close } = openKeysBeside(keysDir, mastersWriter, ({ kind }, writing) => {
    if (kind === 'end-master') writing.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  });
  return { ...masterTable(db, submit), close };
}

/** All of them at once, inside the transaction of a shop that moves. */
export function createMastersMoving(db: DatabaseSync): {
  rows(): readonly MasterRow[];
  replace(rows: readonly MasterRow[]): void;
} {
  const all = db.prepare(ALL);
  const drop = db.prepare('DELETE FROM masters');
  const put = db.prepare('INSERT INTO masters (id, state, root, made, cursor) VALUES (?, ?, ?, ?, ?)');
  return {
    rows: () => all.all().map(rowOf),
    replace(rows) {
      drop.run();
      for (const { id, state, root, madeMs, cursor } of rows)
        put.run(id, KEY_STATES.indexOf(state), root, madeMs, cursor);
    },
  };
}

function rowOf({ id, state, root, made, cursor }: Record<string, SQLOutputValue>): MasterRow {
  const named = KEY_STATES[numberOf(state)];
  if (named === undefined) throw damaged(KEYS_SCHEMA.name, 'a master key has no state');
  return { id: textOf(id), state: named, root: blobOf(root), madeMs: numberOf(made), cursor: textOf(cursor) };
}
