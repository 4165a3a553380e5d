// Goal: a master key takes the place of another in the database of the keys. Method: the suite of every such
// store, on the server of the run.

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type MastersPlace, masterTableSuite } from '../../../test/contracts/master-table.contract.ts';
import { newPair } from '../../../test/support/postgres-pair.ts';
import { personOf } from '../../../test/contracts/samples.ts';
import { sql } from '../../../test/support/postgres.ts';
import { watchMasters } from '../../presets/masters-watch.ts';
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
  let isWritten = false;
  const creating = store.keys.create([personOf(1)]).then(() => (isWritten = true));
  await pause(200);
  expect(await table.use(id)).toBe(true);
  while (ring.uses !== id) await pause(50);
  for (let uses = ''; uses !== id; uses = (await said())?.uses ?? '') {
    if (uses !== '') await pause(50);
  }
  expect(isWritten).toBe(true);
  await Promise.all([held, creating]);
  await stop();
  await store.close();
  await pair.end();
});
