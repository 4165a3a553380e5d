// Owns: the MasterTable port in the database of the keys. What it knows of each node is what that node said;
// which of them run is known by their locks (node-lock.ts).

import { KEY_STATES } from '../../facts/key-state.ts';
import { bytesOf, numberOf, textOf, type Row } from './columns.ts';
import { damaged } from './faults.ts';
import { pseudonymOf, uuidOf } from './pseudonym.ts';

import type { MasterRow, MasterTable } from '../../engine/ports.ts';
import type { Database } from './database.ts';

const ENDED_ROOT = Buffer.alloc(92);

export function masterTable(keys: Database): MasterTable {
  const valuesOf = ({ id, root, madeMs }: Pick<MasterRow, 'id' | 'root' | 'madeMs'>): readonly unknown[] => [
    id,
    Buffer.from(root),
    madeMs,
  ];
  return {
    rows: async () => (await keys.read('masters', [])).map(masterOf),
    async first(row) {
      await keys.write('firstMaster', valuesOf(row));
    },
    announce: (row) =>
      keys.transaction(async (run) => {
        if ((await run('announceMaster', valuesOf(row))).length === 0) return false;
        await run('forgetMasterNodes', []);
        return true;
      }),
    takeBack: async (id) => (await keys.write('takeBackMaster', [id])).length > 0,
    // Two at once wait for each other at the row that is announced.
    use: (id) =>
      keys.transaction(async (run) => {
        if ((await run('holdMaster', [id])).length === 0) return false;
        await run('retireMaster', []);
        return (await run('useMaster', [id])).length > 0;
      }),
    end: async (id) => (await keys.write('endMaster', [id, ENDED_ROOT])).length > 0,
    nodes: async () =>
      (await keys.read('masterNodes', [])).map((row) => ({
        node: numberOf(row['node']),
        holds: textOf(row['holds']).split(' '),
        uses: textOf(row['uses']),
      })),
    async say({ node, holds, uses }) {
      await keys.write('sayMasterNode', [node, holds.join(' '), uses]);
    },
    page: async (after, limit) => {
      const rows =
        after === '' ? await keys.read('firstKeys', [limit]) : await keys.read('movedKeys', [after, limit]);
      return rows.map((row) => ({
        person: pseudonymOf(textOf(row['person'])),
        state: numberOf(row['state']),
        wrapped: bytesOf(row['wrapped']),
      }));
    },
    async rewrap(rows, { id, cursor }) {
      // Row by row, each a statement of its person: a slow one holds up nobody else.
      for (const { person, expected, wrapped } of rows)
        await keys.write('rewrapKeys', [uuidOf(person), Buffer.from(expected), Buffer.from(wrapped)]);
      await keys.write('masterProgress', [id, cursor]);
    },
  };
}

export function masterOf({ id, state, root, made, cursor }: Row): MasterRow {
  const named = KEY_STATES[numberOf(state)];
  if (named === undefined) throw damaged('a master key has no state');
  return {
    id: textOf(id),
    state: named,
    root: bytesOf(root),
    madeMs: numberOf(made),
    cursor: textOf(cursor),
  };
}

/** As `putMaster` takes it. */
export function masterValues({ id, state, root, madeMs, cursor }: MasterRow): readonly unknown[] {
  return [id, KEY_STATES.indexOf(state), Buffer.from(root), madeMs, cursor];
}
