// Goal: recipes learn what is there, keep to the rules, and repeat. Method: planted worlds small enough to
// know the answer.

import { describe, expect, test } from 'vitest';
import { heldOutThings } from './held-out-things.ts';
import { createOccasionMaker, wholeOccasion } from './occasions.ts';
import { learnSequence, sequenceOccasions, tuneSequence } from './sequence-tune.ts';
import { learnTopNSteps } from './top-n.ts';
import { tuneTopNSteps } from './top-n-tune.ts';
import { SAFE, searchAmong } from './top-n-candidates.ts';
import { distinctItems, type Histories, packHistories, stepsOf } from '../histories.ts';
import { finish } from '../models/sparse-form.ts';
import { createScorer, type LinearModel } from '../score.ts';
import { seededRandom } from '../../kernel/random.ts';

const ITEMS = 20;

// Everybody walks the circle of items by one step at a time from a random place: what comes next is certain.
function circle(people: number): Histories {
  const random = seededRandom(7);
  return packHistories(
    ITEMS,
    Array.from({ length: people }, () => {
      const start = random.below(ITEMS);
      return Array.from({ length: 5 }, (_, step) => [(start + step) % ITEMS]);
    }),
  );
}

const task = { repeats: false, walk: true, k: 3, peopleMin: 3 };

function tuned(histories: Histories): ReturnType<typeof tuneSequence> {
  const questions = Array.from({ length: 40 }, (_, person) => ({ person, before: 4 }));
  return tuneSequence(task, { fit: histories, asked: histories, questions });
}

describe('recipes', () => {
  test('[L14] the next item of a walk is found, and learning twice gives the same model', () => {
    const histories = circle(200);
    const found = tuned(histories);
    const model = learnSequence(task, histories, found);
    expect(tuned(histories)).toEqual(found);
    expect(learnSequence(task, histories, found)).toEqual(model);
    const occasionOf = sequenceOccasions(ITEMS, task, found.settings);
    const asked = packHistories(ITEMS, [[[3], [4], [5]]]);
    const ranking = createScorer(ITEMS)(model, occasionOf(asked, 0, stepsOf(asked, 0)), 3);
    expect(ranking.items[0]).toBe(6);
    expect([...ranking.items.subarray(0, 3)].some((item) => [3, 4, 5].includes(item))).toBe(false);
  });

  test('[L105] whoever goes back in a session goes back to what they came from, whatever it is', () => {
    const random = seededRandom(6);
    // Somewhere, to one of three places that lead nowhere, and back: no pair tells where from.
    const sessions = packHistories(
      40,
      Array.from({ length: 300 }, () => {
        const from = random.below(37);
        return [from, 37 + random.below(3), from].map((item) => [item]);
      }),
    );
    const session = { ...task, repeats: true, peopleMin: 1 };
    const questions = Array.from({ length: 150 }, (_, person) => ({ person, before: 2 }));
    const found = tuneSequence(session, { fit: sessions, asked: sessions, questions });
    const model = learnSequence(session, sessions, found);
    expect(model.ownWeight).toBeGreaterThan(0);
    const occasionOf = sequenceOccasions(40, session, found.settings);
    const rank = createScorer(40);
    for (const { person, before } of questions)
      expect(rank(model, occasionOf(sessions, person, before), 3).items).toContain(
        sessions.items[sessions.stepOffsets[sessions.personOffsets[person]!]!]!,
      );
    // Counts, ways and ridge, each alone: they have pairs, and none of a thing with itself.
    for (const parts of [[1], [0, 1], [0, 0, 1]]) {
      const { settings } = found;
      const weights = { parts, own: 0, popularity: 0 };
      const { form } = learnSequence(session, sessions, { settings, weights }).parts[0]!;
      expect(form.targets.length).toBeGreaterThan(40);
      for (let item = 0; item < 40; item += 1)
        expect([...form.targets.subarray(form.offsets[item], form.offsets[item + 1])]).not.toContain(item);
    }
  });

  test('[L105] nobody is led back where nothing was asked, or nobody goes back', () => {
    const session = { ...task, repeats: true };
    const alone = packHistories(
      9,
      Array.from({ length: 40 }, (_, n) => [[n % 9]]),
    );
    expect(tuneSequence(session, { fit: alone, asked: alone, questions: [] }).weights.own).toBe(0);
    const away = circle(12);
    const questions = Array.from({ length: 12 }, (_, person) => ({ person, before: 3 }));
    expect(tuneSequence(session, { fit: away, asked: away, questions }).weights.own).toBe(0);
  });

  test('[L98] settings may ask for more people behind a pair than the task does, never for fewer', () => {
    const histories = circle(200);
    const { settings } = tuned(histories);
    // The counts alone, and the ridge alone.
    for (const parts of [[1], [0, 0, 1]]) {
      const weightsAt = (peopleMin: number, supportPeople: number): number => {
        const weights = { parts, own: 0, popularity: 0 };
        const found = { settings: { ...settings, supportPeople }, weights };
        return learnSequence({ ...task, peopleMin }, histories, found).parts[0]!.form.weights.length;
      };
      expect(weightsAt(3, 1)).toBe(weightsAt(3, 3));
      expect(weightsAt(12, 1)).toBe(weightsAt(1, 12));
      expect(weightsAt(12, 1)).toBeLessThan(weightsAt(3, 1));
    }
  });

  test('[L98] what one person did alone may speak in counts, and in no ridge', () => {
    const lonely = packHistories(ITEMS, [
      [[0], [1]],
      [[2], [3]],
    ]);
    const { settings } = tuneSequence(
      { ...task, peopleMin: 1 },
      { fit: lonely, asked: lonely, questions: [] },
    );
    const weightsOf = (parts: readonly number[]): number => {
      const weights = { parts, own: 0, popularity: 0 };
      const model = learnSequence({ ...task, peopleMin: 1 }, lonely, { settings, weights });
      return model.parts[0]!.form.weights.length;
    };
    expect(weightsOf([1])).toBeGreaterThan(0);
    expect(weightsOf([0, 0, 1])).toBe(0);
  });

  test('[L104] a ridge may outweigh the counts among few things of which nobody knows when they came', () => {
    const { settings } = SAFE;
    for (const [things, isDated, most] of [
      [4000, false, 12],
      [4001, false, 1],
      [10, true, 1],
    ] as const) {
      const search = searchAmong(things, isDated);
      expect(search.most[1]).toBe(most);
      if (most === 1) expect(search.start).toEqual(settings);
    }
    const people = distinctItems(circle(50), 200);
    const named = { itemIds: Array.from({ length: ITEMS }, (_, n) => String(n)).toSorted(), people };
    expect(heldOutThings(named).isDated).toBe(false);
    expect(heldOutThings({ ...named, days: new Int32Array(people.indices.length) }).isDated).toBe(true);
  });

  test('[L8] a world of people without company teaches no weights', () => {
    const lonely = packHistories(ITEMS, [
      [[0], [1]],
      [[2], [3]],
      [[4], [5]],
    ]);
    const model = learnSequence(
      task,
      lonely,
      tuneSequence(task, { fit: lonely, asked: lonely, questions: [] }),
    );
    expect(model.parts.every(({ form }) => form.weights.length === 0)).toBe(true);
  });

  test('[L13] an occasion knows the steps before, bars what is known, and nothing of the step itself', () => {
    const histories = packHistories(ITEMS, [[[1], [2, 3], [4]]]);
    const fade = { decay: 0.5, sharePower: 0 };
    const occasion = createOccasionMaker(ITEMS, { fade, ownDecay: 1, barKnown: true })(histories, 0, 2);
    expect([...occasion.facts]).toEqual([2, 3, 1]);
    expect([...occasion.values]).toEqual([1, 1, 0.5]);
    expect([...occasion.own]).toEqual([1, 1, 1]);
    expect([...occasion.barred].sort((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  test('[L14] top-n learns two tastes apart, the same way twice', () => {
    const random = seededRandom(3);
    const people = distinctItems(
      packHistories(
        ITEMS,
        Array.from({ length: 500 }, (_, person) => [
          Array.from({ length: 6 }, () => random.below(10) + (person % 2) * 10),
        ]),
      ),
      200,
    );
    const itemIds = Array.from({ length: ITEMS }, (_, at) => `thing-${String(at).padStart(2, '0')}`);
    const topN = { k: 5, peopleMin: 3 };
    const learned = (): LinearModel => {
      const heldOut = heldOutThings({ itemIds, people });
      const found = finish(tuneTopNSteps(topN, heldOut));
      expect(found.asked).toBeGreaterThan(200);
      return finish(learnTopNSteps(topN, people, { tuned: found, heldOut }));
    };
    const model = learned();
    expect(learned()).toEqual(model);
    const ranking = createScorer(ITEMS)(model, wholeOccasion(Uint32Array.of(11, 14)), 5);
    expect([...ranking.items.subarray(0, 5)].every((item) => item >= 10 && item !== 11 && item !== 14)).toBe(
      true,
    );
  });
});
