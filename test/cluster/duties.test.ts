// Goal: what one node learns from what three of them wrote is what one engine would have learned, to the last
// bit, and what belongs to nobody is the same on all of them. Method: three engines on one PostgreSQL, with
// duties taken by locks of the server; the one that learns is killed in between; a single engine in memory is
// told the same.

import { afterEach, describe, expect, it } from 'vitest';
import { faultOf } from '../contracts/samples.ts';
import { policyOf } from '../../src/facts/parse-policy.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { type Cluster, type Node, newCluster } from '../support/cluster-nodes.ts';
import {
  type House,
  SHOP,
  THINGS,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  item,
  openHouse,
  personId,
  say,
  sourceId,
  stock,
} from '../support/house.ts';
import { overtaken, shown } from '../support/racing.ts';
import { type Pair, newPair } from '../support/postgres-pair.ts';

let pair: Pair;
let cluster: Cluster;
const open: Node[] = [];

async function nodes(...numbers: readonly number[]): Promise<readonly Node[]> {
  pair = await newPair();
  cluster = newCluster(pair);
  const all: Node[] = [];
  for (const number of numbers) all.push(await start(number));
  return all;
}

async function start(number: number): Promise<Node> {
  const node = await cluster.open(number);
  open.push(node);
  await settled(node);
  return node;
}

/**
 * Follows, and waits for the count that a new duty begins with, and until all that is written now was read: a
 * transaction of anybody on this server, another test's too, holds it up.
 */
async function settled({ engine }: Node): Promise<void> {
  await engine.follow();
  const { recovery, world, others } = engine.core;
  await recovery.running;
  const goal = (await world.commons?.position()) ?? '';
  const isRead = async (): Promise<boolean> => {
    await engine.follow();
    const at = others?.position;
    return at === undefined || world.commons?.isReached(goal, at) === true;
  };
  await expect.poll(isRead, { timeout: 60_000 }).toBe(true);
}

afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
  await pair.end();
});

const learnerOf = (all: readonly Node[]): Node => {
  const found = all.filter(({ engine }) => engine.core.duties.learn);
  expect(found.length).toBe(1);
  return found[0]!;
};

async function statisticsOf({ engine, learner }: Node): Promise<string> {
  engine.count();
  return Buffer.from(await learner.canonical()).toString();
}

/** Acts of a shop, to be done in this order by whoever is at hand. */
function acts(): readonly ((house: House) => Promise<unknown>)[] {
  const roll = seededRandom(11);
  const who = (): string => `p${roll.below(30)}`;
  const all: ((house: House) => Promise<unknown>)[] = [];
  for (let n = 0; n < 30; n += 1) all.push((house) => allowAll(house, `p${n}`));
  for (let n = 0; n < 90; n += 1) {
    const person = who();
    const things = [roll.below(THINGS.length), roll.below(THINGS.length)].map((at) => THINGS[at] ?? '');
    const kind = roll.below(12);
    if (kind === 0) all.push((house) => say(house, person, changes('withdrawn')));
    else if (kind === 1) all.push((house) => allowAll(house, person));
    else if (kind === 2) all.push((house) => house.engine.erase(personId(person)));
    else all.push((house) => collect(house, [event(house, 'purchase', person, things, { id: `b${n}` })]));
  }
  return all;
}

describe('duties among several nodes', () => {
  it('[E165] statistics of three nodes, with crashes and repeats, are those of one engine', async () => {
    const three = [...(await nodes(0, 1, 2))];
    const alone = await openHouse();
    await alone.engine.putItems(THINGS.map((id) => item(id)));
    await three[0]!.engine.putItems(THINGS.map((id) => item(id)));
    const roll = seededRandom(5);
    for (const [at, act] of acts().entries()) {
      await act(alone).catch(() => undefined);
      const first = three[roll.below(3)]!;
      await act(first).catch(() => undefined);
      // An event that is sent again, to somebody else.
      if (roll.below(4) === 0 && at > 30) await repeat(three[roll.below(3)]!, act);
      if (roll.below(5) === 0) await three[roll.below(3)]!.engine.follow();
      if (at === 55 || at === 95) {
        const dying = learnerOf(three);
        await dying.kill();
        open.splice(open.indexOf(dying), 1);
        three.splice(three.indexOf(dying), 1, await start(dying.lock.number));
        for (const node of three) await settled(node);
      }
    }
    for (const node of three) await settled(node);
    const learner = learnerOf(three);
    learner.engine.count();
    alone.engine.count();
    const [ours, theirs] = [await learner.learner.canonical(), await alone.world.learner.canonical()];
    expect(Buffer.from(ours).toString()).toBe(Buffer.from(theirs).toString());
    expect(ours.length).toBeGreaterThan(500);
  }, 120_000);

  it('[E165] whoever left while the learner decided for them is counted no more', async () => {
    const all = await nodes(1, 2);
    const learner = learnerOf(all);
    const [other] = all.filter((node) => node !== learner);
    await learner.engine.putItems(THINGS.map((id) => item(id)));
    const comes = async (who: string): Promise<void> => {
      await allowAll(learner, who);
      await collect(learner, [event(learner, 'purchase', who, THINGS.slice(0, 2))]);
    };
    for (const who of ['p1', 'p2', 'p3']) await comes(who);
    await settled(learner);
    const never = await statisticsOf(learner);
    await comes('ann');
    await settled(learner);
    expect(await statisticsOf(learner)).not.toBe(never);
    // Its decision is on its way into the store when she leaves elsewhere, and it hears of that first.
    overtaken(learner.engine.core, async () => {
      await other!.engine.erase(personId('ann'));
      await settled(learner);
      await statisticsOf(learner);
    });
    expect((await shown(learner, 'ann')).record.input.refused).toBe('erased');
    await settled(learner);
    expect(await statisticsOf(learner)).toBe(never);
  });

  it('[E165] what is on its way at the learner is not counted out by what it hears of', async () => {
    const [learner] = await nodes(1);
    await learner!.engine.putItems(THINGS.map((id) => item(id)));
    await allowAll(learner!, 'ann');
    // Her purchase is on its way into the store when the learner hears of her yes, and counts.
    overtaken(learner!.engine.core, async () => {
      await settled(learner!);
      await statisticsOf(learner!);
    });
    await collect(learner!, [event(learner!, 'purchase', 'ann', THINGS.slice(0, 2))]);
    expect(await statisticsOf(learner!)).toMatch(/^people 1\n/);
  });

  it('[E165] who left elsewhere is counted out also when a decision began meanwhile', async () => {
    const [learner, other] = await nodes(0, 1);
    await learner!.engine.putItems(THINGS.map((id) => item(id)));
    await allowAll(learner!, 'ann');
    await buy(learner!, 'ann', [...THINGS.slice(0, 2)]);
    expect(await statisticsOf(learner!)).toMatch(/^people 1\n/);
    await settled(learner!);
    await other!.engine.erase(personId('ann'));
    const { people } = learner!.engine.core.world;
    const since = people.since.bind(people);
    const cached = learner!.engine.core.people.cached(personId('ann'));
    let deciding: Promise<unknown> | undefined;
    people.since = async (asked) => {
      const news = await since(asked);
      if (deciding === undefined) {
        deciding = shown(learner!, 'ann').catch(() => undefined);
        await expect.poll(() => cached?.pending).toBe(1);
      }
      return news;
    };
    await learner!.engine.follow();
    expect(deciding, 'the learner asked what is new').toBeDefined();
    people.since = since;
    await deciding;
    await settled(learner!);
    expect(await statisticsOf(learner!)).toMatch(/^people 0$/m);
  });

  it('[E166] a model that one node learned serves all of them under one name', async () => {
    const [one, two, three] = await nodes(0, 1, 2);
    await stock(one!);
    await Promise.all([two!.engine.follow(), three!.engine.follow()]);
    const names = [one, two, three].map((node) => node!.engine.core.shelves.models().model.id);
    expect([new Set(names).size, one!.engine.core.shelves.models().model.itemIds.length > 0]).toEqual([
      1,
      true,
    ]);
    await allowAll(two!, 'ann');
    await buy(three!, 'ann', ['tea-1']);
    const records = await Promise.all(
      [one, two, three].map(async (node) => (await decide(node!, 'ann')).record),
    );
    expect(new Set(records.map(({ input }) => `${input.model} ${input.catalogue}`)).size).toBe(1);
    expect(await faultOf(two!.engine.learn())).toBe('elsewhere');
  });

  it('[E166] weights of too few fall everywhere when somebody leaves through another node', async () => {
    const [one, two] = await nodes(0, 1);
    await stock(one!);
    await two!.engine.follow();
    const before = two!.engine.core.shelves.models().model.id;
    for (const n of [0, 6]) await two!.engine.erase(personId(`customer-${n}`));
    await settled(one!);
    await two!.engine.follow();
    const [ours, theirs] = [one, two].map((node) => node!.engine.core.shelves.models().model.id);
    expect([ours === before, ours === theirs]).toEqual([false, true]);
    // The next start finds that the model accounts for whoever left.
    const fresh = await start(5);
    expect(fresh.engine.core.shelves.models().model.id).toBe(ours);
  });

  it('[E167] nothing is decided under an older policy once a newer one was acknowledged', async () => {
    const [one, two, three] = await nodes(0, 1, 2);
    await stock(one!);
    await allowAll(one!, 'ann');
    await decide(two!, 'ann');
    const { placements } = one!.engine.core.policy;
    for (let turn = 0; turn < 4; turn += 1) {
      const next = policyOf({ placements, minPeople: 4 + turn });
      await [one, two, three][turn % 3]!.engine.usePolicy(next);
      // Nobody has looked since: it is the write that is refused.
      for (const node of [one, two, three]) {
        const { record } = await decide(node!, turn % 2 === 0 ? 'ann' : undefined);
        expect(record.input.policy).toBe(next.version);
      }
    }
  });

  it('[E167] a source or a notice that one node was given counts on all of them', async () => {
    const [one, two] = await nodes(0, 1);
    await allowAll(one!, 'ann');
    const kiosk = { source: 'kiosk' };
    const sent = (id: string) => collect(two!, [event(two!, 'view', 'ann', ['tea-1'], { ...kiosk, id })]);
    expect((await sent('k1')).refused).toEqual({ 'source-unregistered': 1 });
    await one!.engine.registerSource({
      id: sourceId('kiosk'),
      controller: SHOP,
      origin: 'first-party',
      channel: 'web',
      basis: 'consent',
      noticeId: 'notice-1',
      description: 'a screen in the shop',
    });
    await two!.engine.follow();
    expect((await sent('k2')).admitted).toBe(1);
  });

  it('[E168] a node that starts with an older policy takes the one that rules', async () => {
    const [one] = await nodes(0);
    const { placements, version } = one!.engine.core.policy;
    const next = policyOf({ placements, minPeople: 7 });
    await one!.engine.usePolicy(next);
    const late = await start(1);
    expect([late.engine.core.policy.version, version === next.version]).toEqual([next.version, false]);
    await one!.engine.follow();
    expect(one!.engine.core.policy.version).toBe(next.version);
  });

  it('[E169] decisions of a node that was killed are committed to by who keeps the log', async () => {
    const [one, two] = await nodes(0, 1);
    await stock(one!);
    await allowAll(two!, 'ann');
    await settled(one!);
    const decided = await decide(two!, 'ann');
    await decided.receipt();
    await two!.kill();
    open.splice(open.indexOf(two!), 1);
    await settled(one!);
    one!.advance(2000);
    await one!.engine.maintain();
    const found = await one!.engine.find(decided.decision);
    expect(await one!.engine.proof(found!)).toMatch(/fineline/);
  });
});

async function repeat(house: House, act: (house: House) => Promise<unknown>): Promise<void> {
  await act(house).catch(() => undefined);
}
