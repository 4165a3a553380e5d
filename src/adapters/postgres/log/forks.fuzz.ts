// Goal: as forks.test.ts, with processes: 0 forks, 0 leaves lost, 0 doubled. Method: three writers race with
// a lease so short that it ends under them; one after the other is stopped (SIGSTOP) for longer than the
// lease and woken up, or killed (SIGKILL) and replaced. Then writers that kill themselves at each of their
// statements. All that any of them signed is held against all others. Counts: 12 rounds and 3 statements,
// 150 and all with FINELINE_FULL=1.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { faultsOf, newSeen, type Seen } from '../../../../test/support/log-forks.ts';
import { type LogUrls, openNode, pairOfTest } from '../../../../test/support/postgres-logs.ts';
import { checkpointOf } from '../../../../test/support/tile-logs.ts';

const IS_FULL = process.env['FINELINE_FULL'] === '1';
const ROUNDS = IS_FULL ? 150 : 12;
const LEASE_MS = 150;
const CHILD = join(import.meta.dirname, '../../../../test/support/postgres-log-child.ts');

interface Writer {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  /** Resolves with the signal that ended it. */
  readonly ended: Promise<unknown>;
}

const textOf = (base64: string): string => Buffer.from(base64, 'base64').toString();

/** Starts a writer; what it says goes to `seen` as it comes. */
function startWriter(urls: LogUrls, seen: Seen, dieAt = 0): Writer {
  const values = [urls.dataUrl, urls.keysUrl, String(LEASE_MS), String(dieAt)];
  const child = spawn(process.execPath, [CHILD, ...values], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [rest, complaint] = ['', ''];
  let hear: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    hear = resolve;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === 'ready') hear();
      if (line.startsWith('L ')) seen.acknowledged.push(line.slice(2));
      if (line.startsWith('S ')) seen.signed.push(textOf(line.slice(2)));
      // A checkpoint that somebody was handed was signed, whoever did it.
      if (line.startsWith('C ')) seen.signed.push(textOf(line.slice(2)).split('\n\n')[0] + '\n');
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = once(child, 'close').then(([, signal]: readonly unknown[]) => {
    hear();
    if (signal !== 'SIGKILL') throw new Error(`a writer ended by itself: ${complaint}`);
    return signal;
  });
  ended.catch(() => undefined);
  return { child, ready, ended };
}

async function killed({ child, ended }: Writer): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

/** What is wrong after all writers are gone and one more has written what was left. */
async function faultsAfter(urls: LogUrls, seen: Seen): Promise<{ faults: readonly string[]; size: number }> {
  const { log, end } = await openNode(urls, { leaseMs: LEASE_MS, onSign: (text) => seen.signed.push(text) });
  while (!(await log.leads())) await pause(LEASE_MS / 3);
  const { checkpoint } = await log.integrate();
  const faults = await faultsOf(log, seen);
  await end();
  return { faults, size: checkpointOf(checkpoint).size };
}

async function race(urls: LogUrls, seen: Seen, rounds: number): Promise<void> {
  const start = (): Writer => startWriter(urls, seen);
  const writers = [start(), start(), start()];
  await Promise.all(writers.map(async ({ ready }) => ready));
  for (let round = 0; round < rounds; round += 1) {
    const at = round % writers.length;
    const writer = writers[at]!;
    await pause(Math.random() * LEASE_MS);
    if (round % 4 === 3) {
      await killed(writer);
      writers[at] = start();
      await writers[at]?.ready;
      continue;
    }
    writer.child.kill('SIGSTOP');
    await pause((1 + Math.random()) * LEASE_MS);
    writer.child.kill('SIGCONT');
  }
  for (const writer of writers) await killed(writer);
}

describe('processes', () => {
  it(`[PL3] [PL4] [PL5] three writers race, stopped and killed ${ROUNDS} times`, async () => {
    const urls = await pairOfTest();
    const seen = newSeen();
    await race(urls, seen, ROUNDS);
    const { faults, size } = await faultsAfter(urls, seen);
    expect(faults).toEqual([]);
    expect(seen.acknowledged.length).toBeGreaterThan(ROUNDS);
    expect(size).toBeGreaterThanOrEqual(seen.acknowledged.length);
    const told = `${seen.acknowledged.length} leaves, ${seen.signed.length} signed or handed heads`;
    process.stdout.write(`${ROUNDS} rounds, tree of ${size}: ${told}\n`);
  });

  it('[PL5] a writer killed at each of its statements', async () => {
    const urls = await pairOfTest();
    const seen = newSeen();
    const stops = IS_FULL ? Array.from({ length: 40 }, (_, n) => n + 1) : [5, 12, 24];
    for (const dieAt of stops) await startWriter(urls, seen, dieAt).ended;
    expect((await faultsAfter(urls, seen)).faults).toEqual([]);
  });
});
