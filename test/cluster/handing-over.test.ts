// Goal: whoever loses a duty, or never had it, does nothing that is another's to do, and goes on with what
// the other makes. Method: engines on one PostgreSQL, connections that hold a duty ended by the server.

import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { lockNode } from '../../src/adapters/postgres/node-lock.ts';
import { parseCampaignId } from '../../src/facts/ids.ts';
import { faultOf } from '../contracts/samples.ts';
import { type Cluster, type Node, newCluster } from '../support/cluster-nodes.ts';
import { named } from '../support/hold-out.ts';
import { DAY, allowAll, buy, decide, must, placementId, stock } from '../support/house.ts';
import { HOME_SLOT, policyIn } from '../support/policies.ts';
import { type Pair, newPair } from '../support/postgres-pair.ts';
import { sql } from '../support/postgres.ts';

const SOON = { timeout: 60_000 };

let pair: Pair;
let cluster: Cluster;
const open: Node[] = [];

async function nodes(): Promise<readonly [Node, Node]> {
  pair = await newPair();
  cluster = newCluster(pair);
  return [await start(0), await start(1)];
}

async function start(number: number): Promise<Node> {
  const node = await cluster.open(number);
  open.push(node);
  await followed(node);
  return node;
}

/** Has looked, and counted everybody if it has a new duty. */
async function followed({ engine }: Node): Promise<void> {
  await engine.follow();
  await engine.core.recovery.running;
  await engine.follow();
}

afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
  await pair.end();
});

/** Sessions that hold a lock of ours, with how many. */
async function lockers(url: string): Promise<readonly { readonly pid: number; readonly locks: number }[]> {
  const found = await sql(
    url,
    `SELECT pid, count(*)::int AS locks FROM pg_locks
     WHERE locktype = 'advisory'
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
     GROUP BY pid ORDER BY locks DESC`,
  );
  return found as unknown as readonly { readonly pid: number; readonly locks: number }[];
}

/** As a network would that forgets a connection; the node notices, and comes back without its duties. */
async function cut(from: Node, to: Node): Promise<void> {
  expect(Object.values(from.engine.core.duties)).toEqual([true, true]);
  const [holder] = await lockers(pair.dataUrl);
  await sql(pair.dataUrl, `SELECT pg_terminate_backend(${holder?.pid ?? 0})`);
  const isOver = async (): Promise<readonly boolean[]> => {
    await to.engine.follow();
    return Object.values(to.engine.core.duties);
  };
  await expect.poll(isOver, SOON).toEqual([true, true]);
  await followed(from);
  await followed(to);
}

const modelOf = ({ engine }: Node): string => engine.core.shelves.models().model.id;

/** Learns until the model is another, or that one. */
async function learns(node: Node, isIt: (id: string) => boolean): Promise<void> {
  const learned = async (): Promise<boolean> => {
    await node.engine.follow();
    return isIt((await node.engine.learn())?.id ?? '');
  };
  await expect.poll(learned, SOON).toBe(true);
}

async function takesUp(node: Node, from: Node): Promise<void> {
  const taken = async (): Promise<string> => {
    await node.engine.follow();
    return modelOf(node);
  };
  await expect.poll(taken, SOON).toBe(modelOf(from));
}

async function buyers(node: Node, kind: string): Promise<void> {
  for (let n = 0; n < 6; n += 1) {
    await allowAll(node, `${kind}-${n}`);
    await buy(node, `${kind}-${n}`, ['tea-1', 'coat-1']);
  }
}

describe('a duty that was lost', () => {
  it('[E166] who learned takes up what its successor makes, and cannot make any itself', async () => {
    const [one, two] = await nodes();
    await stock(one);
    const first = modelOf(one);
    await takesUp(two, one);
    await cut(one, two);
    expect(Object.values(one.engine.core.duties)).toEqual([false, false]);
    expect(await faultOf(one.engine.learn())).toBe('elsewhere');
    await buyers(one, 'new');
    await learns(two, (id) => id !== first);
    await takesUp(one, two);
  });
});

const SLOT = {
  ...{ ...HOME_SLOT, id: 'email', purpose: 'contact', channels: ['email'], itemsMax: 3 },
  ...{ capPerItem: { impressionsMax: 512, windowHours: 168 }, reason: 'a test' },
};
const WELCOME = must(parseCampaignId('welcome'));
const POLICY = policyIn({
  placements: [SLOT],
  contact: {
    caps: [{ per: 'person', impressionsMax: 50, windowHours: 168 }],
    campaigns: [{ id: 'welcome', to: 'newcomers', contactsPerWeekMax: 3, freedToo: true }],
    reason: 'a test',
  },
});

async function welcome(node: Node, who: string): Promise<string | undefined> {
  const asked = { placement: placementId('email'), channel: 'email', limit: 3, campaign: WELCOME } as const;
  return (await decide(node, who, asked)).result.nothing;
}

describe('a campaign with a number for each week', () => {
  it('[E83] [E169] sends it once for all nodes, also when another takes over', async () => {
    const [one, two] = await nodes();
    await stock(one);
    const people = named(24);
    for (const who of people) await allowAll(one, who);
    await one.engine.usePolicy(POLICY);
    await followed(two);
    for (const node of [one, two]) node.advance(DAY);
    const asked = people.slice(0, 12).map((who, at) => welcome(at % 2 === 0 ? two : one, who));
    const sent = (all: readonly (string | undefined)[]): number =>
      all.filter((nothing) => nothing === undefined).length;
    expect(sent(await Promise.all(asked))).toBe(3);
    await cut(one, two);
    const later = people.slice(12).map((who, at) => welcome(at % 2 === 0 ? two : one, who));
    expect(sent(await Promise.all(later))).toBe(0);
  });
});

describe('the number of a node', () => {
  it('[PG8] is not given up while the session that has it may be its own of before', async () => {
    pair = await newPair();
    let taken = false;
    const lock = await lockNode(pair.dataUrl, {
      number: 3,
      taken: () => {
        taken = true;
      },
    });
    onTestFinished(() => lock.release());
    const [mine] = await lockers(pair.dataUrl);
    // Somebody has the number for a moment when it is lost: to us the same as a session that is not gone yet.
    const other = lockNodeSoon(pair.dataUrl);
    await sql(pair.dataUrl, `SELECT pg_terminate_backend(${mine?.pid ?? 0})`);
    const between = await other;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect([taken, await lock.hold('log')]).toEqual([false, false]);
    await between.release();
    await expect.poll(() => lock.hold('log'), SOON).toBe(true);
    expect(taken).toBe(false);
  });
});

async function lockNodeSoon(url: string): ReturnType<typeof lockNode> {
  for (;;) {
    try {
      return await lockNode(url, { number: 3 });
    } catch {
      // Until it is free.
    }
  }
}
