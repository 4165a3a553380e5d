// The shop of the bench of learners: people with some orders each, in two databases.

import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import { openLearner } from '../../src/adapters/learner/learner.ts';
import { type NodeLock, lockNode } from '../../src/adapters/postgres/node-lock.ts';
import { type PostgresStore, openPostgresStore } from '../../src/adapters/postgres/store.ts';
import { createRing } from '../../src/adapters/sqlite/ring.ts';
import { memoryLog } from '../../src/adapters/tilelog/memory-log.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Role } from '../../src/engine/roles.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { createDutyLearner } from '../../src/presets/duty-learner.ts';
import { openMemory } from '../../src/presets/memory.ts';
import { dice } from '../../test/support/dice.ts';
import { type House, START, changes, choice, event, item } from '../../test/support/house.ts';
import { ALL_LEARNED } from '../../test/support/shared-learning.ts';

export interface Urls {
  readonly dataUrl: string;
  readonly keysUrl: string;
  readonly master: Uint8Array;
}

export interface BenchNode {
  readonly engine: Engine;
  readonly store: PostgresStore;
  readonly lock: NodeLock;
  close(): Promise<void>;
}

const THINGS = 1000;
const ORDERS = 5;
const LINES = 4;

/** Everybody with their orders, through the ordinary intake; counted nowhere. */
export async function fillShop(urls: Urls, people: number): Promise<void> {
  const node = await open(urls, { number: 9, roles: ['collect'], isShared: true });
  const { engine } = node;
  const random = seededRandom(1);
  const house = { nowMs: () => START } as House;
  await engine.putItems(Array.from({ length: THINGS }, (_, n) => item(`thing-${n}`)));
  const thing = (): string => `thing-${Math.min(random.below(THINGS), random.below(THINGS))}`;
  for (let from = 0; from < people; from += 100) {
    const names = Array.from({ length: Math.min(100, people - from) }, (_, n) => `p${from + n}`);
    await engine.importConsents(names.map((name) => choice(name, changes('given'), { method: 'import' })));
    const events = names.flatMap((name) =>
      Array.from({ length: ORDERS }, (_, n) => {
        const things = new Set(Array.from({ length: LINES }, thing));
        return event(house, 'purchase', name, [...things], { timeMs: START - n * 3_600_000 });
      }),
    );
    await engine.collect({ events, signals: { gpc: false } });
  }
  await node.close();
}

/** One that takes the duty to learn. */
export function openLearnerNode(urls: Urls, isShared: boolean): Promise<BenchNode> {
  return open(urls, { number: 8, roles: ['learn'], isShared });
}

interface Opening {
  readonly number: number;
  readonly roles: readonly Role[];
  readonly isShared: boolean;
}

async function open(
  { dataUrl, keysUrl, master }: Urls,
  { number, roles, isShared }: Opening,
): Promise<BenchNode> {
  const ring = () => createRing(() => [Uint8Array.from(master)]);
  const store = await openPostgresStore({ dataUrl, keysUrl, ring });
  const lock = await lockNode(dataUrl, { number });
  const entropy = dice(number);
  const crypto = memoryCrypto(entropy);
  const learner = createDutyLearner(openLearner);
  const { people, keys, catalogue, documents } = store;
  const { engine } = await openMemory({
    settings: ALL_LEARNED,
    node: number,
    roles,
    startMs: START,
    world: {
      ...{ entropy, crypto, people, keys, catalogue, documents, learner },
      log: memoryLog({ origin: 'fineline.test/log', crypto, entropy }),
      commons: store.commons(lock),
      ...(isShared ? { sharing: store.sharing(lock) } : {}),
    },
  });
  const close = async (): Promise<void> => {
    await engine.close();
    await learner.close();
    await lock.release();
    await store.close();
  };
  return { engine, store, lock, close };
}
