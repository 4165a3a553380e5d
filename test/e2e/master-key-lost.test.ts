// Goal: a master key that is lost, and a look at keys, stop no shop that needs neither. Method: the real
// command on homes whose files were taken away.

import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openMasters } from '../../src/presets/masters.ts';
import { openEmbeddedStore } from '../../src/adapters/sqlite/store.ts';
import { createWrapping } from '../../src/adapters/sqlite/wrapping.ts';
import { cli } from '../../src/surfaces/cli/testing.ts';
import { faultOf, personOf } from '../contracts/samples.ts';
import { newHome } from '../support/e2e-shop.ts';
import { acts, listed, wrapBack } from '../support/master-acts.ts';

const stored = (home: string) =>
  openEmbeddedStore({ dataDir: join(home, 'data'), keysDir: join(home, 'keys') });

it('[Y31] an old key that is lost ends when every row opens without it, and not before', async () => {
  const home = newHome();
  let store = await stored(home);
  const before = await store.keys.create([personOf(1), personOf(2)]);
  await store.close();
  const [file, lost] = [join(home, 'keys', 'master.key'), join(home, 'lost')];
  const old = createWrapping(readFileSync(file));
  const { used } = await acts(home).rotate();

  // One row still needs it.
  await wrapBack(await stored(home), { old, used, person: personOf(2), keys: before.get(personOf(2))! });
  renameSync(file, lost);
  expect(await faultOf(stored(home))).toBe('no-master-key');
  expect((await listed(home)).unreadable).toBe(1);
  const refusal = await cli(['keys', 'end', 'master', old.id, '--home', home]);
  expect([refusal.code, refusal.err]).toEqual([
    1,
    expect.stringContaining('1 rows open with no key at hand'),
  ]);

  // With its file that row follows; without it nothing is missing then.
  renameSync(lost, file);
  expect((await cli(['keys', 'end', 'master', old.id, '--home', home])).code).toBe(1);
  store = await stored(home);
  await store.masters.rewrap([], { id: used, cursor: '' });
  await store.close();
  await acts(home).use(used);
  renameSync(file, lost);
  expect(await faultOf(stored(home))).toBe('no-master-key');
  expect(await acts(home).end(old.id)).toEqual({ ended: old.id });
  store = await stored(home);
  expect(await store.keys.create([personOf(1), personOf(2)])).toEqual(before);
  await store.close();
});

it('[Y31] whoever only looks at master keys keeps nobody from starting', async () => {
  const home = newHome();
  await (await stored(home)).close();
  const looking = await openMasters({ home, isLooking: true });
  expect((await looking.told()).running).toEqual([]);
  const store = await stored(home);
  expect((await looking.told()).running).toEqual([0]);
  await looking.close();
  await store.close();
  const acting = await openMasters({ home });
  expect(await faultOf(stored(home))).toBe('home-in-use');
  await acting.close();
});
