// Goal: a master key takes the place of another in the database of the keys. Method: the suite of every such
// store, on the server of the run.

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type MastersPlace, masterTableSuite } from '../../../test/contracts/master-table.contract.ts';
import { cuttingProxy, serverDirOf } from '../../../test/support/cutting-proxy.ts';
import { newPair } from '../../../test/support/postgres-pair.ts';
import { personOf } from '../../../test/contracts/samples.ts';
import { sql } from '../../../test/support/postgres.ts';
import { rewrapAll, watchMasters } from '../../presets/masters-watch.ts';
import { createRing } from '../sqlite/ring.ts';
import { masterIdOf } from '../sqlite/wrapping.ts';

describe('MasterTable: postgres', () => {
  const newPlace = async (): Promise<MastersPlace> => {
    const pair = await newPair();
    return {
      open: (secrets) => pair.open({ ring: () => createRing(secrets) }),
      end: () => pair.end(),
    };
  };
  masterTableSuite({ idOf: masterIdOf, newPlace });
});

it('[PG12] a node seals with another key, it says, when no row of the old one is on its way', async () => {
  const pair = await newPair();
  const [one, two] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const id = masterIdOf(two);
  const store = await pair.open({ ring: () => createRing(() => [one.slice(), two.slice()]) });
  const { masters: table, ring } = store;
  const stop = await watchMasters({
    table,
    ring,
    node: 0,
    mayRewrap: async () => false,
    running: async () => [0],
    failed: () => undefined,
  });
  await table.announce({ id, root: ring.rootBy(id), madeMs: 1 });
  const said = async () => (await table.nodes())[0];
  await expect.poll(said, { timeout: 20_000 }).toMatchObject({ holds: expect.arrayContaining([id]) });
  // Somebody else holds up those who write, not those who read.
  const held = sql(pair.keysUrl, 'BEGIN; LOCK TABLE keys IN SHARE MODE; SELECT pg_sleep(4); COMMIT');
  await pause(500);
  const creating = store.keys.create([personOf(1)]);
  await pause(200);
  expect(await table.use(id)).toBe(true);
  while (ring.uses !== id) await pause(50);
  for (let uses = ''; uses !== id; uses = (await said())?.uses ?? '') {
    if (uses !== '') await pause(50);
  }
  // What was held up has been answered, and what is on its way now is wrapped by the other key.
  expect(ring.isSettled).toBe(true);
  await Promise.all([held, creating]);
  const rows = (await table.page('', 9)).filter(({ person }) => person === personOf(1));
  expect(rows.map((row) => ring.wrapperOf(row))).toEqual([id]);
  await stop();
  await store.close();
  await pair.end();
});

it('[PG13] a row that was long on its way is not taken when its master key has ended', async () => {
  const pair = await newPair();
  const proxy = await cuttingProxy(serverDirOf(pair.keysUrl));
  const [one, two] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const ringOf = () => createRing(() => [one.slice(), two.slice()]);
  const late = await pair.open({ ring: ringOf, keysUrl: proxy.url(pair.keysUrl), poolMax: 1 });
  await late.keys.create([personOf(1)]);
  const other = await pair.open({ ring: ringOf });
  const isHeld = proxy.holdAt('INSERT INTO keys');
  // A partition that was not written to yet, so that the statement names itself.
  const creating = late.keys.create([personOf(2)]);
  const release = await isHeld;
  const { masters, ring } = other;
  const id = masterIdOf(two);
  await masters.announce({ id, root: ring.rootBy(id), madeMs: 1 });
  await masters.use(id);
  ring.follow(await masters.rows());
  await rewrapAll({ table: masters, ring });
  expect(await masters.end(masterIdOf(one))).toBe(true);
  release();
  const made = await creating;
  expect((await masters.page('', 9)).map((row) => ring.wrapperOf(row))).toEqual([id, id, id]);
  expect(await other.keys.create([personOf(2)])).toEqual(made);
  await late.close();
  await other.close();
  await proxy.close();
  await pair.end();
});
