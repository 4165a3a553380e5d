// Owns: the LogKeyTable port on `keys.db`: beside the process that serves it, or in it. It lies there and not
// in `log.db` because the command beside has to change it, and because no backup of the data may take it
// back.

import { KEY_STATES } from '../../facts/key-state.ts';
import { numberOf, textOf } from './columns.ts';
import { closedFault, damaged, faulted } from './faults.ts';
import { openKeysBeside } from './keys-beside.ts';
import { logKeysWriter } from './log-keys-writer.ts';
import { KEYS_SCHEMA } from './schema.ts';

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { LogKeyRow, LogKeyTable } from '../../engine/ports.ts';
import type { LogKeyOperation, Value } from './operations.ts';

/** A proof has about 2 KB. */
const OPERATION_BYTES = 4096;
const ALL = 'SELECT vkey, state, made, note, proof FROM log_keys ORDER BY number';
const EMPTY = { kind: 'log-key', vkey: '', madeMs: 0, text: '', follows: '', node: 0 } as const;

type Submit = (operation: LogKeyOperation, bytes: number) => Promise<Value>;

export function logKeyTable(db: DatabaseSync, submit: Submit): LogKeyTable {
  const all = db.prepare(ALL);
  const said = db.prepare('SELECT node, holds, uses FROM log_key_nodes ORDER BY node');
  const reading = <T>(work: () => T): T => {
    if (!db.isOpen) throw closedFault();
    return faulted(KEYS_SCHEMA.name, work);
  };
  const act = async (operation: Omit<LogKeyOperation, keyof typeof EMPTY> & Partial<LogKeyOperation>) =>
    (await submit({ ...EMPTY, ...operation }, OPERATION_BYTES)) === true;
  return {
    rows: async () => reading(() => all.all()).map(rowOf),
    async first({ vkey, madeMs }) {
      await act({ act: 'first', vkey, madeMs });
    },
    announce: ({ vkey, madeMs }) => act({ act: 'announce', vkey, madeMs }),
    takeBack: (vkey) => act({ act: 'take-back', vkey }),
    use: (vkey, { follows, note }) => act({ act: 'use', vkey, follows, text: note }),
    async prove(vkey, proof) {
      await act({ act: 'prove', vkey, text: proof });
    },
    end: (vkey) => act({ act: 'end', vkey }),
    nodes: async () =>
      reading(() => said.all()).map((row) => ({
        node: numberOf(row['node']),
        holds: textOf(row['holds']).split(' '),
        uses: textOf(row['uses']),
      })),
    async say({ node, holds, uses }) {
      await act({ act: 'say', node, text: holds.join(' '), vkey: uses });
    },
  };
}

/** For a command beside the process that serves, as `openMasterTable`. */
export function openLogKeyTable(keysDir: string): LogKeyTable & { close(): void } {
  const { db, submit, close } = openKeysBeside(keysDir, logKeysWriter);
  return { ...logKeyTable(db, submit), close };
}

/** All of them at once, inside the transaction of a shop that moves. */
export function createLogKeysMoving(db: DatabaseSync): {
  rows(): readonly LogKeyRow[];
  replace(rows: readonly LogKeyRow[]): void;
} {
  const all = db.prepare(ALL);
  const drop = db.prepare('DELETE FROM log_keys');
  const put = db.prepare('INSERT INTO log_keys (vkey, state, made, note, proof) VALUES (?, ?, ?, ?, ?)');
  return {
    rows: () => all.all().map(rowOf),
    replace(rows) {
      drop.run();
      for (const { vkey, state, madeMs, note, proof } of rows)
        put.run(vkey, KEY_STATES.indexOf(state), madeMs, note, proof);
    },
  };
}

function rowOf({ vkey, state, made, note, proof }: Record<string, SQLOutputValue>): LogKeyRow {
  const named = KEY_STATES[numberOf(state)];
  if (named === undefined) throw damaged(KEYS_SCHEMA.name, 'a key of the log has no state');
  return {
    vkey: textOf(vkey),
    state: named,
    madeMs: numberOf(made),
    note: textOf(note),
    proof: textOf(proof),
  };
}
