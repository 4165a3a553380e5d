// Goal: what is asked for over the engine is what was evaluated, list by list and score by score. Method: one
// small file of sessions, read once by `fineline evaluate`'s own reader and once as looks of people who allow
// it.

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { peopleIn, stepItems, stepsOf } from '../../src/learn/histories.ts';
import { heldOutSessions } from '../../src/learn/recipes/held-out-sessions.ts';
import { learnSequence, sequenceOccasions, tuneSequence } from '../../src/learn/recipes/sequence-tune.ts';
import type { Ranking } from '../../src/learn/summed.ts';
import { createScorer } from '../../src/learn/score.ts';
import { nextClickTask } from '../../src/learn/serve-next-click.ts';
import {
  HOUR,
  START,
  allowAll,
  collect,
  decide,
  event,
  itemId,
  openHouse,
  placementId,
} from '../support/house.ts';
import { LEARNING_LOOKS, policyIn } from '../support/policies.ts';
import { PEOPLE_MIN, SAID, likenessOf } from './likeness.ts';
import { type Row, readRows } from './read-rows.ts';

const NEXT = {
  ...{ id: 'next', purpose: 'recommend', channels: ['web'], strategy: 'next-click', itemsMax: 100 },
  ...{ exploreRate: 0, perLeafMax: 100, capPerPerson: { impressionsMax: 300, windowHours: 24 } },
};

const MINUTE = 60_000;

/** Paths through a shop, with steps back, detours, and things that one person alone found. */
function rowsOf(people: number): readonly Row[] {
  const random = seededRandom(23);
  return Array.from({ length: people }, (_, n) => {
    const path = random.below(5);
    let at = random.below(4);
    const looks = 1 + random.below(7);
    // All in the last hours, the last just now: some are still in their session.
    const beganMs = START + 5 * HOUR - (n % 9 === 0 ? 2 * looks + 1 : 90 + n) * MINUTE;
    return Array.from({ length: looks }, (_x, look) => {
      at += random.unit() < 0.2 ? -1 : 1;
      const strayed = random.unit() < 0.15 ? `only-${n}` : `thing-${random.below(15)}`;
      const name = random.unit() < 0.7 ? `path-${path}-${Math.max(0, at)}` : strayed;
      return { person: `p${String(n).padStart(3, '0')}`, item: name, timeMs: beganMs + 2 * look * MINUTE };
    });
  }).flat();
}

describe('what serves is what was evaluated', () => {
  it.each(SAID)(
    "[E154] every next click is the recipe's ranking with its scores, where catalogues say %s",
    async (_said, isSaying, itemOf) => {
      const rows = rowsOf(90);
      const data = await readRows(rows, { task: 'session', k: 20 });
      const ids = [...new Set(rows.map((row) => row.item))].sort();
      const names = [...new Set(rows.map(({ person }) => person))].sort();
      const catalogue = ids.map(itemOf);
      const task = { ...nextClickTask(PEOPLE_MIN), likeness: likenessOf(rows, catalogue) };
      const tuned = tuneSequence(task, heldOutSessions({ itemIds: ids, histories: data.train }));
      const model = learnSequence(task, data.train, tuned);
      expect(model.ownWeight).toBeGreaterThan(0);
      const occasionOf = sequenceOccasions(data.itemCount, task, tuned.settings);
      const rank = createScorer(data.itemCount);
      const listed = ({ count, items, scores }: Ranking) =>
        [...items.subarray(0, count)]
          .map((place, at) => [ids[place], scores[at]] as const)
          // What nothing speaks for, and what is spoken against, is not shown.
          .filter(([, score]) => score! > 0);

      const house = await openHouse();
      await house.engine.usePolicy(policyIn({ ...LEARNING_LOOKS, placements: [NEXT] }));
      await house.engine.putItems(catalogue);
      for (const name of names) await allowAll(house, name);
      // They looked after they had allowed it.
      house.advance(5 * HOUR);
      for (const { person, item: thing, timeMs } of rows)
        await collect(house, [event(house, 'view', person, [thing], { timeMs })]);
      await house.engine.learn();
      // Nobody bought anything: the other models know nothing.
      const { model: lists, nextClick } = house.engine.core.shelves.models();
      expect(lists.itemIds).toEqual([]);
      expect(nextClick.kind).toMatch(isSaying ? / likeness=/ : /^(?!.*likeness=)/);
      expect(nextClick.isLikeness?.includes(1)).toBe(isSaying || undefined);

      let [asked, alone] = [0, 0];
      for (let person = 0; person < peopleIn(data.train); person += 1) {
        const steps = stepsOf(data.train, person);
        const seen = Array.from({ length: steps }, (_step, step) => stepItems(data.train, person, step)[0]!);
        for (let before = 1; before <= steps; before += 1) {
          // What lies before them is not shown again; the recipe would.
          const occasion = {
            ...occasionOf(data.train, person, before),
            barred: Uint32Array.from(new Set(seen.slice(0, before))),
          };
          const expected = listed(rank(model, occasion, 100));
          const context = seen.slice(0, before).map((place) => itemId(ids[place]!));
          const { result } = await decide(house, undefined, {
            placement: placementId('next'),
            limit: 100,
            context,
          });
          expect(result.items.map((one) => [one.item, one.score])).toEqual(expected);
          asked += expected.length;
        }
        if (person % 9 !== 0) continue;
        // Who is in their session needs no context: the engine saw them come.
        const expected = listed(rank(model, occasionOf(data.train, person, steps), 100));
        const { result } = await decide(house, names[person], { placement: placementId('next'), limit: 100 });
        expect(result.items.map((one) => [one.item, one.score])).toEqual(expected);
        alone += expected.length;
      }
      expect(asked).toBeGreaterThan(90 * 15);
      expect(alone).toBeGreaterThan(9 * 15);
    },
  );
});
