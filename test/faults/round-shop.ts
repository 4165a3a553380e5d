// The shop of one round: two new databases, nodes with homes of their own, a catalogue and something learned.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ROLES } from '../../src/engine/roles.ts';
import { sql } from '../support/postgres.ts';
import type { Keys } from './asking.ts';
import { mountDisk } from './disk.ts';
import { type FaultyNode, createNode } from './node.ts';
import type { RoundPlan } from './plan.ts';
import { BUYERS, CATALOGUE, SETTINGS, stockOf } from './shop.ts';
import type { World } from './world.ts';

export interface Shop {
  readonly nodes: readonly FaultyNode[];
  readonly keys: Keys;
  /** Public key of the log. */
  readonly vkey: string;
  readonly dir: string;
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
const LEARN_TRIES = 100;

export async function openShop(world: World, plan: RoundPlan, broken?: string): Promise<Shop> {
  const name = `r${plan.round}_${Date.now().toString(36)}`;
  const dir = join(world.dir, name);
  for (const kind of ['data', 'keys'])
    await sql(world.database.url('postgres'), `CREATE DATABASE ${name}_${kind}`);
  const nodes = Array.from({ length: world.nodes }, (_, at) => {
    const home = join(dir, `home-${at}`);
    mkdirSync(home, { recursive: true });
    const disk = world.mayMount ? mountDisk(home, HOME_MIB) : undefined;
    const url = (kind: string): string =>
      `postgresql://fineline@${world.network.databaseOf(at)}/${name}_${kind}`;
    const cluster = `cluster: { data: '${url('data')}', keys: '${url('keys')}' }\n`;
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
    for (const kind of ['data', 'keys'])
      await sql(world.database.url('postgres'), `DROP DATABASE IF EXISTS ${name}_${kind} WITH (FORCE)`);
  };
  try {
    return { ...(await start(nodes)), dir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(nodes: readonly FaultyNode[]): Promise<Pick<Shop, 'nodes' | 'keys' | 'vkey' | 'stock'>> {
  const [first, ...others] = nodes;
  if (first === undefined) throw new Error('a shop has at least one node');
  await first.start(1);
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
  await tell('PUT', '/v1/items', 'admin', { items: CATALOGUE });
  await tell('POST', '/v1/events', 'collect', stock.flat());
  for (let tries = 0; !(await tell('POST', '/v1/learn', 'admin')); tries += 1) {
    if (tries === LEARN_TRIES) throw new Error(`nothing is learned:\n${first.said()}`);
    await sleep(100);
  }
  await starting;
  const vkey = (await (await fetch(`${first.url()}/log/vkey`)).text()).trim();
  return { nodes, keys, vkey, stock };
}
