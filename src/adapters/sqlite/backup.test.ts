// Goal: a backup is whole, says nothing about anybody without the keys, and brings nobody back who left.

import { copyFileSync, cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, entryOf, faultOf, leafOf, personOf } from '../../../test/contracts/samples.ts';
import { backup, restore } from './backup.ts';
import { type EmbeddedStore, openKeys } from './store.ts';
import { filesWith, newHome, plantedBytes, plantedIn, type Home } from './testing.ts';

import type { KeyStore } from '../../engine/ports.ts';

const people = Array.from({ length: 30 }, (_, n) => personOf(n));

async function filledHome(): Promise<Home> {
  const home = newHome();
  const store = await home.open();
  await store.keys.create(people);
  await store.people.append(
    people.flatMap((person, n) => [
      entryOf(person, 0, { kind: 'consent', sealed: bytesOf(n) }),
      entryOf(person, 1, { sealed: plantedBytes(n, 700) }),
    ]),
  );
  await store.documents.put('model', 'm1', bytesOf(5), 100);
  await store.documents.point('model', 'm1');
  await store.close();
  return home;
}

/** Everybody has keys, whoever they are. */
function keysOfAll({ keys }: EmbeddedStore): Pick<KeyStore, 'get' | 'derive'> {
  const all = { profile: bytesOf(1), evidence: bytesOf(2), revocations: 0 };
  return { get: async () => all, derive: (label) => keys.derive(label) };
}

describe('backup', () => {
  it('[S22] a copy made while others write is whole and of one moment', async () => {
    const home = await filledHome();
    const store = await home.open();
    const ending = new AbortController();
    let written = 0;
    const writing = (async () => {
      for (let seq = 2; !ending.signal.aborted; seq += 1) {
        await store.people.append(people.map((person) => entryOf(person, seq)));
        written = seq;
      }
    })();
    const toFile = join(home.dir, 'copy.db');
    for (let i = 0; i < 5; i += 1) {
      const before = written;
      await backup({ dataDir: home.dataDir, toFile });
      const other = newHome();
      await store.keys.counts();
      const keys = keysOfAll(store);
      expect(await restore({ fromFile: toFile, dataDir: other.dataDir, keys })).toEqual({
        people: 30,
        purged: 0,
      });
      cpSync(home.keysDir, other.keysDir, { recursive: true });
      const copy = await other.open();
      const lengths = await Promise.all(
        people.map(async (person) => (await copy.people.history(person)).length),
      );
      expect(new Set(lengths).size).toBe(1);
      expect(lengths[0]).toBeGreaterThan(before);
      await copy.close();
      other.remove();
    }
    ending.abort();
    await writing;
    await store.close();
    expect(readdirSync(home.dir).sort()).toEqual(['copy.db', 'data', 'keys']);
    home.remove();
  });

  it('[S22] it holds no key: neither the master key nor any wrapped one', async () => {
    const home = await filledHome();
    const toFile = join(home.dir, 'data', 'copy.db');
    await backup({ dataDir: home.dataDir, toFile });
    expect(filesWith(home.dataDir, readFileSync(join(home.keysDir, 'master.key')))).toEqual([]);
    const keys = await openKeys({ keysDir: home.keysDir });
    const one = await keys.get(personOf(1));
    if (one === undefined || one === 'erased') throw new Error('person 1 has keys');
    expect(filesWith(home.dir, one.profile)).toEqual([]);
    await keys.close();
    home.remove();
  });

  it('[S22] a backup that cannot be made leaves no file and says why', async () => {
    const home = await filledHome();
    const toFile = join(home.dir, 'missing', 'copy.db');
    expect(await faultOf(backup({ dataDir: home.dataDir, toFile }))).toBe('cannot-open');
    expect(
      await faultOf(backup({ dataDir: join(home.dir, 'nowhere'), toFile: join(home.dir, 'copy.db') })),
    ).toBe('cannot-open');
    expect(readdirSync(home.dir).sort()).toEqual(['data', 'keys']);
    home.remove();
  });
});

describe('restore', () => {
  it('[S23] yesterday’s backup resurrects nobody who was erased or is unknown to the keys', async () => {
    const home = await filledHome();
    const fromFile = join(home.dir, 'yesterday.db');
    await backup({ dataDir: home.dataDir, toFile: fromFile });
    let store = await home.open();
    for (const n of [3, 4]) {
      await store.keys.erase(personOf(n), 1000);
      await store.people.erase(personOf(n), { keep: ['consent'], leaf: leafOf(n) });
    }
    await store.keys.erase(personOf(5), 1000);
    await store.keys.readmit(personOf(5));
    await store.people.append([entryOf(personOf(6), 2, { sealed: plantedBytes(777, 100) })]);
    await store.close();

    const keys = await openKeys({ keysDir: home.keysDir });
    expect(await restore({ fromFile, dataDir: home.dataDir, keys })).toEqual({ people: 28, purged: 2 });
    await keys.close();
    const left = plantedIn(home.dataDir);
    expect([3, 4, 777].filter((n) => left.has(n))).toEqual([]);
    expect(left.has(6)).toBe(true);
    store = await home.open();
    expect(await store.people.load(personOf(3))).toBeUndefined();
    expect(await store.people.people(undefined, 100)).toHaveLength(28);
    expect(await store.people.history(personOf(6))).toHaveLength(2);
    expect(await store.documents.pointer('model')).toBe('m1');
    await store.close();
    // The backup itself was only read.
    const again = await openKeys({ keysDir: home.keysDir });
    const keep = ['consent'] as const;
    expect(await restore({ fromFile, dataDir: home.dataDir, keys: again, keep })).toEqual({
      people: 28,
      purged: 2,
    });
    await again.close();
    store = await home.open();
    expect((await store.people.history(personOf(3))).map(({ kind }) => kind)).toEqual(['consent']);
    expect((await store.people.load(personOf(3)))?.entries).toEqual([]);
    expect(plantedIn(home.dataDir).has(3)).toBe(false);
    await store.close();
    home.remove();
  });

  it('[S23] it repairs a damaged file; a home in use or a bad backup changes nothing', async () => {
    const home = await filledHome();
    const fromFile = join(home.dir, 'yesterday.db');
    await backup({ dataDir: home.dataDir, toFile: fromFile });
    const dataDir = home.dataDir;

    const store = await home.open();
    const keys = keysOfAll(store);
    expect(await faultOf(restore({ fromFile, dataDir, keys }))).toBe('home-in-use');
    await store.people.append([entryOf(personOf(1), 2)]);
    await store.close();

    const broken = join(home.dir, 'broken.db');
    copyFileSync(fromFile, broken);
    const bytes = readFileSync(broken);
    bytes.fill(0x5a, 8192, 12_288);
    writeFileSync(broken, bytes);
    expect(await faultOf(restore({ fromFile: broken, dataDir, keys }))).toBe('damaged');
    writeFileSync(broken, 'no database');
    expect(await faultOf(restore({ fromFile: broken, dataDir, keys }))).toBe('damaged');
    expect(await faultOf(restore({ fromFile: join(home.dir, 'none.db'), dataDir, keys }))).toBe('no-backup');
    const otherHome = newHome();
    const other = await otherHome.open();
    expect(await faultOf(restore({ fromFile, dataDir, keys: keysOfAll(other) }))).toBe('other-keys');
    await other.close();
    otherHome.remove();
    const kept = await home.open();
    expect(await kept.people.history(personOf(1))).toHaveLength(3);
    await kept.close();

    writeFileSync(join(dataDir, 'data.db'), new Uint8Array(50_000).fill(7));
    writeFileSync(join(dataDir, 'data.db-wal'), new Uint8Array(50_000).fill(8));
    await restore({ fromFile, dataDir, keys });
    expect(existsSync(join(dataDir, 'restore.db'))).toBe(false);
    const back = await home.open();
    expect(await back.people.history(personOf(1))).toHaveLength(2);
    await back.close();
    home.remove();
  });
});
