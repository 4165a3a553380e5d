// Goal: robots and returns leave what is learned as if they had never been there, and change nothing for
// whom they stand for. Method: the engine in memory, beside a world that never met them.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOUR,
  type House,
  START,
  allowAll,
  collect,
  decide,
  event,
  itemsOf,
  openHouse,
  personId,
  stock,
} from '../../test/support/house.ts';
import { utf8Text } from '../kernel/bytes.ts';

const statistics = async (house: House): Promise<string> => {
  house.engine.count();
  return utf8Text(await house.world.learner.canonical());
};

async function shop(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  return house;
}

/** An order in each of so many hours. */
async function orderHourly(house: House, who: string, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    const timeMs = START - 30 * DAY + hour * HOUR;
    await collect(house, [event(house, 'purchase', who, [`coat-${1 + (hour % 2)}`, 'tea-1'], { timeMs })]);
  }
}

const told = async (house: House, who: string): Promise<unknown> => {
  const described = await house.engine.describe(personId(who));
  return typeof described === 'object' ? described['notLearnedFrom'] : described;
};

describe('what no person did', () => {
  it('[E111] is not learned from, exactly, and told to the account alone', async () => {
    const house = await shop();
    const without = await statistics(house);
    await allowAll(house, 'bot');
    await orderHourly(house, 'bot', 20);
    expect(await statistics(house)).not.toBe(without);
    expect(await told(house, 'bot')).toBeUndefined();
    await orderHourly(house, 'bot', 24);
    expect(await statistics(house)).toBe(without);
    expect(await told(house, 'bot')).toMatch(/^not learned from: orders around the clock/);
    // As before a start, so after it.
    const again = await house.reopen();
    await again.engine.recover();
    expect(await statistics(again)).toBe(without);
  });

  it('[E111] does not make anybody be served worse', async () => {
    const house = await shop();
    for (const [who, hours] of [
      ['ann', 20],
      ['bot', 24],
    ] as const) {
      await allowAll(house, who);
      await orderHourly(house, who, hours);
    }
    house.dice.reseed(4);
    const forAnn = itemsOf(await decide(house, 'ann', { limit: 8 }));
    house.dice.reseed(4);
    expect(itemsOf(await decide(house, 'bot', { limit: 8 }))).toEqual(forAnn);
  });

  it('[E111] like what came back, is in no count', async () => {
    const house = await shop();
    const without = await statistics(house);
    await allowAll(house, 'ann');
    await collect(house, [event(house, 'purchase', 'ann', ['coat-1', 'tea-1'])]);
    expect(await statistics(house)).not.toBe(without);
    await collect(house, [event(house, 'return', 'ann', ['coat-1', 'tea-1'])]);
    expect(await statistics(house)).toBe(without);
  });
});
