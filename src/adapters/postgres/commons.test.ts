// Goal: whoever follows what is written passes over nobody, nothing decided under an older epoch is kept, and
// a number and a duty have one holder. Method: a real server; transactions of the test's own are held open
// while others commit.

import pg from 'pg';
import { faultOf } from '../../../test/contracts/samples.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Pair, newPair } from '../../../test/support/postgres-pair.ts';
import { sql } from '../../../test/support/postgres.ts';
import type { Append, Commons, PersonKey } from '../../engine/ports.ts';
import { SERVING, lockDatabase } from './lock.ts';
import { type NodeLock, lockNode } from './node-lock.ts';
import type { PostgresStore } from './store.ts';

let pair: Pair;
let store: PostgresStore;
let lock: NodeLock;
let commons: Commons;

beforeAll(async () => {
  pair = await newPair();
  store = await pair.open();
  lock = await lockNode(pair.dataUrl, { number: 9 });
  commons = store.commons(lock);
}, 60_000);
afterAll(async () => {
  await lock.release();
  await store.close();
  await pair.end();
});

/** A pseudonym of its own, in a partition of its own. */
const who = (n: number): PersonKey => (n * 8).toString(16).padStart(2, '0').repeat(16) as PersonKey;

function entry(person: PersonKey, seq: number, more: Partial<Append> = {}): Append {
  return { person, seq, kind: 'event', sealed: Uint8Array.of(seq), expiresDay: 0, ...more };
}

async function following(
  since: string,
): Promise<{ readonly told: readonly string[]; readonly upTo: string }> {
  const told: string[] = [];
  let upTo = since;
  for (let isAll = false; !isAll;) {
    const page = await commons.changes(upTo);
    told.push(
      ...page.people.map(({ person, seq, decided }) => `${person.slice(0, 2)} ${seq}${decided ? ' d' : ''}`),
    );
    ({ upTo, isAll } = page);
  }
  return { told: told.sort(), upTo };
}

/** What is told in the end: a transaction of anybody on this server, another test's too, holds it up. */
async function inTheEnd(since: string, told: readonly string[]): Promise<string> {
  await expect.poll(async () => (await following(since)).told, { timeout: 60_000 }).toEqual(told);
  return (await following(since)).upTo;
}

describe('following', () => {
  it('[PG9] who commits late is told late, and not passed over', async () => {
    let at = await commons.position();
    const late = new pg.Client({ connectionString: pair.dataUrl });
    await late.connect();
    await late.query('BEGIN');
    // Its number is given now, before all that follows.
    await late.query(`INSERT INTO people (person) VALUES ('${who(1)}')`);
    await late.query(
      `INSERT INTO entries (person, seq, kind, expires, sealed) VALUES ('${who(1)}', 0, 2, 0, '')`,
    );
    await store.people.append([entry(who(2), 0)]);
    const early = await following(at);
    expect(early.told, 'nothing behind one that is under way').toEqual([]);
    await store.people.append([entry(who(3), 0)]);
    await late.query('COMMIT');
    await late.end();
    at = await inTheEnd(early.upTo, ['08 0', '10 0', '18 0']);
    expect((await following(at)).told).toEqual([]);
  });

  it('[PG9] whoever reads now and follows from the beginning hears of what was under way', async () => {
    const late = new pg.Client({ connectionString: pair.dataUrl });
    await late.connect();
    let begin: string;
    try {
      await late.query('BEGIN');
      await late.query(
        `INSERT INTO entries (person, seq, kind, expires, sealed) VALUES ('${who(28)}', 0, 2, 0, '')`,
      );
      // Somebody begins later and ends earlier: what is under way lies before the position after all of it.
      await store.people.append([entry(who(29), 0)]);
      begin = await commons.beginning();
      expect(commons.isReached(await commons.position(), begin)).toBe(false);
      await late.query('COMMIT');
    } finally {
      await late.end();
    }
    await expect.poll(async () => (await following(begin)).told, { timeout: 60_000 }).toContain('e0 0');
  });

  it('[PG9] hundreds at once in any order, some of which fail: each that committed is told', async () => {
    const begin = await commons.position();
    const told = new Set<string>();
    let upTo = begin;
    const state = { isWriting: true };
    const writing = Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const person = (n + 16).toString(16).padStart(4, '0').repeat(8);
        const pause = `pg_sleep(${((n * 7) % 11) / 100})`;
        const insert = `INSERT INTO entries (person, seq, kind, expires, sealed)
          VALUES ('${person}', 0, 2, 0, '')`;
        const end = n % 5 === 0 ? 'ROLLBACK' : 'COMMIT';
        await sql(pair.dataUrl, `BEGIN; ${insert}; SELECT ${pause}; ${end}`);
        return end === 'COMMIT' ? person : undefined;
      }),
    ).finally(() => {
      state.isWriting = false;
    });
    const overMs = performance.now() + 60_000;
    // 48 of them commit.
    while (state.isWriting || (told.size < 48 && performance.now() < overMs)) {
      const page = await commons.changes(upTo);
      for (const { person } of page.people) told.add(person);
      ({ upTo } = page);
    }
    const kept = (await writing).filter((person) => person !== undefined);
    expect([...told].sort()).toEqual(kept.toSorted());
  }, 60_000);

  it('[PG9] a snapshot tells of entries that it has swallowed, decisions are told as such', async () => {
    const at = await commons.position();
    await store.people.append([entry(who(4), 0), entry(who(4), 1, { kind: 'decision' })]);
    await store.people.append([entry(who(5), 0, { kind: 'decision' })]);
    await store.people.compact(who(4), { upToSeq: 1, sealed: Uint8Array.of(1), drop: ['event', 'decision'] });
    expect(await inTheEnd(at, ['20 1', '28 -1 d'])).not.toBe(at);
  });

  it('[PG9] a position is reached when all that was durable before it has been told', async () => {
    const at = await commons.position();
    await store.people.append([entry(who(6), 0)]);
    const then = await commons.position();
    expect(commons.isReached(then, at)).toBe(false);
    expect(commons.isReached(then, await inTheEnd(at, ['30 0']))).toBe(true);
  });
});

describe('an epoch', () => {
  it('[PG10] an entry of an older one is a conflict and leaves nothing; else it is kept', async () => {
    const { epoch } = await commons.look();
    expect((await store.people.append([entry(who(7), 0, { epoch })])).size).toBe(0);
    await commons.raise();
    const leaf = new Uint8Array(34).fill(7);
    const unkept = await store.people.append([
      entry(who(7), 1, { epoch, leaf }),
      entry(who(8), 0, { epoch: epoch + 1 }),
    ]);
    expect([...unkept].map(([person, { code }]) => [person, code])).toEqual([[who(7), 'conflict']]);
    expect(await store.people.outbox(10)).toEqual([]);
    expect((await store.people.load(who(7)))?.entries.map(({ seq }) => seq)).toEqual([0]);
    expect((await store.people.append([entry(who(7), 1)])).size).toBe(0);
    // The oldest of a batch counts for a person.
    const mixed = [entry(who(7), 2, { epoch: epoch + 1 }), entry(who(7), 3, { epoch })];
    expect((await store.people.append(mixed)).size).toBe(1);
  });
});

describe('numbers and duties', () => {
  it('[PG8] a number has one holder, a free one is found, and a move keeps nodes away', async () => {
    expect(await faultOf(lockNode(pair.dataUrl, { number: 9 }))).toBe('node-in-use');
    const free = await lockNode(pair.dataUrl);
    expect(free.number).toBe(0);
    expect(await faultOf(lockDatabase(pair.dataUrl))).toBe('home-in-use');
    await free.release();
    const again = await lockNode(pair.dataUrl, { number: 0 });
    await again.release();
    await lock.release();
    const moving = await lockDatabase(pair.dataUrl);
    expect(await faultOf(lockNode(pair.dataUrl))).toBe('home-in-use');
    await moving.release();
    lock = await lockNode(pair.dataUrl, { number: 9 });
  });

  it('[PG11] a duty has one holder, says who, and goes on when that one ends', async () => {
    const mine = store.commons(lock);
    const otherLock = await lockNode(pair.dataUrl, { number: 3 });
    const other = store.commons(otherLock);
    expect([await mine.hold('learn'), await other.hold('learn'), await other.hold('log')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([await other.holder('learn'), await mine.holder('log')]).toEqual([9, 3]);
    await otherLock.release();
    expect([await other.hold('log'), await mine.hold('log'), await mine.holder('log')]).toEqual([
      false,
      true,
      9,
    ]);
    await lock.release();
    lock = await lockNode(pair.dataUrl, { number: 9 });
  });

  it('[PG11] a node whose connection was ended has no duty until it has its number again', async () => {
    const heard: string[] = [];
    const cut = await lockNode(pair.dataUrl, { number: 4, lost: (why) => heard.push(String(why)) });
    expect(await cut.hold('log')).toBe(true);
    await sql(
      pair.dataUrl,
      `SELECT pg_terminate_backend(pid) FROM pg_locks
       WHERE locktype = 'advisory' AND classid = ${SERVING} AND objid = 4 AND objsubid = 2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    expect(await cut.hold('log')).toBe(false);
    await expect.poll(() => cut.hold('log'), { timeout: 10_000 }).toBe(true);
    await cut.release();
  });
});
