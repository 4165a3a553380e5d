// Goal: a write whose answer was lost is told as what it is. Method: a proxy that cuts the connection before
// the server sees the statement, or after it has done it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, entryOf, faultOf, leafOf, personOf, unkeptOf } from '../../../test/contracts/samples.ts';
import { type Cutting, cuttingProxy, serverDirOf } from '../../../test/support/cutting-proxy.ts';
import { newPair, type Pair } from '../../../test/support/postgres-pair.ts';

import type { PostgresStore } from './store.ts';

const ann = personOf(1);
const bob = personOf(2);

let pair: Pair;
let proxy: Cutting;
let store: PostgresStore;
let direct: PostgresStore;

beforeAll(async () => {
  pair = await newPair();
  proxy = await cuttingProxy(serverDirOf(pair.dataUrl));
  direct = await pair.open();
  store = await pair.open({ dataUrl: proxy.url(pair.dataUrl), keysUrl: proxy.url(pair.keysUrl), poolMax: 1 });
  // Prepares the statements, so that what is cut later is their execution.
  await store.people.append([entryOf(personOf(9), 0)]);
  await store.keys.create([personOf(9)]);
});

afterAll(async () => {
  await store.close();
  await direct.close();
  await proxy.close();
  await pair.end();
});

describe('a connection that ends in the middle', () => {
  it('[PG4] after the commit: it is looked for, found, and told as kept', async () => {
    proxy.cutAt('append', 'answer');
    const rows = [entryOf(ann, 0, { leaf: leafOf(1) }), entryOf(ann, 1)];
    expect(await unkeptOf(store.people, rows)).toEqual({});
    expect(proxy.cuts()).toBe(1);
    expect(await direct.people.history(ann)).toHaveLength(2);
    expect(await direct.people.outbox(10)).toHaveLength(1);
  });

  it('[PG4] before the server saw it: told as uncertain, for who was on that connection alone', async () => {
    proxy.cutAt('append', 'before');
    // As many as stand in a row, and one behind them.
    const row = [ann, personOf(20), personOf(21), bob];
    const unkept = await unkeptOf(
      store.people,
      row.map((person) => entryOf(person, person === ann ? 5 : 0)),
    );
    expect(unkept).toEqual(Object.fromEntries(row.slice(0, 3).map((person) => [person, 'uncertain'])));
    expect(await direct.people.entry(ann, 5)).toBeUndefined();
    expect(await direct.people.entry(bob, 0)).toBeDefined();
    // Whoever loads again finds what is true, and goes on.
    expect(await unkeptOf(store.people, [entryOf(ann, 5)])).toEqual({});
  });

  it('[PG4] in the middle of a row: each is told as what became of it', async () => {
    const row = Array.from({ length: 3 }, (_, n) => personOf(30 + n));
    proxy.cutAt('append', 'answer');
    const unkept = await unkeptOf(
      store.people,
      row.map((person) => entryOf(person, 0)),
    );
    for (const person of row) {
      const isThere = (await direct.people.entry(person, 0)) !== undefined;
      expect(unkept[person]).toBe(isThere ? undefined : 'uncertain');
    }
    expect(unkept[row[0] ?? ann], 'the first was answered').toBeUndefined();
  });

  it('[PG3] one of a row that is not kept stops nobody behind it', async () => {
    const row = Array.from({ length: 3 }, (_, n) => personOf(40 + n));
    await direct.people.append([entryOf(row[1] ?? ann, 0)]);
    const unkept = await unkeptOf(
      store.people,
      row.map((person) => entryOf(person, 0, { leaf: leafOf(9) })),
    );
    expect(unkept).toEqual({ [row[1] ?? ann]: 'conflict' });
    for (const person of row) expect(await direct.people.entry(person, 0)).toBeDefined();
  });

  it('[PG4] when meanwhile the number is another’s: a conflict', async () => {
    proxy.cutAt('append', 'before');
    const mine = store.people.append([entryOf(bob, 7, { sealed: bytesOf(1) })]);
    while (proxy.cuts() < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    await direct.people.append([entryOf(bob, 7, { sealed: bytesOf(2) })]);
    expect([...(await mine).values()].map(({ code }) => code)).toEqual(['conflict']);
  });

  it('[PG4] while nobody gets through it stays uncertain, and never kept', async () => {
    proxy.cutAt('append', 'answer');
    const mine = store.people.append([entryOf(bob, 8)]);
    while (proxy.cuts() < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    proxy.refuse(true);
    expect([...(await mine).values()].map(({ code }) => code)).toEqual(['uncertain']);
    expect(await faultOf(store.people.load(bob))).toBe('unreachable');
    proxy.refuse(false);
    expect(await store.people.entry(bob, 8)).toBeDefined();
  });

  it('[PG4] a snapshot whose commit got no answer is uncertain, and can be said again', async () => {
    const snapshot = { upToSeq: 1, sealed: bytesOf(3), drop: ['event'] } as const;
    proxy.cutAt('COMMIT', 'answer');
    expect(await faultOf(store.people.compact(ann, snapshot))).toBe('uncertain');
    expect(await direct.people.load(ann)).toMatchObject({ snapshotSeq: 1, snapshot: bytesOf(3) });
    await store.people.compact(ann, snapshot);
    expect((await store.people.history(ann)).map(({ seq }) => seq)).toEqual([5]);
  });

  it('[PG4] a withdrawal whose count got no answer is uncertain, and counted', async () => {
    await direct.keys.create([ann]);
    await store.keys.create([bob]);
    await store.keys.revoke(bob);
    proxy.cutAt('revoke', 'answer');
    expect(await faultOf(store.keys.revoke(ann))).toBe('uncertain');
    expect(await store.keys.get(ann)).toMatchObject({ revocations: 1 });
  });
});
