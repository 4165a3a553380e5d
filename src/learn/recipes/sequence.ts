/*
 * Models of what comes next: the next item, the next click, the next basket. One recipe, three tasks.
 *
 * Score = Σ x · (normalised directed counts + directed ridge) + own repeats + popularity, with x the faded
 * history (research/perf.md 6). The tasks differ in what may be recommended and in which terms are free, not
 * in the model.
 */
import { pairsWithPeopleMin, withPeopleMin } from '../rows.ts';
import { directedRows, indexExamples, type IndexedExamples, inputGram, massOf } from '../directed.ts';
import { examplesOf } from '../examples.ts';
import { type Histories, peopleOf } from '../histories.ts';
import { itemItemSteps } from '../models/item-item.ts';
import { localRidgeSteps } from '../models/local-ridge.ts';
import type { SparseForm, Steps } from '../models/sparse-form.ts';
import { type Popularity, popularityOf } from '../score.ts';

export type SequenceTask = {
  /** Items of one's own history may come again (session, basket) or not (next item). */
  readonly repeats: boolean;
  /** A term for what the person buys again and again. */
  readonly own: boolean;
  readonly k: number;
  readonly peopleMin: number;
  /** Targets kept per source in the finished model; all, where nothing is said. */
  readonly keep?: number;
};

export type SequenceSettings = {
  /** Fading per step while learning, and while scoring. */
  readonly learnDecay: number;
  readonly scoreDecay: number;
  /** Items of a step of n count n^-sharePower. */
  readonly sharePower: number;
  /** Weight of "j before i" in the direction i → j. */
  readonly backward: number;
  readonly sourcePower: number;
  readonly targetPower: number;
  readonly ownDecay: number;
  readonly ridgePeople: number;
  readonly ridgeTargetPower: number;
};

/** Neighbours of the ridge, and targets kept per source by the counts. */
const NEIGHBOURS = 100;
const KEEP = 500;

/** Indexed examples of the histories under the settings that shape them. */
export function learnExamples(histories: Histories, settings: SequenceSettings): IndexedExamples {
  const { learnDecay, sharePower } = settings;
  return indexExamples(examplesOf(histories, { decay: learnDecay, sharePower }));
}

/** Normalised directed counts. */
export function* countsSteps(
  indexed: IndexedExamples,
  task: SequenceTask,
  settings: SequenceSettings,
): Steps<SparseForm> {
  const direction = { forward: 1, backward: settings.backward };
  const rows = directedRows(indexed, direction, { skipDiagonal: !task.repeats });
  const input = {
    pairs: pairsWithPeopleMin(rows, task.peopleMin),
    sourcePeople: massOf(indexed.inputsOf),
    targetPeople: massOf(indexed.outputsOf),
  };
  const { sourcePower, targetPower } = settings;
  return yield* itemItemSteps(input, { sourcePower, targetPower, keep: KEEP });
}

/** Directed ridge on the nearest sources of each target. */
export function* ridgeSteps(
  indexed: IndexedExamples,
  task: SequenceTask,
  settings: SequenceSettings,
): Steps<SparseForm> {
  const gram = withPeopleMin(inputGram(indexed), task.peopleMin);
  // Seen from the target the directions change places.
  const direction = { forward: settings.backward, backward: 1 };
  const columns = directedRows(indexed, direction, { skipDiagonal: !task.repeats });
  const sourcesOf = pairsWithPeopleMin(columns, task.peopleMin);
  const { ridgePeople, ridgeTargetPower: targetPower } = settings;
  return yield* localRidgeSteps({ gram, sourcesOf }, { neighbours: NEIGHBOURS, ridgePeople, targetPower });
}

/**
 * People who had each item, as a share of the most popular one: between 0 and 1; 0 where they are fewer than
 * `peopleMin`, because nothing is recommended that so few have had.
 */
export function popularityIn(histories: Histories, peopleMin: number): Popularity {
  const people = peopleOf(histories);
  let most = 1;
  for (const count of people) most = Math.max(most, count);
  return popularityOf(Float64Array.from(people, (count) => (count < peopleMin ? 0 : count / most)));
}
