// Goal: what is wanted lately comes first for everybody, also for a stranger, from days that go through the
// door with what was bought; buying again moves the day. Method: a shop with a season, and its clock.

import { expect, it } from 'vitest';
import {
  DAY,
  type House,
  allowAll,
  buy,
  changes,
  decide,
  item,
  itemsOf,
  openHouse,
  say,
} from '../../test/support/house.ts';
import { explained } from '../facts/decision.ts';

const ALL_YEAR = Array.from({ length: 6 }, (_, n) => `all-year-${n}`);
const SEASON = Array.from({ length: 12 }, (_, n) => `season-${n}`);
const PEOPLE = 480;

/** All year long everybody buys the same few things, and in the last eight days something for the season. */
async function openShop(): Promise<House> {
  const house = await openHouse();
  await house.engine.putItems([...ALL_YEAR, ...SEASON].map((id) => item(id, ['Things', id])));
  for (let n = 0; n < PEOPLE; n += 1) await say(house, `person-${n}`, changes('given'));
  for (let day = 0; day < 100; day += 1) {
    for (let n = 0; n < PEOPLE; n += 1) {
      if (n % 92 === day)
        await buy(
          house,
          `person-${n}`,
          [0, 1, 3].map((x) => ALL_YEAR[(n + x) % 6]!),
        );
      const isLate = day === 92 + (n % 8);
      if (isLate) await buy(house, `person-${n}`, [SEASON[n % 12]!, SEASON[(n + 5) % 12]!]);
    }
    house.advance(DAY);
  }
  return house;
}

it('[E230] what is wanted lately comes first, for strangers too, and the list is made again', async () => {
  const house = await openShop();
  const model = await house.engine.learn();
  expect(model?.kind).toContain('trendDays=');
  const peopleOf = (id: string): number => model!.people[model!.itemIds.indexOf(id)]!;
  expect(peopleOf('all-year-0')).toBeGreaterThan(2 * peopleOf('season-0'));
  const places = itemsOf(await decide(house, 'stranger'));
  expect(places.length).toBeGreaterThan(2);
  expect(places.filter((id) => id.startsWith('all-year'))).toEqual([]);
  await allowAll(house, 'ada');
  await buy(house, 'ada', ['all-year-0']);
  const made = await decide(house, 'ada');
  for (const { contributions, score } of explained(made.result))
    expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
  const found = await house.engine.find(made.decision);
  expect((await house.engine.replay(found!)).same).toBe(true);

  // Half a year later people buy the first things again, and nothing else: no count moves.
  const before = await house.engine.learn();
  const counted = await house.engine.core.world.learner.canonical();
  house.advance(180 * DAY);
  for (let n = 0; n < PEOPLE; n += 1) {
    await buy(
      house,
      `person-${n}`,
      [0, 1, 3].map((x) => ALL_YEAR[(n + x) % 6]!),
    );
    if (n % 40 === 0) house.advance(DAY);
  }
  const again = await house.engine.learn();
  expect(again?.people).toEqual(before?.people);
  expect(await house.engine.core.world.learner.canonical()).not.toEqual(counted);
  expect(itemsOf(await decide(house, 'stranger')).filter((id) => id.startsWith('season'))).toEqual([]);
});
