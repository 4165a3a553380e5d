// What must be true before a cluster is started: one report over all technologies that it stands on. A
// further one adds its own function beside `checkPostgres` and its address to `ClusterParts`.

import { checkPostgres } from '../adapters/postgres/check.ts';
import type { ClusterUrls } from '../engine/settings.ts';
import type { Finding } from '../kernel/finding.ts';

export interface ClusterParts {
  readonly postgres: ClusterUrls & { readonly poolMax?: number };
}

/** Changes nothing. `bad` anywhere: do not start. */
export async function checkCluster({ postgres }: ClusterParts): Promise<readonly Finding[]> {
  const { data, keys, poolMax } = postgres;
  return [...(await checkPostgres({ dataUrl: data, keysUrl: keys, poolMax }))];
}
