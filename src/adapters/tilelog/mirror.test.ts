// Goal: a mirror is at every moment a whole log of some size that was published, late at worst. Method: a log
// in one folder, its mirror in another, printing stopped at every read, files taken away, and other trees.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { faultOf } from '../../../test/contracts/samples.ts';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newHome } from '../../../test/support/tile-homes.ts';
import { auditPublicFiles, type Home, newLeaves, openLog, TRUST } from '../../../test/support/tile-logs.ts';
import { printMirror } from './mirror.ts';

import type { WitnessLog } from '../../engine/ports.ts';

const print = (home: Home, log: WitnessLog): Promise<void> =>
  printMirror({ publicDir: join(home.dir, 'public'), log, trust: TRUST });

async function grow(log: WitnessLog, count: number): Promise<number> {
  await log.submit(newLeaves(count));
  return (await log.integrate()).size;
}

const sizeOf = (home: Home): number => auditPublicFiles(home).checkpoint.size;

describe('a mirror', () => {
  it('[W29] shows what was published, also after a time without it, and when it was lost', async () => {
    const [source, mirror] = [newHome(), newHome()];
    const log = openLog(source);
    for (const count of [20, 0, 300, 5, 2000]) {
      const size = await grow(log, count);
      await print(mirror, log);
      expect(sizeOf(mirror)).toBe(size);
    }
    expect(existsSync(join(mirror.dir, 'public', 'tile', 'entries', '001.p'))).toBe(false);
    await grow(log, 700);
    const size = await grow(log, 700);
    await print(mirror, log);
    expect(sizeOf(mirror)).toBe(size);
    rmSync(join(mirror.dir, 'public'), { recursive: true });
    await print(mirror, log);
    expect(auditPublicFiles(mirror)).toEqual(auditPublicFiles(source));
    await log.close();
  });

  it('[W29] stopped anywhere it shows what it showed before, and goes on', async () => {
    const [source, mirror] = [newHome(), newHome()];
    const log = openLog(source);
    const first = await grow(log, 200);
    await print(mirror, log);
    const size = await grow(log, 400);
    for (let stop = 0; ; stop += 1) {
      let reads = 0;
      const stopping: WitnessLog = {
        ...log,
        read: async (path) => {
          if (reads === stop) throw new Error('planted');
          reads += 1;
          return log.read(path);
        },
      };
      if ((await faultOf(print(mirror, stopping))) === undefined) break;
      expect(sizeOf(mirror)).toBe(first);
    }
    expect(sizeOf(mirror)).toBe(size);
    await log.close();
  });

  it('[W29] of another tree, or ahead of the log, it is left as it is', async () => {
    const [one, other, mirror] = [newHome(), newHome(), newHome()];
    const [log, fork] = [openLog(one), openLog(other)];
    await grow(log, 40);
    await grow(fork, 20);
    await print(mirror, log);
    const before = auditPublicFiles(mirror);
    expect(await faultOf(print(mirror, fork))).toBe('log-rolled-back');
    await grow(fork, 300);
    expect(await faultOf(print(mirror, fork))).toBe('log-rolled-back');
    expect(await faultOf(print(mirror, { ...log, read: async () => undefined }))).toBeUndefined();
    await grow(log, 40);
    expect(await faultOf(print(mirror, { ...log, read: async () => undefined }))).toBe('log-damaged');
    expect(await faultOf(print(mirror, { ...log, checkpoint: async () => undefined }))).toBe('log-damaged');
    expect(auditPublicFiles(mirror)).toEqual(before);
    await log.close();
    await fork.close();
  });

  it('[W29] never prints over a log that another key signed', async () => {
    const [one, other] = [newHome(), newHome()];
    const [log, stranger] = [openLog(one), openLog(other)];
    await grow(log, 40);
    await grow(stranger, 20);
    const file = join(other.dir, 'public', 'checkpoint');
    // Signed with a key that is not ours, as far as anybody can tell.
    const note = readFileSync(file, 'utf8').replace(/— (\S+) .{8}/u, '— $1 AAAAAAAA');
    writeFileSync(file, note);
    expect(await faultOf(print(other, log))).toBe('log-rolled-back');
    expect(readFileSync(file, 'utf8')).toBe(note);
    await log.close();
    await stranger.close();
  });
});
