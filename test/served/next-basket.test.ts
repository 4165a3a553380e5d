// Goal: what is asked for over the engine is what was evaluated, list by list and score by score. Method: one
// small file, read once by `fineline evaluate`'s own reader and once as purchases of people who allow it.

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { peopleIn, stepsOf } from '../../src/learn/histories.ts';
import { heldOutSample } from '../../src/learn/recipes/held-out-sample.ts';
import { learnSequence, sequenceOccasions, tuneSequence } from '../../src/learn/recipes/sequence-tune.ts';
import { createScorer } from '../../src/learn/score.ts';
import { nextBasketTask } from '../../src/learn/serve-next-basket.ts';
import {
  DAY,
  START,
  allowAll,
  collect,
  decide,
  event,
  item,
  openHouse,
  placementId,
} from '../support/house.ts';
import { policyIn } from '../support/policies.ts';
import { type Row, readRows } from './read-rows.ts';

const AGAIN = {
  ...{ id: 'again', purpose: 'recommend', channels: ['web'], strategy: 'next-basket', itemsMax: 100 },
  ...{ exploreRate: 0, perLeafMax: 100 },
};

/** People with habits of their own, things that follow one another, and things that one person alone has. */
function rowsOf(people: number): readonly Row[] {
  const random = seededRandom(17);
  return Array.from({ length: people }, (_, n) => {
    const habits = Array.from({ length: 3 }, () => random.below(12));
    const start = random.below(5);
    return Array.from({ length: 2 + random.below(9) }, (_x, week) => {
      const held = new Set(habits.filter(() => random.unit() < 0.6).map((habit) => `food-${habit}`));
      if (week >= start && random.unit() < 0.5) held.add(`series-${week - start}`);
      if (random.unit() < 0.2) held.add(random.unit() < 0.3 ? `only-${n}` : `thing-${random.below(20)}`);
      const timeMs = START - (100 - 7 * week) * DAY;
      return [...held].map((name) => ({ person: `p${n}`, item: name, basket: `p${n}-${week}`, timeMs }));
    }).flat();
  }).flat();
}

describe('what serves is what was evaluated', () => {
  it('[E150] every next basket is the ranking of the recipe, item by item, with its scores', async () => {
    const rows = rowsOf(60);
    const data = await readRows(rows, { task: 'basket', k: 10 });
    const ids = [...new Set(rows.map((row) => row.item))].sort();
    const names = [...new Set(rows.map(({ person }) => person))].sort();
    const task = nextBasketTask(3);
    const tuned = tuneSequence(task, heldOutSample({ itemIds: ids, histories: data.train }));
    const model = learnSequence(task, data.train, tuned);
    const occasionOf = sequenceOccasions(data.itemCount, task, tuned.settings);
    const rank = createScorer(data.itemCount);

    const house = await openHouse();
    await house.engine.usePolicy(policyIn({ placements: [AGAIN] }));
    await house.engine.putItems(ids.map((id) => item(id, ['Things', id])));
    for (const name of names) await allowAll(house, name);
    for (const basket of new Set(rows.map((row) => row.basket))) {
      const held = rows.filter((row) => row.basket === basket);
      const told = held.map((row) => row.item);
      const { person, timeMs } = held[0]!;
      await collect(house, [event(house, 'purchase', person, told, { timeMs })]);
    }
    await house.engine.learn();
    let asked = 0;
    for (let person = 0; person < peopleIn(data.served); person += 1) {
      const ranking = rank(model, occasionOf(data.served, person, stepsOf(data.served, person)), 100);
      const expected = [...ranking.items.subarray(0, ranking.count)]
        .map((place, at) => [ids[place], ranking.scores[at]] as const)
        // What nothing speaks for, and what is spoken against, is not shown.
        .filter(([, score]) => score! > 0);
      const { result } = await decide(house, names[person], { placement: placementId('again'), limit: 100 });
      expect(result.items.map((one) => [one.item, one.score])).toEqual(expected);
      asked += expected.length;
    }
    expect(asked).toBeGreaterThan(60 * 15);
    // A stranger gets what many have.
    const nobody = rank(model, occasionOf(data.served, 0, 0), 10);
    const { result } = await decide(house, undefined, { placement: placementId('again'), limit: 10 });
    expect(result.items.map((one) => one.item)).toEqual(
      [...nobody.items.subarray(0, 10)].map((at) => ids[at]),
    );
  });
});
