// Owns: what must be true of two databases before a Fineline is started on them, asked without changing
// anything. A setting that weakens a promise is named with the promise.

import pg from 'pg';
import { isFault } from '../../kernel/fault.ts';
import { POSTGRES } from './bounds.ts';
import { damaged, toFault } from './faults.ts';
import { type Role, versionOf } from './migrations.ts';

import type { Finding } from '../../kernel/finding.ts';

export interface Checked {
  readonly dataUrl: string;
  readonly keysUrl: string;
  /** Connections that each Fineline takes of each database. */
  readonly poolMax?: number | undefined;
}

/** Beyond this, a clock is told; far beyond, grants and facts would end at the wrong time. */
const CLOCK_MS_DOUBTFUL = 1000;
const CLOCK_MS_BAD = 60_000;
/** Lock, migrations, and a person with psql. */
const OTHER_CONNECTIONS = 5;

interface Facts {
  readonly version: number;
  readonly encoding: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  readonly standbys: string;
  readonly read_only: string;
  readonly archive: string;
  readonly zone: string;
  readonly connections: number;
  readonly now: number;
  readonly may_create: boolean;
  readonly server: string;
  readonly database: string;
  readonly in_recovery: boolean;
  readonly has_schema: boolean;
}

const FACTS = `
  SELECT current_setting('server_version_num')::int / 10000 AS version,
    current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS full_page_writes,
    current_setting('synchronous_commit') AS synchronous_commit,
    current_setting('synchronous_standby_names') AS standbys,
    current_setting('default_transaction_read_only') AS read_only,
    current_setting('archive_mode') AS archive, current_setting('TimeZone') AS zone,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      AS connections,
    extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
    has_schema_privilege(current_schema(), 'CREATE') AS may_create,
    (SELECT system_identifier::text FROM pg_control_system()) AS server,
    current_database() AS database, pg_is_in_recovery() AS in_recovery,
    to_regclass('fineline_schema') IS NOT NULL AS has_schema`;

interface Looked {
  readonly facts: Facts;
  readonly clockMs: number;
  readonly versions: readonly { readonly role: string; readonly version: number }[];
}

/** Everything about both databases, the data first. Never throws for what the world does. */
export async function checkPostgres({ dataUrl, keysUrl, poolMax }: Checked): Promise<readonly Finding[]> {
  const data = await look(dataUrl, 'data');
  const keys = await look(keysUrl, 'keys');
  const pool = poolMax ?? POSTGRES.poolMax;
  const findings: Finding[] = [];
  const both = !('level' in data) && !('level' in keys) ? { data, keys } : undefined;
  const together = both !== undefined && both.data.facts.server === both.keys.facts.server;
  for (const [role, found] of [
    ['data', data],
    ['keys', keys],
  ] as const) {
    if ('level' in found) findings.push(found);
    else findings.push(...findingsOf(role, found, { needed: (together ? 2 : 1) * pool + OTHER_CONNECTIONS }));
  }
  if (both !== undefined) findings.push(apart(both.data.facts, both.keys.facts));
  return findings;
}

async function look(url: string, role: Role): Promise<Looked | Finding> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: POSTGRES.connectMsMax,
    statement_timeout: POSTGRES.connectMsMax,
    application_name: 'fineline check',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    const sentMs = Date.now();
    const { rows } = await client.query<Facts>(FACTS);
    const answeredMs = Date.now();
    const [facts] = rows;
    if (facts === undefined) throw damaged('a question without a table has no answer');
    const versions = facts.has_schema
      ? (await client.query<{ role: string; version: number }>('SELECT role, version FROM fineline_schema'))
          .rows
      : [];
    return { facts, clockMs: Math.round(facts.now - (sentMs + answeredMs) / 2), versions };
  } catch (error) {
    const fault = toFault(error);
    const found = fault instanceof Error ? fault.message : String(fault);
    const remedy = 'start the server, and give the right address, user and password';
    const known = isFault(fault) ? found : `${found}: not understood`;
    return { about: `${role}: reachable`, level: 'bad', found: known, remedy };
  } finally {
    await client.end().catch(() => undefined);
  }
}

function findingsOf(role: Role, looked: Looked, { needed }: { readonly needed: number }): readonly Finding[] {
  const { facts, clockMs } = looked;
  const finding = finder(role);
  const clock = Math.abs(clockMs);
  return [
    finding('reachable', true, `PostgreSQL ${facts.version}, database ${facts.database}`),
    finding('version', facts.version >= POSTGRES.versionMin, `${facts.version}`, {
      remedy: `use PostgreSQL ${POSTGRES.versionMin} or later`,
    }),
    finding(
      'takes writes',
      !facts.in_recovery && facts.read_only === 'off',
      facts.in_recovery ? 'a standby' : `read only: ${facts.read_only}`,
      {
        remedy: 'give the address of the primary',
      },
    ),
    finding('fsync', facts.fsync === 'on', facts.fsync, {
      remedy: 'set fsync = on: without it a power cut loses or damages what was acknowledged',
    }),
    finding('full_page_writes', facts.full_page_writes === 'on', facts.full_page_writes, {
      remedy: 'set full_page_writes = on: without it a power cut can leave torn pages',
    }),
    finding(
      'synchronous_commit',
      ['on', 'remote_apply', 'remote_write'].includes(facts.synchronous_commit),
      facts.synchronous_commit,
      {
        remedy: 'set synchronous_commit = on: what was acknowledged must survive',
      },
    ),
    finding(
      'replicas',
      facts.standbys !== '',
      facts.standbys === '' ? 'none that commits wait for' : facts.standbys,
      {
        level: 'doubtful',
        remedy: 'name standbys in synchronous_standby_names, or a lost disk loses what was acknowledged',
      },
    ),
    finding('encoding', facts.encoding === 'UTF8', facts.encoding, {
      remedy: `make the database anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
    }),
    finding('clock', clock <= CLOCK_MS_DOUBTFUL, `${clockMs} ms from this machine's, zone ${facts.zone}`, {
      level: clock > CLOCK_MS_BAD ? 'bad' : 'doubtful',
      remedy: 'let both keep time by NTP; grants and facts end by the clock of Fineline',
    }),
    finding('connections', facts.connections >= needed, `${facts.connections} for users, ${needed} needed`, {
      remedy: 'raise max_connections, or lower the pool',
    }),
    ...(role === 'keys' ? [archiveOf(facts)] : []),
    schemaOf(role, looked),
  ];
}

function finder(role: Role) {
  return (
    name: string,
    isGood: boolean,
    found: string,
    otherwise: { readonly level?: 'doubtful' | 'bad'; readonly remedy?: string } = {},
  ): Finding => {
    const about = `${role}: ${name}`;
    if (isGood) return { about, level: 'good', found };
    return { about, level: otherwise.level ?? 'bad', found, remedy: otherwise.remedy ?? '' };
  };
}

/** Copies of the keys outlive an erasure. */
function archiveOf({ archive }: Facts): Finding {
  return finder('keys')('no archive', archive === 'off', `archive_mode ${archive}`, {
    level: 'doubtful',
    remedy: 'keep no archive of the keys, or end it soon: it holds the keys of those who left',
  });
}

function schemaOf(role: Role, { facts, versions }: Looked): Finding {
  const finding = finder(role);
  const other = versions.find((row) => row.role !== role);
  const version = versions.find((row) => row.role === role)?.version ?? 0;
  const newest = versionOf(role);
  if (other !== undefined) {
    const remedy = `give the ${role} a database of their own`;
    return finding('schema', false, `holds the ${other.role} of a Fineline`, { remedy });
  }
  if (version > newest) {
    const remedy = 'use the newer Fineline that made it';
    return finding('schema', false, `version ${version}, this Fineline knows ${newest}`, { remedy });
  }
  const found = version === 0 ? 'empty' : `version ${version}`;
  if (version === newest) return finding('schema', true, found);
  return finding('schema', facts.may_create, `${found}; made at the first start: ${newest}`, {
    remedy: 'make this user the owner of the database: it may not make tables',
  });
}

function apart(data: Facts, keys: Facts): Finding {
  const about = 'data and keys apart';
  if (data.server !== keys.server) return { about, level: 'good', found: 'two servers' };
  if (data.database === keys.database) {
    const remedy = 'give the keys a database of their own, best on a server of their own';
    return { about, level: 'bad', found: `both are ${data.database} on one server`, remedy };
  }
  const remedy =
    'a copy of the whole server holds both: back up the database of the data alone, or use two servers';
  return { about, level: 'doubtful', found: 'two databases of one server', remedy };
}
