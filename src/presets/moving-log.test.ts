// Goal: a log that moves is the same log, to whoever holds a receipt or a checkpoint of before, and there is
// one of it at any time. Method: real folders and databases, a move that is stopped after each call, and both
// ways.

import { randomBytes } from 'node:crypto';
import { faultOf } from '../../test/contracts/samples.ts';
import { describe, expect, it } from 'vitest';
import { Database } from '../adapters/postgres/database.ts';
import { openMovablePostgresLog } from '../adapters/postgres/log/moving.ts';
import { logTables } from '../adapters/postgres/log/tables.ts';
import { openMovableTileLog } from '../adapters/tilelog/moving.ts';
import { isFault } from '../kernel/fault.ts';
import { faultsOf, newSeen } from '../../test/support/log-forks.ts';
import { hex } from '../kernel/bytes.ts';
import { type LogUrls, openNode, pairOfTest } from '../../test/support/postgres-logs.ts';
import { sharedCrypto } from '../../test/support/postgres-logs-plain.ts';
import { newHome } from '../../test/support/tile-homes.ts';
import { assertIncluded, type Home, newLeaves, openLog, ORIGIN } from '../../test/support/tile-logs.ts';
import { moveLog } from './moving-log.ts';

import type { MovableLog, WitnessLog } from '../engine/ports.ts';

const crypto = sharedCrypto();
const entropy = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const folder = (home: Home): MovableLog => openMovableTileLog({ ...home, origin: ORIGIN, crypto });

async function databases({ dataUrl, keysUrl }: LogUrls): Promise<MovableLog> {
  const [data, keys] = [
    new Database({ url: dataUrl, poolMax: 2 }),
    new Database({ url: keysUrl, poolMax: 2 }),
  ];
  const log = await openMovablePostgresLog(logTables(data, keys), { origin: ORIGIN, crypto, entropy });
  const close = async (): Promise<void> => {
    await log.close();
    await data.close();
    await keys.close();
  };
  return { ...log, close };
}

/** Opens both, works, closes both. */
async function moved(from: MovableLog, to: MovableLog): Promise<string> {
  try {
    const { size, waiting } = await moveLog(from, to);
    return `${size} and ${waiting}`;
  } catch (error) {
    if (isFault(error)) return error.code;
    throw error;
  } finally {
    await from.close();
    await to.close();
  }
}

async function grow(log: WitnessLog, count: number): Promise<readonly Uint8Array[]> {
  const leaves = newLeaves(count);
  await log.submit(leaves);
  await log.integrate();
  return leaves;
}

class Stopped extends Error {}

/** Stops at the call number `stop` of those that change something. */
function stopping(log: MovableLog, stop: number): MovableLog {
  let calls = 0;
  const counted =
    <Values extends readonly unknown[]>(send: (...values: Values) => Promise<void>) =>
    async (...values: Values): Promise<void> => {
      calls += 1;
      if (calls === stop) throw new Stopped();
      await send(...values);
    };
  const { retire, append, wait, adopt } = log;
  const changes = {
    retire: counted(retire),
    append: counted(append),
    wait: counted(wait),
    adopt: counted(adopt),
  };
  return { ...log, ...changes };
}

describe('a log that moves', () => {
  it('[Y20] is the same log there and back, and signs in one place', async () => {
    const [home, urls, seen] = [newHome(), await pairOfTest(), newSeen()];
    const onSign = (text: string): number => seen.signed.push(text);
    const old = openLog(home, { onSign });
    const first = await grow(old, 700);
    const last = newLeaves(5);
    await old.submit(last);
    await old.close();
    expect(await moved(folder(home), await databases(urls))).toBe('704 and 5');
    expect(await faultOf(Promise.resolve().then(() => openLog(home)))).toBe('log-moved');
    const node = await openNode(urls, { onSign });
    await node.log.integrate();
    for (const leaf of [first[0]!, last[0]!]) await assertIncluded(node.log, leaf);
    const second = await grow(node.log, 300);
    await node.log.close();
    await node.end();
    expect(await moved(await databases(urls), folder(home))).toBe('1024 and 0');
    expect(await faultOf(openNode(urls))).toBe('log-moved');
    const back = openLog(home, { onSign });
    await grow(back, 20);
    seen.acknowledged.push(...[...first, ...last, ...second].map(hex));
    expect(await faultsOf(back, seen)).toEqual([]);
    await back.close();
  });

  it('[Y20] stopped at any call it opens nowhere, and goes on when it is run again', async () => {
    const [home, seen] = [newHome(), newSeen()];
    const old = openLog(home);
    seen.acknowledged.push(...(await grow(old, 100)).map(hex));
    await old.submit(newLeaves(5));
    await old.close();
    const urls = await pairOfTest();
    for (const stop of [2, 3, 3]) {
      const [from, to] = [folder(home), await databases(urls)];
      await expect(moveLog(from, stopping(to, stop))).rejects.toThrow(Stopped);
      await from.close();
      await to.close();
      expect(await faultOf(Promise.resolve().then(() => openLog(home)))).toBe('log-moved');
      expect(await faultOf(openNode(urls))).toBe('log-moved');
    }
    expect(await moved(folder(home), await databases(urls))).toBe('112 and 5');
    expect(await moved(folder(home), await databases(urls))).toBe('112 and 0');
    const { log, end } = await openNode(urls);
    await log.integrate();
    expect(await faultsOf(log, seen)).toEqual([]);
    await log.close();
    await end();
    // It is there already; and no second place may begin from what was left.
    expect(await moved(folder(home), await databases(urls))).toBe('128 and 0');
    expect(await moved(folder(home), await databases(await pairOfTest()))).toBe('log-moved');
  });

  it('[Y20] another log is no target', async () => {
    const [one, other] = [newHome(), newHome()];
    for (const home of [one, other]) {
      const log = openLog(home);
      await grow(log, 20);
      await log.close();
    }
    expect(await moved(folder(one), folder(other))).toBe('not-empty');
    const log = openLog(one);
    await grow(log, 1);
    await log.close();
  });
});
