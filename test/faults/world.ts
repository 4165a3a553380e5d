// What all rounds share: hosts, or proxies where there are none, and the database server.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newServerDir } from '../support/postgres.ts';
import { type DatabaseServer, openDatabaseServer, removeDatabaseServer } from './database.ts';
import { openNamespaces } from './namespaces.ts';
import type { Network } from './network.ts';
import { openProxies } from './proxies.ts';

export interface World {
  readonly network: Network;
  readonly database: DatabaseServer;
  /** Homes, logs and books of the rounds. */
  readonly dir: string;
  /** Whether small disks can be made, to be filled. */
  readonly mayMount: boolean;
  readonly nodes: number;
  /** Whether events go through a stream, whose servers are of each round. */
  readonly stream: boolean;
  /** `keep`: leaves the folder of the rounds where it is. */
  close(keep: boolean): Promise<void>;
}

export interface WorldOptions {
  readonly nodes: number;
  /** We are in namespaces of our own (main.ts). */
  readonly apart: boolean;
  readonly stream: boolean;
}

export async function openWorld({ nodes, apart, stream }: WorldOptions): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-faults-'));
  mkdirSync(dir, { recursive: true });
  const hosts = apart ? openNamespaces({ nodes, stream }) : undefined;
  const database = await openDatabaseServer(newServerDir(), { network: () => hosts, mayMount: apart });
  const network = hosts ?? (await openProxies({ nodes, dir: database.dir, stream }));
  return {
    network,
    database,
    dir,
    mayMount: apart,
    nodes,
    stream,
    close: async (keep) => {
      await network.close();
      await removeDatabaseServer(database);
      if (!keep) rmSync(dir, { recursive: true, force: true });
    },
  };
}
