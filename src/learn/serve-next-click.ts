// The model that says what is looked at next: the sequence recipe that `fineline evaluate --task session`
// measures, with settings found on everybody's own sessions, as an artefact over the things that enough
// people looked at. Bought or not: so its things are not those of the first model.

import { assert } from '../kernel/assert.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { ownerOf, peopleIn, peopleOf } from './histories.ts';
import type { NamedHistories } from './links-behind.ts';
import type { Steps } from './models/sparse-form.ts';
import { over } from './over-items.ts';
import { heldOutSessions } from './recipes/held-out-sessions.ts';
import type { SequenceTask } from './recipes/sequence.ts';
import { learnSequenceSteps, tuneSequenceSteps } from './recipes/sequence-tune.ts';
import type { ServeOptions } from './serve-model.ts';
import { settingsText } from './serve-next-basket.ts';

/** Targets kept per thing: a decision reads a row for each thing that was looked at. */
const KEEP = 100;

/** What is asked while settings are chosen: the next look, which may be at something seen before. */
export function nextClickTask(peopleMin: number): SequenceTask {
  return { repeats: true, own: false, k: 20, peopleMin, keep: KEEP };
}

/** `histories` are sessions, with whose each is. */
export function* serveNextClickSteps(
  { itemIds, histories }: NamedHistories,
  { minPeople, nowMs }: Pick<ServeOptions, 'minPeople' | 'nowMs'>,
): Steps<ItemModel> {
  const task = nextClickTask(minPeople);
  const tuned = yield* tuneSequenceSteps(task, heldOutSessions({ itemIds, histories }));
  const { parts, ownWeight, popularity } = yield* learnSequenceSteps(task, histories, tuned);
  const form = parts[0]?.form;
  assert(form !== undefined, 'a sequence model is of one part');
  const { settings } = tuned;
  const people = peopleOf(histories);
  // A thing that few looked at is not so much as named.
  const named = [...itemIds.keys()].filter((place) => people[place]! >= Math.max(1, minPeople));
  const sessions = peopleIn(histories);
  return makeModel({
    kind: `next-click/1 ${settingsText(settings)}`,
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
