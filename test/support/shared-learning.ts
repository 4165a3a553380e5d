// Nodes that share the counting, in one process: acts of a shop, nodes that die at a chosen step, and what
// one engine alone would have learned.

import { awaitShares } from '../../src/engine/shares-told.ts';
import { MODEL_KINDS } from '../../src/engine/models.ts';
import type { Sharing } from '../../src/engine/ports.ts';
import type { Random } from '../../src/kernel/random.ts';
import { assert } from '../../src/kernel/assert.ts';
import { isFault } from '../../src/kernel/fault.ts';
import {
  HOUR,
  type House,
  stock,
  SETTINGS,
  THINGS,
  allowAll,
  changes,
  collect,
  event,
  personId,
  say,
} from './house.ts';
import { type Node, newCluster } from './cluster-nodes.ts';
import type { Pair } from './postgres-pair.ts';

/** Everything that is learned is asked for. */
export const ALL_LEARNED = `${SETTINGS}
  - { id: again, purpose: recommend, channels: [web], strategy: next-basket, itemsMax: 20,
      exploreRate: 0, perLeafMax: 20 }
  - { id: next, purpose: recommend, channels: [web], strategy: next-click, itemsMax: 20,
      exploreRate: 0, perLeafMax: 20 }
`;

/** Two nodes that share the counting. */
export async function openTwo(pair: Pair): Promise<readonly [Node, Node]> {
  const cluster = newCluster(pair);
  const open = (number: number): Promise<Node> =>
    cluster.open(number, { settings: ALL_LEARNED, isShared: true });
  return [await open(0), await open(1)];
}

export type Act = (house: House) => Promise<unknown>;

/** People come, buy, look, say no, come back, are erased. Each act may be done by any node. */
export function actsOf(random: Random, people: number, count: number): readonly Act[] {
  const acts: Act[] = [];
  for (let n = 0; n < people; n += 1) acts.push((house) => allowAll(house, `p${n}`));
  for (let n = 0; n < count; n += 1) acts.push(actOf(random, people, n));
  return acts;
}

function actOf(random: Random, people: number, n: number): Act {
  const who = `p${random.below(people)}`;
  const things = Array.from(
    { length: 1 + random.below(3) },
    () => THINGS[Math.min(random.below(24), random.below(24))] ?? '',
  );
  const kind = random.below(24);
  if (kind === 0) return (house) => say(house, who, changes('withdrawn'));
  if (kind === 1) return (house) => allowAll(house, who);
  if (kind === 2) return (house) => house.engine.erase(personId(who));
  if (kind < 9) {
    return (house) =>
      collect(
        house,
        things.map((thing, at) => {
          const timeMs = house.nowMs() - 40 * HOUR + n * 60_000 + at * 1000;
          return event(house, 'view', who, [thing], { id: `v${n}-${at}`, timeMs });
        }),
      );
  }
  return (house) => collect(house, [event(house, 'purchase', who, [...new Set(things)], { id: `b${n}` })]);
}

/** A node dies at its `at`-th question to the store, before it is asked or after it was answered. */
export interface Death {
  isDead: boolean;
  left: number;
  isAfter: boolean;
}

/** Sharing that ends at a step, as if the process had been killed there. */
export function dyingAt(death: Death): (sharing: Sharing) => Sharing {
  const died = (): Error => new Error('killed');
  return (sharing) =>
    new Proxy(sharing, {
      get(target, name: keyof Sharing) {
        if (name === 'isTold') return target.isTold;
        return async (...values: never[]): Promise<unknown> => {
          if (death.isDead) throw died();
          death.left -= 1;
          const isLast = death.left === 0;
          if (isLast && !death.isAfter) death.isDead = true;
          if (death.isDead) throw died();
          const answer = await (target[name] as (...all: never[]) => Promise<unknown>)(...values);
          if (isLast) death.isDead = true;
          if (death.isDead) throw died();
          return answer;
        };
      },
    });
}

/** A turn of every node, as their clockworks would; what fails is done again with the next. */
export async function turn(nodes: readonly Node[]): Promise<void> {
  await Promise.all(
    nodes.map(async ({ engine }) => {
      await engine.follow().catch(() => undefined);
      await engine.countParts().catch(() => undefined);
    }),
  );
}

/** Every part has come to a position, and what was kept of it was told. */
export async function isAllTold({ engine }: Pick<Node, 'engine'>, goal: string): Promise<boolean> {
  const { world, others } = engine.core;
  const { sharing, commons } = world;
  if (sharing === undefined || commons === undefined || others === undefined) return false;
  const parts = await sharing.parts();
  if (parts.length === 0 || !parts.every(({ upTo }) => commons.isReached(goal, upTo))) return false;
  const kept = await commons.position();
  await others.takeShares();
  return others.told !== undefined && sharing.isTold(kept, others.told);
}

/** Whether it heard of everybody who left before a position. */
function hasFollowed({ engine: { core } }: Node, goal: string): boolean {
  const position = core.others?.position;
  return position !== undefined && core.world.commons?.isReached(goal, position) === true;
}

/** Others go on meanwhile, as their clockworks would. */
export async function turnsUntil(nodes: readonly Node[], work: Promise<unknown>): Promise<void> {
  const state = { isOver: false };
  void work
    .catch(() => undefined)
    .finally(() => {
      state.isOver = true;
    });
  while (!state.isOver) {
    await turn(nodes);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A transaction of another test on the same server holds positions up for as long as it lasts. */
const REST_MS_MAX = 240_000;

/** Turns until everything that is written now is in the statistics of the one that learns. */
export async function settled(nodes: readonly Node[]): Promise<Node> {
  for (const untilMs = Date.now() + REST_MS_MAX; Date.now() < untilMs;) {
    await turn(nodes);
    const learner = nodes.find(({ engine }) => engine.core.duties.learn);
    const core = learner?.engine.core;
    if (learner === undefined || core?.recovery.done !== true || core.recovery.running !== undefined) {
      await learner?.engine.maintain().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    const { sharing } = core.world;
    assert(sharing !== undefined, 'nodes share the counting');
    const goal = (await core.world.commons?.position()) ?? '0';
    // Whoever began anew and was not heard out says so; then there is another look.
    const waiting = awaitShares(core, sharing).catch((fault: unknown) => {
      if (!isFault(fault, 'counting')) throw fault;
    });
    await turnsUntil(nodes, waiting);
    await waiting;
    // A transaction of anybody on this server, another test's too, holds it up for longer than is waited for.
    if (!(await isAllTold(learner, goal))) continue;
    await turn(nodes);
    // Who left is heard of apart from shares, and a look that failed is made again with the next turn.
    if (hasFollowed(learner, goal)) return learner;
  }
  throw new Error('the nodes never came to rest');
}

/** Statistics as text, and the names of the models made of them, which are hashes of their bytes. */
export async function learnedBy(house: Pick<House, 'engine'>): Promise<string> {
  const { engine } = house;
  const { learner } = engine.core.world;
  engine.count();
  const statistics = Buffer.from(await learner.canonical()).toString();
  await engine.learn();
  const models = engine.core.shelves.models();
  return `${statistics}\n${MODEL_KINDS.map((kind) => `${kind} ${models[kind].id}`).join('\n')}`;
}

/** Two dozen customers, each written by any of the nodes; answers who learns. */
export async function stocked(nodes: readonly Node[], ...also: readonly House[]): Promise<Node> {
  for (const house of [nodes[0]!, ...also]) {
    const work = stockWhole(house);
    await turnsUntil(nodes, work);
    await work;
  }
  await learnedOfAll(nodes);
  return settled(nodes);
}

/** A model that cannot be made yet is made later; customers that a busy server did not take come again. */
async function stockWhole(house: House): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await stock(house);
      return;
    } catch (fault) {
      if (isFault(fault, 'counting') || isFault(fault, 'elsewhere')) return;
      if (tries === 3) throw fault;
    }
  }
}

/**
 * On a busy machine the duty may go to another node while something is learned; it begins anew then, and what
 * it has heard of so far is not what a test begins with.
 */
export async function learnedOfAll(nodes: readonly Node[]): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const text = await learned(nodes, await settled(nodes)).catch((fault: unknown) => {
      if (isFault(fault, 'counting') || isFault(fault, 'elsewhere')) return '';
      throw fault;
    });
    if (text.startsWith('people 24\n')) return text;
    if (tries === 10) throw new Error(`not everybody is counted: ${text.slice(0, 200)}`);
  }
}

export async function learned(nodes: readonly Node[], learner: House): Promise<string> {
  const all = learnedBy(learner);
  await turnsUntil(nodes, all);
  return all;
}
