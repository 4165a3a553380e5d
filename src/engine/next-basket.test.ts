// Goal: next baskets are learned where they are asked for, from those who allow it, and forgotten exactly; a
// decision names what it was made from. Method: the whole engine in memory, worlds with and without people.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DAY,
  type House,
  SETTINGS,
  START,
  allowAll,
  changes,
  collect,
  decide,
  event,
  item,
  itemsOf,
  openHouse,
  personId,
  placementId,
  say,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import { explained } from '../facts/decision.ts';
import { emptyModel } from '../facts/model.ts';
import type { Policy } from '../facts/policy.ts';
import { seededRandom } from '../kernel/random.ts';
import { utf8Text } from '../kernel/bytes.ts';
import type { BasketList } from '../learn/basket-counts.ts';
import { openShelves } from './shelves.ts';

const AGAIN = { ...HOME_SLOT, id: 'again', strategy: 'next-basket', perLeafMax: 20 };
const WITH = policyIn({ placements: [HOME_SLOT, AGAIN] });
const SLOT = `  - { id: again, purpose: recommend, channels: [web], strategy: next-basket, itemsMax: 20,
      exploreRate: 0, perLeafMax: 20 }
`;
const THINGS = ['bread', 'ink', 'milk', 'paper', 'printer', 'tea'];

/** A habit, and a printer that is followed by ink. */
function lives(count: number): readonly BasketList[] {
  const random = seededRandom(4);
  return Array.from({ length: count }, () => {
    const habit = ['bread', 'milk', 'tea'][random.below(3)]!;
    const start = random.below(4);
    return Array.from({ length: 6 }, (_, week) => {
      const held = random.unit() < 0.8 ? [habit] : [];
      if (week === start) held.push('printer');
      if (week === start + 1) held.push('ink');
      if (week === start + 2 && random.unit() < 0.5) held.push('paper');
      return held;
    }).filter((held) => held.length > 0);
  });
}

async function live(house: House, who: string, baskets: BasketList): Promise<void> {
  for (const [week, items] of baskets.entries()) {
    await collect(house, [event(house, 'purchase', who, items, { timeMs: START - (90 - 7 * week) * DAY })]);
  }
}

/** By its settings, so that a restart asks for the same; or under another policy. */
async function shop(people: readonly (readonly [string, BasketList])[], policy?: Policy): Promise<House> {
  const house = await openHouse({ settings: `${SETTINGS}${SLOT}` });
  if (policy !== undefined) await house.engine.usePolicy(policy);
  await house.engine.putItems(THINGS.map((id) => item(id, ['Things', id])));
  for (const [who, baskets] of people) {
    await say(house, who, changes('given', ['purchases'], ['improve', 'recommend']));
    await live(house, who, baskets);
  }
  await house.engine.learn();
  return house;
}

const PEOPLE = lives(40).map((baskets, n) => [`p${n}`, baskets] as const);
const again = (house: House, who?: string) =>
  decide(house, who, { placement: placementId('again'), limit: 20 });
const modelsOf = (house: House) => house.engine.core.shelves.models();

describe('next baskets', () => {
  it('[E151] are learned where a placement asks for them, and named by its decisions alone', async () => {
    const house = await shop(PEOPLE, policyIn());
    expect(modelsOf(house).nextBasket.id).toBe(emptyModel().id);
    expect(await house.world.documents.list('nextBasket')).toEqual([]);
    await (
      await house.engine.usePolicy(WITH)
    ).settled;
    const { nextBasket, model } = modelsOf(house);
    expect(nextBasket.itemIds).toEqual(model.itemIds);
    expect(nextBasket.kind).toMatch(/^next-basket\/1 /);
    const printer = PEOPLE.find(([, baskets]) => baskets.at(-1)?.includes('printer'))?.[0] ?? 'p0';
    const { record } = await again(house, printer);
    expect(record.input.nextBasket).toBe(nextBasket.id);
    expect(record.reads.every((key) => key.startsWith('bought|'))).toBe(true);
    const plain = await decide(house, printer, { placement: placementId('home') });
    expect(plain.record.input).not.toHaveProperty('nextBasket');
    expect(plain.record.input.facts.some((one) => 'orders' in one)).toBe(false);
    // Nothing is due twice: what was seen for one slot is not what another looks at.
    expect((await again(house, printer)).result.items).toEqual((await again(house, printer)).result.items);
  });

  it('[E151] serve, are witnessed and vouched for like the others, and replay afterwards', async () => {
    const house = await shop(PEOPLE);
    const { nextBasket } = modelsOf(house);
    const { documents, log, crypto } = house.world;
    await house.engine.maintain();
    const bytes = await documents.get('nextBasket', nextBasket.id);
    expect(await log.inclusion(documentLeafOf(crypto.sha256(bytes!)))).toBeDefined();
    const reopened = await openShelves(house.world, house.engine.core.policy);
    expect(reopened.models()).toEqual(modelsOf(house));
    expect(reopened.isOutdated).toBe(false);
    const decided = await again(house, 'p1');
    expect(decided.result.items.length).toBeGreaterThan(0);
    for (const [who] of PEOPLE.slice(10, 20)) await house.engine.erase(personId(who));
    await house.engine.learn();
    expect(modelsOf(house).nextBasket.id).not.toBe(nextBasket.id);
    await house.engine.flush();
    for (const of of [house, await house.reopen()]) {
      const found = (await of.engine.find(decided.decision))!;
      expect((await of.engine.replay(found)).same).toBe(true);
      expect((await of.engine.why(found)).result).toEqual(decided.result);
    }
    await documents.remove('nextBasket', modelsOf(house).nextBasket.id);
    const lost = await openShelves(house.world, house.engine.core.policy);
    expect([lost.models().model.id, lost.isOutdated]).toEqual([emptyModel().id, true]);
  });

  it('[E152] without people who left are, bit for bit, those of a world that never met them', async () => {
    const people = PEOPLE.slice(0, 25);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...people.keys()], { minLength: 1, maxLength: 22 }), async (leaving) => {
        const house = await shop(people);
        for (const n of leaving) await house.engine.erase(personId(people[n]![0]));
        await house.engine.learn();
        const other = await shop(people.filter((_, n) => !leaving.includes(n)).toReversed());
        const [text, otherText] = await Promise.all(
          [house, other].map(async (of) => utf8Text(await of.world.learner.canonical())),
        );
        expect(text).toBe(otherText);
        expect(modelsOf(house)).toEqual(modelsOf(other));
      }),
      { numRuns: 8 },
    );
  });

  it('[E8] [E152] fall at once with the people behind them, also after a restart', async () => {
    for (const restarts of [false, true]) {
      let house = await shop(PEOPLE);
      await live(house, 'ann', [['printer'], ['tea']]);
      await allowAll(house, 'ann');
      if (restarts) {
        house = await house.reopen();
        await house.engine.recover();
      }
      const shown = itemsOf(await again(house, 'ann'));
      expect(shown).toContain('ink');
      const before = modelsOf(house).nextBasket.id;
      for (const [who] of PEOPLE.slice(1)) await house.engine.erase(personId(who));
      expect(modelsOf(house).nextBasket.id).not.toBe(before);
      const items = explained((await again(house, 'ann')).result);
      for (const { item: thing, contributions } of items)
        expect([['printer', 'tea'].includes(thing), contributions.map(({ kind }) => kind)]).toEqual([
          true,
          ['repeat'],
        ]);
    }
  });

  it('[E153] read what a person allows, when it is due, and nothing once it is taken back', async () => {
    const house = await shop(PEOPLE);
    await live(house, 'ann', [['printer'], ['tea'], ['tea']]);
    expect((await again(house, 'ann')).record.input.refused).toBeDefined();
    await say(house, 'ann', changes('given', ['purchases'], ['recommend']));
    const first = await again(house, 'ann');
    expect(first.record.input.facts.map(({ item: thing, orders }) => [thing, orders])).toEqual([
      ['printer', [0]],
      ['tea', [1, 2]],
    ]);
    expect(itemsOf(first)).toContain('tea');
    await collect(house, [event(house, 'purchase', 'ann', ['tea'])]);
    const bought = await again(house, 'ann');
    expect(itemsOf(bought)).not.toContain('tea');
    expect(bought.result.held).toContainEqual({ item: 'tea', guard: 'bought', number: 3 });
    house.advance(60 * DAY);
    expect(itemsOf(await again(house, 'ann'))).toContain('tea');
    await say(house, 'ann', changes('withdrawn', ['purchases'], ['recommend']));
    const after = await again(house, 'ann');
    expect([after.record.input.facts, after.record.reads]).toEqual([[], []]);
    expect(itemsOf(after)).toEqual(itemsOf(await again(house)));
  });
});
