// What tests of the store on PostgreSQL share: pairs of databases on the server of the run. Making one takes
// a second, so within a test file they are emptied and used again.

import { randomBytes } from 'node:crypto';
import { type Server, newDatabase, removeServer, sql } from './postgres.ts';
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

function pairOf({ dataUrl, keysUrl }: Urls, end: Pair['end']): Pair {
  const master = randomBytes(32);
  const ring = (): KeyRing => createRing(() => [Uint8Array.from(master)]);
  const open: Pair['open'] = async (more) =>
    openPostgresStore({ dataUrl, keysUrl, ring, poolMax: 4, ...more });
  return { dataUrl, keysUrl, master, ring, open, end };
}

/** On a server of one’s own, where an open transaction holds up nobody else; both end together. */
export async function pairOn(server: Server): Promise<Pair> {
  for (const name of ['data', 'keys']) await sql(server.url('postgres'), `CREATE DATABASE ${name}`);
  const urls = { dataUrl: server.url('data'), keysUrl: server.url('keys') };
  return pairOf(urls, async () => removeServer(server.dir));
}

/** A pair of databases with empty tables and a master key of its own. */
export async function newPair(): Promise<Pair> {
  const urls = free.pop() ?? (await makeUrls());
  const { dataUrl, keysUrl } = urls;
  return pairOf(urls, async () => {
    await sql(
      dataUrl,
      `DELETE FROM people; DELETE FROM entries; DELETE FROM outbox; DELETE FROM items;
         DELETE FROM shares; DELETE FROM learning_parts;
         DELETE FROM documents; DELETE FROM pointers; TRUNCATE log_head, log_waiting, log_entries, log_tiles;
         UPDATE revisions SET newest = 0, pruned = 0`,
    );
    await sql(
      keysUrl,
      `DELETE FROM keys; DELETE FROM log_guard; DELETE FROM masters; DELETE FROM master_nodes;
         DELETE FROM log_keys; DELETE FROM log_key_nodes`,
    );
    free.push(urls);
  });
}

async function makeUrls(): Promise<Urls> {
  const dataUrl = await newDatabase();
  const keysUrl = await newDatabase();
  await Promise.all([migrate(dataUrl, 'data'), migrate(keysUrl, 'keys')]);
  return { dataUrl, keysUrl };
}
