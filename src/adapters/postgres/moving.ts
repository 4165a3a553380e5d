// Owns: the Movable port: rows of both databases as they lie, for a shop that moves here or away. A person is
// replaced in one transaction, so a move that is stopped leaves nobody half.

import { bytesOf, numberOf, textOf, type Row } from './columns.ts';
import { Database } from './database.ts';
import { isUsed } from './key-store.ts';
import { lockDatabase } from './lock.ts';
import { type Lying, lyingLog } from './log/lying.ts';
import { type MovablePostgresLogOptions, openMovablePostgresLog } from './log/moving.ts';
import { logTables } from './log/tables.ts';
import { logKeyOf, logKeyValues } from './log-keys.ts';
import { masterOf, masterValues } from './masters.ts';
import { migrate } from './migrations.ts';
import { PostgresPersonStore } from './person-store.ts';
import { NOBODY, pseudonymOf, uuidOf } from './pseudonym.ts';

import type {
  KeysMoved,
  Movable,
  MovedCatalogue,
  MovedKey,
  MovedPerson,
  MovableLog,
  PersonKey,
} from '../../engine/ports.ts';

const ALL = 2 ** 31 - 1;

export interface MovingOptions {
  readonly dataUrl: string;
  readonly keysUrl: string;
}

/** A store at rest, with the log in it. */
export interface MovableDatabases extends Movable {
  lyingLog(): Promise<Lying>;
  movableLog(options: MovablePostgresLogOptions): Promise<MovableLog>;
}

/** Both databases, locked against a Fineline that would serve meanwhile. */
export async function openMovable({ dataUrl, keysUrl }: MovingOptions): Promise<MovableDatabases> {
  const lock = await lockDatabase(dataUrl);
  const openBoth = async (): Promise<readonly [Database, Database]> => [
    new Database({ url: dataUrl, isSpread: await migrate(dataUrl, 'data') }),
    new Database({ url: keysUrl, isSpread: await migrate(keysUrl, 'keys') }),
  ];
  const [data, keys] = await openBoth().catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  const close = async (): Promise<void> => {
    await data.close();
    await keys.close();
    await lock.release();
  };
  return {
    ...peopleOf(data),
    ...keysOf(keys),
    ...catalogueOf(data),
    ...documentsOf(data),
    lyingLog: () => lyingLog(logTables(data, keys)),
    movableLog: (log) => openMovablePostgresLog(logTables(data, keys), log),
    clear: () => clear(data, keys),
    close,
  };
}

type Part<Names extends keyof Movable> = Pick<Movable, Names>;

function peopleOf(data: Database): Part<'people' | 'person' | 'putPerson' | 'outbox' | 'putOutbox'> {
  const store = new PostgresPersonStore(data, () => data.close());
  const read = async (person: PersonKey): Promise<MovedPerson | undefined> => {
    const [head] = await data.read('movedPerson', [uuidOf(person)]);
    if (head === undefined) return undefined;
    const entries = await data.read('movedEntries', [uuidOf(person)]);
    return {
      person,
      floor: numberOf(head['floor']),
      snapshot: head['snapshot'] === null ? undefined : bytesOf(head['snapshot']),
      entries: entries.map((row) => ({
        seq: numberOf(row['seq']),
        code: numberOf(row['kind']),
        expiresDay: numberOf(row['expires']),
        sealed: bytesOf(row['sealed']),
      })),
    };
  };
  return {
    async people(after, limit) {
      const names = await store.people(after, limit);
      const found = await Promise.all(names.map(read));
      return found.filter((one) => one !== undefined);
    },
    person: read,
    async putPerson({ person, floor, snapshot, entries }) {
      const who = uuidOf(person);
      await data.transaction(async (run) => {
        await run('hold', [who]);
        await run('dropOthers', [who, []]);
        await run('dropPerson', [who]);
        await run('putPerson', [who, floor, snapshot === undefined ? null : Buffer.from(snapshot)]);
        await run('putEntries', [
          who,
          entries.map(({ seq }) => seq),
          entries.map(({ code }) => code),
          entries.map(({ expiresDay }) => expiresDay),
          entries.map(({ sealed }) => Buffer.from(sealed)),
        ]);
      });
    },
    outbox: () => store.outbox(ALL),
    async putOutbox(waiting) {
      await store.submit(waiting.map(({ leaf }) => leaf));
    },
  };
}

function keysOf(keys: Database): Part<KeysMoved> {
  const erasures = async (): Promise<number> => {
    const [row] = await keys.read('erasures', []);
    return numberOf(row?.['erasures']);
  };
  return {
    async keys(after, limit) {
      const rows =
        after === undefined
          ? await keys.read('firstKeys', [limit])
          : await keys.read('movedKeys', [uuidOf(after), limit]);
      return rows.map(keyOf);
    },
    async key(person) {
      const [row] = await keys.read('movedKey', [uuidOf(person)]);
      return row === undefined ? undefined : keyOf(row);
    },
    async putKey({ person, state, wrapped, withdrawals, untilMs }) {
      const values = [uuidOf(person), state, Buffer.from(wrapped), withdrawals, untilMs ?? null];
      await keys.write('putKey', values);
    },
    masters: async () => (await keys.read('masters', [])).map(masterOf),
    async putMasters(rows) {
      await keys.transaction(async (run) => {
        await run('dropMasters', []);
        for (const row of rows) await run('putMaster', masterValues(row));
      });
    },
    logKeys: async () => (await keys.read('logKeyRows', [])).map(logKeyOf),
    async putLogKeys(rows) {
      await keys.transaction(async (run) => {
        await run('dropLogKeys', []);
        for (const row of rows) await run('putLogKey', logKeyValues(row));
      });
    },
    erasures,
    async setErasures(count) {
      // Those of before stand in the row of nobody.
      if (await isUsed(keys)) await keys.write('setErasures', [NOBODY, count - (await erasures())]);
    },
  };
}

function keyOf(row: Row): MovedKey {
  return {
    person: pseudonymOf(textOf(row['person'])),
    state: numberOf(row['state']),
    wrapped: bytesOf(row['wrapped']),
    withdrawals: numberOf(row['withdrawals']),
    untilMs: row['until'] === null ? undefined : numberOf(row['until']),
  };
}

function catalogueOf(data: Database): Part<'catalogue' | 'putCatalogue'> {
  return {
    async catalogue(): Promise<MovedCatalogue> {
      const [now] = await data.read('revisions', []);
      const rows = await data.read('movedItems', []);
      return {
        newest: numberOf(now?.['newest']),
        pruned: numberOf(now?.['pruned']),
        rows: rows.map((row) => ({
          item: textOf(row['item']),
          revision: numberOf(row['revision']),
          replaced: row['replaced'] === null ? undefined : numberOf(row['replaced']),
          body: textOf(row['body']),
        })),
      };
    },
    async putCatalogue({ newest, pruned, rows }) {
      await data.transaction(async (run) => {
        await run('holdRevision', []);
        await run('dropItems', []);
        await run('putItems', [
          rows.map(({ item }) => item),
          rows.map(({ revision }) => revision),
          rows.map(({ replaced }) => replaced ?? null),
          rows.map(({ body }) => body),
        ]);
        await run('setRevisions', [newest, pruned]);
      });
    },
  };
}

type Documents = 'documentNames' | 'document' | 'putDocument' | 'pointers' | 'point' | 'dropPointer';

function documentsOf(data: Database): Part<Documents> {
  return {
    async documentNames() {
      const rows = await data.read('documentNames', []);
      return rows.map((row) => ({ kind: textOf(row['kind']), id: textOf(row['document']) }));
    },
    async document(kind, id) {
      const [row] = await data.read('movedDocument', [kind, id]);
      return row === undefined
        ? undefined
        : { kind, id, timeMs: numberOf(row['time']), bytes: bytesOf(row['bytes']) };
    },
    async putDocument({ kind, id, timeMs, bytes }) {
      await data.transaction(async (run) => {
        await run('dropDocument', [kind, id]);
        await run('addDocument', [kind, id, timeMs, Buffer.from(bytes)]);
      });
    },
    async pointers() {
      const rows = await data.read('pointers', []);
      return new Map(rows.map((row) => [textOf(row['pointer']), textOf(row['document'])]));
    },
    async point(name, id) {
      await data.write('point', [name, id]);
    },
    async dropPointer(name) {
      await data.write('dropPointer', [name]);
    },
  };
}

/** Not the log: what is left of it says that it was moved away, so that nothing is signed here again. */
async function clear(data: Database, keys: Database): Promise<void> {
  await keys.truncate(['keys', 'masters']);
  await data.truncate(['people', 'entries', 'outbox', 'shares', 'items', 'documents', 'pointers']);
  await data.write('setRevisions', [0, 0]);
}
