// Owns: the number of a node among several on one database, and the duties that one of them has at a time:
// locks of the server, all held by one connection. They die with their holder.
//
//     taken ─▶ the connection ends ─▶ taken again ─▶ goes on, duties anew
//                                       └─ another has the number ─▶ must not serve any more

import pg from 'pg';
import { Fault, isFault } from '../../kernel/fault.ts';
import { POSTGRES } from './bounds.ts';
import { toFault } from './faults.ts';
import { type Losing, SERVING } from './lock.ts';
import { type PartLocks, createPartLocks } from './part-locks.ts';

import type { Duty } from '../../engine/ports.ts';

/** Numbers of nodes: 0 to 63 (engine/nobody.ts). */
const NODES_MAX = 64;
/** Second keys of the locks of duties; those below are numbers of nodes. */
const DUTY_KEYS: Readonly<Record<Duty | 'rewrap', number>> = { learn: 1000, log: 1001, rewrap: 1002 };
const TAKE_AGAIN_MS = 1000;
/** A question to the lock’s connection that takes longer means that the connection is gone. */
const ANSWER_MS_MAX = 5000;
/** So that the server notices within half a minute that a machine is gone, and frees what it held. */
const KEEPALIVES =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/** After which the server has noticed (KEEPALIVES), so that whoever has the number is another. */
const OWN_SESSION_MS_MAX = 30_000;

export interface NodeLock {
  readonly number: number;
  /** Whether this node has the duty; takes it when nobody has. `false` while the connection is away. */
  hold(duty: Duty | 'rewrap'): Promise<boolean>;
  /** Parts of the people that are this node's now, of all who ask; none while the connection is away. */
  ownParts(): Promise<ReadonlySet<number>>;
  release(): Promise<void>;
}

interface Held {
  readonly client: pg.Client;
  readonly parts: PartLocks;
  readonly duties: Set<Duty | 'rewrap'>;
}

/**
 * Takes a number: this one, or the first that is free. Faults: `node-in-use` when another process has it,
 * `home-in-use` when somebody wants the databases for themselves (a move, an older Fineline).
 */
export async function lockNode(
  url: string,
  { number: wanted, lost, taken }: Losing & { readonly number?: number | undefined } = {},
): Promise<NodeLock> {
  let isReleased = false;
  let held: Held | undefined;
  let timer: NodeJS.Timeout | undefined;
  const patience = createPatience();

  const take = async (numbers: readonly number[]): Promise<number> => {
    const client = await connect(url);
    try {
      const number = await takeNumber(client, numbers);
      // Released while it was on its way: nobody would end this connection, nor free what it holds.
      if (isReleased) throw new Fault('closed', 'the lock was released', { retry: 'never' });
      const duties = new Set<Duty | 'rewrap'>();
      const mine = { client, parts: createPartLocks(client, number), duties };
      held = mine;
      patience.renew();
      client.on('end', () => {
        if (held === mine) held = undefined;
        again(number, new Fault('unreachable', 'the lock’s connection ended', { retry: 'later' }));
      });
      return number;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw toFault(error);
    }
  };
  const again = (number: number, why: unknown): void => {
    if (isReleased) return;
    lost?.(why);
    if (patience.isOver(why)) {
      taken?.();
      return;
    }
    timer = setTimeout(
      () => void take([number]).catch((error: unknown) => again(number, error)),
      TAKE_AGAIN_MS,
    );
    timer.unref();
  };

  // Its end is heard above, which takes the number again.
  const giveUp = (mine: Held): void => {
    if (held === mine) held = undefined;
    void mine.client.end().catch(() => undefined);
  };

  const number = await take(wanted === undefined ? allNumbers() : [wanted]);
  return {
    number,
    ...asked(() => held, giveUp),
    async release(): Promise<void> {
      isReleased = true;
      clearTimeout(timer);
      await held?.client.end().catch(() => undefined);
      held = undefined;
    },
  };
}

/** What is asked of the connection that holds the number. Who does not answer has nothing. */
function asked(
  held: () => Held | undefined,
  giveUp: (mine: Held) => void,
): Pick<NodeLock, 'hold' | 'ownParts'> {
  async function ask<T>(question: (mine: Held) => Promise<T>): Promise<T | undefined> {
    const mine = held();
    if (mine === undefined) return undefined;
    try {
      const answer = await question(mine);
      return held() === mine ? answer : undefined;
    } catch {
      giveUp(mine);
      return undefined;
    }
  }
  return {
    hold: async (duty) =>
      (await ask(async ({ client, duties }) => {
        // Asked also by whoever has it: a connection that is gone without a word must not be believed in.
        if (duties.has(duty)) await client.query('SELECT');
        else if (await tryLock(client, DUTY_KEYS[duty])) duties.add(duty);
        return duties.has(duty);
      })) === true,
    ownParts: async () => (await ask(({ parts }) => parts.own())) ?? new Set(),
  };
}

/**
 * Whether somebody else has the number. Not at once: the server may not have noticed yet that our own session
 * of before is gone, and then the number is ours again as soon as it has.
 */
function createPatience(): { isOver(why: unknown): boolean; renew(): void } {
  let inUseSinceMs: number | undefined;
  return {
    isOver: (why) => {
      if (isFault(why, 'home-in-use')) return true;
      if (!isFault(why, 'node-in-use')) inUseSinceMs = undefined;
      else inUseSinceMs ??= performance.now();
      return inUseSinceMs !== undefined && performance.now() - inUseSinceMs >= OWN_SESSION_MS_MAX;
    },
    renew: () => {
      inUseSinceMs = undefined;
    },
  };
}

/** Numbers of the nodes that hold theirs at this moment, whatever version they are of. */
export async function runningNodes(url: string): Promise<readonly number[]> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ number: number }>(
      `SELECT objid::integer AS number FROM pg_locks
       WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = $1 AND objid < $2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       ORDER BY number`,
      [SERVING, NODES_MAX],
    );
    return rows.map(({ number }) => number);
  } catch (error) {
    throw toFault(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const allNumbers = (): readonly number[] => Array.from({ length: NODES_MAX }, (_, number) => number);

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: POSTGRES.connectMsMax,
    query_timeout: ANSWER_MS_MAX,
    application_name: 'fineline node',
    keepAlive: true,
    keepAliveInitialDelayMillis: POSTGRES.silenceMsMax,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(KEEPALIVES);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw toFault(error);
  }
  return client;
}

async function takeNumber(client: pg.Client, numbers: readonly number[]): Promise<number> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS held', [
    SERVING,
  ]);
  if (rows[0]?.held !== true) {
    const message =
      'these databases are being moved, or an older Fineline serves them: wait, or stop that one';
    throw new Fault('home-in-use', message, { retry: 'never' });
  }
  for (const number of numbers) if (await tryLock(client, number)) return number;
  const [number] = numbers;
  const message =
    numbers.length === 1
      ? `node ${number} is running already: give another --node, or none, and a free number is taken`
      : `all ${NODES_MAX} numbers of nodes are taken: stop one first`;
  throw new Fault('node-in-use', message, { retry: 'never' });
}

async function tryLock(client: pg.Client, key: number): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [
    SERVING,
    key,
  ]);
  return rows[0]?.held === true;
}
