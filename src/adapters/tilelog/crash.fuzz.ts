// Goal: no crash loses an acknowledged leaf or forks the log. Method: (1) a scenario is stopped at each of
// its steps in turn by an exception, then opened again; every text that was ever signed is remembered. (2) A
// writer in a process of its own is killed with SIGKILL at random moments. Counts: 12 kills, 200 with
// FINELINE_FULL=1.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCheckpointText } from '../../prove/checkpoint.ts';
import { fromHex, hex } from '../../kernel/bytes.ts';
import type { Checkpoint } from '../../prove/verify.ts';
import {
  type Home,
  type Overrides,
  assertIncluded,
  assertOneLog,
  auditPublicFiles,
  checkpointOf,
  newLeaves,
  openLog,
} from '../../../test/support/tile-logs.ts';
import { newHome } from '../../../test/support/tile-homes.ts';
import type { TileLogStep } from './tile-log.ts';

class Crash extends Error {}

/** What the outside world has seen: leaves acknowledged, texts signed, in order. */
interface Seen {
  readonly acknowledged: Uint8Array[];
  readonly signed: string[];
}

const newSeen = (): Seen => ({ acknowledged: [], signed: [] });

/** Crosses a tile boundary, so that full tiles, partial ones and a second level are written. */
async function scenario(home: Home, seen: Seen, overrides: Overrides): Promise<void> {
  const log = openLog(home, { ...overrides, onSign: (text) => seen.signed.push(text) });
  try {
    for (const count of [200, 90, 5]) {
      const leaves = newLeaves(count);
      await log.submit(leaves);
      seen.acknowledged.push(...leaves);
      await log.integrate();
    }
  } finally {
    // Stands for the death of the process: open transactions are rolled back, locks are released.
    await log.close();
  }
}

async function checkAfterRepair(home: Home, seen: Seen): Promise<void> {
  const log = openLog(home, { onSign: (text) => seen.signed.push(text) });
  expect(auditPublicFiles(home).checkpoint).toEqual(checkpointOf((await log.checkpoint())!));
  await log.integrate();
  for (const leaf of seen.acknowledged) await assertIncluded(log, leaf);
  const signed = seen.signed.map((text) => {
    const checkpoint = parseCheckpointText(text);
    if (!checkpoint.ok) throw new Error(checkpoint.error.message);
    return checkpoint.value;
  });
  expect(signed.map((checkpoint) => checkpoint.size)).toEqual(
    signed.map(({ size }) => size).toSorted((a, b) => a - b),
  );
  await assertOneLog(log, signed);
  const logged = auditPublicFiles(home).leaves;
  expect(new Set(logged).size).toBe(logged.length);
  await log.close();
}

/** Throws at the step number `at` (from 1). */
function crashAt(at: number): {
  readonly onStep: (step: TileLogStep) => void;
  readonly steps: TileLogStep[];
} {
  const steps: TileLogStep[] = [];
  const onStep = (step: TileLogStep): void => {
    steps.push(step);
    if (steps.length === at) throw new Crash(step);
  };
  return { onStep, steps };
}

describe('stopped at each step', () => {
  it('[W20] [W22] [W23] [W24] nothing is lost, no second root is signed, files are whole', async () => {
    const calm = crashAt(0);
    await scenario(newHome(), newSeen(), calm);
    expect(new Set(calm.steps).size).toBe(12);
    for (let at = 1; at <= calm.steps.length; at += 1) {
      const home = newHome();
      const seen = newSeen();
      await expect(scenario(home, seen, crashAt(at)), `step ${at}`).rejects.toThrow(Crash);
      await checkAfterRepair(home, seen);
    }
  });

  it('[W23] [W24] a crash during the repair of a crash', async () => {
    const home = newHome();
    const seen = newSeen();
    await expect(scenario(home, seen, crashAt(30))).rejects.toThrow(Crash);
    for (let at = 1; at <= 40; at += 3) {
      const { onStep } = crashAt(at);
      try {
        await scenario(home, seen, { onStep });
      } catch (error) {
        expect(error).toBeInstanceOf(Crash);
      }
    }
    await checkAfterRepair(home, seen);
  });

  it('[W20] [W24] a log that went on after a failed publication publishes the next time', async () => {
    const home = newHome();
    const seen = newSeen();
    let failing = false;
    const log = openLog(home, {
      onSign: (text) => seen.signed.push(text),
      onStep: (step) => {
        if (failing && step === 'guard-written') throw new Crash(step);
      },
    });
    failing = true;
    const leaves = newLeaves(30);
    await log.submit(leaves);
    await expect(log.integrate()).rejects.toThrow(Crash);
    expect(await log.inclusion(leaves[0]!)).toBeUndefined();
    failing = false;
    expect((await log.integrate()).size).toBe(32);
    seen.acknowledged.push(...leaves);
    await log.close();
    await checkAfterRepair(home, seen);
  });
});

const KILLS = process.env['FINELINE_FULL'] === '1' ? 200 : 12;
const CHILD = join(import.meta.dirname, '../../../test/support/tile-log-child.ts');

/** Runs the writer until it is killed; returns what it said. A line that was cut by the kill says nothing. */
async function runAndKill(home: Home, afterMs: number): Promise<{ leaves: string[]; checkpoints: string[] }> {
  const child = spawn(process.execPath, [CHILD, home.dir, home.keyDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const [, signal] = await once(child, 'close');
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${complaint}`);
  const lines = said.slice(0, said.lastIndexOf('\n')).split('\n');
  const of = (mark: string): string[] =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(2));
  return { leaves: of('L '), checkpoints: of('C ').map((text) => Buffer.from(text, 'base64').toString()) };
}

describe('killed', () => {
  it(`[W20] [W23] [W24] SIGKILL at ${KILLS} random moments`, async () => {
    const home = newHome();
    const checkpoints: Checkpoint[] = [];
    const recent: string[] = [];
    let acknowledged = 0;
    for (let round = 0; round < KILLS; round += 1) {
      const { leaves, checkpoints: notes } = await runAndKill(home, Math.random() * 150);
      acknowledged += leaves.length;
      recent.push(...leaves);
      // As the kill left it: whatever stands in public/ was published.
      notes.push(readFileSync(join(home.dir, 'public', 'checkpoint'), 'utf8'));
      const published = notes.map(checkpointOf);
      checkpoints.push(...published);
      const log = openLog(home);
      await assertOneLog(log, published);
      // Every other round the next writer finds the work undone.
      if (round % 2 === 1) {
        checkpoints.push(checkpointOf((await log.integrate()).checkpoint));
        for (const leaf of recent.splice(0)) await assertIncluded(log, fromHex(leaf)!);
      }
      await log.close();
    }
    const log = openLog(home);
    await log.integrate();
    for (const leaf of recent) await assertIncluded(log, fromHex(leaf)!);
    await assertOneLog(log, checkpoints);
    await log.close();
    const audit = auditPublicFiles(home);
    expect(acknowledged).toBeGreaterThan(KILLS);
    expect(audit.leaves.length).toBeGreaterThanOrEqual(acknowledged);
    expect(audit.leaves.length).toBe(new Set(audit.leaves).size);
    const sizes = new Map(checkpoints.map(({ size, root }) => [size, hex(root)]));
    for (const { size, root } of checkpoints) expect(sizes.get(size)).toBe(hex(root));
  });
});
