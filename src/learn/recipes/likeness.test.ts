// Goal: what the catalogue says of things finds what too few people had together, and counts nothing where it
// says nothing. Method: a shop of series, of which each person has three things; hardly two people the same.

import { describe, expect, it } from 'vitest';
import { foundTopNSteps } from './trend-tune.ts';
import { heldOutThings } from './held-out-things.ts';
import { wholeOccasion } from './occasions.ts';
import { type HeldOut, learnSequence, sequenceOccasions, tuneSequence } from './sequence-tune.ts';
import { learnTopNSteps } from './top-n.ts';
import { tuneTopNSteps } from './top-n-tune.ts';
import { distinctItems, type Histories, packHistories, stepItems } from '../histories.ts';
import { type Described, likenessAmongSteps } from '../models/likeness.ts';
import { finish, type SparseForm } from '../models/sparse-form.ts';
import { createScorer } from '../score.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';

const SERIES = 60;
const OF_A_SERIES = 10;
const ITEMS = SERIES * OF_A_SERIES;
const NAMES = Array.from({ length: ITEMS }, (_, item) => `thing-${String(item).padStart(3, '0')}`);
const ASKED = 300;

/** Three things of a series, and one that everybody has something of, in any order. */
function shop(random: Random, people: number): Histories {
  const all = Array.from({ length: people }, () => {
    const series = random.below(SERIES);
    const own = new Set<number>();
    while (own.size < 3) own.add(series * OF_A_SERIES + random.below(OF_A_SERIES));
    return [random.below(20), ...own].map((item) => [item]);
  });
  return packHistories(ITEMS, all);
}

/** The title names the series, or another thing every time. */
function titled(isOfSeries: boolean, random: Random): readonly Described[] {
  return NAMES.map((_, item) => {
    const series = isOfSeries ? Math.floor(item / OF_A_SERIES) : random.below(SERIES);
    return { title: `series${String.fromCharCode(97 + (series % 26))}${series}z`, path: [] };
  });
}

function likenessOf(described: readonly Described[]): SparseForm {
  const form = finish(likenessAmongSteps(described));
  expect(form).toBeDefined();
  return form!;
}

/** Hits of ten among the last things of people whom nothing was learned from. */
function hits(likeness: SparseForm | undefined, histories: Histories, peopleMin: number): number {
  const people = distinctItems(histories, 200);
  const task = { k: 10, peopleMin, likeness };
  const found = finish(foundTopNSteps(task, { itemIds: NAMES, people }));
  const model = finish(learnTopNSteps(task, people, found));
  const rank = createScorer(ITEMS);
  const others = shop(seededRandom(99), ASKED);
  return Array.from({ length: ASKED }, (_, person) => {
    const facts = [0, 1, 2].map((step) => stepItems(others, person, step)[0]!);
    const { items } = rank(model, wholeOccasion(Uint32Array.from(new Set(facts)).sort()), 10);
    return items.includes(stepItems(others, person, 3)[0]!) ? 1 : 0;
  }).reduce((sum: number, hit) => sum + hit, 0);
}

describe('likeness in a blend', () => {
  it('[L106] finds in lists for a person what fewer than k people had together', () => {
    const histories = shop(seededRandom(3), 700);
    const likeness = likenessOf(titled(true, seededRandom(1)));
    const [without, with_] = [hits(undefined, histories, 3), hits(likeness, histories, 3)];
    expect(with_).toBeGreaterThan(1.3 * without);
    expect(with_).toBeGreaterThan(0.8 * ASKED);
  });

  it('[L106] finds what comes next alike', () => {
    const histories = shop(seededRandom(3), 700);
    const questions = Array.from({ length: ASKED }, (_, person) => ({ person, before: 3 }));
    const asked = shop(seededRandom(98), ASKED);
    const heldOut: HeldOut = { fit: histories, asked, questions };
    const found = (likeness: SparseForm | undefined): number => {
      const task = { repeats: false, walk: true, k: 10, peopleMin: 3, likeness };
      const tuned = tuneSequence(task, heldOut);
      const model = learnSequence(task, histories, tuned);
      const occasionOf = sequenceOccasions(ITEMS, task, tuned.settings);
      const rank = createScorer(ITEMS);
      const others = shop(seededRandom(99), ASKED);
      return questions.filter(({ person }) =>
        rank(model, occasionOf(others, person, 3), 10).items.includes(stepItems(others, person, 3)[0]!),
      ).length;
    };
    const [without, with_] = [found(undefined), found(likenessOf(titled(true, seededRandom(1))))];
    expect(with_).toBeGreaterThan(1.1 * without);
    expect(with_).toBeGreaterThan(0.8 * ASKED);
  });

  it('[L106] counts nothing, or next to nothing, where titles say nothing', () => {
    const histories = shop(seededRandom(3), 700);
    const people = distinctItems(histories, 200);
    const heldOut = heldOutThings({ itemIds: NAMES, people });
    const blind = likenessOf(titled(false, seededRandom(1)));
    const task = { k: 10, peopleMin: 1 };
    const plain = finish(tuneTopNSteps(task, heldOut));
    expect(plain.likeness).toBeUndefined();
    const { likeness = 0 } = finish(tuneTopNSteps({ ...task, likeness: blind }, heldOut));
    expect(likeness).toBeLessThanOrEqual(0.05);
    const told = finish(
      tuneTopNSteps({ ...task, likeness: likenessOf(titled(true, seededRandom(1))) }, heldOut),
    );
    expect(told.likeness).toBeGreaterThanOrEqual(0.2);
  });

  it('[L106] speaks also where no pair has enough people and the counts say nothing', () => {
    // No two things were had together by sixty.
    const histories = shop(seededRandom(3), 700);
    const people = distinctItems(histories, 200);
    const likeness = likenessOf(titled(true, seededRandom(1)));
    const task = { k: 10, peopleMin: 60, likeness };
    const found = finish(foundTopNSteps(task, { itemIds: NAMES, people }));
    expect(found.tuned.likeness).toBeGreaterThan(0);
    const [part] = finish(learnTopNSteps(task, people, found)).parts;
    expect(part!.form.targets.length).toBe(likeness.targets.length);
    expect(part!.form.weights.every((weight) => weight > 0)).toBe(true);
  });

  it('[L106] is nothing where the catalogue says nothing of any two things', () => {
    expect(finish(likenessAmongSteps([undefined, { title: 'alone', path: [] }]))).toBeUndefined();
  });
});
