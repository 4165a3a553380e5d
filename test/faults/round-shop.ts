// The shop of one round: two new databases, nodes with homes of their own, a catalogue and something learned.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ROLES } from '../../src/engine/roles.ts';
import { sql } from '../support/postgres.ts';
import type { Keys } from './asking.ts';
import { BREAKS } from './breaks.ts';
import { mountDisk } from './disk.ts';
import { type FaultyNode, createNode } from './node.ts';
import type { RoundPlan } from './plan.ts';
import { BUYERS, CATALOGUE, SETTINGS, stockOf } from './shop.ts';
import { STREAM, type StreamServers, openStreamServers } from './stream-servers.ts';
import type { World } from './world.ts';

export interface Shop {
  readonly nodes: readonly FaultyNode[];
  readonly keys: Keys;
  /** Public key of the log. */
  readonly vkey: string;
  readonly dir: string;
  /** Absent: each event is in its journal before it is answered. */
  readonly stream: StreamServers | undefined;
  /** Lines that the buyers' stock was, for a fresh engine. */
  readonly stock: readonly (readonly object[])[];
  close(): Promise<void>;
}

const keysFile = z.object({
  collect: z.string(),
  decide: z.string(),
  officer: z.string(),
  admin: z.string(),
});
const HOME_MIB = 24;
const PLAIN = ['collect', 'decide'] as const;
const OPEN_TRIES = 300;

export async function openShop(world: World, plan: RoundPlan, broken?: string): Promise<Shop> {
  const name = `r${plan.round}_${Date.now().toString(36)}`;
  const dir = join(world.dir, name);
  for (const kind of ['data', 'keys'])
    await sql(world.database.url('postgres'), `CREATE DATABASE ${name}_${kind}`);
  const stream = world.stream ? await openStreamServers(world.network, world.mayMount) : undefined;
  const nodes = Array.from({ length: world.nodes }, (_, at) => {
    const home = join(dir, `home-${at}`);
    mkdirSync(home, { recursive: true });
    const disk = world.mayMount ? mountDisk(home, HOME_MIB) : undefined;
    const url = (kind: string): string =>
      `postgresql://fineline@${world.network.databaseOf(at)}/${name}_${kind}`;
    const urls = `data: '${url('data')}', keys: '${url('keys')}'`;
    const servers = world.network.streamOf(at).map((server) => `nats://${server}`);
    const nats = `, nats: ${JSON.stringify({ servers, ...STREAM })}`;
    const cluster = `cluster: { ${urls}${world.stream ? nats : ''} }\n`;
    writeFileSync(join(home, 'fineline.yaml'), SETTINGS + cluster);
    const host = world.network.nodeHost(at);
    const roles = at >= world.nodes - plan.plainNodes ? PLAIN : ROLES;
    return createNode({ at, home, host, words: world.network.nodeWords(at), roles, broken, disk });
  });
  const close = async (): Promise<void> => {
    for (const node of nodes) {
      node.thaw();
      await node.kill();
      node.plan.disk?.unmount();
      world.network.heal(node.plan.at);
    }
    await stream?.close();
    for (const kind of ['data', 'keys'])
      await sql(world.database.url('postgres'), `DROP DATABASE IF EXISTS ${name}_${kind} WITH (FORCE)`);
  };
  const spoil = async (): Promise<void> => {
    for (const statement of BREAKS[broken ?? '']?.sql ?? [])
      await sql(world.database.url(`${name}_data`), statement);
  };
  try {
    return { ...(await start(nodes, stream, spoil)), stream, dir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  nodes: readonly FaultyNode[],
  stream: StreamServers | undefined,
  spoil: () => Promise<void>,
): Promise<Pick<Shop, 'nodes' | 'keys' | 'vkey' | 'stock'>> {
  const [first, ...others] = nodes;
  if (first === undefined) throw new Error('a shop has at least one node');
  await first.start(1);
  await spoil();
  const { home } = first.plan;
  const keys = keysFile.parse(JSON.parse(readFileSync(join(home, 'keys.json'), 'utf8')));
  for (const { plan } of others) cpSync(join(home, 'keys'), join(plan.home, 'keys'), { recursive: true });
  const starting = Promise.all(others.map(async (node) => node.start(1)));
  const stock = BUYERS.map((person, n) => stockOf(person, n, Date.now()));
  const tell = async (method: string, path: string, key: keyof Keys, body?: unknown): Promise<boolean> => {
    const headers = { authorization: `Bearer ${keys[key]}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return (await fetch(`${first.url()}${path}`, { method, headers, ...sent })).ok;
  };
  const until = async (what: string, isDone: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; !(await isDone()); tries += 1) {
      if (tries === OPEN_TRIES) throw new Error(`${what}:\n${first.said()}`);
      await sleep(100);
    }
  };
  await until('no catalogue', () => tell('PUT', '/v1/items', 'admin', { items: CATALOGUE }));
  // Servers that elect their first leader take nothing yet.
  await until('no stock', () => tell('POST', '/v1/events', 'collect', stock.flat()));
  await until(
    'the stock waits in the stream',
    async () => stream === undefined || (await stream.waiting()).waiting === 0,
  );
  await until('nothing is learned', () => tell('POST', '/v1/learn', 'admin'));
  await starting;
  const vkey = (await (await fetch(`${first.url()}/log/vkey`)).text()).trim();
  return { nodes, keys, vkey, stock };
}
