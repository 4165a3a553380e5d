// The model that says what is looked at next: the sequence recipe that `fineline evaluate --task session`
// measures, with settings found on everybody's own sessions, as an artefact over the things that enough
// people looked at. Bought or not: so its things are not those of the first model.

import { assert } from '../kernel/assert.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { indexExamples } from './directed.ts';
import { examplesOf } from './examples.ts';
import { historiesByOwner, ownerOf, peopleIn, peopleOf } from './histories.ts';
import type { NamedHistories } from './links-behind.ts';
import type { Steps } from './models/sparse-form.ts';
import { linkSteps } from './models/walks.ts';
import { over } from './over-items.ts';
import { heldOutSessions } from './recipes/held-out-sessions.ts';
import type { SequenceTask } from './recipes/sequence.ts';
import { WAYS } from './recipes/sequence-candidates.ts';
import { learnSequenceSteps, tuneSequenceSteps } from './recipes/sequence-tune.ts';
import type { ServeOptions } from './serve-model.ts';
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
export function hasWays({ kind }: ItemModel): boolean {
  return kind.endsWith(' ways=1');
}

function* sessionsOfEach({ itemIds, histories }: NamedHistories): Generator<StepHistories> {
  for (const sessions of historiesByOwner(histories))
    yield sessions.map((looks) => looks.map((items) => items.map((item) => itemIds[item]!)));
}

/** `histories` are sessions, with whose each is. */
export function* serveNextClickSteps(
  { itemIds, histories }: NamedHistories,
  { minPeople, nowMs, crew }: Pick<ServeOptions, 'minPeople' | 'nowMs' | 'crew'>,
): Steps<ItemModel> {
  const task = { ...nextClickTask(minPeople), crew };
  const tuned = yield* tuneSequenceSteps(task, heldOutSessions({ itemIds, histories }));
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
  const people = peopleOf(histories);
  // A thing that few looked at is not so much as named.
  const named = [...itemIds.keys()].filter((place) => people[place]! >= Math.max(1, minPeople));
  const sessions = peopleIn(histories);
  return makeModel({
    kind: `next-click/2 ${settingsText({ ...settings, ways })}`,
    itemIds: named.map((place) => itemIds[place]!),
    ...over(
      form,
      itemIds,
      named.map((place) => itemIds[place]!),
    ),
    prior: Float64Array.from(named, (place) => popularity.values[place]!),
    people: Uint32Array.from(named, (place) => people[place]!),
    peopleTotal: sessions === 0 ? 0 : ownerOf(histories, sessions - 1) + 1,
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
}
