// Goal: what the world does comes out as a fault that says what to do, and the store stays whole and usable.
// Method: a real quota, where it is allowed a real full disk, real file permissions under another user, files
// that were really overwritten.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { isFault } from '../../kernel/fault.ts';
import { bytesOf, entryOf, faultOf, personOf } from '../../../test/contracts/samples.ts';
import { SQLITE } from './bounds.ts';
import { toFault } from './faults.ts';
import { newHome } from './testing.ts';
import { openKeys } from './store.ts';

import type { EmbeddedStore } from './store.ts';

const ann = personOf(1);

function runTool(tool: string, parameters: readonly string[]): { readonly status: number | null } {
  return spawnSync(tool, parameters);
}

/** Appends until a write fails; returns how many were acknowledged and the fault. */
async function fillUp(
  store: EmbeddedStore,
): Promise<{ readonly acknowledged: number; readonly code: string | undefined }> {
  for (let seq = 0; seq < 10_000; seq += 1) {
    const code = await faultOf(store.people.append([entryOf(ann, seq, { sealed: bytesOf(seq, 20_000) })]));
    if (code !== undefined) return { acknowledged: seq, code };
  }
  return { acknowledged: 10_000, code: undefined };
}

async function expectWhole(store: EmbeddedStore, acknowledged: number): Promise<void> {
  const history = await store.people.history(ann);
  expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: acknowledged }, (_, seq) => seq));
  expect(history.at(-1)?.sealed).toEqual(bytesOf(acknowledged - 1, 20_000));
}

describe('disk full', () => {
  it('[S16] beyond a quota writes answer `disk-full`, nothing is lost, given room it goes on', async () => {
    const home = newHome();
    const store = await home.open({ dataBytesMax: 2_000_000 });
    const { acknowledged, code } = await fillUp(store);
    expect(code).toBe('disk-full');
    expect(acknowledged).toBeGreaterThan(50);
    await expectWhole(store, acknowledged);
    // Others fail the same way, reading goes on, and erasing makes room.
    const bob = personOf(2);
    expect(await faultOf(store.people.append([entryOf(bob, 0, { sealed: bytesOf(1, 500_000) })]))).toBe(
      'disk-full',
    );
    await store.people.purge(ann);
    await store.people.append([entryOf(bob, 0, { sealed: bytesOf(1, 20_000) })]);
    await store.close();
    const roomy = await home.open();
    await roomy.people.append([entryOf(bob, 1, { sealed: bytesOf(2, 500_000) })]);
    expect(await roomy.people.history(bob)).toHaveLength(2);
    await roomy.close();
    home.remove();
  });

  it('[S16] on a disk that is really full the same holds, and it goes on when others leave', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'fineline-full-'));
    // Where nobody may mount, a folder with a quota stands in; then this says no more than the test above.
    const isMounted = runTool('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', dir]).status === 0;
    try {
      const filler = join(dir, 'filler');
      if (isMounted) writeFileSync(filler, new Uint8Array(7_000_000));
      const home = newHome(join(dir, 'home'));
      const store = await home.open(isMounted ? {} : { dataBytesMax: 2_000_000 });
      const { acknowledged, code } = await fillUp(store);
      expect(code).toBe('disk-full');
      await expectWhole(store, acknowledged);
      expect(
        await faultOf(store.people.append([entryOf(ann, acknowledged, { sealed: bytesOf(1, 20_000) })])),
      ).toBe('disk-full');
      if (isMounted) {
        rmSync(filler);
        await store.people.append([entryOf(ann, acknowledged, { sealed: bytesOf(acknowledged, 20_000) })]);
        await expectWhole(store, acknowledged + 1);
      }
      await store.close();
      const again = await home.open();
      await expectWhole(again, acknowledged + (isMounted ? 1 : 0));
      await again.close();
    } finally {
      if (isMounted) runTool('umount', [dir]);
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('read-only folder', () => {
  it('[S16] a folder that may not be written is named, with what to do', () => {
    const dir = mkdtempSync(join(tmpdir(), 'fineline-locked-'));
    const locked = join(dir, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    chmodSync(dir, 0o755);
    // Root may write everywhere, so the rest runs as nobody.
    const module = JSON.stringify(new URL('./store.ts', import.meta.url).href);
    const program = `
      const { openEmbeddedStore } = await import(${module});
      if (process.getuid?.() === 0) { process.setgid(65534); process.setuid(65534); }
      const outcomes = [];
      for (const dataDir of [${JSON.stringify(locked)}, ${JSON.stringify(join(locked, 'new'))}]) {
        try {
          await openEmbeddedStore({ dataDir, keysDir: ${JSON.stringify(join(locked, 'keys'))} });
          outcomes.push(['opened']);
        } catch (error) {
          outcomes.push([error.code, error.retry, error.message]);
        }
      }
      console.log(JSON.stringify(outcomes));
    `;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    const outcomes: readonly (readonly string[])[] = JSON.parse(child.stdout) as string[][];
    expect(outcomes).toHaveLength(2);
    for (const [code, retry, message] of outcomes) {
      expect(['read-only', 'cannot-open']).toContain(code);
      expect(retry).toBe('never');
      expect(message).toContain(locked);
    }
    rmSync(dir, { recursive: true, force: true });
  });
});

describe('damaged files', () => {
  async function filledHome() {
    const home = newHome();
    const store = await home.open();
    for (let seq = 0; seq < 20; seq += 1)
      await store.people.append([entryOf(ann, seq, { sealed: bytesOf(seq, 3000) })]);
    await store.keys.create([ann]);
    await store.close();
    return home;
  }

  it('[S17] a file that is no database, or another program’s, is refused and left as it is', async () => {
    const home = await filledHome();
    const file = join(home.dataDir, 'data.db');
    const text = new TextEncoder().encode(
      'this is not a database, it only has the name of one. '.repeat(100),
    );
    writeFileSync(file, text);
    expect(await faultOf(home.open())).toBe('damaged');
    expect(new Uint8Array(readFileSync(file))).toEqual(text);
    rmSync(file);
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE theirs (x); PRAGMA user_version = 1');
    other.close();
    expect(await faultOf(home.open())).toBe('damaged');
    // The key store in the place of the data is another program's file, too.
    copyFileSync(join(home.keysDir, 'keys.db'), file);
    expect(await faultOf(home.open())).toBe('damaged');
    home.remove();
  });

  it('[S17] overwritten pages are found when they are read: `damaged`, never wrong rows', async () => {
    const home = await filledHome();
    const file = join(home.dataDir, 'data.db');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096);
    writeFileSync(file, bytes);
    const code = await faultOf(
      (async () => {
        const store = await home.open();
        try {
          await store.people.history(ann);
        } finally {
          await store.close();
        }
      })(),
    );
    expect(code).toBe('damaged');
    home.remove();
  });

  it('[S17] a file of a newer Fineline is refused before anything is changed', async () => {
    const home = await filledHome();
    const file = join(home.dataDir, 'data.db');
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    newer.close();
    expect(await faultOf(home.open())).toBe('too-new');
    const kept = new DatabaseSync(file);
    expect(kept.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    kept.close();
    home.remove();
  });

  it('[S18] without its master key a key store does not open, and none is made in its place', async () => {
    const home = await filledHome();
    const file = join(home.keysDir, 'master.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const master = readFileSync(file);
    expect(master).toHaveLength(32);
    rmSync(file);
    expect(await faultOf(home.open())).toBe('no-master-key');
    writeFileSync(file, master.subarray(1));
    expect(await faultOf(home.open())).toBe('bad-master-key');
    writeFileSync(file, new Uint8Array(32).fill(9));
    expect(await faultOf(home.open())).toBe('wrong-master-key');
    expect(await faultOf(home.open({ masterKey: 'too short' }))).toBe('bad-master-key');
    rmSync(file);
    // From outside it needs no file.
    const keys = await openKeys({ keysDir: home.keysDir, masterKey: master.toString('base64') });
    expect(await keys.get(ann)).toBeTypeOf('object');
    await keys.close();
    home.remove();
  });
});

describe('queue', () => {
  it('[S19] what waits for the disk is bounded: beyond it writes are `overloaded`', async () => {
    const home = newHome();
    const store = await home.open();
    const big = new Uint8Array(SQLITE.queueBytesMax / 8);
    const tries = Array.from({ length: 10 }, async (_, seq) =>
      faultOf(store.people.append([entryOf(ann, seq, { sealed: big })])),
    );
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === undefined).length).toBeGreaterThan(0);
    expect(outcomes.filter((outcome) => outcome === 'overloaded').length).toBeGreaterThan(0);
    expect(new Set(outcomes)).toEqual(new Set([undefined, 'overloaded']));
    await store.people.append([entryOf(personOf(2), 0)]);
    await store.close();
    home.remove();
  });

  it('[S20] what was handed in before `close` is stored; reading sees what was acknowledged', async () => {
    const home = newHome();
    const store = await home.open();
    const writing = Array.from({ length: 200 }, async (_, seq) => {
      await store.people.append([entryOf(ann, seq)]);
      return (await store.people.entry(ann, seq).catch(() => 'closed')) !== undefined;
    });
    await store.close();
    expect(await Promise.all(writing)).toEqual(Array.from({ length: 200 }, () => true));
    const again = await home.open();
    expect(await again.people.history(ann)).toHaveLength(200);
    await again.close();
    home.remove();
  });

  it('errors that are not the world’s pass through unchanged', () => {
    const bug = new TypeError('bug');
    expect(toFault(bug, 'data.db')).toBe(bug);
    expect(isFault(toFault(Object.assign(new Error('x'), { code: 'ENOSPC' }), 'here'), 'disk-full')).toBe(
      true,
    );
    expect(isFault(toFault(Object.assign(new Error('x'), { code: 'EROFS' }), 'here'), 'read-only')).toBe(
      true,
    );
    expect(isFault(toFault(Object.assign(new Error('x'), { errcode: 778 }), 'here'), 'io')).toBe(true);
  });
});
