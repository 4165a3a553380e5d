// Owns: the LogKeyTable port in the database of the keys, which is in no backup of the data.

import { KEY_STATES } from '../../facts/key-state.ts';
import { numberOf, textOf, type Row } from './columns.ts';
import { damaged } from './faults.ts';

import type { LogKeyRow, LogKeyTable } from '../../engine/ports.ts';
import type { Database } from './database.ts';

export function logKeyTable(keys: Database): LogKeyTable {
  return {
    rows: async () => (await keys.read('logKeyRows', [])).map(logKeyOf),
    async first({ vkey, madeMs }) {
      await keys.write('firstLogKey', [vkey, madeMs]);
    },
    announce: ({ vkey, madeMs }) =>
      keys.transaction(async (run) => {
        if ((await run('announceLogKey', [vkey, madeMs])).length === 0) return false;
        await run('forgetLogKeyNodes', []);
        return true;
      }),
    takeBack: async (vkey) => (await keys.write('takeBackLogKey', [vkey])).length > 0,
    // Two at once wait for each other at the row that is announced.
    use: (vkey, { follows, note }) =>
      keys.transaction(async (run) => {
        if ((await run('holdLogKey', [vkey])).length === 0) return false;
        if ((await run('retireLogKey', [follows])).length === 0) return false;
        return (await run('useLogKey', [vkey, note])).length > 0;
      }),
    async prove(vkey, proof) {
      await keys.write('proveLogKey', [vkey, proof]);
    },
    end: async (vkey) => (await keys.write('endLogKey', [vkey])).length > 0,
    nodes: async () =>
      (await keys.read('logKeyNodes', [])).map((row) => ({
        node: numberOf(row['node']),
        holds: textOf(row['holds']).split(' '),
        uses: textOf(row['uses']),
      })),
    async say({ node, holds, uses }) {
      await keys.write('sayLogKeyNode', [node, holds.join(' '), uses]);
    },
  };
}

export function logKeyOf({ vkey, state, made, note, proof }: Row): LogKeyRow {
  const named = KEY_STATES[numberOf(state)];
  if (named === undefined) throw damaged('a key of the log has no state');
  return {
    vkey: textOf(vkey),
    state: named,
    madeMs: numberOf(made),
    note: textOf(note),
    proof: textOf(proof),
  };
}

/** As `putLogKey` takes it. */
export function logKeyValues({ vkey, state, madeMs, note, proof }: LogKeyRow): readonly unknown[] {
  return [vkey, KEY_STATES.indexOf(state), madeMs, note, proof];
}
