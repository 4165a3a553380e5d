// The model that says what somebody's next basket holds: the sequence recipe that `fineline evaluate --task
// basket` measures, with settings found on everybody's own baskets, as an artefact over the things that the
// first model names.

import { assert } from '../kernel/assert.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { peopleIn, peopleOf } from './histories.ts';
import { type NamedHistories, basketsOfEach } from './links-behind.ts';
import type { Steps } from './models/sparse-form.ts';
import { over } from './over-items.ts';
import { heldOutSample } from './recipes/held-out-sample.ts';
import type { SequenceTask } from './recipes/sequence.ts';
import { learnSequenceSteps, tuneSequenceSteps } from './recipes/sequence-tune.ts';
import type { ServeOptions } from './serve-model.ts';
import { type StepTally, eachAs, historiesOfBaskets, stepTallySteps } from './steps-behind.ts';

/**
 * Targets kept per thing. Ta-Feng (fixed split, k = 10, at least 3 people): recall .1903 with all, .1901 with
 * 500, .1894 with 200, .1898 with 100. A decision reads a row for each thing of the person.
 */
const KEEP = 100;

/** What is asked while settings are chosen: the next basket, with repeats, of ten things. */
export function nextBasketTask(peopleMin: number): SequenceTask {
  return { repeats: true, walk: false, k: 10, peopleMin, keep: KEEP };
}

/** Minimum of people and the time are those of the first model. */
export function* serveNextBasketSteps(
  { itemIds, histories }: NamedHistories,
  first: ItemModel,
  { crew }: Pick<ServeOptions, 'crew'> = {},
): Steps<ItemModel> {
  const { minPeople, builtMs } = first;
  const task = { ...nextBasketTask(minPeople), crew };
  const tuned = yield* tuneSequenceSteps(task, heldOutSample({ itemIds, histories }));
  const { parts, ownWeight, popularity } = yield* learnSequenceSteps(task, histories, tuned);
  const form = parts[0]?.form;
  assert(form !== undefined, 'a sequence model is of one part');
  const { settings } = tuned;
  // People with a basket that holds each thing.
  const held = peopleOf(histories);
  const people = new Map(itemIds.map((id, place) => [id, held[place]!]));
  const prior = new Map(itemIds.map((id, place) => [id, popularity.values[place]!]));
  return makeModel({
    kind: `next-basket/1 ${settingsText(settings)}`,
    itemIds: first.itemIds,
    ...over(form, itemIds, first.itemIds),
    prior: Float64Array.from(first.itemIds, (id) => prior.get(id) ?? 0),
    people: Uint32Array.from(first.itemIds, (id) => people.get(id) ?? 0),
    peopleTotal: peopleIn(histories),
    minPeople,
    builtMs,
    fades: {
      decay: settings.scoreDecay,
      sharePower: settings.sharePower,
      ownDecay: settings.ownDecay,
      ownWeight,
      learnDecay: settings.learnDecay,
    },
  });
}

/** Who is behind the weights of a model, with everybody of these baskets in it. */
export function nextBasketTallySteps(baskets: NamedHistories, model: ItemModel): Steps<StepTally> {
  return stepTallySteps(model, eachAs(basketsOfEach(baskets), historiesOfBaskets));
}

/** `learnDecay=0.8 scoreDecay=0.9 …`: which settings made it. */
export function settingsText(settings: object): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
