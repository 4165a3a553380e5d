// The model that says what is looked at next: the sequence recipe that `fineline evaluate --task session`
// measures, with settings found on everybody's own sessions, as an artefact over the things that enough
// people looked at. Bought or not: so its things are not those of the first model.

import { assert } from '../kernel/assert.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { indexExamples } from './directed.ts';
import { examplesOf } from './examples.ts';
import { historiesByOwner, ownerOf, peopleIn, peopleOf } from './histories.ts';
import type { NamedHistories } from './links-behind.ts';
import { type Steps, within } from './models/sparse-form.ts';
import { linkSteps } from './models/walks.ts';
import { over } from './over-items.ts';
import { heldOutSessions } from './recipes/held-out-sessions.ts';
import type { SequenceTask } from './recipes/sequence.ts';
import { LIKENESS, WAYS } from './recipes/sequence-candidates.ts';
import { learnSequenceSteps, tuneSequenceSteps } from './recipes/sequence-tune.ts';
import type { ServeOptions } from './serve-model.ts';
import { likenessOfKnownSteps, withFewMarked } from './serve-likeness.ts';
import { settingsText } from './serve-next-basket.ts';
import { type StepHistories, type StepTally, stepTallySteps } from './steps-behind.ts';
import type { NamedLinks } from './walks-behind.ts';

/** Targets kept per thing: a decision reads a row for each thing that was looked at. */
const KEEP = 100;

/** What is asked while settings are chosen: the next look, which may be at something seen before. */
export function nextClickTask(peopleMin: number): SequenceTask {
  return { repeats: true, walk: true, k: 20, peopleMin, keep: KEEP };
}

/**
 * Who is behind the weights of a model, with everybody of these sessions in it, in steps: of ways of two
 * steps it takes a third of the time of a fit.
 */
export function* nextClickTallySteps(sessions: NamedHistories, model: ItemModel): Steps<StepTally> {
  return yield* stepTallySteps(
    model,
    sessionsOfEach(sessions),
    yield* linksOfNextClickSteps(sessions, model),
  );
}

/** What leads to what among these sessions; nothing where the model knows no ways. */
export function* linksOfNextClickSteps(
  { itemIds, histories }: NamedHistories,
  model: ItemModel,
): Steps<NamedLinks | undefined> {
  if (model.fades === undefined || !hasWays(model)) return undefined;
  const { learnDecay: decay, sharePower } = model.fades;
  const indexed = indexExamples(examplesOf(histories, { decay, sharePower }));
  return { itemIds, links: yield* linkSteps(indexed) };
}

/** Whether ways of two steps are in its weights; in models of `next-click/1` there were none. */
function hasWays({ kind }: ItemModel): boolean {
  return kind.endsWith(' ways=1');
}

function* sessionsOfEach({ itemIds, histories }: NamedHistories): Generator<StepHistories> {
  for (const sessions of historiesByOwner(histories))
    yield sessions.map((looks) => looks.map((items) => items.map((item) => itemIds[item]!)));
}

/** A model of what comes next, and who is behind its weights where that had to be counted. */
export type ServedNext = { readonly model: ItemModel; readonly tally?: StepTally };

const AT = { done: 1, total: 1 };

/** `histories` are sessions, with whose each is. */
export function* serveNextClickSteps(
  sessions: NamedHistories,
  options: Pick<ServeOptions, 'minPeople' | 'nowMs' | 'catalogue' | 'crew'>,
): Steps<ServedNext> {
  const { itemIds, histories } = sessions;
  const { minPeople, nowMs, crew } = options;
  const people = peopleOf(histories);
  const likeness = yield* within(likenessOfKnownSteps(itemIds, people, options), AT);
  const task = { ...nextClickTask(minPeople), crew, likeness };
  const tuned = yield* tuneSequenceSteps(task, heldOutSessions(sessions));
  const { parts, ownWeight, popularity } = yield* learnSequenceSteps(task, histories, tuned);
  const form = parts[0]?.form;
  assert(form !== undefined, 'a sequence model is of one part');
  const { settings, weights } = tuned;
  // Whoever reads the model makes its links again from its fades alone (`linksOfNextClickSteps`).
  assert(
    task.repeats && settings.inputPower === 0.5 && settings.outcomePower === 0,
    'links follow from the fades',
  );
  const ways = (weights.parts[WAYS] ?? 0) > 0 ? 1 : 0;
  // Not how much: it depends on the scale of the counts, and two models must not tell that somebody came.
  const isLikened = likeness !== undefined && (weights.parts[LIKENESS] ?? 0) > 0;
  // A thing that few looked at is not so much as named.
  const named = [...itemIds.keys()].filter((place) => people[place]! >= Math.max(1, minPeople));
  const namedIds = named.map((place) => itemIds[place]!);
  const count = peopleIn(histories);
  const model = makeModel({
    kind: `next-click/2 ${settingsText({ ...settings, ...(isLikened && { likeness: 1 }), ways })}`,
    itemIds: namedIds,
    ...over(form, itemIds, namedIds),
    prior: Float64Array.from(named, (place) => popularity.values[place]!),
    people: Uint32Array.from(named, (place) => people[place]!),
    peopleTotal: count === 0 ? 0 : ownerOf(histories, count - 1) + 1,
    minPeople,
    builtMs: nowMs,
    fades: {
      decay: settings.scoreDecay,
      sharePower: settings.sharePower,
      ownDecay: settings.ownDecay,
      ownWeight,
      learnDecay: settings.learnDecay,
    },
  });
  if (ways === 0 && !isLikened) return { model };
  const tally = yield* within(nextClickTallySteps(sessions, model), AT);
  return { model: isLikened ? withFewMarked(model, tally) : model, tally };
}
