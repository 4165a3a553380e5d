/*
 * How fast "lately" fades in a model of what comes next, found on the newest tenth of all contacts: what each
 * person got first in those days is asked for from what was there before (trend-tune.ts).
 *
 * For `fineline evaluate --task next`, where what is asked for came after all that is known.
 */
import type { Steps } from '../models/sparse-form.ts';
import type { TuningCase } from '../tune.ts';
import { stepItems } from '../histories.ts';
import { assert } from '../../kernel/assert.ts';
import type { SequenceTask } from './sequence.ts';
import { type HeldOut, learnSequenceSteps, sequenceOccasions, type TunedSequence } from './sequence-tune.ts';
import type { Dated, Trend } from './trend.ts';
import { bestTrendSteps } from './trend-tune.ts';

/** What was there before a day, what each person got first from it on, and when everybody had what. */
export type NewestSteps = {
  readonly untilDay: number;
  readonly heldOut: HeldOut;
  readonly dated: Dated;
};

/** Fewer lists tell trends apart by chance. */
const CASES_MIN = 100;

/** Nothing where nothing fades. */
export function* tuneSequenceTrendSteps(
  task: SequenceTask,
  { untilDay, heldOut, dated }: NewestSteps,
  tuned: TunedSequence,
): Steps<Trend | undefined> {
  const { fit, asked, questions } = heldOut;
  if (questions.length < CASES_MIN) return undefined;
  const { parts, popularity, popularityWeight } = yield* learnSequenceSteps(task, fit, tuned);
  const form = parts[0]?.form;
  assert(form !== undefined && !task.repeats, 'one part, and nothing of what a person repeats');
  const occasionOf = sequenceOccasions(asked.itemCount, task, tuned.settings);
  const cases: readonly TuningCase[] = questions.map(({ person, before }) => ({
    occasion: occasionOf(asked, person, before),
    targets: stepItems(asked, person, before),
  }));
  const weights = { parts: [1], own: 0, popularity: popularityWeight };
  const scene = { members: { forms: [form], popularity }, weights, cases, k: task.k };
  return yield* bestTrendSteps(scene, dated, { peopleMin: task.peopleMin, untilDay });
}
