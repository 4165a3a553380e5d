// Goal: a coat's page names gloves and nothing else, for as long as enough people let us learn it, and a past
// decision stays what it was. Method: the whole engine in memory, on a shop in which it is known what goes
// with what.

import { RULES_NEWEST } from '../facts/decision.ts';
import { describe, expect, it } from 'vitest';
import {
  DAY,
  type House,
  START,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  item,
  itemId,
  itemsOf,
  openHouse,
  personId,
  placementId,
  say,
} from '../../test/support/house.ts';
import { policyIn } from '../../test/support/policies.ts';
import { decide as decideOn } from '../decide/decide.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import { emptyModel } from '../facts/model.ts';
import { seededRandom } from '../kernel/random.ts';
import { utf8Text } from '../kernel/bytes.ts';
import type { BasketList } from '../learn/basket-counts.ts';
import { shopper } from '../learn/testing-shop.ts';
import { openShelves } from './shelves.ts';

const PATHS = {
  'coat-red': ['Clothes', 'Coats'],
  'coat-blue': ['Clothes', 'Coats'],
  'gloves-wool': ['Clothes', 'Gloves'],
  'gloves-silk': ['Clothes', 'Gloves'],
  'cat-food': ['Cats'],
  milk: ['Dairy'],
};
const GLOVES = ['gloves-silk', 'gloves-wool'];

async function buyAll(house: House, who: string, baskets: BasketList): Promise<void> {
  for (const [week, items] of baskets.entries()) {
    await collect(house, [event(house, 'purchase', who, items, { timeMs: START - (90 - 7 * week) * DAY })]);
  }
}

const SHOPPERS: readonly BasketList[] = (() => {
  const random = seededRandom(2);
  return Array.from({ length: 60 }, () => shopper(random));
})();

async function shop(): Promise<House> {
  const house = await openHouse();
  await house.engine.putItems(Object.entries(PATHS).map(([id, path]) => item(id, path)));
  for (const [n, baskets] of SHOPPERS.entries()) {
    await say(house, `shopper-${n}`, changes('given', ['purchases'], ['improve']));
    await buyAll(house, `shopper-${n}`, baskets);
  }
  await house.engine.learn();
  return house;
}

const beside = (house: House, thing: string, who?: string) =>
  decide(house, who, { placement: placementId('product'), context: [itemId(thing)], limit: 10 });
const besides = async (house: House, thing: string, who?: string) =>
  itemsOf(await beside(house, thing, who)).toSorted();

const statistics = async (house: House): Promise<string> => {
  house.engine.count();
  return utf8Text(await house.world.learner.canonical());
};

const shelfOf = (house: House) => house.engine.core.shelves.current().shelf;
const gloved = SHOPPERS.flatMap((baskets, n) =>
  baskets.some(
    (items) => items.some((id) => id.startsWith('coat')) && items.some((id) => GLOVES.includes(id)),
  )
    ? [`shopper-${n}`]
    : [],
);

describe('complements', () => {
  it('[E26] of a coat are gloves; never the other coat or cat food, and of milk there are none', async () => {
    const house = await shop();
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['cat-food', 'milk']);
    for (const who of [undefined, 'ann']) {
      for (const coat of ['coat-red', 'coat-blue']) expect(await besides(house, coat, who)).toEqual(GLOVES);
      for (const thing of ['milk', 'cat-food', 'no-such-thing']) {
        const { result } = await beside(house, thing, who);
        expect(result.items).toEqual([]);
        // What Ann has bought points at things that she has, too.
        expect(result.nothing).toBe(who === undefined ? 'nothing-related' : 'guarded');
      }
    }
    // What is bought together all the same is not what goes together: the first model knows no better.
    const { record } = await beside(house, 'coat-red');
    expect(record.input.complements).toBe(shelfOf(house).complements.id);
    expect(record.result.items[0]?.score).toBeGreaterThan(0.9);
  });

  it('[E26] are learned from what passes the door for improving, and from nothing else', async () => {
    const house = await shop();
    const without = await statistics(house);
    const life: BasketList = [['coat-red', 'gloves-wool'], ['milk']];
    const acts: readonly ((who: string) => Promise<unknown>)[] = [
      async () => undefined,
      (who) => say(house, who, changes('withdrawn', ['purchases'], ['improve'])),
      async (who) => house.engine.erase(personId(who)),
    ];
    for (const [n, act] of acts.entries()) {
      const who = `late-${n}`;
      // Asked for nothing, nobody is learned from.
      if (n > 0) await say(house, who, changes('given', ['purchases'], ['improve']));
      await buyAll(house, who, life);
      expect((await statistics(house)) === without).toBe(n === 0);
      await act(who);
      expect(await statistics(house)).toBe(without);
    }
  });

  it('[E26] lose what came back, is set aside or became sensitive', async () => {
    const house = await shop();
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['milk', 'gloves-wool', 'coat-red']);
    expect((await statistics(house)).split('\n')).toContain('[["coat-red","gloves-wool","milk"]]');
    await collect(house, [event(house, 'return', 'ann', ['milk'])]);
    expect((await statistics(house)).split('\n')).toContain('[["coat-red","gloves-wool"]]');
    await house.engine.restrict({
      person: personId('ann'),
      fact: 'bought|till|gloves-wool',
      act: 'restrict',
    });
    expect((await statistics(house)).split('\n')).toContain('[["coat-red"]]');
    const policy = policyIn({ sensitive: { add: [{ class: 'own-coats', paths: ['Clothes > Coats'] }] } });
    await (
      await house.engine.usePolicy(policy)
    ).settled;
    expect(await statistics(house)).not.toContain('coat');
    expect(shelfOf(house).complements.targets).toHaveLength(0);
  });

  it('[E8, E26] of too few people are none at once, also after a restart, gone at the next fit', async () => {
    const house = await shop();
    const { model, complements } = shelfOf(house);
    for (const who of gloved.slice(24)) await house.engine.erase(personId(who));
    expect(await besides(house, 'coat-red')).toEqual(GLOVES);
    for (const who of gloved.slice(2, 24)) await house.engine.erase(personId(who));
    expect(await besides(house, 'coat-red')).toEqual([]);
    expect(shelfOf(house).complements.id).not.toBe(complements.id);
    expect(shelfOf(house).complements.itemIds).toEqual(model.itemIds);
    const after = await house.reopen();
    expect(shelfOf(after).complements.id).toBe(shelfOf(house).complements.id);
    await after.engine.recover();
    expect(await besides(after, 'coat-red')).toEqual([]);
    await after.engine.learn();
    expect(shelfOf(after).complements.targets).toHaveLength(0);
  });

  it('[E8, E26] fall with whoever leaves after a restart, before there is another fit', async () => {
    const house = await (await shop()).reopen();
    await house.engine.recover();
    expect(await besides(house, 'coat-red')).toEqual(GLOVES);
    for (const who of gloved.slice(2)) await house.engine.erase(personId(who));
    expect(await besides(house, 'coat-red')).toEqual([]);
  });

  it('[E23, E26] serve, are witnessed and go together with the first model', async () => {
    const house = await shop();
    const { documents, log, crypto } = house.world;
    await house.engine.maintain();
    const bytes = await documents.get('complements', shelfOf(house).complements.id);
    expect(await log.inclusion(documentLeafOf(crypto.sha256(bytes!)))).toBeDefined();
    const reopened = await openShelves(house.world, house.engine.core.policy);
    expect(reopened.current().shelf.complements.id).toBe(shelfOf(house).complements.id);
    expect(reopened.isOutdated).toBe(false);
    // Of larger groups than the policy asks for there is none of either.
    await house.engine.usePolicy(policyIn({ minPeople: 4 }));
    expect([shelfOf(house).model.id, shelfOf(house).complements.id]).toEqual(
      Array.from({ length: 2 }, () => emptyModel().id),
    );
    await documents.remove('complements', reopened.current().shelf.complements.id);
    const lost = await openShelves(house.world, house.engine.core.policy);
    expect(lost.current().shelf.model.id).toBe(emptyModel().id);
    expect(lost.isOutdated).toBe(true);
  });

  it('[E23, E26] are kept as long as a decision names them, also those that an erasure left', async () => {
    const house = await shop();
    const ids = [shelfOf(house).complements.id];
    const kept = async () => (await house.world.documents.list('complements')).map(({ id }) => id);
    const mask = async (people: readonly string[]) => {
      for (const who of people) await house.engine.erase(personId(who));
      ids.push(shelfOf(house).complements.id);
    };
    await mask(gloved.slice(2));
    expect(new Set(ids).size).toBe(2);
    house.advance(40 * DAY);
    const { decision } = await beside(house, 'coat-red');
    house.advance(1);
    await buy(house, 'shopper-0', ['milk']);
    await house.engine.learn();
    ids.push(shelfOf(house).complements.id);
    await house.engine.maintain();
    expect((await kept()).toSorted()).toEqual(ids.slice(1).toSorted());
    expect((await house.engine.replay((await house.engine.find(decision))!)).same).toBe(true);
    house.advance(31 * DAY);
    await house.engine.maintain();
    expect(await kept()).toEqual(ids.slice(2));
  });

  it('[E21, E26] that were shown replay after another fit; so does a record from before them', async () => {
    const house = await shop();
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['milk']);
    const decided = await beside(house, 'coat-red', 'ann');
    for (const who of gloved.slice(2)) await house.engine.erase(personId(who));
    await house.engine.learn();
    expect(await besides(house, 'coat-red')).toEqual([]);
    await house.engine.flush();
    for (const of of [house, await house.reopen()]) {
      const found = (await of.engine.find(decided.decision))!;
      expect((await of.engine.replay(found)).same).toBe(true);
      const why = await of.engine.why(found);
      expect(why.result).toEqual(decided.result);
      expect(why.record.input.complements).toBe(decided.record.input.complements);
      // The same slot as it was decided before: by the first model alone.
      const { complements: _none, ...input } = found.record.input;
      const placement = house.engine.core.policy.placements.find(({ id }) => id === input.placement)!;
      const past = await of.engine.core.shelves.past(input, of.engine.core.policy);
      const { items, propensity } = decideOn({ input, placement, ...past });
      const old = { ...found, record: { ...found.record, input, result: { items, propensity } } };
      const replayed = await of.engine.replay(old);
      expect([replayed.same, replayed.recorded.includes('complements')]).toEqual([true, false]);
      // Whoever comes after us knows rules that we do not.
      const newer = { ...found.record, input: { ...found.record.input, rules: (RULES_NEWEST + 1) as 6 } };
      await expect(of.engine.replay({ ...found, record: newer })).rejects.toThrow('newer version');
      expect(items.map((one) => one.item)).not.toEqual(itemsOf(decided));
    }
  });
});
