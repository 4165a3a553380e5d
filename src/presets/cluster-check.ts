// What must be true before a cluster is started: one report over all technologies that it stands on.

import { checkNats } from '../adapters/nats/check.ts';
import { checkPostgres } from '../adapters/postgres/check.ts';
import type { ClusterUrls } from '../engine/cluster-settings.ts';
import type { Finding } from '../kernel/finding.ts';
import { type NamedStream, natsNamed } from './event-stream.ts';

export interface ClusterParts {
  readonly postgres: ClusterUrls & { readonly poolMax?: number };
  /** Absent: there is none. */
  readonly stream?: NamedStream;
}

/** Changes nothing. `bad` anywhere: do not start. Faults of `natsNamed`. */
export async function checkCluster({ postgres, stream }: ClusterParts): Promise<readonly Finding[]> {
  const { data, keys, poolMax } = postgres;
  // A file that is missing is known before anything is asked.
  const nats = stream === undefined ? undefined : natsNamed(stream);
  const databases = await checkPostgres({ dataUrl: data, keysUrl: keys, poolMax });
  return nats === undefined ? databases : [...databases, ...(await checkNats(nats))];
}
