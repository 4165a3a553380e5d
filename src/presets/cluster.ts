// The cluster preset: one node of up to 64 on the same databases. State and log are in PostgreSQL; each node
// has a home with its settings, and the same keys in all of them.
//
//     HOME/fineline.yaml          settings     HOME/log/    public/: a mirror of the log's static files
//     HOME/fineline.policy.yaml   the policy   HOME/keys/   master key and log key

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { type NodeLock, lockNode, runningNodes } from '../adapters/postgres/node-lock.ts';
import { type PostgresStore, openPostgresStore } from '../adapters/postgres/store.ts';
import { loadMasters } from '../adapters/sqlite/master-key.ts';
import { createRing } from '../adapters/sqlite/ring.ts';
import type { KeyRing } from '../engine/ports.ts';
import { ROLES } from '../engine/roles.ts';
import type { ClusterSettings } from '../engine/cluster-settings.ts';
import {
  type Embedded,
  type EmbeddedOptions,
  type NodeOfMany,
  type Stores,
  makeHome,
  openEmbedded,
  openOneNode,
} from './embedded.ts';
import { type Paths, pathsOf } from './paths.ts';
import { lookUpSettings } from './settings-file.ts';
import { assertMaySign, openSharedLog } from './shared-log.ts';

export interface ClusterOptions extends EmbeddedOptions {
  readonly postgres: ClusterSettings & { readonly poolMax?: number };
}

/** Which node is opened, and for what; in place of what the settings say. */
export type AsNode = Pick<ClusterSettings, 'node' | 'roles'>;

/** A home as its settings say: with its state in it, or in the databases that they name. */
export async function openAsSet(options: EmbeddedOptions, asNode: AsNode = {}): Promise<Embedded> {
  const paths = pathsOf(options.home);
  makeHome(paths.home);
  const postgres = lookUpSettings(paths).cluster;
  if (postgres === undefined && Object.keys(asNode).length > 0) {
    const message = `${paths.settings} names no databases under cluster, so there are no nodes and no roles`;
    throw new Fault('bad-settings', message, { retry: 'never' });
  }
  return postgres === undefined
    ? openEmbedded(options)
    : openCluster({ ...options, postgres: { ...postgres, ...asNode } });
}

/** Faults of `openEmbedded`, and of `openPostgresStore`. */
export async function openCluster(options: ClusterOptions): Promise<Embedded> {
  return openOneNode(options, (paths) => openStores(options, paths));
}

async function openStores(options: ClusterOptions, paths: Paths): Promise<Stores> {
  const { data, keys, poolMax } = options.postgres;
  let stop = (): void => undefined;
  const lost = (why: unknown): void => options.failed?.('lock', why);
  const lock = await lockNode(data, { number: options.postgres.node, lost, taken: () => stop() });
  try {
    const store = await openPostgresStore({
      dataUrl: data,
      keysUrl: keys,
      poolMax,
      ring: (isUsed) => ringOf(options, { paths, isUsed }),
    });
    if (existsSync(join(paths.data, 'data.db')) && (await store.people.people(undefined, 1)).length === 0) {
      await store.close();
      const message = `${paths.data} holds a shop, and the databases hold none`;
      throw new Fault('not-migrated', `${message}: run “fineline migrate --from embedded --to cluster”`, {
        retry: 'never',
      });
    }
    // From then on every question is answered with `closed`, which allows nothing.
    stop = () => void store.close().catch(lost);
    const close = async (): Promise<void> => {
      await store.close();
      await lock.release();
    };
    const { openLog: _openLog, movableLog: _movableLog, lyingLog: _lyingLog, ...stores } = store;
    return { ...stores, join: () => nodeOf(options, { paths, store, lock }), close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Opened {
  readonly paths: Paths;
  readonly store: PostgresStore;
  readonly lock: NodeLock;
}

async function nodeOf(
  { postgres, failed = () => undefined }: ClusterOptions,
  { paths, store, lock }: Opened,
): Promise<NodeOfMany> {
  const roles = postgres.roles ?? ROLES;
  const sharing = { paths, store, mayWrite: roles.includes('log'), failed };
  await assertMaySign(sharing);
  return {
    number: lock.number,
    roles,
    commons: store.commons(lock),
    ...(postgres.learning === 'shared' ? { sharing: store.sharing(lock) } : {}),
    mayRewrap: () => lock.hold('rewrap'),
    running: () => runningNodes(postgres.data),
    openLog: (keys) => openSharedLog(sharing, keys),
  };
}

/** Master keys from outside or from HOME/keys; made on first use, but never beside keys of another. */
function ringOf(
  { masterKey }: Pick<EmbeddedOptions, 'masterKey'>,
  { paths, isUsed }: { readonly paths: Paths; readonly isUsed: boolean },
): KeyRing {
  mkdirSync(paths.keys, { recursive: true, mode: 0o700 });
  return createRing(() => loadMasters(paths.keys, masterKey, isUsed));
}
