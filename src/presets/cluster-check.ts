// What must be true before a cluster is started: one report over all technologies that it stands on.

import { checkNats } from '../adapters/nats/check.ts';
import { checkPostgres } from '../adapters/postgres/check.ts';
import type { ClusterUrls } from '../engine/cluster-settings.ts';
import type { Finding } from '../kernel/finding.ts';
import { natsFrom } from './event-stream.ts';

export interface ClusterParts {
  readonly postgres: ClusterUrls & { readonly poolMax?: number };
  /** Address of the event stream; absent: there is none. */
  readonly nats?: string;
}

/** Changes nothing. `bad` anywhere: do not start. */
export async function checkCluster({ postgres, nats }: ClusterParts): Promise<readonly Finding[]> {
  const { data, keys, poolMax } = postgres;
  const databases = await checkPostgres({ dataUrl: data, keysUrl: keys, poolMax });
  return nats === undefined ? databases : [...databases, ...(await checkNats(natsFrom(nats)))];
}
