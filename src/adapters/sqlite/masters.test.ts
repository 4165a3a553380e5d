// Goal: a master key takes the place of another in `keys.db`. Method: the suite of every such store, on
// files.

import { describe, expect, it } from 'vitest';
import { linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type MastersPlace, masterTableSuite } from '../../../test/contracts/master-table.contract.ts';
import { personOf } from '../../../test/contracts/samples.ts';
import { rewrapAll } from '../../presets/masters-watch.ts';
import { createSecret } from './files.ts';
import { openKeyStore } from './key-store.ts';
import { lockHome } from './lock.ts';
import { makeMaster, settleMasters } from './master-key.ts';
import { openMasterTable } from './masters.ts';
import { createRing } from './ring.ts';
import { filesWith, newHome } from './testing.ts';
import { masterIdOf } from './wrapping.ts';

describe('MasterTable: sqlite', () => {
  const newPlace = async (): Promise<MastersPlace> => {
    const home = newHome();
    return {
      open: async (secrets) => {
        const lock = lockHome(home.keysDir);
        const ring = createRing(secrets);
        try {
          const opened = await openKeyStore({ keysDir: home.keysDir, ring, closed: () => lock.release() });
          return { ...opened, ring, close: () => opened.keys.close() };
        } catch (error) {
          lock.release();
          throw error;
        }
      },
      end: async () => home.remove(),
    };
  };
  masterTableSuite({ idOf: masterIdOf, newPlace });
});

describe('a command beside the process that serves', () => {
  it('[S28] what an old key wrapped is off the disk when all is wrapped anew', async () => {
    const home = newHome();
    const store = await home.open();
    await store.keys.create(Array.from({ length: 300 }, (_, n) => personOf(n)));
    const before = await store.masters.page('', 400);
    const { id } = makeMaster(home.keysDir);
    const beside = openMasterTable(home.keysDir);
    expect(await beside.announce({ id, root: store.ring.rootBy(id), madeMs: 5 })).toBe(true);
    expect(store.ring.follow(await store.masters.rows())).toEqual([]);
    expect(await beside.use(id)).toBe(true);
    beside.close();
    store.ring.follow(await store.masters.rows());
    expect(filesWith(home.keysDir, before[7]!.wrapped)).not.toEqual([]);
    await rewrapAll({ table: store.masters, ring: store.ring });
    for (const { wrapped } of before) expect(filesWith(home.keysDir, wrapped)).toEqual([]);
    expect(filesWith(home.keysDir, (await store.masters.page('', 1))[0]!.wrapped)).toEqual([
      join(home.keysDir, 'keys.db'),
    ]);
    await store.close();
    home.remove();
  });

  it('[S27] what a key wrapped of the root is off the disk when a command beside has ended it', async () => {
    const home = newHome();
    const store = await home.open();
    const { id } = makeMaster(home.keysDir);
    const beside = openMasterTable(home.keysDir);
    await beside.announce({ id, root: store.ring.rootBy(id), madeMs: 5 });
    await beside.use(id);
    store.ring.follow(await store.masters.rows());
    await rewrapAll({ table: store.masters, ring: store.ring });
    const [first] = await beside.rows();
    expect(filesWith(home.keysDir, first!.root)).not.toEqual([]);
    expect(await beside.end(first!.id)).toBe(true);
    expect(filesWith(home.keysDir, first!.root)).toEqual([]);
    beside.close();
    await store.close();
    home.remove();
  });

  it('[S25] a secret that cannot be put in its place leaves nothing of itself behind', () => {
    const home = newHome();
    mkdirSync(home.keysDir, { recursive: true });
    const file = join(home.keysDir, 'a.key');
    createSecret(file, new Uint8Array(32));
    expect(() => createSecret(file, new Uint8Array(32).fill(1))).toThrow(file);
    expect(readdirSync(home.keysDir).filter((name) => name.startsWith('a.key'))).toEqual(['a.key']);
    home.remove();
  });

  it('[S25] a second name of a key, which a killed maker left, goes; a draft of who is writing stays', () => {
    const home = newHome();
    mkdirSync(home.keysDir, { recursive: true });
    const { file } = makeMaster(home.keysDir);
    linkSync(file, `${file}.4711.new`);
    const writing = join(home.keysDir, 'master-0123456789abcdef.key.4712.new');
    writeFileSync(writing, new Uint8Array(7));
    settleMasters(home.keysDir);
    expect(readdirSync(home.keysDir).toSorted()).toEqual([basename(writing), basename(file)].toSorted());
    home.remove();
  });
});
