// The embedded preset: one process, no server of any kind. SQLite for what is true, a worker for what is
// learned, a folder of tiles for what is witnessed.
//
//     HOME/fineline.yaml          settings     HOME/data/   journals, catalogue, models: back this up
//     HOME/fineline.policy.yaml   the policy   HOME/log/    the witness log and its public tiles
//     HOME/keys/                  keys, apart

import { mkdirSync } from 'node:fs';
import { Fault } from '../kernel/fault.ts';
import { openLearner } from '../adapters/learner/learner.ts';
import { intlLocalTime } from '../adapters/intl/local-time.ts';
import { systemClock } from '../adapters/node-crypto/clock.ts';
import { nodeCrypto } from '../adapters/node-crypto/crypto.ts';
import { pooledEntropy } from '../adapters/node-crypto/entropy.ts';
import { openEmbeddedStore } from '../adapters/sqlite/store.ts';
import { openTileLog } from '../adapters/tilelog/tile-log.ts';
import { tracedWorld } from '../adapters/otel/traced-world.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { lastPolicy } from '../engine/policing.ts';
import type {
  Clock,
  Commons,
  KeyRing,
  MasterTable,
  Sharing,
  Traces,
  WitnessLog,
  World,
} from '../engine/ports.ts';
import type { Role } from '../engine/roles.ts';
import type { Seat } from '../engine/seat.ts';
import { watchMasters } from './masters-watch.ts';
import { MOVE_MARK } from './moving.ts';
import { createDutyLearner } from './duty-learner.ts';
import { type Paths, pathsOf } from './paths.ts';
import { assertNotGone } from './policy-file.ts';
import { type First, lookUpSettings, writeFirstFiles } from './settings-file.ts';
import { FAST, STEADY, nodeTimer, startClockwork } from './timing.ts';

export interface EmbeddedOptions {
  readonly home: string;
  /** Demo pace: checkpoints and digests every second instead of every minute and day. */
  readonly fast?: boolean;
  readonly clock?: Clock;
  /** What the files of a home without settings say. */
  readonly first?: First;
  /** 32 bytes in base64, or several of them apart by spaces, instead of the files in HOME/keys. */
  readonly masterKey?: string;
  /** Where this home learns together with others of its market; absent: it learns alone. */
  readonly seat?: Seat;
  /** Where requests and what they ask can be followed; closed with the home. Default: nowhere. */
  readonly traces?: Traces | undefined;
  /** Hears of periodic work that failed; it is tried again at the next turn. */
  readonly failed?: (what: string, error: unknown) => void;
}

export interface Embedded {
  readonly engine: Engine;
  readonly traces: Traces | undefined;
  readonly paths: Paths;
  /** Signed people's tokens at first, and tells this home from others. */
  readonly tokenSecret: Uint8Array;
  /** Those in force: of the master key in use first. They end with their master key. */
  readonly tokenSecrets: () => readonly Uint8Array[];
  /**
   * Counts everybody and finishes what a crash interrupted; resolves when done. Serving need not wait for it.
   */
  readonly recovered: Promise<void>;
  close(): Promise<void>;
}

export const LOG_ORIGIN = 'fineline.local/log';

/** The stores of people, catalogue and documents, however they are kept. */
export type Stores = Pick<World, 'people' | 'keys' | 'catalogue' | 'documents'> & {
  readonly masters: MasterTable;
  readonly ring: KeyRing;
  /** Joins the other nodes; absent: it is alone. */
  join?(): Promise<NodeOfMany>;
  close(): Promise<void>;
};

export interface NodeOfMany {
  readonly number: number;
  readonly roles: readonly Role[];
  readonly commons: Commons;
  /** Where nodes share the counting. */
  readonly sharing?: Sharing;
  /** Whether this node is the one that wraps keys anew. */
  mayRewrap(): Promise<boolean>;
  /** Numbers of all nodes that run now. */
  running(): Promise<readonly number[]>;
  /** The witness log that all nodes share. */
  openLog(options: Pick<World, 'crypto' | 'entropy'> & { readonly origin: string }): Promise<WitnessLog>;
}

export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const paths = pathsOf(options.home);
  makeHome(paths.home);
  if (lookUpSettings(paths).cluster !== undefined) {
    const message = `${paths.settings} names databases under cluster: what lies in this folder is not all`;
    throw new Fault('bad-settings', `${message}. Open it as a cluster, or take cluster out.`, {
      retry: 'never',
    });
  }
  return openOneNode(options, ({ data, keys }) =>
    openEmbeddedStore({ dataDir: data, keysDir: keys, masterKey: options.masterKey }),
  );
}

/** One process on any stores; learner, log key and, where it is alone, the log are in its home. */
export async function openOneNode(
  options: EmbeddedOptions,
  openStores: (paths: Paths) => Promise<Stores>,
): Promise<Embedded> {
  const paths = pathsOf(options.home);
  makeHome(paths.home);
  const found = lookUpSettings(paths);
  // What was opened before a later step failed is closed again: a process that ends must not hang on a
  // worker.
  const opened: (() => Promise<void>)[] = [];
  const { traces } = options;
  if (traces !== undefined) opened.push(() => traces.close());
  const closeAll = async (): Promise<void> => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
  };
  try {
    const pace = options.fast === true ? FAST : STEADY;
    const { world, node, ring } = await openWorld(options, { paths, openStores, opened });
    if (found.origin === 'default' && node === undefined)
      assertNotGone(paths.policy, await lastPolicy(world.documents));
    writeFirstFiles(paths, options.first);
    const settings = lookUpSettings(paths);
    const engine = await openEngine(world, {
      controller: settings.controller,
      sources: settings.sources,
      notices: settings.notices,
      policy: settings.policy,
      isPolicyAssumed: settings.origin === 'default',
      ...(node === undefined ? {} : { node: node.number, roles: node.roles }),
      ...(settings.place === undefined ? {} : { defaultPlace: settings.place }),
      ...(settings.tcfVendorId === undefined ? {} : { tcfVendorId: settings.tcfVendorId }),
      peopleCachedMax: 10_000,
      replayDays: 30,
      ...pace,
    });
    opened.push(() => engine.close());
    const failed = options.failed ?? (() => undefined);
    for (const { id, noticeId } of engine.core.withoutNotice) failed('settings', noNotice(id, noticeId));
    const recovered = recoverOrJoin(engine).catch((error: unknown) => failed('recovery', error));
    opened.push(() => recovered, startClockwork(engine, pace, failed));
    const tokens = {
      tokenSecret: world.keys.derive('person-tokens'),
      tokenSecrets: () => ring.secrets('person-tokens'),
    };
    return { engine, traces, paths, ...tokens, recovered, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** A node of several counts where that is a duty it finds free. */
async function recoverOrJoin(engine: Engine): Promise<void> {
  if (engine.core.others === undefined) return engine.recover();
  await engine.follow();
  await engine.core.recovery.running;
}

/** Said, not thrown: what else the shop does goes on. */
function noNotice(source: string, notice: string): Fault {
  const message =
    `What ${source} sends is refused: its notice ${notice} is not registered. Add it under notices in ` +
    'fineline.yaml (docs/notices.md), or name one that is.';
  return new Fault('notice-unknown', message, { retry: 'never' });
}

interface Opening {
  readonly paths: Paths;
  readonly openStores: (paths: Paths) => Promise<Stores>;
  readonly opened: (() => Promise<void>)[];
}

interface Opened {
  readonly world: World;
  readonly node: NodeOfMany | undefined;
  readonly ring: KeyRing;
}

async function openWorld(options: EmbeddedOptions, { paths, openStores, opened }: Opening): Promise<Opened> {
  const store = await openStores(paths);
  opened.push(() => store.close());
  if ((await store.documents.pointer(MOVE_MARK)) !== undefined) {
    const message = 'a move to or from here was not finished: run the same “fineline migrate” again';
    throw new Fault('moving', message, { retry: 'never' });
  }
  // Before the keys of this home are looked for, and made where there are none.
  const node = await store.join?.();
  opened.push(await watched(options, store, node));
  const entropy = pooledEntropy();
  const crypto = nodeCrypto({ keysDir: paths.keys, entropy });
  const open = { origin: LOG_ORIGIN, crypto, entropy };
  const log =
    node === undefined
      ? openTileLog({ dir: paths.log, keyDir: paths.keys, ...open })
      : await node.openLog(open);
  opened.push(() => log.close());
  const learner = node === undefined ? openLearner() : createDutyLearner(openLearner);
  opened.push(() => learner.close());
  const { people, keys, catalogue, documents } = store;
  const clock = options.clock ?? systemClock;
  const localTime = intlLocalTime();
  const world = {
    clock,
    localTime,
    timer: nodeTimer,
    entropy,
    crypto,
    keys,
    people,
    catalogue,
    documents,
    learner,
    log,
    ...(options.seat === undefined ? {} : { seat: options.seat }),
    ...(node === undefined ? {} : { commons: node.commons }),
    ...(node?.sharing === undefined ? {} : { sharing: node.sharing }),
  };
  const told = options.traces === undefined ? world : tracedWorld(world, options.traces);
  return { world: told, node, ring: store.ring };
}

/** From the first moment: whoever announces a master key must not miss a node that just started. */
async function watched(
  { failed = () => undefined }: EmbeddedOptions,
  { masters, ring }: Stores,
  node: NodeOfMany | undefined,
): Promise<() => Promise<void>> {
  const mayRewrap = async (): Promise<boolean> => node === undefined || node.mayRewrap();
  const running = async (): Promise<readonly number[]> => (node === undefined ? [0] : node.running());
  return watchMasters({ table: masters, ring, node: node?.number ?? 0, mayRewrap, running, failed });
}

/** Fault `cannot-open` where there can be none. */
export function makeHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true });
  } catch (cause) {
    throw new Fault('cannot-open', `${home}: cannot be made or written: choose another folder with --home`, {
      retry: 'never',
      cause,
    });
  }
}
