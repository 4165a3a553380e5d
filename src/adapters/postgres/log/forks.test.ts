// Goal: no two roots are ever signed for one size, no leaf is lost, none doubled, whoever stops where.
// Method: (1) a writer sleeps before and after each of its statements while another takes over and goes on,
// and then wakes up; (2) a writer dies there. Every text that anybody signed is held against all others. The
// checker has to find logs that were broken on purpose. Processes that are killed and stopped: forks.fuzz.ts.

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { hex } from '../../../kernel/bytes.ts';
import {
  faultsOf,
  newSeen,
  type Seen,
  signingFirst,
  stepped,
  unfenced,
} from '../../../../test/support/log-forks.ts';
import { type LogUrls, openNode, pairOfTest } from '../../../../test/support/postgres-logs.ts';
import { newLeaves } from '../../../../test/support/tile-logs.ts';

import type { PostgresLog } from './log.ts';
import type { LogTables } from './tables.ts';

const LEASE_MS = 60;
const BETWEEN_WRITES = new Set(['take>', 'waiting>', 'enter>', 'moveGuard>', 'publish<']);
const IS_FULL = process.env['FINELINE_FULL'] === '1';

type Between = (tables: LogTables) => LogTables;
type At = (step: string) => Promise<void> | void;

async function put(log: PostgresLog, count: number, seen: Seen): Promise<void> {
  const leaves = newLeaves(count);
  await log.submit(leaves);
  seen.acknowledged.push(...leaves.map(hex));
}

/** A node whose statements pass by `at`, over tables that may be broken. */
async function nodeOf(
  urls: LogUrls,
  seen: Seen,
  { at = () => {}, broken = (tables) => tables }: { at?: At; broken?: Between },
) {
  return openNode(urls, {
    leaseMs: LEASE_MS,
    onSign: (text) => seen.signed.push(text),
    between: (tables) => stepped(broken(tables), at),
  });
}

/** Sleeps at the step number `stop` (from 1) of the next writing, and says when it does. */
function sleeper(): { at: At; steps: string[]; sleepAt(stop: number): Promise<void>; wake(): void } {
  const steps: string[] = [];
  let stop = 0;
  let asleep: () => void = () => {};
  let wake: () => void = () => {};
  return {
    steps,
    at: async (step) => {
      steps.push(step);
      if (steps.length !== stop) return;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      asleep();
      await woken;
    },
    sleepAt: (at) => {
      steps.length = 0;
      stop = at;
      return new Promise((resolve) => {
        asleep = resolve;
      });
    },
    wake: () => wake(),
  };
}

/**
 * Numbers of steps of a writing that takes over: after each statement and, because the signature lies
 * between, before the publication. `npm run prove` takes all of them, `npm test` those between two writes.
 */
async function stopsOfWriting(urls: LogUrls, seen: Seen): Promise<readonly number[]> {
  const calm = sleeper();
  const { log, end } = await nodeOf(urls, seen, { at: calm.at });
  await pause(2 * LEASE_MS);
  await put(log, 3, seen);
  calm.steps.length = 0;
  await log.integrate();
  await end();
  const { steps } = calm;
  expect(steps).toEqual(expect.arrayContaining(['take>', 'enter<', 'enter>', 'moveGuard>', 'publish<']));
  return steps.flatMap((step, at) => {
    const isFirst = steps.indexOf(step) === at;
    const isStop = IS_FULL ? step.endsWith('>') || step === 'publish<' : isFirst && BETWEEN_WRITES.has(step);
    return isStop ? [at + 1] : [];
  });
}

/** One node sleeps at each of its steps while the other goes on; what the checker says afterwards. */
async function slept(
  urls: LogUrls,
  seen: Seen,
  broken: Between,
  stops: readonly number[],
): Promise<readonly string[]> {
  const sleeping = sleeper();
  const paused = await nodeOf(urls, seen, { at: sleeping.at, broken });
  const other = await nodeOf(urls, seen, { broken });
  const faults: string[] = [];
  for (const stop of stops) {
    // Enough to fill tiles now and then.
    await put(paused.log, 5 + 9 * stop, seen);
    const isAsleep = sleeping.sleepAt(stop);
    await pause(1.5 * LEASE_MS);
    const writing = paused.log.integrate().catch((error: unknown) => faults.push(String(error)));
    await Promise.race([isAsleep, writing]);
    await pause(1.5 * LEASE_MS);
    for (let round = 0; round < 2; round += 1) {
      await put(other.log, 7, seen);
      await other.log.integrate();
    }
    sleeping.wake();
    await writing;
    await pause(1.5 * LEASE_MS);
    await paused.log.integrate();
    faults.push(...(await faultsOf(other.log, seen)).map((fault) => `asleep at ${stop}: ${fault}`));
    if (faults.length > 0) break;
  }
  for (const node of [paused, other]) await node.end();
  return faults;
}

describe('a writer that sleeps while another takes over', () => {
  it('[PL3] [PL4] signs nothing else when it wakes up, at whichever statement it slept', async () => {
    const urls = await pairOfTest();
    const seen = newSeen();
    const stops = await stopsOfWriting(urls, seen);
    expect(await slept(urls, seen, (tables) => tables, stops)).toEqual([]);
    expect(new Set(seen.signed).size).toBeGreaterThan(stops.length);
  });

  it('[PL3] a log without fences forks, and is found', async () => {
    const urls = await pairOfTest();
    const seen = newSeen();
    const stops = await stopsOfWriting(urls, seen);
    const faults = await slept(urls, seen, (tables) => unfenced(tables, urls.dataUrl), stops);
    expect(faults.join('\n')).toMatch(/of a fork|of two logs/);
  });

  it('[PL3] a writer that signs what the database has not accepted forks, and is found', async () => {
    const urls = await pairOfTest();
    const seen = newSeen();
    const stops = await stopsOfWriting(urls, seen);
    const broken: Between = (tables) => signingFirst(tables, (text) => seen.signed.push(text));
    const faults = await slept(urls, seen, broken, stops);
    expect(faults.join('\n')).toMatch(/of a fork|of two logs/);
  });
});

class Death extends Error {}

describe('a writer that dies', () => {
  it('[PL5] at whichever statement, and the next finds every leaf and goes on', async () => {
    const urls = await pairOfTest();
    const seen = newSeen();
    for (const stop of await stopsOfWriting(urls, seen)) {
      let steps = -Infinity;
      const at: At = (step) => {
        steps += 1;
        if (steps === stop) throw new Death(step);
      };
      const dying = await nodeOf(urls, seen, { at });
      await put(dying.log, 3 + 11 * stop, seen);
      await pause(1.5 * LEASE_MS);
      steps = 0;
      await expect(dying.log.integrate(), `step ${stop}`).rejects.toThrow(Death);
      await dying.end();
      const next = await nodeOf(urls, seen, {});
      await pause(1.5 * LEASE_MS);
      await next.log.integrate();
      expect(await faultsOf(next.log, seen), `step ${stop}`).toEqual([]);
      await next.end();
    }
  });
});
