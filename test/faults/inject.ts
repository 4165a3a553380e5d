// Faults as they are done and undone.

import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedFault } from './plan.ts';
import type { World } from './world.ts';
import type { Shop } from './round-shop.ts';

/** Of each beat of a slow server, this much is standing still. */
const STILL_MS = 250;
const GOING_MS = 40;

/** Before it is gone: enough for a question to arrive and lie there. */
const HANGING_MS = 400;

/** Does it, waits, and undoes it. Resolves when all is whole again, as far as hands can make it. */
export async function inject(world: World, { nodes }: Shop, fault: PlannedFault): Promise<void> {
  const { database, network } = world;
  const { node: at, forMs, skewMs } = fault;
  const node = nodes[at]!;
  await sleep(fault.atMs);
  const hold = () => sleep(forMs);
  switch (fault.kind) {
    case 'node-killed':
      await node.kill();
      await hold();
      await node.start();
      return;
    case 'node-frozen':
      node.freeze();
      await hold();
      node.thaw();
      return;
    case 'node-cut':
    case 'node-unheard':
      network.cut(at, fault.kind === 'node-cut' ? 'both' : 'answers');
      await hold();
      network.heal(at);
      return;
    case 'node-disk-full':
      node.plan.disk?.fill();
      await hold();
      node.plan.disk?.free();
      return;
    case 'node-clock':
      // It stays wrong until the end of the round.
      node.skew(skewMs);
      await hold();
      return;
    case 'database-killed':
      await database.kill();
      await sleep(forMs / 4);
      return database.start();
    case 'database-restarted':
      await database.stop();
      return database.start();
    case 'database-frozen':
      database.freeze();
      await hold();
      database.thaw();
      return;
    case 'database-slow':
      return slow(world, forMs);
    case 'database-disk-full':
      database.disk?.fill();
      await hold();
      database.disk?.free();
      return database.isRunning() ? undefined : database.start();
    case 'database-lost':
      return lose(world, nodes.length, forMs);
  }
}

async function slow({ database }: World, forMs: number): Promise<void> {
  for (let past = 0; past < forMs; past += STILL_MS + GOING_MS) {
    database.freeze();
    await sleep(STILL_MS);
    database.thaw();
    await sleep(GOING_MS);
  }
}

/**
 * Its machine hangs, is gone without a word to anybody, and comes back knowing no connection: whoever waits
 * for an answer has sent all there is to send, so nothing tells them that none will come.
 */
async function lose({ database, network }: World, nodes: number, forMs: number): Promise<void> {
  const all = Array.from({ length: nodes }, (_, at) => at);
  database.freeze();
  await sleep(HANGING_MS);
  for (const at of all) network.cut(at, 'both');
  await database.kill();
  await sleep(forMs / 2);
  await database.start();
  for (const at of all) network.heal(at);
}
