// Owns: the pool of connections to one database, and how a statement gets there and back. Three things are
// told apart: not sent (`unreachable`), done or refused (an answer came), and sent without an answer, which
// for a write is `uncertain` unless the caller can find out (person-append.ts).

import pg from 'pg';
import { POSTGRES } from './bounds.ts';
import { closedFault, isLost, isLostRace, overloaded, toFault, uncertain } from './faults.ts';
import { onPartition, STATEMENTS } from './statements.ts';

import type { Row } from './columns.ts';
import type { StatementName } from './statements.ts';

export type Values = readonly unknown[];
/** Sends one statement of the list and answers its rows. */
export type Run = (name: StatementName, values: Values) => Promise<readonly Row[]>;
/** The same of one that writes, a transaction by itself; what it waits for is counted in `bytes`. */
export type Write = (name: StatementName, values: Values, bytes?: number) => Promise<readonly Row[]>;

export type Table =
  | 'people'
  | 'entries'
  | 'outbox'
  | 'shares'
  | 'items'
  | 'documents'
  | 'pointers'
  | 'keys'
  | 'masters';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolMax?: number | undefined;
  readonly statementMsMax?: number | undefined;
  /** Citus has the tables: then statements name the whole ones, and it finds the machine. */
  readonly isSpread?: boolean;
}

const INT8 = 20;

/** Exported for a test of what connections are set to. */
export function poolOf({ url, poolMax, statementMsMax }: DatabaseOptions): pg.Pool {
  const statementMs = statementMsMax ?? POSTGRES.statementMsMax;
  return new pg.Pool({
    connectionString: url,
    max: poolMax ?? POSTGRES.poolMax,
    connectionTimeoutMillis: POSTGRES.connectMsMax,
    statement_timeout: statementMs,
    query_timeout: statementMs + POSTGRES.answerMsMax,
    lock_timeout: POSTGRES.lockMsMax,
    application_name: 'fineline',
    // The server takes what opens 32 partitions for long, for it does not count that one of them is read, and
    // compiles it: a question of a millisecond took more than a second (`since`, statements.ts).
    options: '-c jit=off',
    keepAlive: true,
    keepAliveInitialDelayMillis: POSTGRES.silenceMsMax,
    // Statements on one connection are sent before the one before is answered, where that is asked for
    // (`inRow`); each is answered, kept or refused by itself.
    pipeline: true,
    // Idle connections do not keep a process alive that forgot to close.
    allowExitOnIdle: true,
    types: {
      // All our whole numbers stay below 2^53; `numberOf` looks.
      getTypeParser: (type: number, format?: 'text' | 'binary'): unknown =>
        type === INT8 ? Number : pg.types.getTypeParser(type, format),
    },
  });
}

export class Database {
  readonly #pool: pg.Pool;
  readonly #isSpread: boolean;
  readonly #texts = new Map<string, { readonly name: string; readonly text: string }>();
  #isOpen = true;
  #waitingBytes = 0;

  constructor(options: DatabaseOptions) {
    this.#pool = poolOf(options);
    this.#isSpread = options.isSpread === true;
    // An idle connection that ends is replaced at the next use; one in use says so to whoever uses it, and
    // must not end the process as an unheard event besides.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Statements that can be under way at the same time. */
  get width(): number {
    return this.#pool.options.max;
  }

  /** Whether people lie on several machines. */
  get isSpread(): boolean {
    return this.#isSpread;
  }

  /** A read; tried again on another connection when the first one ended, as all do when a server restarts. */
  async read(name: StatementName, values: Values): Promise<readonly Row[]> {
    for (const pauseMs of POSTGRES.readAgainMs) {
      try {
        return await this.#once(async (run) => run(name, values));
      } catch (error) {
        if (!isLost(error)) throw toFault(error);
      }
      // Time for the other connections to hear of their end.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    try {
      return await this.#once(async (run) => run(name, values));
    } catch (error) {
      throw toFault(error);
    }
  }

  /** One statement that writes, a transaction by itself. What it waits for is counted in `bytes`. */
  async write(name: StatementName, values: Values, bytes = 0): Promise<readonly Row[]> {
    return this.#racing(bytes, async () => this.#once(async (run) => run(name, values)));
  }

  /**
   * For many writes, each a transaction by itself, on one connection: `work` need not wait for the answer to
   * one before it sends the next, which spares both sides most of their turns.
   */
  async inRow<T>(work: (write: Write) => Promise<T>): Promise<T> {
    return this.#once(async (run) =>
      work((name, values, bytes = 0) => this.#racing(bytes, async () => run(name, values))),
    );
  }

  /** Several statements in one transaction, of one person or of nobody. */
  async transaction<T>(work: (run: Run) => Promise<T>, bytes = 0): Promise<T> {
    return this.#racing(bytes, async () =>
      this.#once(async (run, client) => {
        await client.query('BEGIN');
        try {
          const result = await work(run);
          await client.query('COMMIT');
          return result;
        } catch (error) {
          if (!isLost(error)) await client.query('ROLLBACK');
          throw error;
        }
      }),
    );
  }

  /** Empties tables, and gives their files back. */
  async truncate(tables: readonly Table[]): Promise<void> {
    await this.#racing(0, async () =>
      this.#once(async (_run, client) => client.query(`TRUNCATE ${tables.join(', ')}`)),
    );
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#pool.end();
  }

  /** Again when another transaction was first. */
  async #racing<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.#waitingBytes > 0 && this.#waitingBytes + bytes > POSTGRES.queueBytesMax) throw overloaded();
    this.#waitingBytes += bytes;
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          return await work();
        } catch (error) {
          if (!isLostRace(error) || tries >= POSTGRES.triesMax) throw error;
        }
      }
    } catch (error) {
      throw isLost(error) ? uncertain() : toFault(error);
    } finally {
      this.#waitingBytes -= bytes;
    }
  }

  /** On one connection; an error of getting one is a `Fault`, for then nothing was sent. */
  async #once<T>(work: (run: Run, client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (!this.#isOpen) throw closedFault();
    const client = await this.#connect();
    let lost = false;
    try {
      return await work(async (name, values) => {
        // The name makes it a prepared statement of its connection.
        const statement = this.#textOf(name, values);
        try {
          const answer = await client.query<Record<string, unknown>>({ ...statement, values: [...values] });
          return answer.rows;
        } catch (error) {
          lost ||= isLost(error);
          throw error;
        }
      }, client);
    } catch (error) {
      lost ||= isLost(error);
      throw error;
    } finally {
      client.release(lost);
    }
  }

  /** Texts are made once: a name and its text always belong together. */
  #textOf(name: StatementName, [first]: Values): { readonly name: string; readonly text: string } {
    const { reach, text } = STATEMENTS[name];
    const person: unknown =
      reach === 'several' && Array.isArray(first) && first.length === 1 ? first[0] : first;
    const isOne = reach === 'person' || reach === 'part' || reach === 'several';
    if (!isOne || this.#isSpread || typeof person !== 'string') return { name, text };
    const key = `${name} ${person.slice(0, 2)}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const made = onPartition(name, person);
    this.#texts.set(key, made);
    return made;
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw this.#isOpen ? toFault(error) : closedFault();
    }
  }
}
