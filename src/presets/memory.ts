// The preset of tests: the whole engine in memory, with a clock and a log that the test holds in its hand.

import { intlLocalTime } from '../adapters/intl/local-time.ts';
import { type JointQuestion, createJointStatistics } from '../adapters/learner/joint-statistics.ts';
import { createStatistics } from '../adapters/learner/statistics.ts';
import { memoryCrypto } from '../adapters/memory/crypto.ts';
import { memoryLog } from '../adapters/tilelog/memory-log.ts';
import { memoryStore } from '../adapters/memory/store.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import type {
  Entropy,
  FitOptions,
  JointLearner,
  Learner,
  Leaving,
  PersonKey,
  World,
} from '../engine/ports.ts';
import type { Role } from '../engine/roles.ts';
import { FIRST_SETTINGS, readSettings } from './settings-file.ts';
import { FAST, type Pace, nodeTimer } from './timing.ts';

export interface MemoryOptions {
  /** Settings as YAML; default: those of a first start. */
  readonly settings?: string;
  /** Milliseconds since 1970; moves only when the test moves it. */
  readonly startMs?: number;
  readonly world?: Partial<World>;
  /** Number of the engine among several over one store; absent: alone. */
  readonly node?: number;
  /** What it was started for; absent: everything. */
  readonly roles?: readonly Role[];
  /** Of checkpoints and digests; default: the demo's. */
  readonly pace?: Pace;
}

export interface Memory {
  readonly engine: Engine;
  readonly world: World;
  readonly tokenSecret: Uint8Array;
  /** Moves the clock. */
  advance(ms: number): void;
  close(): Promise<void>;
}

export async function openMemory(options: MemoryOptions = {}): Promise<Memory> {
  let nowMs = options.startMs ?? Date.UTC(2026, 6, 1, 12);
  const settings = readSettings(options.settings ?? FIRST_SETTINGS, 'settings');
  const store = memoryStore();
  const entropy: Entropy = { bytes: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)) };
  const crypto = memoryCrypto(entropy);
  const world: World = {
    clock: { nowMs: () => nowMs },
    localTime: intlLocalTime(),
    timer: nodeTimer,
    entropy,
    crypto,
    keys: store.keys,
    people: store.people,
    catalogue: store.catalogue,
    documents: store.documents,
    learner: directLearner(),
    log: memoryLog({ origin: 'fineline.test/log', crypto, entropy }),
    ...options.world,
  };
  const engine = await openEngine(world, {
    controller: settings.controller,
    sources: settings.sources,
    notices: settings.notices,
    policy: settings.policy,
    ...(settings.place === undefined ? {} : { defaultPlace: settings.place }),
    ...(settings.tcfVendorId === undefined ? {} : { tcfVendorId: settings.tcfVendorId }),
    ...(options.node === undefined ? {} : { node: options.node }),
    ...(options.roles === undefined ? {} : { roles: options.roles }),
    peopleCachedMax: 1000,
    replayDays: 30,
    ...(options.pace ?? FAST),
    microBatchMs: 0,
  });
  return {
    engine,
    world,
    tokenSecret: world.keys.derive('person-tokens'),
    advance: (ms) => {
      nowMs += ms;
    },
    close: () => engine.close(),
  };
}

/** Learning together on the spot, without a worker. */
export function directJointLearner(): JointLearner {
  const statistics = createJointStatistics();
  const ask = <T>(request: JointQuestion): Promise<T> => Promise.resolve(statistics.handle(request) as T);
  return {
    change: (changes, k) => ask({ kind: 'change', id: 0, changes, k }),
    clear: () => statistics.handle({ kind: 'clear' }),
    fit: (options) => ask({ kind: 'fit', id: 0, ...options }),
    canonical: () => ask({ kind: 'canonical', id: 0 }),
    close: () => Promise.resolve(),
  };
}

/** Learning on the spot, without a worker. */
export function directLearner(): Learner {
  const statistics = createStatistics();
  let nextId = 0;
  const ask = <T>(
    request:
      | ({ kind: 'fit' } & FitOptions)
      | { kind: 'canonical' }
      | { kind: 'proxies'; question: Parameters<Learner['proxies']>[0] }
      | ({ kind: 'forget'; person: PersonKey } & Leaving),
  ): Promise<T> => {
    nextId += 1;
    return Promise.resolve(statistics.handle({ ...request, id: nextId }) as T);
  };
  return {
    change: (person, share) => statistics.handle({ kind: 'changes', changes: [[person, share]] }),
    forget: (person, leaving) => ask({ kind: 'forget', person, ...leaving }),
    adopt: (models) => statistics.handle({ kind: 'adopt', ...models }),
    fit: (options) => ask({ kind: 'fit', ...options }),
    proxies: (question) => ask({ kind: 'proxies', question }),
    canonical: () => ask({ kind: 'canonical' }),
    close: () => Promise.resolve(),
  };
}
