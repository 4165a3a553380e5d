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
  /** `keep`: leaves the folder of the rounds where it is. */
  close(keep: boolean): Promise<void>;
}

/** `apart`: we are in namespaces of our own (main.ts). */
export async function openWorld({ nodes, apart }: { nodes: number; apart: boolean }): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-faults-'));
  mkdirSync(dir, { recursive: true });
  const hosts = apart ? openNamespaces({ nodes, servers: 1 }) : undefined;
  const database = await openDatabaseServer(newServerDir(), { network: () => hosts, mayMount: apart });
  const network = hosts ?? (await openProxies({ nodes, dir: database.dir }));
  return {
    network,
    database,
    dir,
    mayMount: apart,
    nodes,
    close: async (keep) => {
      await network.close();
      await removeDatabaseServer(database);
      if (!keep) rmSync(dir, { recursive: true, force: true });
    },
  };
}
