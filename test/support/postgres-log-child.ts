// A node that is killed and stopped: hands over leaves and writes without end, and says on stdout what it was
// told is done. `S <text as base64>` before a signature exists, `L <leaf>` after a submit returned,
// `C <checkpoint as base64>` after an integrate returned. With a third argument it kills itself at that step,
// counted from its first writing.

import { randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { hex } from '../../src/kernel/bytes.ts';
import { isFault } from '../../src/kernel/fault.ts';
import { stepped } from './log-forks.ts';
import { openNode } from './postgres-logs-plain.ts';
import { newLeaves } from './tile-logs.ts';

const [dataUrl, keysUrl, leaseText, dieText] = process.argv.slice(2);
if (dataUrl === undefined || keysUrl === undefined) throw new Error('usage: DATA KEYS LEASE-MS DIE-AT');
const dieAt = Number(dieText ?? 0);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
// Synchronous, so that the parent hears of everything that was done.
const say = (line: string): unknown => writeSync(1, `${line}\n`);

let steps = -Infinity;
const { log } = await openNode(
  { dataUrl, keysUrl },
  {
    leaseMs: Number(leaseText),
    onSign: (text) => say(`S ${base64(text)}`),
    between: (tables) =>
      stepped(tables, () => {
        steps += 1;
        if (steps === dieAt) process.kill(process.pid, 'SIGKILL');
      }),
  },
);
say('ready');
for (;;) {
  const leaves = newLeaves(randomInt(1, 60));
  try {
    await log.submit(leaves);
    say(leaves.map((leaf) => `L ${hex(leaf)}`).join('\n'));
    if (steps < 0 && dieAt > 0) steps = 0;
    say(`C ${base64((await log.integrate()).checkpoint)}`);
  } catch (error) {
    // A server that has no connection left, or a connection that ended: the world, not the log.
    if (!isFault(error) || error.retry === 'never') throw error;
  }
  await pause(randomInt(1, 20));
}
