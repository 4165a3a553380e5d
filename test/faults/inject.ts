// Faults as they are done and undone.

import { setTimeout as sleep } from 'node:timers/promises';
import { DATABASE, STREAM_FIRST, STREAM_SERVERS } from './network.ts';
import type { PlannedFault } from './plan.ts';
import type { StreamServers } from './stream-servers.ts';
import type { World } from './world.ts';
import type { Shop } from './round-shop.ts';

/** Of each beat of a slow server, this much is standing still. */
const STILL_MS = 250;
const GOING_MS = 40;

/** Before it is gone: enough for a question to arrive and lie there. */
const HANGING_MS = 400;

/** Does it, waits, and undoes it. Resolves when all is whole again, as far as hands can make it. */
export async function inject(world: World, shop: Shop, fault: PlannedFault): Promise<void> {
  const { kind, atMs } = fault;
  await sleep(atMs);
  if (kind.startsWith('node-')) return injectNode(world, shop, fault);
  if (kind.startsWith('database-')) return injectDatabase(world, fault);
  const { stream } = shop;
  if (stream === undefined) throw new Error(`${kind} without a stream`);
  return injectStream(world, stream, fault);
}

async function injectNode({ network }: World, { nodes }: Shop, fault: PlannedFault): Promise<void> {
  const { node: at, forMs, skewMs } = fault;
  const node = nodes[at]!;
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
    default:
      throw new Error(`${fault.kind} is no fault of a node`);
  }
}

async function injectDatabase(world: World, { kind, forMs }: PlannedFault): Promise<void> {
  const { database } = world;
  const hold = () => sleep(forMs);
  switch (kind) {
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
      return slow(database, forMs);
    case 'database-disk-full':
      database.disk?.fill();
      await hold();
      database.disk?.free();
      return database.isRunning() ? undefined : database.start();
    case 'database-lost':
      return lose(world, forMs);
    default:
      throw new Error(`${kind} is no fault of the database`);
  }
}

async function injectStream(
  { network }: World,
  stream: StreamServers,
  { kind, node: at, forMs }: PlannedFault,
): Promise<void> {
  const hold = () => sleep(forMs);
  const killFor = async (server: number): Promise<void> => {
    await stream.kill(server);
    await hold();
    await stream.start(server);
  };
  switch (kind) {
    case 'stream-leader-killed':
      return killFor(await stream.leader(at));
    case 'stream-meta-killed':
      return killFor(stream.metaLeader());
    case 'stream-frozen':
      stream.freeze(at);
      await hold();
      stream.thaw(at);
      return;
    case 'stream-cut':
      network.cutServer(STREAM_FIRST + at);
      await hold();
      network.healServer(STREAM_FIRST + at);
      return;
    case 'stream-slow':
      return slow({ freeze: () => stream.freeze(at), thaw: () => stream.thaw(at) }, forMs);
    case 'stream-disk-full':
      return starve(stream, at, forMs);
    case 'stream-halted':
      // Two of three: nobody is left who could confirm anything.
      for (const other of othersOf(at)) stream.freeze(other);
      await hold();
      for (const other of othersOf(at)) stream.thaw(other);
      return;
    default:
      throw new Error(`${kind} is no fault of the stream`);
  }
}

const othersOf = (at: number): readonly number[] =>
  Array.from({ length: STREAM_SERVERS }, (_, n) => n).filter((n) => n !== at);

/**
 * A server that finds its disk full puts its JetStream out of service until it is started again, which is
 * what whoever makes room does.
 */
async function starve(stream: StreamServers, at: number, forMs: number): Promise<void> {
  stream.disks[at]?.fill();
  await sleep(forMs);
  stream.disks[at]?.free();
  await stream.kill(at);
  await stream.start(at);
}

async function slow(
  { freeze, thaw }: { readonly freeze: () => void; readonly thaw: () => void },
  forMs: number,
): Promise<void> {
  for (let past = 0; past < forMs; past += STILL_MS + GOING_MS) {
    freeze();
    await sleep(STILL_MS);
    thaw();
    await sleep(GOING_MS);
  }
}

/**
 * Its machine hangs, is gone without a word to anybody, and comes back knowing no connection: whoever waits
 * for an answer has sent all there is to send, so nothing tells them that none will come.
 */
async function lose({ database, network }: World, forMs: number): Promise<void> {
  database.freeze();
  await sleep(HANGING_MS);
  network.cutServer(DATABASE);
  await database.kill();
  await sleep(forMs / 2);
  await database.start();
  network.healServer(DATABASE);
}
