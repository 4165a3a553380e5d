// The NATS servers of a round: three, each a host of its own where there are namespaces, with a small disk of
// its own where one can be mounted. New ones for each round, so that a round depends on its seed alone.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitingIn } from '../../src/presets/event-stream.ts';
import { type NatsServers, startNats } from '../support/nats-servers.ts';
import { type Disk, mountDisk } from './disk.ts';
import type { Network } from './network.ts';

/** What nodes are told of it; few partitions, so that the leader of one has a share that is felt. */
export const STREAM = { partitions: 4, bytesMax: 32 * 2 ** 20 } as const;
const DISK_MIB = 96;
const LEADER_MS_MAX = 20_000;

export interface StreamServers extends NatsServers {
  /** Small disks, one of each server; empty where nothing can be mounted. */
  readonly disks: readonly Disk[];
  /** Who leads the cluster; the first where none of them says that it does. */
  metaLeader(): number;
  /** Who leads a partition, or the first where nobody says so. */
  leader(partition: number): Promise<number>;
  /** Confirmed and not taken, and put aside. Fault `stream-down`. */
  waiting(): Promise<{ readonly waiting: number; readonly dead: number }>;
}

export async function openStreamServers(network: Network, mayMount: boolean): Promise<StreamServers> {
  const root = mkdtempSync(join(tmpdir(), 'fineline-faults-nats-'));
  const dirs = network.streamPlaces.map((_, at) => join(root, `s${at}`));
  for (const dir of dirs) mkdirSync(dir);
  const disks = mayMount ? dirs.map((dir) => mountDisk(dir, DISK_MIB)) : [];
  const remove = (): void => {
    for (const disk of disks) disk.unmount();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    const servers = await startNats({
      places: network.streamPlaces.map((place, at) => ({ ...place, storeDir: join(dirs[at]!, 'store') })),
    });
    const address = servers.urls.join(',');
    return {
      ...servers,
      disks,
      metaLeader: () => lastElected(network.streamPlaces.map((_, at) => servers.log(at))),
      leader: async (partition) => {
        // Where nobody is elected in this time another fault is at work, and any server will do.
        const first = sleep(LEADER_MS_MAX, 0, { ref: false });
        return Promise.race([servers.leaderOf(`FINELINE_EVENTS_${partition}`).catch(() => 0), first]);
      },
      waiting: () => waitingIn({ address }),
      close: async () => {
        await servers.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

const ELECTED = /^\[\d+\] (\S+ \S+) .*Self is new JetStream cluster metadata leader/gm;

/** Which of the logs tells of the newest election. */
function lastElected(logs: readonly string[]): number {
  const times = logs.map((log) => [...log.matchAll(ELECTED)].at(-1)?.[1] ?? '');
  return times.indexOf(times.toSorted().at(-1) ?? '');
}
