// Owns: what the writer does to the table of keys that sign the log. Runs inside the transaction of whoever
// writes, as masters-writer.ts does.

import type { DatabaseSync } from 'node:sqlite';
import type { LogKeyOperation } from './operations.ts';

export interface LogKeysWriter {
  apply(operation: LogKeyOperation): boolean;
}

export function logKeysWriter(db: DatabaseSync): LogKeysWriter {
  const first = db.prepare(
    'INSERT INTO log_keys (vkey, state, made) SELECT ?, 1, ? WHERE NOT EXISTS (SELECT 1 FROM log_keys)',
  );
  const announce = db.prepare(
    `INSERT INTO log_keys (vkey, state, made) SELECT ?, 0, ?
     WHERE NOT EXISTS (SELECT 1 FROM log_keys WHERE state = 0) ON CONFLICT DO NOTHING`,
  );
  const takeBack = db.prepare('DELETE FROM log_keys WHERE vkey = ? AND state = 0');
  const isAnnounced = db.prepare('SELECT 1 FROM log_keys WHERE vkey = ? AND state = 0');
  const retire = db.prepare(
    `UPDATE log_keys SET state = 2 WHERE state = 1 AND vkey = ?
     AND NOT EXISTS (SELECT 1 FROM log_keys WHERE note <> '' AND proof = '')`,
  );
  const use = db.prepare('UPDATE log_keys SET state = 1, note = ? WHERE vkey = ? AND state = 0');
  const prove = db.prepare("UPDATE log_keys SET proof = ? WHERE vkey = ? AND note <> '' AND proof = ''");
  const end = db.prepare(
    `UPDATE log_keys SET state = 3 WHERE vkey = ? AND state = 2
     AND NOT EXISTS (SELECT 1 FROM log_keys WHERE note <> '' AND proof = '')`,
  );
  const forgetNodes = db.prepare('DELETE FROM log_key_nodes');
  const say = db.prepare('INSERT OR REPLACE INTO log_key_nodes (node, holds, uses) VALUES (?, ?, ?)');

  return {
    apply({ act, vkey, madeMs, text, follows, node }): boolean {
      switch (act) {
        case 'first':
          return first.run(vkey, madeMs).changes > 0;
        case 'announce':
          if (announce.run(vkey, madeMs).changes === 0) return false;
          forgetNodes.run();
          return true;
        case 'take-back':
          return takeBack.run(vkey).changes > 0;
        case 'use':
          if (isAnnounced.get(vkey) === undefined || retire.run(follows).changes === 0) return false;
          return use.run(text, vkey).changes > 0;
        case 'prove':
          return prove.run(text, vkey).changes > 0;
        case 'end':
          return end.run(vkey).changes > 0;
        case 'say':
          return say.run(node, text, vkey).changes > 0;
      }
    },
  };
}
