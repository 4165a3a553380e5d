// Goal: a page of a part is kept once or not at all, by whoever owns the part; parts are shared by those who
// are there; what is kept is told, late at worst, and goes with its person. Method: a real server, several
// locks on it, transactions of the test's own held open.

import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Pair, newPair } from '../../../test/support/postgres-pair.ts';
import { sql } from '../../../test/support/postgres.ts';
import type { PartMove, PartState, PersonKey, Sharing } from '../../engine/ports.ts';
import { type NodeLock, lockNode } from './node-lock.ts';
import type { PostgresStore } from './store.ts';

let pair: Pair;
let store: PostgresStore;
let lock: NodeLock;
let sharing: Sharing;

beforeAll(async () => {
  pair = await newPair();
  store = await pair.open();
  lock = await lockNode(pair.dataUrl, { number: 9 });
  sharing = store.sharing(lock);
}, 60_000);
beforeEach(async () => {
  await sql(
    pair.dataUrl,
    'DELETE FROM shares; DELETE FROM learning_parts; DELETE FROM people; DELETE FROM entries',
  );
});
afterAll(async () => {
  await lock.release();
  await store.close();
  await pair.end();
});

/** Somebody of a part. */
const who = (part: number, n = 0): PersonKey =>
  ((part * 8 + 1).toString(16).padStart(2, '0') + n.toString(16).padStart(30, '0')) as PersonKey;

function move(to: PartState, shares: readonly PersonKey[], more: Partial<PartMove> = {}): PartMove {
  return {
    to,
    shares: new Map(shares.map((key) => [key, Uint8Array.of(1)])),
    empty: new Map(),
    gone: [],
    ...more,
  };
}

async function taken(part: number): Promise<PartState> {
  await sharing.ask('a round');
  const state = await sharing.take(part);
  expect(state?.part).toBe(part);
  return state!;
}

/** Who has a share, in the end: a transaction of anybody on this server holds it up. */
async function toldOf(since: string): Promise<readonly PersonKey[]> {
  const told: PersonKey[] = [];
  const before = await store.commons(lock).position();
  for (let upTo = since; ;) {
    const page = await sharing.told(upTo);
    told.push(...page.shares.map(({ person }) => person));
    ({ upTo } = page);
    if (page.isAll && sharing.isTold(before, upTo)) return told.sort();
  }
}

describe('parts', () => {
  it('[PG20] each of those who learn has its share, whoever comes and goes, and none has two', async () => {
    const locks = [lock];
    const all = async (): Promise<readonly number[][]> => {
      // Three rounds: what one gives back another takes.
      for (let turn = 0; turn < 3; turn += 1) for (const one of locks) await one.ownParts();
      return Promise.all(locks.map(async (one) => [...(await one.ownParts())]));
    };
    expect((await all()).map((parts) => parts.length)).toEqual([32]);
    for (const number of [3, 40]) locks.push(await lockNode(pair.dataUrl, { number }));
    for (const count of [
      [11, 11, 10],
      [16, 16],
    ]) {
      const parts = await all();
      expect(parts.map(({ length }) => length).sort((a, b) => b - a)).toEqual(count);
      expect(new Set(parts.flat()).size).toBe(32);
      await locks.pop()?.release();
    }
    expect((await all()).map((parts) => parts.length)).toEqual([32]);
  });

  it('[PG20] whoever took a part over keeps, whoever had it before keeps and moves nothing', async () => {
    const before = await taken(4);
    expect(await sharing.move(move({ ...before, whole: true, upTo: '7' }, [who(4, 1)]))).toBe(true);
    const after = (await sharing.take(4))!;
    expect([after.whole, after.upTo]).toEqual([true, '7']);
    const late = move({ ...before, whole: false, upTo: '9' }, [who(4, 2)], { gone: [who(4, 1)] });
    expect(await sharing.move(late)).toBe(false);
    expect(await toldOf('')).toEqual([who(4, 1)]);
    expect((await sharing.parts()).find(({ part }) => part === 4)).toEqual(after);
  });

  it('[PG20] of two who hold a part for a moment the one that waits sees that it came late', async () => {
    const mine = await taken(4);
    const other = new pg.Client({ connectionString: pair.dataUrl });
    await other.connect();
    await other.query('BEGIN; UPDATE learning_parts SET token = token + 1 WHERE part = 4');
    const moving = sharing.move(move({ ...mine, upTo: '9' }, [who(4)]));
    await other.query('SELECT pg_sleep(0.1); COMMIT');
    await other.end();
    expect(await moving).toBe(false);
    expect(await toldOf('')).toEqual([]);
  });

  it('[PG20] a page that cannot be kept leaves nothing of itself, and the part where it was', async () => {
    const state = await taken(4);
    // Somebody of another part: the partition refuses it, after the part was moved in the same statement.
    const wrong = move({ ...state, upTo: '9' }, [who(4), who(5)]);
    await expect(sharing.move(wrong)).rejects.toThrow('violates partition constraint');
    expect(await toldOf('')).toEqual([]);
    expect((await sharing.parts()).find(({ part }) => part === 4)).toEqual(state);
  });

  it('[PG20] the same page again changes nothing but that it is told again', async () => {
    const state = await taken(4);
    for (let n = 0; n < 3; n += 1) await sharing.move(move(state, [who(4, 1), who(4, 2)]));
    const rows = await sql(pair.dataUrl, 'SELECT person FROM shares');
    expect(rows.length).toBe(2);
    expect(await toldOf('')).toEqual([who(4, 1), who(4, 2)]);
  });

  it('[PG20] people and changes are those of the part, first and last of it included', async () => {
    const edges = ['20', '27'].map((first, n) => (first + (n === 0 ? '0' : 'f').repeat(30)) as PersonKey);
    const at = await store.commons(lock).position();
    for (const person of [who(3), ...edges, who(5)]) {
      const entry = { person, seq: 0, kind: 'event', sealed: Uint8Array.of(1), expiresDay: 0 } as const;
      await store.people.append([entry]);
    }
    expect(await sharing.people(4, undefined, 9)).toEqual(edges);
    expect(await sharing.people(4, edges[0], 9)).toEqual([edges[1]]);
    await expect
      .poll(async () => [...(await sharing.changes(4, at)).people].sort(), { timeout: 60_000 })
      .toEqual(edges);
  });
});

describe('shares', () => {
  it('[PG21] what becomes durable late is told late, in pages, and nobody is passed over', async () => {
    const state = await taken(4);
    const late = new pg.Client({ connectionString: pair.dataUrl });
    await late.connect();
    await late.query(`BEGIN; INSERT INTO shares (person, sealed) VALUES ('${who(5)}', '\\x01')`);
    const many = Array.from({ length: 2500 }, (_, n) => who(4, n));
    await sharing.move(move(state, many));
    const first = await sharing.told('');
    expect(first.shares).toEqual([]);
    await late.query('COMMIT');
    await late.end();
    expect(await toldOf(first.upTo)).toEqual([...many, who(5)].sort());
  });

  it('[PG21] who adds nothing any more is told; of whom nothing was kept nothing is', async () => {
    const state = await taken(4);
    await sharing.move(move(state, [who(4, 1), who(4, 2)]));
    const empty = new Map([who(4, 1), who(4, 3)].map((key) => [key, Uint8Array.of(0)]));
    await sharing.move(move(state, [], { empty, gone: [who(4, 2)] }));
    const rows = await sql(pair.dataUrl, 'SELECT person, sealed FROM shares');
    expect(rows).toEqual([{ person: expect.stringMatching(/^21/), sealed: Buffer.of(0) }]);
  });

  it('[PG21] a share goes with its person, and comes with their keys as they are', async () => {
    const state = await taken(4);
    const keys = await store.keys.create([who(4, 1), who(4, 2)]);
    for (const person of keys.keys()) {
      const entry = { person, seq: 0, kind: 'event', sealed: Uint8Array.of(1), expiresDay: 0 } as const;
      await store.people.append([entry]);
    }
    await sharing.move(move(state, [...keys.keys(), who(4, 3)]));
    await store.keys.erase(who(4, 1), 0);
    await toldOf('');
    const told = new Map((await sharing.told('')).shares.map((share) => [share.person, share.keys]));
    expect([told.get(who(4, 1)), told.get(who(4, 3))]).toEqual(['erased', undefined]);
    expect(told.get(who(4, 2))).toEqual(keys.get(who(4, 2)));
    await store.people.erase(who(4, 1), { keep: [], leaf: new Uint8Array(34) });
    await store.people.purge(who(4, 2));
    const rows = await sql(pair.dataUrl, 'SELECT person FROM shares');
    expect(rows.length).toBe(1);
  });

  it('[PG21] nothing of it is in the write-ahead log', async () => {
    const rows = await sql(
      pair.dataUrl,
      `SELECT count(*)::integer AS logged FROM pg_class
       WHERE relkind = 'r' AND relpersistence <> 'u'
         AND (relname LIKE 'shares%' OR relname = 'learning_parts')`,
    );
    expect(rows).toEqual([{ logged: 0 }]);
  });
});
