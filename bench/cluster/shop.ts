// One shop twice: in a home, and copied from there into PostgreSQL with four homes around it, so that the
// same people with the same facts are asked of either.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { pathsOf } from '../../src/presets/paths.ts';
import { loadApiKeys } from '../../src/surfaces/cli/home/api-keys.ts';
import { migrateShop } from '../../src/presets/migrate.ts';
import { type NatsServers, startNats } from '../../test/support/nats-servers.ts';
import { newServerDir, removeServer, sql, startServer } from '../../test/support/postgres.ts';
import { fillBenchHome } from '../world.ts';
import { type Node, startNode } from './nodes.ts';

const keysFile = z.object({ collect: z.string(), decide: z.string(), admin: z.string() });
export type Keys = z.infer<typeof keysFile>;

/** As a server of a shop is set up: what was acknowledged is on the disk. */
const DURABLE = ['fsync=on', 'synchronous_commit=on', 'shared_buffers=512MB', 'max_connections=200'];

export interface BenchCluster {
  readonly keys: Keys;
  readonly embedded: Node;
  /** Four, with all roles and an event stream. */
  readonly nodes: readonly Node[];
  readonly dataUrl: string;
  readonly keysUrl: string;
  readonly natsUrls: readonly string[];
  /** Of the process that starts PostgreSQL's others. */
  readonly postgresPid: number;
  readonly nats: NatsServers;
  close(): Promise<void>;
}

/** `profile`: a folder for processor profiles of the nodes. */
export async function openBenchCluster(options: {
  readonly people: number;
  readonly nodes: number;
  readonly profile?: string | undefined;
}): Promise<BenchCluster> {
  const root = mkdtempSync(join(tmpdir(), 'fineline-bench-cluster-'));
  const closers: (() => Promise<void> | void)[] = [() => rmSync(root, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (let next = closers.pop(); next !== undefined; next = closers.pop()) await next();
  };
  try {
    const dir = newServerDir();
    closers.push(() => removeServer(dir));
    const server = startServer(dir, DURABLE);
    const nats = await startNats();
    closers.push(() => nats.close());
    for (const name of ['shop', 'keys']) await sql(server.url('postgres'), `CREATE DATABASE ${name}`);
    const postgres = { data: server.url('shop'), keys: server.url('keys') };
    const home = (name: string): string => join(root, name);
    await fillBenchHome(home('embedded'), { people: options.people, seed: 1 });
    loadApiKeys(pathsOf(home('embedded')));
    cpSync(home('embedded'), home('node-1'), { recursive: true });
    await migrateShop({
      home: home('node-1'),
      from: 'embedded',
      to: 'cluster',
      postgres,
      removeSource: true,
    });
    const beside = { data: postgres.data, keys: postgres.keys, nats: natsOf(nats.urls) };
    const text = readFileSync(join(home('node-1'), 'fineline.yaml'), 'utf8');
    const settings = `${text}\ncluster: ${JSON.stringify(beside)}\n`;
    writeFileSync(join(home('node-1'), 'fineline.yaml'), settings);
    const start = async (name: string, number?: number): Promise<Node> => {
      const node = await startNode(home(name), number, options.profile);
      closers.push(() => node.stop());
      return node;
    };
    const embedded = await start('embedded');
    const first = await start('node-1', 1);
    const others: Node[] = [];
    for (let n = 2; n <= options.nodes; n += 1) {
      mkdirSync(home(`node-${n}`));
      for (const file of ['fineline.yaml', 'fineline.policy.yaml', 'keys'])
        cpSync(join(home('node-1'), file), join(home(`node-${n}`), file), { recursive: true });
      others.push(await start(`node-${n}`, n));
    }
    const pid = Number(readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const keys = keysFile.parse(JSON.parse(readFileSync(join(home('embedded'), 'keys.json'), 'utf8')));
    const nodes = [first, ...others];
    return {
      keys,
      embedded,
      nodes,
      dataUrl: postgres.data,
      keysUrl: postgres.keys,
      natsUrls: nats.urls,
      postgresPid: pid,
      nats,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function natsOf(servers: readonly string[]): object {
  return { servers, bytesMax: 2 ** 30 };
}
