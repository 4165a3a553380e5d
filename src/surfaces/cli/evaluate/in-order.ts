/*
 * Lists for people of whom it is known in which order things came, where what is asked for came after that.
 *
 * There the order says much: people go on from what they had last. Of the newest fifth of what each person
 * had, lists of twenty hold .244 instead of .209 (MovieLens 100k), .187 instead of .134 (Amazon Games), .170
 * instead of .136 (Video games). Settings are chosen on half of the people who can be asked, and on the
 * others the order must surely find more.
 *
 * Where all is asked for later days than anything that is known, as of a shop, what is wanted by then says
 * more: of what comes in the newest tenth, lists in order hold .170 instead of .179 (Amazon Games, 3 people
 * behind a weight), .084 instead of .101 (Online Retail), .062 instead of .068 (Complete Journey). There
 * nothing is learned in order.
 */
import type { EvaluationData } from './data.ts';
import type { EvaluateOptions } from './options.ts';
import { holdOutTails } from './split.ts';
import { ITEMS_OF_ONE_MAX, type Means, sequenceTask, TUNING_BOUNDS } from './tasks.ts';
import { distinctItems, type Histories, itemsBefore, stepItems } from '../../../learn/histories.ts';
import { type StepDone, finish } from '../../../learn/models/sparse-form.ts';
import { type OccasionMaker, wholeOccasion } from '../../../learn/recipes/occasions.ts';
import {
  type HeldOut,
  learnSequence,
  sequenceOccasions,
  type TunedSequence,
  tuneSequence,
} from '../../../learn/recipes/sequence-tune.ts';
import { surelyMore } from '../../../learn/recipes/surely.ts';
import { learnTopNSteps } from '../../../learn/recipes/top-n.ts';
import { cutDay, foundTopNSteps } from '../../../learn/recipes/trend-tune.ts';
import { createScorer, type LinearModel } from '../../../learn/score.ts';
import { gainAt } from '../../../learn/tune.ts';

/** Of what somebody had in order, the newest so much is hidden. */
const TAIL_SHARE = 0.2;
/** Fewer lists tell the two apart by chance. */
const QUESTIONS_MIN = 100;

/** The settings of what comes next; nothing where sets of things, in no order, find as much. */
export function orderedLists(
  data: EvaluationData,
  options: EvaluateOptions,
  { means, step }: { readonly means: Means; readonly step: StepDone },
): TunedSequence | undefined {
  // Asked for later days than all that is known, what is wanted by then says more (trend.ts). A single day is
  // before none.
  const isOfLaterDays = data.dated !== undefined && cutDay(data.dated.days) !== undefined;
  const before = isOfLaterDays ? undefined : data.rowsBefore?.(TAIL_SHARE);
  if (before === undefined) return undefined;
  const [chosenOn, heldOut] = holdOutTails(data.train, before, options.seed);
  if (heldOut.questions.length < QUESTIONS_MIN) return undefined;
  const task = sequenceTask('next', options, means);
  const tuned = tuneSequence(task, chosenOn, step);
  const ordered = {
    model: learnSequence(task, heldOut.fit, tuned),
    occasionOf: sequenceOccasions(data.itemCount, task, tuned.settings),
  };
  const people = distinctItems(heldOut.fit, ITEMS_OF_ONE_MAX);
  const lists = { k: options.k, peopleMin: options.peopleMin, ...means };
  const named = { itemIds: data.itemIds, people };
  const found = finish(foundTopNSteps(lists, named, { bounds: TUNING_BOUNDS, seed: options.seed }), step);
  const inNoOrder = {
    model: finish(learnTopNSteps(lists, people, found)),
    occasionOf: (histories: Histories, person: number, at: number) =>
      wholeOccasion(itemsBefore(histories, person, at).sort()),
  };
  return isSurelyBetter(heldOut, options.k, [ordered, inNoOrder]) ? tuned : undefined;
}

type Judged = { readonly model: LinearModel; readonly occasionOf: OccasionMaker };

/** Whether lists of the first find surely more of what is hidden: recall and NDCG, added up. */
function isSurelyBetter(
  { asked, questions }: HeldOut,
  k: number,
  [first, second]: readonly [Judged, Judged],
): boolean {
  const rank = createScorer(asked.itemCount);
  const gainOf = gainAt(k);
  let [sum, squares] = [0, 0];
  for (const { person, before } of questions) {
    const wanted = new Set(stepItems(asked, person, before));
    const gainBy = ({ model, occasionOf }: Judged): number =>
      gainOf(rank(model, occasionOf(asked, person, before), k), wanted);
    const difference = gainBy(first) - gainBy(second);
    sum += difference;
    squares += difference * difference;
  }
  return surelyMore({ sum, squares }, questions.length) > 0;
}
