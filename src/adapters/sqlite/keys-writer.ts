// Owns: what the writer does to the key store's file. Runs in a worker of its own, inside the transaction. It
// sees wrapped keys only; the master key never leaves the main thread.

import { Fault } from '../../kernel/fault.ts';
import { assert } from '../../kernel/assert.ts';
import { numberOf } from './columns.ts';
import { NOBODY, PSEUDONYM_BYTES } from './pseudonym.ts';
import { WRAPPED_BYTES } from './wrapping.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { KeyOperation } from './operations.ts';

export interface KeysWriter {
  apply(operation: KeyOperation): boolean | number | readonly number[] | undefined;
}

export function keysWriter(db: DatabaseSync): KeysWriter {
  const add = db.prepare('INSERT OR IGNORE INTO keys (person, state, wrapped) VALUES (?, ?, ?)');
  const swap = db.prepare('UPDATE keys SET state = ?, wrapped = ? WHERE person = ? AND wrapped = ?');
  const isLive = db.prepare('SELECT 1 FROM keys WHERE person = ? AND state = 0');
  const count = db.prepare(
    `INSERT INTO withdrawals (person, count) VALUES (?, 1)
     ON CONFLICT (person) DO UPDATE SET count = count + 1 RETURNING count`,
  );
  const forget = db.prepare('DELETE FROM withdrawals WHERE person = ?');
  const setTerm = db.prepare('INSERT OR REPLACE INTO terms (person, until) VALUES (?, ?)');
  // The table of a store that is older than names of master keys is filled before anything is written here.
  const isUsed = db.prepare('SELECT 1 FROM masters WHERE id = ? AND state = 1');
  const dropTerm = db.prepare('DELETE FROM terms WHERE person = ?');

  return {
    apply(operation): boolean | number | readonly number[] | undefined {
      switch (operation.kind) {
        case 'scrub':
          return undefined;
        case 'create-keys': {
          if (isUsed.get(operation.by) === undefined) return false;
          const present: number[] = [];
          const people = operation.people.length / PSEUDONYM_BYTES;
          assert(operation.wrapped.length === people * WRAPPED_BYTES, 'there is one wrapped key per person');
          for (let i = 0; i < people; i += 1) {
            const person = operation.people.subarray(i * PSEUDONYM_BYTES, (i + 1) * PSEUDONYM_BYTES);
            const wrapped = operation.wrapped.subarray(i * WRAPPED_BYTES, (i + 1) * WRAPPED_BYTES);
            if (add.run(person, 0, wrapped).changes === 0) present.push(i);
          }
          return present;
        }
        case 'revoke':
          if (isLive.get(operation.person) === undefined) {
            throw new Fault('no-key', 'this person has no keys: create them before a withdrawal', {
              retry: 'never',
            });
          }
          return numberOf(count.get(operation.person)?.['count']);
        case 'swap-keys': {
          const { person, expected, erased, wrapped, by, untilMs } = operation;
          if (isUsed.get(by) === undefined) return false;
          const state = erased ? 1 : 0;
          const { changes } =
            expected === undefined
              ? add.run(person, state, wrapped)
              : swap.run(state, wrapped, person, expected);
          if (changes === 0) return false;
          forget.run(person);
          if (untilMs === undefined) dropTerm.run(person);
          else {
            setTerm.run(person, untilMs);
            // Only an erasure of somebody who had keys brings a term. Erasures are counted as withdrawals of
            // nobody.
            count.get(NOBODY);
          }
          return true;
        }
      }
    },
  };
}
