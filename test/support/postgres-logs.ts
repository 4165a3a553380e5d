// Logs on the PostgreSQL of the run: a pair of databases for each test, any number of nodes over it.

import { onTestFinished } from 'vitest';
import { newPair, type Pair } from './postgres-pair.ts';
import { openNode } from './postgres-logs-plain.ts';

import type { PostgresLog } from '../../src/adapters/postgres/log/log.ts';

export { type LogUrls, openNode } from './postgres-logs-plain.ts';

/** A pair of databases that is given back when the test has ended. */
export async function pairOfTest(): Promise<Pair> {
  const pair = await newPair();
  onTestFinished(() => pair.end());
  return pair;
}

/** One node over databases of its own. */
export async function newPostgresLog(): Promise<PostgresLog> {
  const pair = await newPair();
  const { log, end } = await openNode(pair);
  onTestFinished(async () => {
    await end();
    await pair.end();
  });
  return log;
}
