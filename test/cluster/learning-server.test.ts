// Goal: what nodes have counted does not outlive the server's knowledge of it: after a crash everybody is
// counted again, and the model made anew. Method: a server of its own that is stopped without a word.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Node } from '../support/cluster-nodes.ts';
import { openHouse, stock } from '../support/house.ts';
import { type Pair, pairOn } from '../support/postgres-pair.ts';
import { type Server, newServerDir, sql, startServer } from '../support/postgres.ts';
import { ALL_LEARNED, learnedBy, openTwo, settled, turnsUntil } from '../support/shared-learning.ts';

let server: Server;
let pair: Pair;
const open: Node[] = [];

beforeEach(async () => {
  server = startServer(newServerDir());
  pair = await pairOn(server);
}, 60_000);
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
  await pair.end();
});

async function meanwhile<T>(work: Promise<T>): Promise<T> {
  await turnsUntil(open, work);
  return work;
}

describe('nodes that share the counting, and their server', () => {
  it('[E223] when the server crashes everybody is counted again, from nothing', async () => {
    open.push(...(await openTwo(pair)));
    const alone = await openHouse({ settings: ALL_LEARNED });
    await stock(alone);
    await meanwhile(stock(open[0]!).catch(() => undefined));
    await settled(open);
    const [before] = await sql(server.url('data'), 'SELECT round FROM learning_parts');
    server.stop('immediate');
    server.start();
    expect(await sql(server.url('data'), 'SELECT FROM shares')).toEqual([]);
    // Their connections come back by themselves, within some seconds, and duties are taken anew.
    const learner = await settled(open);
    expect(await meanwhile(learnedBy(learner))).toBe(await learnedBy(alone));
    const [after] = await sql(server.url('data'), 'SELECT round FROM learning_parts');
    expect(after?.['round']).not.toBe(before?.['round']);
    expect(await sql(server.url('data'), 'SELECT FROM shares')).toHaveLength(24);
  }, 300_000);
});
