// Owns: which parts of the people are whose: locks of the server on the connection that holds the number of
// a node. Nobody hands out anything: whoever learns shows it by a lock of its own, sees from the server how
// many others do, and takes and gives back until each has its share. They die with their holder.

import type pg from 'pg';
import { SERVING } from './lock.ts';

/** Second keys of the locks; numbers of nodes and duties lie below (node-lock.ts). */
const SEATS = 2000;
const SEATS_MAX = 64;
const PARTS = 3000;
/** As many as there are partitions (sql/). */
export const PART_COUNT = 32;

export interface PartLocks {
  /** Parts that are this node's now; takes what is free of its share, and gives back what is another's. */
  own(): Promise<ReadonlySet<number>>;
}

/** For one connection: with another one, everything begins anew. */
export function createPartLocks(client: pg.Client, number: number): PartLocks {
  const held = new Set<number>();
  let isSeated = false;
  const numbers = async (text: string, values: readonly unknown[]): Promise<readonly number[]> => {
    const { rows } = await client.query<{ number: number }>(text, [...values]);
    return rows.map((row) => row.number);
  };
  return {
    async own() {
      if (!isSeated) {
        await client.query('SELECT pg_advisory_lock($1, $2)', [SERVING, SEATS + number]);
        isSeated = true;
      }
      const seats = await numbers(WHO_LEARNS, [SERVING, SEATS, SEATS + SEATS_MAX]);
      const wanted = shareOf(seats, number);
      const foreign = [...held].filter((part) => !wanted.includes(part));
      if (foreign.length > 0) await client.query(GIVE_BACK, [SERVING, PARTS, foreign]);
      for (const part of foreign) held.delete(part);
      const missing = wanted.filter((part) => !held.has(part));
      if (missing.length > 0)
        for (const part of await numbers(TAKE, [SERVING, PARTS, missing])) held.add(part);
      return held;
    },
  };
}

/** Of nodes by number, ascending: every n-th part. `shareOf([1, 4], 4)` is 1, 3, 5, …, 31. */
function shareOf(seats: readonly number[], number: number): readonly number[] {
  const place = seats.indexOf(number);
  if (place < 0) return [];
  return Array.from({ length: PART_COUNT }, (_, part) => part).filter(
    (part) => part % seats.length === place,
  );
}

const WHO_LEARNS = `SELECT objid::integer - $2::integer AS number FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = $1 AND objid >= $2 AND objid < $3
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ORDER BY number`;
const GIVE_BACK = 'SELECT pg_advisory_unlock($1, $2 + part) FROM unnest($3::integer[]) AS part';
// The lock is tried once for each, in a query of its own: where it stood beside a condition the server could
// try it for rows that are not answered.
const TAKE = `SELECT part AS number FROM (
    SELECT part, pg_try_advisory_lock($1, $2 + part) AS taken FROM unnest($3::integer[]) AS part OFFSET 0
  ) AS tried WHERE taken`;
