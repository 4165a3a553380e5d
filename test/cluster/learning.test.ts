// Goal: what several nodes learn, each counting its part of the people, is what one engine alone would have
// learned, to the last bit. Method: engines on one PostgreSQL that die at any step, before the store was
// asked or after it answered; a single engine in memory is told the same.

import { afterEach, describe, expect, it } from 'vitest';
import type { Role } from '../../src/engine/roles.ts';
import { policyOf } from '../../src/facts/parse-policy.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { type Cluster, type Node, newCluster } from '../support/cluster-nodes.ts';
import { countParts } from '../../src/engine/parts.ts';
import { awaitShares } from '../../src/engine/shares-told.ts';
import { START, THINGS, buy, item, openHouse, personId } from '../support/house.ts';
import { GLOVES, policyIn } from '../support/policies.ts';
import { sql } from '../support/postgres.ts';
import { type Pair, newPair } from '../support/postgres-pair.ts';
import {
  ALL_LEARNED,
  type Death,
  actsOf,
  dyingAt,
  learned,
  learnedBy,
  learnedOfAll,
  settled,
  stocked,
  turn,
} from '../support/shared-learning.ts';

const SEEDS = process.env['FINELINE_FULL'] === '1' ? [...Array(25).keys()] : [2];

let pair: Pair;
let cluster: Cluster;
const open: { node: Node; death: Death }[] = [];

async function start(number: number, more: Partial<Death> = {}, roles?: readonly Role[]): Promise<Node> {
  const death = { isDead: false, left: Number.POSITIVE_INFINITY, isAfter: false, ...more };
  const between = dyingAt(death);
  const node = await cluster.open(number, {
    settings: ALL_LEARNED,
    isShared: true,
    between,
    ...(roles === undefined ? {} : { roles }),
  });
  open.push({ node, death });
  return node;
}

async function nodes(numbers: readonly number[], roles?: readonly Role[]): Promise<void> {
  pair = await newPair();
  cluster = newCluster(pair);
  for (const number of numbers) await start(number, {}, roles);
}

const running = (): readonly Node[] => open.map(({ node }) => node);

/** Whoever died is started again under its number, and dies again after some steps, or not. */
async function bury(mortality: () => Partial<Death>): Promise<number> {
  const dead = open.filter(({ death }) => death.isDead);
  for (const one of dead) {
    open.splice(open.indexOf(one), 1);
    await one.node.kill();
    await start(one.node.lock.number, mortality());
  }
  return dead.length;
}

afterEach(async () => {
  for (const { node, death } of open.splice(0)) await (death.isDead ? node.kill() : node.close());
  await pair.end();
});

describe('learning that nodes share', () => {
  it.each(SEEDS)(
    '[E220] nodes that die at any step, with repeats, learn what one engine learns (seed %i)',
    async (seed) => {
      await nodes([0, 1, 2]);
      const random = seededRandom(seed);
      const alone = await openHouse({ settings: ALL_LEARNED });
      const things = THINGS.map((id) => item(id));
      await alone.engine.putItems(things);
      await running()[0]!.engine.putItems(things);
      let deaths = 0;
      for (const [at, act] of actsOf(random, 40, 160).entries()) {
        await act(alone).catch(() => undefined);
        await act(running()[random.below(3)]!).catch(() => undefined);
        // An event that is sent again, to somebody else.
        if (at > 40 && random.below(5) === 0) await act(running()[random.below(3)]!).catch(() => undefined);
        if (random.below(3) > 0) continue;
        await turn(random.below(2) === 0 ? running() : [running()[random.below(3)]!]);
        const [one] = random.below(3) === 0 ? [open[random.below(3)]!] : [];
        if (one?.death.left === Number.POSITIVE_INFINITY) {
          one.death.left = 1 + random.below(20);
          one.death.isAfter = random.below(2) === 0;
        }
        deaths += await bury(() => ({ isAfter: random.below(2) === 0 }));
      }
      for (const { death } of open) death.left = Number.POSITIVE_INFINITY;
      const learner = await settled(running());
      expect(deaths).toBeGreaterThan(3);
      const ours = await learned(running(), learner);
      expect(ours).toBe(await learnedBy(alone));
      expect(ours.length).toBeGreaterThan(3000);
    },
    600_000,
  );

  it('[E220] what is followed again, and shares that are taken up again, change nothing', async () => {
    await nodes([0, 1]);
    const learner = await stocked(running());
    const before = await learnedOfAll(running());
    const { core } = learner.engine;
    core.others!.told = '';
    await core.others?.takeShares();
    await sql(pair.dataUrl, "UPDATE learning_parts SET upto = '0'");
    expect(await learned(running(), await settled(running()))).toBe(before);
  });

  it('[E220] who is written to while everybody is counted is counted as they are then', async () => {
    await nodes([0], ['collect', 'learn']);
    const collector = await cluster.open(7, { settings: ALL_LEARNED, isShared: true, roles: ['collect'] });
    const alone = await openHouse({ settings: ALL_LEARNED });
    const learner = await stocked(running(), alone);
    const names = Array.from({ length: 24 }, (_, n) => `customer-${n}`);
    for (const name of names) await buy(alone, name, ['lamp-6']);
    const { people } = learner.engine.core;
    const waiting = new Map(names.map((name) => [people.keyOf(personId(name)), name]));
    const byKey = people.byKey.bind(people);
    people.byKey = async (key) => {
      const opened = await byKey(key);
      const name = waiting.get(key);
      waiting.delete(key);
      // After they were opened, before what was read of them is kept.
      if (name !== undefined) await buy(collector, name, ['lamp-6']);
      return opened;
    };
    await sql(pair.dataUrl, `UPDATE learning_parts SET round = replace(round, '${START}', '${START + 1}')`);
    expect(await learned(running(), await settled(running()))).toBe(await learnedBy(alone));
    expect(waiting.size).toBe(0);
    await collector.close();
  });

  it('[E220] a new thing is counted by whoever hears of its purchase before they look for it', async () => {
    await nodes([0, 1]);
    await stocked(running());
    const [first] = running();
    await first!.engine.putItems([item('brand-new')]);
    for (let n = 0; n < 24; n += 1) await buy(first!, `customer-${n}`, ['brand-new']);
    // Each owns some of them, and none has looked since.
    for (const { engine } of running()) await engine.countParts();
    expect(await learned(running(), await settled(running()))).toContain('"brand-new" 24 ');
  });

  it('[E221] whoever takes the duty goes on with what was counted, and opens nobody again', async () => {
    // Whoever keeps the log opens everybody for another reason.
    await nodes([0, 1], ['collect', 'learn']);
    const learner = await stocked(running());
    const before = await learned(running(), learner);
    const other = running().find((node) => node !== learner)!;
    let opened = 0;
    const { people } = other.engine.core.world;
    const load = people.load.bind(people);
    people.load = (person) => {
      opened += 1;
      return load(person);
    };
    await learner.kill();
    open.splice(
      open.findIndex(({ node }) => node === learner),
      1,
    );
    expect(await settled(running())).toBe(other);
    expect([await learned(running(), other), opened]).toEqual([before, 0]);
  });

  it('[E221] all of them count under another policy, and a part that is late stops the fit', async () => {
    await nodes([0, 1, 2]);
    const alone = await openHouse({ settings: ALL_LEARNED });
    await stocked(running(), alone);
    const { version: _old, ...rules } = alone.engine.core.policy;
    const next = policyOf({ ...rules, sensitive: policyIn(GLOVES).sensitive! });
    await (
      await alone.engine.usePolicy(next)
    ).settled;
    await running()[1]!.engine.usePolicy(next);
    const learner = running().find(({ engine }) => engine.core.duties.learn)!;
    await learner.engine.follow();
    await sql(pair.dataUrl, 'UPDATE learning_parts SET whole = false WHERE part = 7');
    // Nobody counts meanwhile: each has a turn of its own only when it is given one.
    learner.engine.core.others!.countParts = () => Promise.resolve();
    await expect(awaitShares(learner.engine.core, learner.engine.core.world.sharing!)).rejects.toThrow(
      'Not everybody is counted yet',
    );
    learner.engine.core.others!.countParts = () => countParts(learner.engine.core);
    const [ours, theirs] = [await learned(running(), await settled(running())), await learnedBy(alone)];
    expect(ours).toBe(theirs);
    expect(ours).not.toMatch(/glove/);
  }, 300_000);

  it('[E222] weights of too few fall when somebody leaves through a node that counts nobody', async () => {
    await nodes([0, 1]);
    await stocked(running());
    const collector = await cluster.open(7, { settings: ALL_LEARNED, isShared: true, roles: ['collect'] });
    const modelOf = ({ engine }: Node) => engine.core.shelves.models().model;
    const { id: before, itemIds } = modelOf(await settled(running()));
    expect(itemIds.length).toBeGreaterThan(0);
    for (const n of [0, 6]) await collector.engine.erase(personId(`customer-${n}`));
    // Whoever learns then, and as soon as they have heard of it: within some turns, of two a second.
    let learner = await settled(running());
    for (let turns = 0; turns < 20 && modelOf(learner).id === before; turns += 1)
      learner = await settled(running());
    await collector.engine.follow();
    const [ours, theirs] = [learner, collector].map((node) => modelOf(node).id);
    const { others, recovery } = learner.engine.core;
    expect({
      ...{ isOld: ours === before, isTheirs: ours === theirs },
      ...{ leaving: others?.leaving.size, refit: recovery.refit },
    }).toEqual({ isOld: false, isTheirs: true, leaving: 0, refit: false });
    const rows = await sql(pair.dataUrl, 'SELECT count(*)::integer AS shares FROM shares');
    expect(rows).toEqual([{ shares: 22 }]);
    await collector.close();
  });
});
