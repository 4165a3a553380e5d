// A writer that is killed: submits and integrates without end, and says on stdout what it was told is done.
// `L <leaf>` after a submit returned, `C <checkpoint as base64>` after an integrate returned.

import { randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { hex } from '../../src/kernel/bytes.ts';
import { newLeaves, openLog } from './tile-logs.ts';

const [dir, keyDir] = process.argv.slice(2);
if (dir === undefined || keyDir === undefined) throw new Error('usage: tile-log-child.ts DIR KEYDIR');
const log = openLog({ dir, keyDir });
writeSync(1, 'ready\n');
for (;;) {
  const leaves = newLeaves(randomInt(1, 60));
  await log.submit(leaves);
  // Synchronous, so that the parent hears of everything that was acknowledged.
  writeSync(1, leaves.map((leaf) => `L ${hex(leaf)}\n`).join(''));
  if (randomInt(3) > 0) continue;
  const { checkpoint } = await log.integrate();
  writeSync(1, `C ${Buffer.from(checkpoint).toString('base64')}\n`);
}
