// The market preset: several homes in one process, each opened by the embedded preset as if it were alone.
// They have nothing in common but the process: no store, key, statistics, model, log, learner or policy.
// Those that market.yaml lets learn together each get a seat at statistics of their own beside that
// (engine/pool.ts).
//
// A home that cannot be opened is closed to its own people and keys; the others are served.

import { existsSync, readFileSync } from 'node:fs';
import { Fault, isFault } from '../kernel/fault.ts';
import { openJointLearner } from '../adapters/learner/joint-learner.ts';
import { systemClock } from '../adapters/node-crypto/clock.ts';
import { type Pool, createPool } from '../engine/pool.ts';
import type { Clock } from '../engine/ports.ts';
import type { Seat } from '../engine/seat.ts';
import type { ControllerId } from '../facts/ids.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { type Paths, pathsOf } from './paths.ts';
import { type Stall, readMarket } from './market-file.ts';
import { lookUpSettings } from './settings-file.ts';

export interface MarketOptions {
  readonly dir: string;
  /** Where master keys named by a variable are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  readonly fast?: boolean;
  /** Hears of periodic work that failed, and of whom. */
  readonly failed?: (controller: string, what: string, error: unknown) => void;
}

export interface OpenedStall {
  readonly stall: Stall;
  readonly paths: Paths;
  /** Absent: it did not open, and `because` says why and what to do. */
  readonly embedded?: Embedded;
  readonly because?: string;
}

export interface Market {
  /** The portal first, then the sellers in the order of the file. */
  readonly stalls: readonly OpenedStall[];
  /** One for each group that learns together. */
  readonly pools: readonly Pool[];
  close(): Promise<void>;
}

/**
 * Fault `bad-settings` or `not-found` when there is no usable market.yaml; a home's own faults stay its own.
 */
export async function openMarket(options: MarketOptions): Promise<Market> {
  const stalls: OpenedStall[] = [];
  const file = readMarket(options.dir);
  const pools = file.joint.map((group) => poolOf(group, options));
  const seats = new Map(
    file.joint.flatMap((group, at) => group.map((name) => [name, pools[at]?.seat(name)] as const)),
  );
  for (const stall of file.stalls)
    stalls.push(await openStall(stall, { ...options, seat: seats.get(stall.controller) }));
  return {
    stalls,
    pools,
    close: async () => {
      for (const { embedded } of stalls) await embedded?.close();
      for (const { learner } of pools) await learner.close();
    },
  };
}

function poolOf(group: readonly ControllerId[], { clock = systemClock, failed }: MarketOptions): Pool {
  return createPool({
    group,
    learner: openJointLearner(),
    clock,
    failed: (error) => failed?.(group.join(', '), 'learning together', error),
  });
}

async function openStall(
  stall: Stall,
  { env, clock, fast, failed, seat }: MarketOptions & { readonly seat: Seat | undefined },
): Promise<OpenedStall> {
  const paths = pathsOf(stall.home);
  try {
    assertHomeOf(stall);
    const masterKey = masterKeyOf(stall, env);
    const embedded = await openEmbedded({
      home: stall.home,
      ...(masterKey === undefined ? {} : { masterKey }),
      ...(clock === undefined ? {} : { clock }),
      ...(fast === undefined ? {} : { fast }),
      ...(seat === undefined ? {} : { seat }),
      failed: (what, error) => failed?.(stall.controller, what, error),
    });
    return { stall, paths, embedded };
  } catch (error) {
    // A fault speaks for itself; of others the kind, because their words may quote what they choked on.
    const because = isFault(error)
      ? error.message
      : `it failed with ${error instanceof Error ? error.name : 'something'}`;
    return { stall, paths, because };
  }
}

/**
 * A folder without settings is a disk that is not mounted rather than a new seller: a home is made by `market
 * add` alone. Settings of somebody else are a home in the wrong place.
 */
function assertHomeOf({ controller, home }: Stall): void {
  const paths = pathsOf(home);
  if (!existsSync(paths.settings)) {
    const remedy = `Mount it, or make it with “fineline market add ${controller}”.`;
    throw new Fault('not-found', `${home}: there is no home here. ${remedy}`, { retry: 'never' });
  }
  const settings = lookUpSettings(paths);
  if (settings.controller === controller) return;
  const whose = `is of the controller ${settings.controller}, and the market names ${controller}`;
  throw new Fault('bad-settings', `${paths.settings} ${whose}. Correct one of the two.`, { retry: 'never' });
}

function masterKeyOf({ masterKey }: Stall, env: MarketOptions['env']): string | undefined {
  if (masterKey === undefined) return undefined;
  if ('env' in masterKey) {
    const value = env[masterKey.env];
    if (value !== undefined && value !== '') return value;
    throw new Fault('no-key', `The variable ${masterKey.env} with the master key is not set.`, {
      retry: 'never',
    });
  }
  try {
    return readFileSync(masterKey.file, 'utf8').trim();
  } catch (cause) {
    const message = `${masterKey.file} with the master key cannot be read. Put it there, 32 bytes in base64.`;
    throw new Fault('no-key', message, { retry: 'never', cause });
  }
}
