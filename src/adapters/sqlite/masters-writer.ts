// Owns: what the writer does to the tables of master keys. Runs inside the transaction of whoever writes: the
// worker of a process that serves, or a command beside it, which may do the same at the same time.

import { assert } from '../../kernel/assert.ts';
import { PSEUDONYM_BYTES } from './pseudonym.ts';
import { WRAPPED_BYTES } from './wrapping.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { MasterOperation } from './operations.ts';

const ENDED_ROOT = new Uint8Array(WRAPPED_BYTES);

export interface MastersWriter {
  apply(operation: MasterOperation): boolean | undefined;
}

export function mastersWriter(db: DatabaseSync): MastersWriter {
  const first = db.prepare(
    `INSERT INTO masters (id, state, root, made, cursor) SELECT ?, 1, ?, ?, 'whole'
     WHERE NOT EXISTS (SELECT 1 FROM masters)`,
  );
  const announce = db.prepare(
    `INSERT INTO masters (id, state, root, made) SELECT ?, 0, ?, ?
     WHERE NOT EXISTS (SELECT 1 FROM masters WHERE state = 0) ON CONFLICT DO NOTHING`,
  );
  const takeBack = db.prepare('DELETE FROM masters WHERE id = ? AND state = 0');
  const isAnnounced = db.prepare('SELECT 1 FROM masters WHERE id = ? AND state = 0');
  const retire = db.prepare('UPDATE masters SET state = 2 WHERE state = 1');
  const use = db.prepare("UPDATE masters SET state = 1, cursor = '' WHERE id = ? AND state = 0");
  const end = db.prepare('UPDATE masters SET state = 3, root = ? WHERE id = ? AND state = 2');
  const forgetNodes = db.prepare('DELETE FROM master_nodes');
  const say = db.prepare('INSERT OR REPLACE INTO master_nodes (node, holds, uses) VALUES (?, ?, ?)');
  const swap = db.prepare('UPDATE keys SET wrapped = ? WHERE person = ? AND wrapped = ?');
  const progress = db.prepare('UPDATE masters SET cursor = ? WHERE id = ? AND state = 1');

  return {
    apply(operation): boolean | undefined {
      switch (operation.kind) {
        case 'first-master':
          return first.run(operation.id, operation.root, operation.madeMs).changes > 0;
        case 'announce-master':
          if (announce.run(operation.id, operation.root, operation.madeMs).changes === 0) return false;
          forgetNodes.run();
          return true;
        case 'take-back-master':
          return takeBack.run(operation.id).changes > 0;
        case 'use-master':
          if (isAnnounced.get(operation.id) === undefined) return false;
          retire.run();
          return use.run(operation.id).changes > 0;
        case 'end-master':
          return end.run(ENDED_ROOT, operation.id).changes > 0;
        case 'say-node':
          say.run(operation.node, operation.holds, operation.uses);
          return undefined;
        case 'rewrap': {
          const { people, expected, wrapped, id, cursor } = operation;
          const count = people.length / PSEUDONYM_BYTES;
          assert(wrapped.length === count * WRAPPED_BYTES, 'there is one wrapped key per person');
          assert(expected.length === wrapped.length, 'there is one of before for each');
          for (let i = 0; i < count; i += 1) {
            const at = [i * WRAPPED_BYTES, (i + 1) * WRAPPED_BYTES] as const;
            const person = people.subarray(i * PSEUDONYM_BYTES, (i + 1) * PSEUDONYM_BYTES);
            swap.run(wrapped.subarray(...at), person, expected.subarray(...at));
          }
          progress.run(cursor, id);
          return undefined;
        }
      }
    },
  };
}
