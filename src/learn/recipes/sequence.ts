/*
 * Models of what comes next: the next item, the next click, the next basket. One recipe, three tasks.
 *
 * Score = Σ x · (normalised directed counts + directed ridge + ways of two steps + likeness) + own repeats +
 * popularity, with x the faded history (research/perf.md 6). The tasks differ in what may be recommended and
 * in which terms are free, not in the model.
 */
import type { Crew } from '../crew/crew.ts';
import { pairsWithPeopleMin, withPeopleMin } from '../rows.ts';
import { directedRows, indexExamples, type IndexedExamples, inputGram, massOf } from '../directed.ts';
import { examplesOf } from '../examples.ts';
import { type Histories, historiesByOwner, peopleIn, peopleOf } from '../histories.ts';
import {
  type ItemItemInput,
  type ItemItemSettings,
  itemItemRows,
  itemItemSteps,
} from '../models/item-item.ts';
import { localRidgesSteps } from '../models/local-ridge.ts';
import { type FormRows, type SparseForm, type Steps, keptWeights } from '../models/sparse-form.ts';
import { linkSteps, walkSteps } from '../models/walks.ts';
import { pairsBehind } from '../pairs-behind.ts';
import type { Popularity } from '../occasion.ts';
import { popularityOf } from '../score.ts';
import { createWalkTally } from '../walks-behind.ts';

export type SequenceTask = {
  /**
   * Items of one's own history may come again (session, basket), and a term says how much; or not (next
   * item).
   */
  readonly repeats: boolean;
  /**
   * One step is one thing (a next item, a click), not a basket. Then a term says what is reached over a third
   * thing (walks.ts), and no thing leads to itself.
   */
  readonly walk: boolean;
  readonly k: number;
  readonly peopleMin: number;
  /** Targets kept per source in the finished model; all, where nothing is said. */
  readonly keep?: number;
  /** Of all things with all, by what the catalogue says (likeness.ts); absent: it says nothing. */
  readonly likeness?: SparseForm | undefined;
  /** Who computes; this thread alone where nobody is named. */
  readonly crew?: Crew | undefined;
};

export type SequenceSettings = {
  /** Fading per step while learning, and while scoring. */
  readonly learnDecay: number;
  readonly scoreDecay: number;
  /** Items of a step of n count n^-sharePower. */
  readonly sharePower: number;
  /** Things that come next in a step of n count n^-outcomePower. */
  readonly outcomePower: number;
  /** A past that sums to s counts s^-inputPower as much when it is learned from. */
  readonly inputPower: number;
  /** Weight of "j before i" in the direction i → j. */
  readonly backward: number;
  readonly sourcePower: number;
  readonly targetPower: number;
  readonly ownDecay: number;
  /** People behind a pair that speaks, at least: `peopleMin` or, where chance speaks too loudly, more. */
  readonly supportPeople: number;
  readonly ridgePeople: number;
  readonly ridgeTargetPower: number;
};

/** What the counts are made with: nothing of what is about the person who is asked. */
export type CountsSettings = Omit<SequenceSettings, ScoringSetting>;
export type ScoringSetting = 'scoreDecay' | 'ownDecay';

/** Neighbours of the ridge, and targets kept per source by the counts. */
const NEIGHBOURS = 100;
const KEEP = 500;
/**
 * People behind a pair of the ridge, at least: it takes what one person did for more than that, also where
 * counts do not.
 */
const RIDGE_SUPPORT = 2;
/** Ends of ways of two steps that are kept per source. */
const WALK_KEEP = 200;

/** What examples are made with. */
export type ShapingSettings = Pick<
  SequenceSettings,
  'learnDecay' | 'sharePower' | 'outcomePower' | 'inputPower'
>;

/** Indexed examples of the histories under the settings that shape them. */
export function learnExamples(
  histories: Histories,
  { crew }: Pick<SequenceTask, 'crew'>,
  { learnDecay: decay, sharePower, outcomePower, inputPower }: ShapingSettings,
): IndexedExamples {
  const examples = examplesOf(histories, { decay, sharePower, outcomePower, inputPower }, crew?.memory);
  return indexExamples(examples, crew?.memory);
}

/** Normalised directed counts. */
export function countsSteps(
  indexed: IndexedExamples,
  task: SequenceTask,
  settings: CountsSettings,
): Steps<SparseForm> {
  return itemItemSteps(...countsOf(indexed, task, settings), task.crew);
}

/** The same, each row computed when it is asked for: of all forms this one has most entries. */
export function countsRows(indexed: IndexedExamples, task: SequenceTask, settings: CountsSettings): FormRows {
  return itemItemRows(...countsOf(indexed, task, settings));
}

function countsOf(
  indexed: IndexedExamples,
  task: SequenceTask,
  settings: CountsSettings,
): [ItemItemInput, ItemItemSettings] {
  const direction = { forward: 1, backward: settings.backward };
  const rows = directedRows(indexed, direction, { skipDiagonal: !speaksOfItself(task) });
  const input = {
    pairs: pairsWithPeopleMin(rows, supportOf(task, settings)),
    sourcePeople: massOf(indexed.inputsOf),
    targetPeople: massOf(indexed.outputsOf),
  };
  const { sourcePower, targetPower } = settings;
  return [input, { sourcePower, targetPower, keep: KEEP }];
}

/** Settings are searched for; the floor is not theirs to lower. */
function supportOf({ peopleMin }: SequenceTask, { supportPeople }: CountsSettings): number {
  return Math.max(peopleMin, supportPeople);
}

/**
 * Whether a thing leads to itself, as some are bought every week and some once. Whoever goes back in a
 * session does so to what they came from, whatever that is: the term for what comes again says it alone, on
 * five sets of sessions as well as with such weights beside it.
 */
function speaksOfItself({ repeats, walk }: SequenceTask): boolean {
  return repeats && !walk;
}

/** What the catalogue adds to a blend, after the ways. */
export function likenessParts({ likeness }: Pick<SequenceTask, 'likeness'>): readonly SparseForm[] {
  return likeness === undefined ? [] : [likeness];
}

/** Directed ridge on the nearest sources of each target. */
export function* ridgeSteps(
  indexed: IndexedExamples,
  task: SequenceTask,
  settings: SequenceSettings,
): Steps<SparseForm> {
  const forms = yield* ridgesSteps(indexed, task, settings, [settings.ridgePeople]);
  return forms[0]!;
}

/** The same for each of several λ. */
export function ridgesSteps(
  indexed: IndexedExamples,
  task: SequenceTask,
  settings: SequenceSettings,
  ridgePeople: readonly number[],
): Steps<readonly SparseForm[]> {
  const peopleMin = Math.max(RIDGE_SUPPORT, supportOf(task, settings));
  const gram = withPeopleMin(inputGram(indexed), peopleMin);
  // Seen from the target the directions change places.
  const direction = { forward: settings.backward, backward: 1 };
  const columns = directedRows(indexed, direction, { skipDiagonal: !speaksOfItself(task) });
  const sourcesOf = pairsWithPeopleMin(columns, peopleMin);
  const input = { gram, sourcesOf, crew: task.crew };
  const ridge = { neighbours: NEIGHBOURS, targetPower: settings.ridgeTargetPower };
  return localRidgesSteps(input, ridge, ridgePeople);
}

/**
 * Ways of two steps, each with enough people behind its beginning and behind its end. `indexed` are examples
 * under these settings, where somebody has them.
 */
export function* waysSteps(
  histories: Histories,
  task: SequenceTask,
  settings: SequenceSettings,
  indexed?: IndexedExamples,
): Steps<SparseForm> {
  const { peopleMin, crew } = task;
  const learnDecay = waysDecay(task, settings);
  const examples = learnDecay === settings.learnDecay ? indexed : undefined;
  const links = yield* linkSteps(
    examples ?? learnExamples(histories, task, { ...settings, learnDecay }),
    crew,
  );
  const ways = yield* walkSteps(links, WALK_KEEP, crew);
  if (peopleMin <= 1) return ways;
  const tally = createWalkTally(ways, links);
  let done = 0;
  for (const own of historiesByOwner(histories)) {
    tally.change(pairsBehind(own, learnDecay), 1);
    if (done++ % 256 === 0) yield { done, total: peopleIn(histories) };
  }
  return keptWeights(ways, (at) => tally.peopleAt(at) >= peopleMin, crew);
}

/**
 * How a past fades in what ways are made of. Two steps of near things lead further than one among far ones:
 * what is right for the counts of a year of purchases (0.8 to 1) finds 2 to 3 % less by ways than 0.5. Clicks
 * of a session fade that fast anyway.
 */
export function waysDecay({ repeats }: SequenceTask, { learnDecay }: SequenceSettings): number {
  return repeats ? learnDecay : Math.min(learnDecay, 0.5);
}

/**
 * People who had each item, as a share of the most popular one: between 0 and 1; 0 where they are fewer than
 * `peopleMin`, because nothing is recommended that so few have had.
 */
export function popularityIn(histories: Histories, peopleMin: number, factors?: Float64Array): Popularity {
  const people = peopleOf(histories);
  let most = 1;
  for (const count of people) most = Math.max(most, count);
  return popularityOf(
    Float64Array.from(
      people,
      (count, item) => (count < peopleMin ? 0 : count / most) * (factors?.[item] ?? 1),
    ),
  );
}
