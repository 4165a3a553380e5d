// Goal: a model that moved more than a shop moves is noticed, and one that did not is not. Method: a shop
// that enough people buy in, learned again after little and after everything has changed.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  type House,
  buy,
  changes,
  decide,
  item,
  openHouse,
  placementId,
  say,
} from '../../test/support/house.ts';

/** `people` customers who buy four neighbours of 24 things each. */
async function customers(house: House, name: string, things: string, people: number): Promise<void> {
  const ids = Array.from({ length: 24 }, (_, at) => `${things}-${at}`);
  await house.engine.putItems(ids.map((id) => item(id)));
  for (let n = 0; n < people; n += 1) {
    await say(house, `${name}-${n}`, changes('given', ['purchases'], ['improve']));
    await buy(
      house,
      `${name}-${n}`,
      [0, 1, 2, 3].map((step) => `${things}-${(n + step) % 24}`),
    );
  }
}

async function shop(): Promise<House> {
  const house = await openHouse();
  await customers(house, 'ann', 'old', 144);
  await house.engine.learn();
  return house;
}

describe('drift', () => {
  it('[E112] is no alarm at first, nor where a little changed', async () => {
    const house = await shop();
    expect(house.engine.core.drift.told).toMatchObject({ alarm: false, models: {} });
    await buy(house, 'ann-1', ['old-9']);
    await house.engine.learn();
    expect(house.engine.core.drift.told).toMatchObject({
      alarm: false,
      models: { before: { popularity: 0, lost: 0 } },
    });
  });

  it('[E112] is an alarm where all changed, in steps, and ends with the next that is like it', async () => {
    const house = await shop();
    house.advance(8 * DAY);
    await customers(house, 'bob', 'new', 600);
    await house.engine.learn();
    const { alarm, because, models } = house.engine.core.drift.told;
    expect([alarm, because]).toEqual([true, ['before popularity', 'week popularity']]);
    for (const drift of Object.values(models))
      for (const value of Object.values(drift)) expect(value * 20).toBeCloseTo(Math.round(value * 20), 9);
    house.advance(DAY);
    await buy(house, 'bob-1', ['new-9']);
    await house.engine.learn();
    // Since the fit before nothing happened; a week ago it was another shop.
    expect(house.engine.core.drift.told.because).toEqual(['week popularity']);
  });

  it('[E112] is an alarm where many more decisions come to nothing', async () => {
    const house = await shop();
    const ask = async (times: number, placement: string): Promise<void> => {
      for (let n = 0; n < times; n += 1) {
        await decide(house, undefined, { placement: placementId(placement) });
      }
    };
    await ask(1000, 'home');
    await house.engine.learn();
    expect(house.engine.core.drift.told).toMatchObject({ alarm: false, nothing: 0 });
    // A product page without a product: nothing goes with nothing.
    await ask(700, 'home');
    await ask(300, 'product');
    await house.engine.learn();
    expect(house.engine.core.drift.told).toMatchObject({ alarm: true, because: ['nothing'], nothing: 0.3 });
    await ask(10, 'product');
    await house.engine.learn();
    expect(house.engine.core.drift.told).not.toHaveProperty('nothing');
  });
});
