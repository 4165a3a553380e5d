// What it costs to keep sums of things and pairs of them in the database, merged by addition, beside keeping
// what each person adds: the same people, a page of them at a time, each page one statement.

import pg from 'pg';
import { openShare } from '../../src/engine/sealed-share.ts';
import type { PersonKey } from '../../src/engine/ports.ts';
import { contributionWeight } from '../../src/learn/contribution.ts';
import { sql } from '../../test/support/postgres.ts';
import { type Urls, openLearnerNode } from './shop.ts';

const PAGE = 128;

export interface PairRows {
  /** Seconds to write what everybody adds: as sums, and as shares. */
  readonly sumsSeconds: number;
  readonly sharesSeconds: number;
  readonly sums: number;
  readonly shares: number;
  /** Rows that one more thing of one person changes, on average: its weight 1/n is in each of their pairs. */
  readonly rowsPerChange: number;
  readonly sumsMegabytes: number;
  readonly sharesMegabytes: number;
}

export async function pairRows(urls: Urls): Promise<PairRows> {
  const all = await everybody(urls);
  const client = new pg.Client({ connectionString: urls.dataUrl });
  await client.connect();
  await client.query(`CREATE UNLOGGED TABLE sums (a text COLLATE "C", b text COLLATE "C", people bigint,
    units bigint, PRIMARY KEY (a, b)); CREATE UNLOGGED TABLE kept (LIKE shares INCLUDING ALL)`);
  const sumsSeconds = await timed(all, async (page) => {
    const { names, counts, units } = summed(page);
    await client.query(
      `INSERT INTO sums SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
       ON CONFLICT (a, b) DO UPDATE
       SET people = sums.people + excluded.people, units = sums.units + excluded.units`,
      [names.map(([a]) => a), names.map(([, b]) => b), counts, units],
    );
  });
  const sharesSeconds = await timed(all, async (page) => {
    await client.query('INSERT INTO kept (person, sealed) SELECT * FROM unnest($1::uuid[], $2::bytea[])', [
      page.map(({ person }) => person),
      page.map(({ sealed }) => Buffer.from(sealed)),
    ]);
  });
  await client.end();
  const [sizes] = await sql(
    urls.dataUrl,
    `SELECT (SELECT count(*)::integer FROM sums) AS sums, (SELECT count(*)::integer FROM kept) AS shares,
       pg_total_relation_size('sums')::float8 / 1e6 AS "sumsMegabytes",
       pg_total_relation_size('kept')::float8 / 1e6 AS "sharesMegabytes"`,
  );
  const rows = all.map(({ items }) => items.length + (items.length * (items.length - 1)) / 2);
  const rowsPerChange = rows.reduce((sum, count) => sum + count, 0) / all.length;
  return { sumsSeconds, sharesSeconds, rowsPerChange, ...(sizes as unknown as Sizes) };
}

type Sizes = Pick<PairRows, 'sums' | 'shares' | 'sumsMegabytes' | 'sharesMegabytes'>;

interface Kept {
  readonly person: PersonKey;
  readonly sealed: Uint8Array;
  readonly items: readonly string[];
}

async function everybody(urls: Urls): Promise<readonly Kept[]> {
  const { engine, store, lock, close } = await openLearnerNode(urls, true);
  const sharing = store.sharing(lock);
  const all: Kept[] = [];
  for (let [upTo, isAll] = ['', false]; !isAll;) {
    const page = await sharing.told(upTo);
    for (const { person, sealed, keys } of page.shares) {
      if (keys === undefined || keys === 'erased') continue;
      const whole = openShare(engine.core.world.crypto, keys.profile, { person, sealed });
      all.push({ person, sealed, items: whole?.share.items ?? [] });
    }
    ({ upTo, isAll } = page);
  }
  await close();
  return all;
}

/** A page added up before it is written; in one order, so that two who write wait for each other in turn. */
function summed(page: readonly Kept[]) {
  const sums = new Map<string, { people: number; units: number }>();
  for (const { items } of page) {
    const weight = items.length === 0 ? 0 : contributionWeight(items.length);
    for (const [x, a] of items.entries()) {
      for (const b of items.slice(x)) {
        const sum = sums.get(`${a} ${b}`) ?? { people: 0, units: 0 };
        sums.set(`${a} ${b}`, { people: sum.people + 1, units: sum.units + weight });
      }
    }
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    names: sorted.map(([name]) => name.split(' ')),
    counts: sorted.map(([, { people }]) => people),
    units: sorted.map(([, { units }]) => units),
  };
}

async function timed(all: readonly Kept[], work: (page: readonly Kept[]) => Promise<void>): Promise<number> {
  const begunNs = process.hrtime.bigint();
  for (let at = 0; at < all.length; at += PAGE) await work(all.slice(at, at + PAGE));
  return Number(process.hrtime.bigint() - begunNs) / 1e9;
}
