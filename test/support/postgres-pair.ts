// What tests of the store on PostgreSQL share: pairs of databases on the server of the run. Making one takes
// a second, so within a test file they are emptied and used again.

import { randomBytes } from 'node:crypto';
import { newDatabase, sql } from './postgres.ts';
import { createRing } from '../../src/adapters/sqlite/ring.ts';
import { migrate } from '../../src/adapters/postgres/migrations.ts';
import {
  openPostgresStore,
  type PostgresOptions,
  type PostgresStore,
} from '../../src/adapters/postgres/store.ts';

import type { KeyRing } from '../../src/engine/ports.ts';

export interface Pair {
  readonly dataUrl: string;
  readonly keysUrl: string;
  /** For a process of its own. */
  readonly master: Uint8Array;
  /** Another ring of the same key, as another node has it. */
  ring(): KeyRing;
  open(more?: Partial<PostgresOptions>): Promise<PostgresStore>;
  /** Empties the databases and gives them back; every store on them must be closed. */
  end(): Promise<void>;
}

interface Urls {
  readonly dataUrl: string;
  readonly keysUrl: string;
}

const free: Urls[] = [];

/** A pair of databases with empty tables and a master key of its own. */
export async function newPair(): Promise<Pair> {
  const urls = free.pop() ?? (await makeUrls());
  const { dataUrl, keysUrl } = urls;
  const master = randomBytes(32);
  const ring = (): KeyRing => createRing(() => [Uint8Array.from(master)]);
  const options = { dataUrl, keysUrl, ring, poolMax: 4 };
  return {
    dataUrl,
    keysUrl,
    master,
    ring,
    open: async (more) => openPostgresStore({ ...options, ...more }),
    end: async () => {
      await sql(
        dataUrl,
        `DELETE FROM people; DELETE FROM entries; DELETE FROM outbox; DELETE FROM items;
         DELETE FROM shares; DELETE FROM learning_parts;
         DELETE FROM documents; DELETE FROM pointers; TRUNCATE log_head, log_waiting, log_entries, log_tiles;
         UPDATE revisions SET newest = 0, pruned = 0`,
      );
      await sql(
        keysUrl,
        'DELETE FROM keys; DELETE FROM log_guard; DELETE FROM masters; DELETE FROM master_nodes',
      );
      free.push(urls);
    },
  };
}

async function makeUrls(): Promise<Urls> {
  const dataUrl = await newDatabase();
  const keysUrl = await newDatabase();
  await Promise.all([migrate(dataUrl, 'data'), migrate(keysUrl, 'keys')]);
  return { dataUrl, keysUrl };
}
