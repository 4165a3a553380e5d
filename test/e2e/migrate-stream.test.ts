// Goal: nothing that was confirmed stays behind in the event stream when a shop leaves its databases. Method:
// a real PostgreSQL, a real server of the stream with one event in it, and the preset that moves.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openNatsStream } from '../../src/adapters/nats/stream.ts';
import { openAsSet } from '../../src/presets/cluster.ts';
import { migrateShop } from '../../src/presets/migrate.ts';
import { faultOf } from '../contracts/samples.ts';
import { newFolder } from '../support/e2e-running.ts';
import { startNats } from '../support/nats-servers.ts';
import { message, untilEmpty } from '../support/nats-streams.ts';
import { newDatabase } from '../support/postgres.ts';

it('[Y13] a shop stays while its event stream holds something, or cannot be asked', async () => {
  const home = newFolder();
  const servers = await startNats({ count: 1 });
  const postgres = { data: await newDatabase(), keys: await newDatabase() };
  const small = { replicas: 1, partitions: 2, bytesMax: 2 ** 20 };
  const nats = { servers: servers.urls, ...small };
  writeFileSync(
    join(home, 'fineline.yaml'),
    JSON.stringify({ controller: 'shop', cluster: { ...postgres, nats } }),
  );
  await (await openAsSet({ home })).close();
  const move = () => migrateShop({ home, from: 'cluster', to: 'embedded', postgres });

  const stream = await openNatsStream(nats);
  await stream.publish([message(1)]);
  expect(await faultOf(move())).toBe('events-waiting');
  // Where it cannot be asked, something may be in it.
  await servers.kill(0);
  expect(await faultOf(move())).toBe('stream-down');
  await servers.start(0);
  const taking = await stream.consume(async (batch) => batch.map(() => ({ dead: 'planted' })));
  await expect.poll(async () => (await stream.lag()).dead, { timeout: 30_000 }).toBe(1);
  await untilEmpty(stream);
  expect(await faultOf(move())).toBe('events-waiting');
  await stream.dead.drop(1);
  await taking.stop();
  await stream.close();

  expect(await move()).toMatchObject({ people: 0 });
  await servers.close();
});
