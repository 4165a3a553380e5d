// Owns: that a move has a database to itself: a lock of the server, held by a connection of its own.
// It dies with its holder. When the connection ends for another reason (the server restarts), the lock is
// taken again as soon as the server answers; when another was faster, this one must not serve any more.

import pg from 'pg';
import { Fault, isFault } from '../../kernel/fault.ts';
import { POSTGRES } from './bounds.ts';
import { toFault } from './faults.ts';

/** "Flnd" in ASCII: the advisory lock of who serves; nodes share it (node-lock.ts). */
export const SERVING = 0x466c6e64;
const TAKE_AGAIN_MS = 1000;

export interface DatabaseLock {
  release(): Promise<void>;
}

export interface Losing {
  /** Hears that the lock is not held for the moment, and why. */
  readonly lost?: (why: unknown) => void;
  /** Another Fineline has it: stop. */
  readonly taken?: () => void;
}

/** Fault `home-in-use`: another Fineline serves this database. */
export async function lockDatabase(url: string, { lost, taken }: Losing = {}): Promise<DatabaseLock> {
  let isReleased = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const take = async (): Promise<void> => {
    const made = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: POSTGRES.connectMsMax,
      application_name: 'fineline lock',
      keepAlive: true,
      keepAliveInitialDelayMillis: POSTGRES.silenceMsMax,
    });
    made.on('error', () => undefined);
    try {
      await made.connect();
      await hold(made);
    } catch (error) {
      await made.end().catch(() => undefined);
      throw toFault(error);
    }
    client = made;
    made.on('end', () => again(new Fault('unreachable', 'the lock’s connection ended', { retry: 'later' })));
  };
  const again = (why: unknown): void => {
    if (isReleased) return;
    lost?.(why);
    if (isFault(why, 'home-in-use')) {
      taken?.();
      return;
    }
    timer = setTimeout(() => void take().catch(again), TAKE_AGAIN_MS);
    timer.unref();
  };

  await take();
  return {
    async release(): Promise<void> {
      isReleased = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

async function hold(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
    SERVING,
  ]);
  if (rows[0]?.held === true) return;
  const message = 'another Fineline serves this database: stop that one first';
  throw new Fault('home-in-use', message, { retry: 'never' });
}
