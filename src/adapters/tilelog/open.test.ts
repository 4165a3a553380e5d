// Goal: opening repairs what a crash or a lost file left, and refuses what would fork the log. Method: real
// logs whose files are deleted, spoilt, exchanged and put back from a backup.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFault } from '../../kernel/fault.ts';
import {
  type Home,
  assertIncluded,
  assertOneLog,
  auditPublicFiles,
  newLeaves,
  openLog,
} from '../../../test/support/tile-logs.ts';
import { newHome } from '../../../test/support/tile-homes.ts';

const faultCode = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return isFault(error) ? error.code : String(error);
  }
  return 'no fault';
};

describe('opening', () => {
  async function grown(home: Home, count: number): Promise<void> {
    const log = openLog(home);
    await log.submit(newLeaves(count));
    await log.integrate();
    await log.close();
  }

  it('[W23] lost or spoilt public files are printed again, byte for byte', async () => {
    const home = newHome();
    await grown(home, 600);
    const before = auditPublicFiles(home);
    const spoil = [
      () => rmSync(join(home.dir, 'public'), { recursive: true }),
      () => writeFileSync(join(home.dir, 'public', 'checkpoint'), 'torn'),
      () => rmSync(join(home.dir, 'public', 'checkpoint')),
    ];
    for (const damage of spoil) {
      damage();
      await openLog(home).close();
      expect(auditPublicFiles(home)).toEqual(before);
    }
  });

  it("[W25] yesterday's log is refused, whether its public files came back with it or not", async () => {
    const home = newHome();
    await grown(home, 20);
    const backup = `${home.dir}.backup`;
    cpSync(home.dir, backup, { recursive: true });
    await grown(home, 20);
    rmSync(home.dir, { recursive: true });
    cpSync(backup, home.dir, { recursive: true });
    expect(faultCode(() => openLog(home))).toBe('log-rolled-back');
    rmSync(join(home.dir, 'public'), { recursive: true });
    expect(faultCode(() => openLog(home))).toBe('log-rolled-back');
    rmSync(home.dir, { recursive: true });
    expect(faultCode(() => openLog(home))).toBe('log-rolled-back');
  });

  it('[W23] an older database takes over what was published after it, in place', async () => {
    const home = newHome();
    await grown(home, 250);
    const database = readFileSync(join(home.dir, 'log.db'));
    await grown(home, 300);
    const log = openLog(home);
    const late = newLeaves(20);
    await log.submit(late);
    await log.integrate();
    await log.close();
    const before = auditPublicFiles(home);
    writeFileSync(join(home.dir, 'log.db'), database);
    const healed = openLog(home);
    for (const leaf of late) await assertIncluded(healed, leaf);
    await healed.submit(newLeaves(5));
    await healed.integrate();
    await assertOneLog(healed, [before.checkpoint]);
    await healed.close();
    expect(auditPublicFiles(home).leaves.slice(0, before.leaves.length)).toEqual(before.leaves);
  });

  it('[W24] [W25] what is signed is in the guard before', async () => {
    const home = newHome();
    const seen: boolean[] = [];
    const log = openLog(home, {
      onSign: (text) => {
        const guard: unknown = JSON.parse(readFileSync(join(home.keyDir, 'head.json'), 'utf8'));
        const [, size, root] = text.split('\n');
        expect(guard).toMatchObject({ size: Number(size), root });
        seen.push(true);
      },
    });
    await log.submit(newLeaves(20));
    await log.integrate();
    await log.close();
    expect(seen.length).toBe(2);
  });

  it('[W24] [W25] another tree of the same size or larger is refused', async () => {
    const home = newHome();
    const other = newHome();
    await grown(home, 20);
    await grown(other, 90);
    expect(faultCode(() => openLog({ dir: other.dir, keyDir: home.keyDir }))).toBe('log-rolled-back');
  });

  it('[W25] published files that the database does not contain are evidence enough', async () => {
    const home = newHome();
    await grown(home, 40);
    const ahead = join(home.dir, 'public');
    const fresh = newHome();
    await grown(fresh, 5);
    cpSync(ahead, join(fresh.dir, 'public'), { recursive: true });
    expect(faultCode(() => openLog(fresh))).toBe('log-rolled-back');
  });

  it('[W25] without its guard, or with a spoilt one, or that of another log, nothing is signed', async () => {
    const home = newHome();
    await grown(home, 20);
    const guard = join(home.keyDir, 'head.json');
    const text = readFileSync(guard, 'utf8');
    const signed: string[] = [];
    const open = (): unknown => openLog(home, { onSign: (note) => signed.push(note) });
    for (const bad of ['', '{', '{"v":2}', text.replace('"size":', '"size":-'), '[]']) {
      writeFileSync(guard, bad);
      expect(faultCode(open)).toBe('log-guard-damaged');
    }
    rmSync(guard);
    expect(faultCode(open)).toBe('log-guard-missing');
    writeFileSync(guard, text.replace('town.example', 'city.example'));
    expect(faultCode(open)).toBe('log-other-origin');
    expect(faultCode(() => openLog(home, { origin: 'city.example/log' }))).toBe('log-other-origin');
    expect(signed).toEqual([]);
    writeFileSync(guard, text);
    await openLog(home).close();
  });

  it('[W26] a second writer is refused while the first is open', async () => {
    const home = newHome();
    const first = openLog(home);
    expect(faultCode(() => openLog(home))).toBe('log-locked');
    await first.close();
    await openLog(home).close();
  });

  it('[W23] a damaged database is refused with a fault', async () => {
    const home = newHome();
    await grown(home, 20);
    writeFileSync(join(home.dir, 'log.db'), Buffer.alloc(8192, 'x'));
    expect(faultCode(() => openLog(home))).toBe('log-damaged');
  });
});
