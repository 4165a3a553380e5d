// Owns: how a database comes to the tables that this code expects: numbered files in sql/, applied one by one
// by whoever comes first, under a lock of the server; each commits together with its number. The same
// database never holds both data and keys.

import { readFileSync } from 'node:fs';
import pg from 'pg';
import { Fault, isFault } from '../../kernel/fault.ts';
import { POSTGRES } from './bounds.ts';
import { damaged, toFault } from './faults.ts';

export type Role = 'data' | 'keys';

/** Step n brings version n to n + 1. Never edited once released. */
const STEPS: Readonly<Record<Role, readonly string[]>> = {
  data: ['data-1.sql', 'data-2-log.sql', 'data-3-nodes.sql', 'data-4-learning.sql', 'data-5-log-fed.sql'],
  keys: ['keys-1.sql', 'keys-2-log.sql', 'keys-3-masters.sql', 'keys-4-log-keys.sql'],
};

/** "Fine" in ASCII: the advisory lock of migrations. */
const MIGRATING = 0x46696e65;

function sqlFile(name: string): string {
  return readFileSync(new URL(`./sql/${name}`, import.meta.url), 'utf8');
}

/** The version that this code brings a database to. */
export function versionOf(role: Role): number {
  return STEPS[role].length;
}

/** Statements that spread the tables over the workers of Citus, for whoever has it. */
function citusSql(role: Role): string {
  return sqlFile(`citus-${role}.sql`);
}

/**
 * Brings the database at `url` to the newest version; answers whether Citus spreads it. Idempotent. Faults:
 * `too-new`, `same-database`, and what a server can do.
 */
export async function migrate(url: string, role: Role): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await migrateOnce(url, role);
    } catch (error) {
      // Older nodes write meanwhile, and one of two that wait for each other is sent back. A step is whole or
      // undone, so it is done again.
      if (tries === TRIES_MAX || !isFault(error, 'busy')) throw error;
    }
  }
}

const TRIES_MAX = 5;

async function migrateOnce(url: string, role: Role): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: POSTGRES.connectMsMax,
    application_name: 'fineline migrations',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // Held by the session: whoever comes second waits, then finds nothing to do.
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
    await applySteps(client, role);
    return await hasCitus(client);
  } catch (error) {
    throw toFault(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function applySteps(client: pg.Client, role: Role): Promise<void> {
  await client.query(
    'CREATE TABLE IF NOT EXISTS fineline_schema (role text PRIMARY KEY, version integer NOT NULL)',
  );
  let version = await assertSchema(client, role);
  for (; version < versionOf(role); version += 1) {
    await client.query('BEGIN');
    await client.query(sqlFile(STEPS[role][version] ?? ''));
    await client.query(
      `INSERT INTO fineline_schema VALUES ($1, $2) ON CONFLICT (role) DO UPDATE SET version = $2`,
      [role, version + 1],
    );
    await client.query('COMMIT');
    if (version === 0 && (await hasCitus(client))) await client.query(citusSql(role));
  }
}

async function assertSchema(client: pg.Client, role: Role): Promise<number> {
  const { rows } = await client.query<{ role: string; version: number }>('SELECT * FROM fineline_schema');
  const other = rows.find((row) => row.role !== role);
  if (other !== undefined) {
    const message = `this database holds the ${other.role} of a Fineline: ${role} need one of their own`;
    throw new Fault('same-database', message, { retry: 'never' });
  }
  const version = rows[0]?.version ?? 0;
  if (!Number.isInteger(version) || version < 0) throw damaged('the schema has no version');
  if (version > versionOf(role)) {
    const message = `the ${role} have schema version ${version}, this Fineline knows ${versionOf(role)}`;
    throw new Fault('too-new', `${message}: start the newer Fineline that made it`, { retry: 'never' });
  }
  return version;
}

async function hasCitus(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("SELECT FROM pg_extension WHERE extname = 'citus'");
  return rows.length > 0;
}
