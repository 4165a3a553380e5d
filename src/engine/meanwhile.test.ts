// Goal: while a shop learns it serves as before, hears what people do and lets them go. Method: the whole
// engine with the worker that it learns in, and questions in between.

import { afterEach, describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  decide,
  item,
  itemsOf,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { openLearner } from '../adapters/learner/learner.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { seededRandom } from '../kernel/random.ts';
import { type Models, nameOf } from './models.ts';
import type { Learner } from './ports.ts';
import { openShelves } from './shelves.ts';

let learner: Learner | undefined;
afterEach(() => learner?.close());

const TASTES = 4;

/** People enough that settings are chosen, and a fit takes its time. */
async function openBusyHouse(): Promise<House> {
  const house = await openHouse();
  learner = openLearner();
  Object.assign(house.world.learner, learner);
  await stock(house);
  const things = Array.from({ length: 60 }, (_, n) => `thing-${n}`);
  await house.engine.putItems(things.map((id, n) => item(id, ['Things', `Leaf ${n % 12}`])));
  await house.engine.putItems([item('seldom', ['Things', 'Seldom'])]);
  const random = seededRandom(7);
  for (let n = 0; n < 440; n += 1) {
    await say(house, `person-${n}`, changes('given'));
    const mine = things.filter((_, at) => at % TASTES === n % TASTES && random.unit() < 0.5);
    await buy(house, `person-${n}`, mine);
  }
  return house;
}

/** Whether it has ended, without waiting for it. */
function watched<T>(work: Promise<T>): { readonly work: Promise<T>; ended: boolean } {
  const watch = { work, ended: false };
  void work.finally(() => {
    watch.ended = true;
  });
  return watch;
}

describe('while a shop learns', () => {
  it('[E190] what was acknowledged is in the next decision, and in the counts at the next turn', async () => {
    const house = await openBusyHouse();
    await house.engine.learn();
    await allowAll(house, 'ada');
    await buy(house, 'ada', ['thing-1']);
    const fit = watched(house.engine.learn());
    for (let n = 0; n < 5; n += 1) {
      const [best] = itemsOf(await decide(house, 'ada'));
      await buy(house, 'ada', [best!]);
      expect(itemsOf(await decide(house, 'ada'))).not.toContain(best);
    }
    await buy(house, 'ada', ['seldom']);
    house.engine.count();
    const counts = utf8Text(await house.world.learner.canonical());
    expect(fit.ended).toBe(false);
    expect(counts).toContain('seldom');
    await fit.work;
    expect(house.engine.changedSinceFit()).toBeGreaterThan(0);
  });

  it('[E191] a decision is made of models that were in service together, and can be made again', async () => {
    const house = await openBusyHouse();
    const inService = new Set<string>();
    const note = ({ model, complements }: Models): void =>
      void inService.add(`${model.id}+${complements.id}`);
    note(house.engine.core.shelves.models());
    const made = [];
    for (let round = 0; round < 3; round += 1) {
      await buy(house, `person-${round}`, ['thing-0', 'thing-1', `thing-${2 + round}`]);
      const fit = watched(house.engine.learn());
      while (!fit.ended) {
        made.push(await decide(house, `person-${made.length % 440}`));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      note(house.engine.core.shelves.models());
    }
    expect(inService.size).toBe(4);
    const names = made.map(({ record: { input } }) => `${input.model}+${input.complements}`);
    for (const name of names) expect(inService).toContain(name);
    expect(new Set(names).size).toBeGreaterThan(1);
    for (const { decision } of [made[0]!, made.at(-1)!]) {
      const found = await house.engine.find(decision);
      if (found === undefined) throw new Error('a decision is found');
      expect((await house.engine.replay(found)).same).toBe(true);
    }
  });

  it('[E192] an erasure is answered, and the models that come out know nobody who left', async () => {
    const house = await openBusyHouse();
    await house.engine.putItems(['sun', 'moon'].map((id) => item(id, ['Sky', id])));
    for (const who of ['person-0', 'person-1', 'person-2', 'person-3'])
      await buy(house, who, ['sun', 'moon']);
    await house.engine.learn();
    const has = (): boolean => weightOf(house.engine.core.shelves.models(), 'sun', 'moon') > 0;
    expect(has()).toBe(true);
    const fit = watched(house.engine.learn());
    for (const who of ['person-0', 'person-1']) {
      expect(typeof (await house.engine.erase(personId(who)))).toBe('object');
    }
    expect(fit.ended).toBe(false);
    expect(has()).toBe(false);
    await fit.work;
    const models = house.engine.core.shelves.models();
    expect(models.model.itemIds).toContain('sun');
    expect(has()).toBe(false);
    // They account for the erasures: a start takes them into service again.
    const shelves = await openShelves(house.world, house.engine.core.policy);
    expect(nameOf(shelves.models())).toBe(nameOf(models));
    expect(shelves.isOutdated).toBe(false);
  });
});

function weightOf({ model }: Models, from: string, to: string): number {
  const [source, target] = [model.itemIds.indexOf(from), model.itemIds.indexOf(to)];
  for (let at = model.offsets[source]!; at < model.offsets[source + 1]!; at += 1) {
    if (model.targets[at] === target) return model.weights[at]!;
  }
  return 0;
}
