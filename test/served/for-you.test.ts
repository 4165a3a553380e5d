// Goal: what is asked for over the engine is what was evaluated, list by list and score by score. Method: one
// small file, read once by `fineline evaluate`'s own reader and once as purchases of people who allow it.
// What is evaluated knows neither kinds nor ages of facts, so here all are bought in one hour.

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import type { EvaluateOptions } from '../../src/surfaces/cli/evaluate/options.ts';
import { PROTOCOLS } from '../../src/surfaces/cli/evaluate/protocols.ts';
import { alone } from '../../src/learn/crew/crew.ts';
import { createScorer } from '../../src/learn/score.ts';
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
import { PEOPLE_MIN, likenessOf } from './likeness.ts';
import { type Row, readRows } from './read-rows.ts';

const FOR_YOU = {
  ...{ id: 'for-you', purpose: 'recommend', channels: ['web'], strategy: 'for-you', itemsMax: 100 },
  ...{ exploreRate: 0, perLeafMax: 100, capPerPerson: { impressionsMax: 300, windowHours: 24 } },
};

/** People of five tastes, who try other things now and then; some things one person alone has. */
function rowsOf(people: number): readonly Row[] {
  const random = seededRandom(29);
  return Array.from({ length: people }, (_, n) => {
    const taste = random.below(5);
    const held = new Set<string>();
    for (let x = 2 + random.below(7); x > 0; x -= 1) {
      const of = random.unit() < 0.75 ? taste : random.below(5);
      held.add(random.unit() < 0.04 ? `only-${n}` : `taste-${of}-${Math.floor(random.unit() ** 2 * 16)}`);
    }
    const person = `p${String(n).padStart(3, '0')}`;
    return [...held].map((name) => ({ person, item: name, timeMs: START - DAY }));
  }).flat();
}

describe('what serves is what was evaluated', () => {
  it.each([
    ['with words that say nothing', false, (id: string) => id],
    ['with words that say the taste', true, (id: string) => id.replace(/-\d+$/, '')],
  ])(
    '[L52] every list is that of the recipe, item by item, with its scores: %s',
    async (_, isSaying, leafOf) => {
      const rows = rowsOf(440);
      const data = await readRows(rows, { task: 'topn', k: 20 });
      const catalogue = data.itemIds.map((id) => item(id, ['Things', leafOf(id)]));
      const names = [...new Set(rows.map(({ person }) => person))].sort();
      // Each is asked for something, so that evaluation asks everybody.
      const learned = PROTOCOLS.topn({ ...data, test: data.train }, OPTIONS, {
        means: { crew: alone(), likeness: likenessOf(rows, catalogue) },
        step: () => undefined,
      });
      const recipe = `normalised item-item + local ridge${isSaying ? ' + likeness' : ''}`;
      expect(learned.chosen).toMatchObject({ name: recipe, asked: 217 });
      const rank = createScorer(data.itemCount);

      const house = await openHouse();
      await house.engine.usePolicy(policyIn({ placements: [FOR_YOU] }));
      await house.engine.putItems(catalogue);
      for (const name of names) {
        await allowAll(house, name);
        const things = rows.filter(({ person }) => person === name).map((row) => row.item);
        await collect(house, [event(house, 'purchase', name, things, { timeMs: START - DAY })]);
      }
      await house.engine.learn();
      const { kind } = house.engine.core.shelves.models().model;
      expect(kind).toMatch(isSaying ? /^blend\/1 .* likeness=/ : /^blend\/1 (?!.*likeness=)/);
      let asked = 0;
      for (const { person, occasion } of learned.questions) {
        const ranking = rank(learned.model, occasion(), 100);
        const expected = [...ranking.items.subarray(0, ranking.count)]
          .map((place, at) => [data.itemIds[place], ranking.scores[at]] as const)
          // What nothing speaks for, and what is spoken against, is not shown.
          .filter(([, score]) => score! > 0);
        const { result } = await decide(house, names[person], {
          placement: placementId('for-you'),
          limit: 100,
        });
        expect(result.items.map((one) => [one.item, one.score])).toEqual(expected);
        asked += expected.length;
      }
      expect(asked).toBeGreaterThan(440 * 20);
    },
  );
});

const OPTIONS: EvaluateOptions = {
  ...{ task: 'topn', k: 20, peopleMin: PEOPLE_MIN, seed: 1, json: true, train: '', test: '' },
  ...{ history: undefined, catalog: undefined, report: undefined },
};
