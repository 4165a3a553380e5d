// Goal: every node sees how far the log is behind, and nobody can say that it is not who does not write it.
// Method: two nodes with connections of their own over a real server.

import { expect, it, onTestFinished } from 'vitest';
import { sql } from '../../../../test/support/postgres.ts';
import { type LogUrls, openNode, pairOfTest } from '../../../../test/support/postgres-logs.ts';
import { newLeaves } from '../../../../test/support/tile-logs.ts';

import type { PostgresLog } from './log.ts';

async function openLog(urls: LogUrls): Promise<PostgresLog> {
  const { log, end } = await openNode(urls, { leaseMs: 60_000 });
  onTestFinished(end);
  return log;
}

it('[PL12] every node tells how far the log is behind; who writes says when it is not any more', async () => {
  const urls = await pairOfTest();
  const [writer, other] = [await openLog(urls), await openLog(urls)];
  expect(await writer.leads()).toBe(true);
  const ages = async (): Promise<readonly number[]> => [
    (await writer.behind()).ageMs,
    (await other.behind()).ageMs,
  ];
  // As if nothing had been taken in since yesterday.
  const late = `UPDATE log_head SET fed = fed - interval '1 day'`;
  await sql(urls.dataUrl, late);
  for (const age of await ages()) expect(age).toBeGreaterThan(86_000_000);
  const moment = await other.moment();
  await other.submit(newLeaves(5));
  expect([(await other.behind()).waiting, (await writer.behind()).waiting]).toEqual([5, 5]);
  // Said by who does not write, or while something waits or is not signed, it is not so.
  await other.fed(moment);
  await writer.fed(moment);
  for (const age of await ages()) expect(age).toBeGreaterThan(86_000_000);
  await writer.integrate();
  await other.fed(moment);
  expect((await other.behind()).ageMs).toBeGreaterThan(86_000_000);
  await writer.fed(moment);
  for (const age of await ages()) expect(age).toBeLessThan(86_000_000);
  expect((await other.behind()).waiting).toBe(0);
  // An earlier moment takes nothing back.
  const [before] = await sql(urls.dataUrl, 'SELECT fed FROM log_head');
  await writer.fed(moment - 86_400_000);
  expect(await sql(urls.dataUrl, 'SELECT fed FROM log_head')).toEqual([before]);
});
