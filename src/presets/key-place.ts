// Where the key store of a home is, seen by a command beside the processes that serve it: a file, or a
// database that several nodes share; and what those processes said of the keys they hold.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault, isFault } from '../kernel/fault.ts';
import { Database } from '../adapters/postgres/database.ts';
import { migrate } from '../adapters/postgres/migrations.ts';
import { runningNodes } from '../adapters/postgres/node-lock.ts';
import { lockHome } from '../adapters/sqlite/lock.ts';
import { type Paths, pathsOf } from './paths.ts';
import { lookUpSettings } from './settings-file.ts';

/** A node looks once a second. */
const ANSWER_MS_MAX = 10_000;
const LOOK_MS = 200;

export interface KeyPlace<Table> {
  readonly table: Table;
  readonly keysDir: string;
  readonly isShared: boolean;
  /** Numbers of nodes that run now; 0 where a home has one process. */
  running(): Promise<readonly number[]>;
  close(): Promise<void>;
}

interface Opening<Table> {
  readonly home: string;
  /** Nothing is changed, so a server may start meanwhile. */
  readonly isLooking: boolean;
  readonly inFolder: (keysDir: string) => Table & { close(): void };
  readonly inDatabase: (keys: Database) => Table;
}

/** Fault `not-found` where there are no keys yet, and what a file or a server can do. */
export async function openKeyPlace<Table>(opening: Opening<Table>): Promise<KeyPlace<Table>> {
  const paths = pathsOf(opening.home);
  const cluster = existsSync(paths.settings) ? lookUpSettings(paths).cluster : undefined;
  const opened = cluster === undefined ? inFolder(paths, opening) : await inDatabase(cluster, opening);
  return { ...opened, keysDir: paths.keys };
}

type Opened<Table> = Omit<KeyPlace<Table>, 'keysDir'>;

/**
 * The lock is held while nobody serves, so that nobody begins to in the middle of it. Whoever only looks lets
 * it go at once: looking at a million rows takes many seconds, in which a start would be refused.
 */
function inFolder<Table>(paths: Paths, { isLooking, inFolder: open }: Opening<Table>): Opened<Table> {
  if (!existsSync(join(paths.keys, 'keys.db'))) throw noKeys(paths.home);
  let lock: ReturnType<typeof lockHome> | undefined;
  const isServed = (): boolean => {
    if (lock !== undefined) return false;
    try {
      lock = lockHome(paths.keys);
      if (isLooking) {
        lock.release();
        lock = undefined;
      }
      return false;
    } catch (error) {
      if (isFault(error, 'home-in-use')) return true;
      throw error;
    }
  };
  if (!isLooking) isServed();
  try {
    const table = open(paths.keys);
    return {
      table,
      isShared: false,
      running: async () => (isServed() ? [0] : []),
      close: async () => {
        table.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function inDatabase<Table>(
  urls: { readonly data: string; readonly keys: string },
  { inDatabase: open }: Opening<Table>,
): Promise<Opened<Table>> {
  const keys = new Database({ url: urls.keys, poolMax: 2, isSpread: await migrate(urls.keys, 'keys') });
  return {
    table: open(keys),
    isShared: true,
    running: () => runningNodes(urls.data),
    close: () => keys.close(),
  };
}

export function noKeys(home: string): Fault {
  const message = `${home}: there are no keys of people here yet: the first start makes them`;
  return new Fault('not-found', message, { retry: 'never' });
}

interface Said {
  readonly node: number;
}

interface Saying<S extends Said> {
  readonly table: { nodes(): Promise<readonly S[]> };
  running(): Promise<readonly number[]>;
}

/**
 * Waits until every node that ran since it began says so, and looks for who runs for `lookedMsMin` at least;
 * answers numbers of those that did not.
 */
export async function untilAll<S extends Said>(
  { table, running }: Saying<S>,
  isSo: (said: S) => boolean,
  lookedMsMin = 0,
): Promise<readonly number[]> {
  const ran = new Set<number>();
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    for (const number of await running()) ran.add(number);
    const nodes = await table.nodes();
    const late = [...ran].filter((number) => !nodes.some((one) => one.node === number && isSo(one)));
    if (waitedMs >= (late.length === 0 ? lookedMsMin : ANSWER_MS_MAX)) return late.toSorted((a, b) => a - b);
    await pause(LOOK_MS);
  }
}
