// Owns: the one thread that writes a file. It takes a group of operations, applies them in order inside one
// transaction, commits (which waits for the disk), and answers all of them at once: the longer the disk
// takes, the larger the next group. Runs only as a worker of writer.ts.

import { parentPort, workerData } from 'node:worker_threads';
import { assert, Bug } from '../../kernel/assert.ts';
import { Fault, isFault } from '../../kernel/fault.ts';
import { SQLITE } from './bounds.ts';
import { catalogueWriter } from './catalogue-writer.ts';
import { openWriting } from './connection.ts';
import { toFault } from './faults.ts';
import { keysWriter } from './keys-writer.ts';
import { logKeysWriter } from './log-keys-writer.ts';
import { mastersWriter } from './masters-writer.ts';
import { pragmaNumber } from './migrations.ts';
import { needsScrub } from './operations.ts';
import { PeopleWriter } from './people-writer.ts';
import { DATA_SCHEMA, KEYS_SCHEMA } from './schema.ts';
import { apart } from './wire.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { FromWriter, Group, Operation, Outcome, ToWriter, Value, WriterSetup } from './operations.ts';

interface Executor {
  append(bytes: Buffer): void;
  apply(operation: Operation): Value;
  /** What was remembered of the file may no longer be true. */
  forget(): void;
}

function dataExecutor(db: DatabaseSync): Executor {
  const people = new PeopleWriter(db);
  const catalogue = catalogueWriter(db);
  return {
    append: (bytes) => people.append(bytes),
    forget: () => people.forget(),
    apply(operation): Value {
      switch (operation.kind) {
        case 'compact':
        case 'erase':
        case 'purge':
        case 'expire':
        case 'submit':
        case 'logged':
          return people.apply(operation);
        case 'put-items':
        case 'prune-items':
        case 'put-document':
        case 'remove-document':
        case 'point':
          return catalogue.apply(operation);
        case 'create-keys':
        case 'revoke':
        case 'swap-keys':
        case 'scrub':
        case 'first-master':
        case 'announce-master':
        case 'take-back-master':
        case 'use-master':
        case 'end-master':
        case 'say-node':
        case 'rewrap':
        case 'log-key':
          throw new Bug('the data writer gets no key operations');
      }
    },
  };
}

function keysExecutor(db: DatabaseSync): Executor {
  const keys = keysWriter(db);
  const masters = mastersWriter(db);
  const logKeys = logKeysWriter(db);
  return {
    append(): void {
      throw new Bug('the key writer gets no entries');
    },
    forget: () => undefined,
    apply(operation): Value {
      switch (operation.kind) {
        case 'create-keys':
        case 'revoke':
        case 'swap-keys':
        case 'scrub':
          return keys.apply(operation);
        case 'first-master':
        case 'announce-master':
        case 'take-back-master':
        case 'use-master':
        case 'end-master':
        case 'say-node':
        case 'rewrap':
          return masters.apply(operation);
        case 'log-key':
          return logKeys.apply(operation);
        default:
          throw new Bug('the key writer gets key operations only');
      }
    },
  };
}

const DONE: Outcome = { kind: 'done', value: undefined };

function outcomeOf(error: unknown, name: string): Outcome {
  const fault = toFault(error, name);
  if (isFault(fault)) {
    return { kind: 'fault', code: fault.code, message: fault.message, retry: fault.retry };
  }
  return { kind: 'bug', message: error instanceof Error ? (error.stack ?? error.message) : 'unknown error' };
}

/**
 * A packed batch as a whole, which is nearly always possible. Where a number was taken, person by person;
 * answers then the position of a row of each who was refused.
 */
function appendBatch(db: DatabaseSync, executor: Executor, packed = Buffer.alloc(0)): Value {
  const attempt = (bytes: Buffer): boolean => {
    db.exec('SAVEPOINT batch');
    try {
      executor.append(bytes);
      db.exec('RELEASE batch');
      return true;
    } catch (error) {
      if (!isFault(error, 'conflict') || !db.isTransaction) throw error;
      executor.forget();
      db.exec('ROLLBACK TO batch; RELEASE batch');
      return false;
    }
  };
  if (attempt(packed)) return undefined;
  return apart(packed).flatMap(({ at, bytes }) => (attempt(bytes) ? [] : [at]));
}

/** Applies a group; returns an outcome for each operation, or nothing when there is nothing to say. */
function commitGroup(
  db: DatabaseSync,
  executor: Executor,
  name: string,
  group: Group,
): readonly Outcome[] | undefined {
  const bytes = Buffer.from(group.buffer);
  const outcomes: Outcome[] = [];
  let plain = true;
  try {
    db.exec('BEGIN IMMEDIATE');
    let at = 0;
    for (const operation of group.operations) {
      const packed = typeof operation === 'number' ? bytes.subarray(at, at + operation) : undefined;
      at += packed?.length ?? 0;
      db.exec('SAVEPOINT op');
      try {
        // A number is the length of a packed batch, for which `packed` was just made.
        const value =
          typeof operation === 'number' ? appendBatch(db, executor, packed) : executor.apply(operation);
        outcomes.push(value === undefined ? DONE : { kind: 'done', value });
        plain &&= value === undefined;
      } catch (error) {
        executor.forget();
        // A refused operation (a number was taken) leaves the others alone; a failing disk ends the group.
        if (!(error instanceof Fault) || !db.isTransaction) throw error;
        db.exec('ROLLBACK TO op');
        outcomes.push(outcomeOf(error, name));
        plain = false;
      }
      db.exec('RELEASE op');
    }
    db.exec('COMMIT');
  } catch (error) {
    executor.forget();
    if (db.isTransaction) db.exec('ROLLBACK');
    const outcome = outcomeOf(error, name);
    return group.operations.map(() => outcome);
  }
  return plain ? undefined : outcomes;
}

/** Copies the write-ahead log into the file and cuts it to nothing; false while a reader is still in it. */
function scrub(db: DatabaseSync): boolean {
  const busy = pragmaNumber(db, 'wal_checkpoint(TRUNCATE)');
  return busy === 0;
}

function limitPages(db: DatabaseSync, bytesMax: number): void {
  db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(bytesMax / pragmaNumber(db, 'page_size')))}`);
}

function main(): void {
  const port = parentPort;
  assert(port !== null, 'writer-worker.ts runs as a worker');
  // The other end is writer.ts, which sends exactly this.
  const setup = workerData as WriterSetup;
  const schema = setup.role === 'data' ? DATA_SCHEMA : KEYS_SCHEMA;
  const say = (message: FromWriter, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, [...transfer]);

  let db: DatabaseSync;
  try {
    db = openWriting(setup.file, schema);
    if (setup.bytesMax !== undefined) limitPages(db, setup.bytesMax);
  } catch (error) {
    say({ kind: 'refused', outcome: outcomeOf(error, schema.name) });
    return;
  }
  const executor = setup.role === 'data' ? dataExecutor(db) : keysExecutor(db);
  let retry: NodeJS.Timeout | undefined;

  const scrubSoon = (): void => {
    clearTimeout(retry);
    try {
      if (scrub(db)) {
        say({ kind: 'scrubbed' });
        return;
      }
    } catch (error) {
      say({ kind: 'unscrubbed', outcome: outcomeOf(error, schema.name) });
    }
    retry = setTimeout(scrubSoon, SQLITE.scrubRetryMs);
  };
  const close = (): void => {
    clearTimeout(retry);
    try {
      if (scrub(db)) say({ kind: 'scrubbed' });
    } catch {
      // Not fatal: the log stays beside the file, and is emptied at the next opening.
    }
    // Closing the last connection removes the log.
    db.close();
    port.close();
  };

  port.on('message', (message: ToWriter) => {
    if (message.kind === 'close') {
      close();
      return;
    }
    const outcomes = commitGroup(db, executor, schema.name, message);
    const answer: FromWriter = { kind: 'answer', buffer: message.buffer };
    say(outcomes === undefined ? answer : { ...answer, outcomes }, [message.buffer]);
    if (message.operations.some((operation) => typeof operation !== 'number' && needsScrub(operation)))
      scrubSoon();
  });
  say({ kind: 'open' });
}

main();
