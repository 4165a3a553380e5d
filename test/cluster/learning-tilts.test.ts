// Goal: nodes that share the counting go on when a new list of proxies says the same of every thing, and
// another sum of what members have. Method: nodes on one PostgreSQL; a learner that finds what it is told to.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { policyOf } from '../../src/facts/parse-policy.ts';
import { isFault } from '../../src/kernel/fault.ts';
import type { LeafTilt } from '../../src/facts/shadow.ts';
import type { Node } from '../support/cluster-nodes.ts';
import { DAY, buy } from '../support/house.ts';
import { GLOVES, policyIn } from '../support/policies.ts';
import { type Pair, newPair } from '../support/postgres-pair.ts';
import { learnedOfAll, openTwo, stocked, turnsUntil } from '../support/shared-learning.ts';

let pair: Pair;
let nodes: readonly Node[];

beforeEach(async () => {
  pair = await newPair();
  nodes = await openTwo(pair);
});
afterEach(async () => {
  for (const node of nodes) await node.close();
  await pair.end();
});

it('[E221] who has the duty asks for a round for another list of proxies, whatever differs', async () => {
  const { engine } = await stocked(nodes);
  const { core } = engine;
  let tilts: readonly LeafTilt[] = [];
  const found = { proxies: [], unknown: [], unjudged: [] };
  core.world.learner.proxies = () => Promise.resolve({ found, volunteers: 400, tilts });
  const { version: _old, ...rules } = core.policy;
  const next = policyOf({
    ...rules,
    sensitive: policyIn(GLOVES).sensitive!,
    purposes: { recommend: ['purchases'], improve: ['purchases'], guard: ['purchases'] },
    proxies: { paths: [['Things', 'glove']], volunteersMin: 200, falseRate: 0.01, erase: true },
  });
  // A transaction of another test may hold it up for a while; a round that nobody asks for, for a day.
  const learn = async (tries = 5): Promise<void> => {
    const learning = engine.learn();
    await turnsUntil(nodes, learning);
    await learning.catch((fault: unknown) => {
      if (tries === 0 || !isFault(fault, 'counting')) throw fault;
      return learn(tries - 1);
    });
  };
  const { settled } = await engine.usePolicy(next);
  await turnsUntil(nodes, settled);
  await settled;
  await learn();
  const first = core.shelves.shadow();
  tilts = [{ leaf: 'own-gloves|Things > glove', more: [['coat-1', 3]] }];
  for (const { advance } of nodes) advance(2 * DAY);
  await learn();
  expect(core.shelves.tilts()).toEqual(tilts);
  expect(core.shelves.shadow().id).not.toBe(first.id);
  for (const at of [1, 2, 3]) await buy(nodes[1]!, `customer-${at}`, ['lamp-1']);
  await learn();
  expect(await learnedOfAll(nodes)).toMatch(/^people 24\n/);
});
