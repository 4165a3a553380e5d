// Goal: nodes that share the counting make no model of a part of the people, whatever is held up. Method:
// nodes on one PostgreSQL, on which somebody else keeps a transaction open.

import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countParts } from '../../src/engine/parts.ts';
import { policyOf } from '../../src/facts/parse-policy.ts';
import { isFault } from '../../src/kernel/fault.ts';
import type { Node } from '../support/cluster-nodes.ts';
import { GLOVES, policyIn } from '../support/policies.ts';
import { newServerDir, sql, startServer } from '../support/postgres.ts';
import { type Pair, pairOn } from '../support/postgres-pair.ts';
import { learnedOfAll, openTwo, stocked, turn, turnsUntil } from '../support/shared-learning.ts';

let pair: Pair;
let nodes: readonly Node[];

beforeEach(async () => {
  // Of its own: what is held open here would hold up every other test.
  pair = await pairOn(startServer(newServerDir()));
  nodes = await openTwo(pair);
});
afterEach(async () => {
  for (const node of nodes) await node.close();
  await pair.end();
});

describe('what a long transaction holds up', () => {
  it('[E221] whoever begins anew makes no model of a part, as a long transaction leaves it', async () => {
    const learner = await stocked(nodes);
    const before = await learnedOfAll(nodes);
    await heldUp(async () => {
      // Written since it began: nobody hears of these before it has ended.
      await sql(
        pair.dataUrl,
        "UPDATE shares SET tx = pg_current_xact_id() WHERE person < '80000000-0000-0000-0000-000000000000'",
      );
      await takenAgain(learner);
      await expectNoModel(learner);
    });
    expect(await learnedOfAll(nodes)).toBe(before);
  });

  it('[E221] nor of nobody, where all are counted only after the duty was taken', async () => {
    const learner = await stocked(nodes);
    const before = await learnedOfAll(nodes);
    const counts = nodes.map(({ engine }) => engine.core.others!);
    for (const others of counts) others.countParts = () => Promise.resolve();
    // What a crash of the server leaves.
    await sql(pair.dataUrl, 'DELETE FROM shares; DELETE FROM learning_parts');
    await takenAgain(learner);
    expect(counts.some(({ told }) => told !== undefined && told !== '')).toBe(true);
    await heldUp(async () => {
      for (const { engine } of nodes) engine.core.others!.countParts = () => countParts(engine.core);
      await expectNoModel(learner);
    });
    expect(await learnedOfAll(nodes)).toBe(before);
  });

  it('[E221] nor of what is learned from no more', async () => {
    const learner = await stocked(nodes);
    const { version: _old, ...rules } = learner.engine.core.policy;
    await heldUp(async () => {
      await learner.engine.usePolicy(policyOf({ ...rules, sensitive: policyIn(GLOVES).sensitive! }));
      await expectNoModel(learner);
    });
    expect(await learnedOfAll(nodes)).not.toMatch(/glove/);
  });
});

/** While somebody's transaction with a number is open on the server. */
async function heldUp(work: () => Promise<void>): Promise<void> {
  const long = new pg.Client({ connectionString: pair.dataUrl });
  await long.connect();
  try {
    await long.query('BEGIN; SELECT pg_current_xact_id()');
    await work();
  } finally {
    await long.end();
  }
}

/** As if it had been lost for a moment. */
async function takenAgain({ engine }: Node): Promise<void> {
  await engine.core.recovery.running?.catch(() => undefined);
  engine.core.duties.learn = false;
  await turn(nodes);
  expect(engine.core.duties.learn).toBe(true);
}

async function expectNoModel({ engine }: Node): Promise<void> {
  const refused = engine.learn().catch((fault: unknown) => fault);
  await turnsUntil(nodes, refused);
  expect(isFault(await refused, 'counting'), String(await refused)).toBe(true);
}
