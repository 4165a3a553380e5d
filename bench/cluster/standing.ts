// What a cluster costs that nobody asks: processor time of nodes and servers at rest, memory of a node, and
// bytes in the databases. Beside it the least that a question to the server can cost.

import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOfKind } from '../../src/facts/entry-code.ts';
import { sql } from '../../test/support/postgres.ts';
import { eachOf } from './ask.ts';
import { cpuSecondsOf, familyCpuSeconds, residentBytes } from './processes.ts';
import type { DecisionRow } from './decisions.ts';
import type { BenchCluster } from './shop.ts';

export interface Rest {
  /** Milliseconds of processor time in a second: of each node, and of all servers. */
  readonly node: number;
  readonly embedded: number;
  readonly postgres: number;
  readonly nats: number;
}

export async function benchRest(cluster: BenchCluster, seconds: number): Promise<Rest> {
  const { nodes, embedded, postgresPid, nats } = cluster;
  const used = (): Rest => ({
    node: nodes.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0) / nodes.length,
    embedded: cpuSecondsOf(embedded.pid),
    postgres: familyCpuSeconds(postgresPid),
    nats: nats.cpuSeconds(),
  });
  const before = used();
  await sleep(seconds * 1000);
  const after = used();
  const each = (name: keyof Rest): number => ((after[name] - before[name]) * 1000) / seconds;
  return { node: each('node'), embedded: each('embedded'), postgres: each('postgres'), nats: each('nats') };
}

/** Milliseconds of the nodes for 1,000 decisions, without what they use when nobody asks. */
export function aboveRest({ name, nodes, count, perSecond }: DecisionRow, rest: Rest): number {
  const each = name === 'embedded' ? rest.embedded : rest.node;
  return nodes - (each * count * 1000) / perSecond;
}

export interface PointRead {
  /** Microseconds of processor time of one bare prepared read: of the client, and of the server. */
  readonly client: number;
  readonly postgres: number;
}

/** One row by its key, prepared, on as many connections as a node has. */
export async function benchPointRead(
  { dataUrl, postgresPid }: BenchCluster,
  reads: number,
): Promise<PointRead> {
  const pool = new pg.Pool({ connectionString: dataUrl, max: 10 });
  const { rows } = await pool.query<{ person: string }>('SELECT person FROM people_p3 LIMIT 100');
  const read = async (n: number): Promise<void> => {
    const text = 'SELECT floor FROM people_p3 WHERE person = $1';
    await pool.query({ name: 'point', text, values: [rows[n % rows.length]?.person] });
  };
  await eachOf(1000, 64, read);
  const before = [cpuSecondsOf(process.pid), familyCpuSeconds(postgresPid)] as const;
  await eachOf(reads, 64, read);
  const client = ((cpuSecondsOf(process.pid) - before[0]) * 1e6) / reads;
  const postgres = ((familyCpuSeconds(postgresPid) - before[1]) * 1e6) / reads;
  await pool.end();
  return { client, postgres };
}

export interface Sizes {
  readonly dataBytes: number;
  readonly keysBytes: number;
  readonly people: number;
  readonly decisions: number;
  readonly decisionBytes: number;
  readonly events: number;
  readonly eventBytes: number;
  readonly leaves: number;
  readonly logBytes: number;
  readonly nodeBytes: readonly number[];
}

const KIND = { event: codeOfKind('event'), decision: codeOfKind('decision') };
const PARTS = Array.from({ length: 32 }, (_, part) => part);

/** As they lie now, indexes and room that is free in pages included. */
export async function benchSizes({ dataUrl, keysUrl, nodes }: BenchCluster): Promise<Sizes> {
  const one = async (url: string, text: string): Promise<readonly number[]> =>
    Object.values((await sql(url, text))[0] ?? {}).map(Number);
  const sizeOf = (table: string): string =>
    PARTS.map((part) => `pg_total_relation_size('${table}_p${part}')`).join(' + ');
  const [entries = 0, people = 0] = await one(
    dataUrl,
    `SELECT ${sizeOf('entries')} AS entries, (SELECT count(*) FROM people)`,
  );
  const [heads = 0] = await one(dataUrl, `SELECT ${sizeOf('people')} + ${sizeOf('outbox')} AS heads`);
  const [keysBytes = 0] = await one(keysUrl, `SELECT ${sizeOf('keys')} AS keys`);
  const kinds = await sql(
    dataUrl,
    'SELECT kind, count(*), sum(length(sealed)) AS sealed FROM entries GROUP BY 1',
  );
  const all = kinds.reduce((sum, { sealed }) => sum + Number(sealed), 0);
  // Rows and index entries are spread over the kinds by their bodies.
  const of = (kind: number): readonly [number, number] => {
    const found = kinds.find((row) => Number(row['kind']) === kind);
    const share = found === undefined ? 0 : Number(found['sealed']) / all;
    return [Number(found?.['count'] ?? 0), entries * share];
  };
  const [events, eventBytes] = of(KIND.event);
  const [decisions, decisionBytes] = of(KIND.decision);
  const [leaves = 0, logBytes = 0] = await one(
    dataUrl,
    `SELECT (SELECT count(*) FROM log_entries) AS leaves,
      pg_total_relation_size('log_entries') + pg_total_relation_size('log_tiles') AS bytes`,
  );
  return {
    dataBytes: entries + heads,
    keysBytes,
    people,
    ...{ decisions, decisionBytes, events, eventBytes, leaves, logBytes },
    nodeBytes: nodes.map(({ pid }) => residentBytes(pid)),
  };
}
