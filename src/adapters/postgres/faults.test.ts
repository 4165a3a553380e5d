// Goal: whatever a server does, the caller is told what it means, and of no write that was not kept. Method:
// a server of its own that is stopped, filled, locked and made read-only by its own means.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, entryOf, faultOf, leafOf, personOf, unkeptOf } from '../../../test/contracts/samples.ts';
import { newServerDir, removeServer, type Server, sql, startServer } from '../../../test/support/postgres.ts';
import { isFault } from '../../kernel/fault.ts';
import { createRing } from '../sqlite/ring.ts';
import { toFault } from './faults.ts';
import { lockDatabase } from './lock.ts';
import { migrate, versionOf } from './migrations.ts';
import { openPostgresStore, type PostgresOptions, type PostgresStore } from './store.ts';

import type { PersonKey } from '../../engine/ports.ts';

const ann = personOf(1);
const bob = personOf(2);
const ringOf = (byte: number) => () => createRing(() => [new Uint8Array(32).fill(byte)]);

let server: Server;
let store: PostgresStore;
const dataUrl = (): string => server.url('data');

const open = async (more: Partial<PostgresOptions> = {}): Promise<PostgresStore> =>
  openPostgresStore({
    dataUrl: dataUrl(),
    keysUrl: server.url('keys'),
    ring: ringOf(7),
    poolMax: 3,
    ...more,
  });

beforeAll(async () => {
  server = startServer(newServerDir());
  for (const name of ['data', 'keys', 'other']) await sql(server.url('postgres'), `CREATE DATABASE ${name}`);
  store = await open();
});

afterAll(async () => {
  await store.close();
  removeServer(server.dir);
});

/** A trigger that raises `state` before each insert into entries, the first `times` times. */
async function raising(state: string, times: number): Promise<void> {
  await sql(
    dataUrl(),
    `CREATE SEQUENCE IF NOT EXISTS planted; ALTER SEQUENCE planted RESTART;
     CREATE OR REPLACE FUNCTION raising() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF nextval('planted') <= ${times} THEN RAISE EXCEPTION 'planted' USING ERRCODE = '${state}'; END IF;
       RETURN NEW;
     END $$;
     CREATE OR REPLACE TRIGGER raising BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION raising()`,
  );
}

const calm = async (): Promise<void> => {
  await sql(dataUrl(), 'DROP TRIGGER IF EXISTS raising ON entries');
};

describe('a server that fails', () => {
  it.each([
    ['53100', 'disk-full', 'later'],
    ['53300', 'overloaded', 'later'],
    ['58030', 'io', 'later'],
    ['XX001', 'damaged', 'never'],
    ['42501', 'no-rights', 'never'],
    ['26000', 'busy', 'now'],
  ] as const)('[PG5] %s is %s, retry %s, and leaves nothing', async (state, code, retry) => {
    await raising(state, 1000);
    const unkept = await store.people.append([entryOf(ann, 0, { leaf: leafOf(1) }), entryOf(bob, 0)]);
    expect([...unkept.keys()].sort()).toEqual([ann, bob].sort());
    for (const fault of unkept.values()) expect(fault).toMatchObject({ code, retry });
    await calm();
    expect(await store.people.load(ann)).toBeUndefined();
    expect(await store.people.outbox(10)).toEqual([]);
  });

  it('[PG5] a deadlock or a lost race is tried again, and told when it goes on', async () => {
    for (const state of ['40P01', '40001']) {
      await raising(state, 2);
      expect(await unkeptOf(store.people, [entryOf(ann, 0)])).toEqual({});
      await raising(state, 1000);
      expect(await unkeptOf(store.people, [entryOf(bob, 0)])).toEqual({ [bob]: 'busy' });
      await calm();
      await store.people.purge(ann);
    }
  });

  it('[PG5] a server that takes no writes says so; reading goes on', async () => {
    await store.people.append([entryOf(ann, 0)]);
    await sql(server.url('postgres'), 'ALTER DATABASE data SET default_transaction_read_only = on');
    const standby = await open().catch((error: unknown) => error);
    expect(standby).toMatchObject({ code: 'read-only', retry: 'later' });
    await sql(server.url('postgres'), 'ALTER DATABASE data RESET default_transaction_read_only');
    const again = await open();
    expect(await again.people.history(ann)).toHaveLength(1);
    await again.close();
    await store.people.purge(ann);
  });

  it('[PG5] a server that stands still is given up, and what was read is asked elsewhere', async () => {
    const patient = await open({ statementMsMax: 300, poolMax: 1 });
    const own = `datname = 'data' AND application_name = 'fineline' AND query_start > now() - interval '1 s'`;
    await patient.people.append([entryOf(bob, 0)]);
    const found = await sql(dataUrl(), `SELECT pid FROM pg_stat_activity WHERE ${own}`);
    const pids = found.map(({ pid }) => Number(pid));
    expect(pids).not.toEqual([]);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const read = await Promise.race([patient.people.history(bob), sleep(15_000, 'waits')]);
      expect(read).toHaveLength(1);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await patient.people.purge(bob);
    await patient.close();
  });

  it('[PG5] a statement that takes too long is ended, and leaves nothing', async () => {
    await sql(
      dataUrl(),
      `CREATE OR REPLACE FUNCTION raising() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         PERFORM pg_sleep(30); RETURN NEW; END $$;
       CREATE OR REPLACE TRIGGER raising BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION raising()`,
    );
    const hasty = await open({ statementMsMax: 300 });
    expect(await unkeptOf(hasty.people, [entryOf(ann, 0)])).toEqual({ [ann]: 'timeout' });
    await hasty.close();
    await calm();
    expect(await store.people.load(ann)).toBeUndefined();
  });

  it('[PG3] somebody who is held up holds up nobody else', async () => {
    await store.people.append([entryOf(ann, 0), entryOf(bob, 0)]);
    const { Client } = (await import('pg')).default;
    const holder = new Client({ connectionString: dataUrl() });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM people WHERE person = $1 FOR UPDATE', [ann]);
    const batch = store.people.append([entryOf(ann, 1), entryOf(bob, 1)]);
    // Only bob's can be there; the batch itself still waits for ann's.
    while ((await store.people.entry(bob, 1)) === undefined) await Promise.resolve();
    expect(await store.people.entry(ann, 1)).toBeUndefined();
    await holder.query('COMMIT');
    await holder.end();
    expect(await batch).toEqual(new Map());
    await store.people.purge(ann);
    await store.people.purge(bob);
  });
});

describe('one person at a time', () => {
  it('[PG3] an erasure waits for what is being appended, and takes it along', async () => {
    await store.people.append([entryOf(ann, 0)]);
    await sql(
      dataUrl(),
      `CREATE OR REPLACE FUNCTION raising() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         PERFORM pg_sleep(0.5); RETURN NEW; END $$;
       CREATE OR REPLACE TRIGGER raising BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION raising()`,
    );
    const slow = store.people.append([entryOf(ann, 5)]);
    const busy = `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
    while ((await sql(dataUrl(), busy)).length === 0) await Promise.resolve();
    await store.people.erase(ann, { keep: [], leaf: leafOf(1) });
    expect(await slow).toEqual(new Map());
    await calm();
    expect(await store.people.history(ann)).toEqual([]);
    expect(await store.people.load(ann)).toEqual({ snapshotSeq: 6, entries: [] });
    await store.people.purge(ann);
    await store.people.logged(await store.people.outbox(10));
  });

  it('[PG8] one Fineline serves a database; one whose lock another has is told to stop', async () => {
    const events: string[] = [];
    const first = await lockDatabase(dataUrl(), {
      lost: () => events.push('lost'),
      taken: () => events.push('taken'),
    });
    expect(await faultOf(lockDatabase(dataUrl()))).toBe('home-in-use');
    await sql(
      dataUrl(),
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fineline lock'`,
    );
    const second = await lockDatabase(dataUrl());
    while (!events.includes('taken')) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).toEqual(['lost', 'lost', 'taken']);
    await second.release();
    await first.release();
    await (await lockDatabase(dataUrl())).release();
  });
});

describe('a server that goes away', () => {
  it('[PG5] is unreachable while it is, and used again when it is back', async () => {
    await store.people.append([entryOf(ann, 0)]);
    server.stop('immediate');
    // Idle connections hear of their end at the next turn; a write on one before that would be uncertain.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await faultOf(store.people.load(ann))).toBe('unreachable');
    expect(await unkeptOf(store.people, [entryOf(ann, 1)])).toEqual({ [ann]: 'unreachable' });
    expect(await faultOf(store.keys.get(ann))).toBe('unreachable');
    expect(await faultOf(open())).toBe('unreachable');
    server.start();
    expect(await store.people.history(ann)).toHaveLength(1);
    expect(await unkeptOf(store.people, [entryOf(ann, 1, { sealed: bytesOf(9, 9000) })])).toEqual({});
    await store.people.purge(ann);
  });

  it('[PG4] is killed under load: what was acknowledged is there, what was refused is not', async () => {
    const people = Array.from({ length: 8 }, (_, n) => personOf(20 + n));
    const told: { person: PersonKey; seq: number; code: string }[] = [];
    const over = new AbortController();
    const write = async (person: PersonKey): Promise<void> => {
      for (let seq = 0; !over.signal.aborted; seq += 1) {
        const unkept = await store.people.append([entryOf(person, seq, { sealed: bytesOf(seq, 200) })]);
        told.push({ person, seq, code: unkept.get(person)?.code ?? 'kept' });
      }
    };
    const writing = people.map(write);
    const after = async (count: number): Promise<void> => {
      while (told.filter(({ code }) => code === 'kept').length < count)
        await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await after(50);
    server.stop('immediate');
    server.start();
    await after(100);
    over.abort();
    await Promise.all(writing);
    const stored = new Map<string, readonly number[]>();
    for (const person of people) {
      stored.set(
        person,
        (await store.people.history(person)).map(({ seq }) => seq),
      );
      await store.people.purge(person);
    }
    const wrong = told.filter(({ person, seq, code }) => {
      const isThere = stored.get(person)?.includes(seq) === true;
      return code === 'kept' ? !isThere : code !== 'uncertain' && isThere;
    });
    expect(wrong).toEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(100);
  });

  it('[PG5] a read whose connection was ended is asked again; the caller hears nothing of it', async () => {
    await store.people.append([entryOf(ann, 0)]);
    for (let round = 0; round < 5; round += 1) {
      const reads = Array.from({ length: 6 }, async () => store.people.load(ann));
      await sql(
        dataUrl(),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fineline'",
      );
      for (const read of reads) expect((await read)?.entries).toHaveLength(1);
    }
    // Not asked again: it is a write.
    await expect.poll(() => store.people.purge(ann).catch(String)).toBeUndefined();
  });

  it('[PG5] says what to do, in words, and quotes no row', async () => {
    const stranger = server.url('nowhere');
    const fault = await migrate(stranger, 'data').catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'cannot-open', retry: 'never' });
    const driver = Object.assign(new Error('planted'), {
      code: '53100',
      detail: 'Failing row contains (ann)',
    });
    const told = toFault(driver);
    expect(isFault(told, 'disk-full') && `${told.message} ${JSON.stringify(told)}`).not.toContain('ann');
    expect(toFault(new TypeError('ours'))).toBeInstanceOf(TypeError);
  });
});

describe('databases and what belongs in them', () => {
  it('[PG6] many who open at once make the tables once', async () => {
    const url = server.url('other');
    await Promise.all(Array.from({ length: 6 }, async () => migrate(url, 'keys')));
    expect(await sql(url, 'SELECT * FROM fineline_schema')).toEqual([
      { role: 'keys', version: versionOf('keys') },
    ]);
    expect(await faultOf(migrate(url, 'data'))).toBe('same-database');
    await sql(url, 'UPDATE fineline_schema SET version = 99');
    expect(await faultOf(migrate(url, 'keys'))).toBe('too-new');
    expect(await sql(url, 'SELECT version FROM fineline_schema')).toEqual([{ version: 99 }]);
    await sql(url, `UPDATE fineline_schema SET version = ${versionOf('keys')}`);
  });

  it('[PG7] another master key, other keys and no keys are refused before anything is written', async () => {
    expect(await faultOf(open({ ring: ringOf(8) }))).toBe('wrong-master-key');
    await store.people.append([entryOf(ann, 0)]);
    const other = server.url('other');
    expect(await faultOf(open({ keysUrl: other }))).toBe('no-keys');
    await store.people.purge(ann);
    expect(await faultOf(open({ keysUrl: other, ring: ringOf(8) }))).toBe('other-keys');
    expect(await sql(other, 'SELECT count(*)::int AS rows FROM keys')).toEqual([{ rows: 0 }]);
    expect(await faultOf(open({ keysUrl: dataUrl() }))).toBe('same-database');
  });
});
