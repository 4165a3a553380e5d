// Several engines on one PostgreSQL, each with connections, a lock and a memory of its own, and a clock that
// stands still: what the processes of a cluster are, in one process.

import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import { lockNode, type NodeLock } from '../../src/adapters/postgres/node-lock.ts';
import type { PostgresStore } from '../../src/adapters/postgres/store.ts';
import { memoryLog } from '../../src/adapters/tilelog/memory-log.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Learner, Sharing } from '../../src/engine/ports.ts';
import { ROLES, type Role } from '../../src/engine/roles.ts';
import { createDutyLearner } from '../../src/presets/duty-learner.ts';
import { directLearner, openMemory } from '../../src/presets/memory.ts';
import { dice } from './dice.ts';
import { type House, SETTINGS, START } from './house.ts';
import type { Pair } from './postgres-pair.ts';

export interface Node extends House {
  readonly learner: Learner;
  readonly lock: NodeLock;
  /** As if its process had been killed: connections end, nothing is finished. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface Cluster {
  /** Opens one more; all take part in the same log. */
  open(number: number, options?: NodeOptions): Promise<Node>;
}

export interface NodeOptions {
  readonly roles?: readonly Role[];
  readonly settings?: string;
  /** Whether nodes share the counting. */
  readonly isShared?: boolean;
  /** Stands between the engine and its sharing. */
  readonly between?: (sharing: Sharing) => Sharing;
}

export function newCluster(pair: Pair): Cluster {
  const entropy = dice(7);
  const crypto = memoryCrypto(entropy);
  const log = memoryLog({ origin: 'fineline.test/log', crypto, entropy });
  return {
    open: async (number, { roles = ROLES, settings = SETTINGS, isShared = false, between } = {}) => {
      const store = await pair.open();
      const lock = await lockNode(pair.dataUrl, { number });
      const learner = createDutyLearner(directLearner);
      const { people, keys, catalogue, documents } = store;
      const commons = store.commons(lock);
      const sharing = store.sharing(lock);
      const shared = isShared ? { sharing: between?.(sharing) ?? sharing } : {};
      const world = { entropy, crypto, log, people, keys, catalogue, documents, learner, commons, ...shared };
      const { engine, advance } = await openMemory({ settings, node: number, roles, world, startMs: START });
      return nodeOf({ engine, learner, lock, store, advance });
    },
  };
}

interface Parts {
  readonly engine: Engine;
  readonly learner: Learner;
  readonly lock: NodeLock;
  readonly store: PostgresStore;
  readonly advance: (ms: number) => void;
}

function nodeOf({ engine, learner, lock, store, advance }: Parts): Node {
  return {
    engine,
    learner,
    lock,
    advance,
    nowMs: () => START,
    kill: async () => {
      await lock.release();
      await store.close();
    },
    close: async () => {
      await engine.close();
      await lock.release();
      await store.close();
    },
  } as Node;
}
