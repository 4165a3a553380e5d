// The model that lists for a person are made of: the recipe that `fineline evaluate --task topn` measures,
// with settings found on what people themselves have, as an artefact.

import type { ItemModel } from '../facts/model.ts';
import { gramRows } from './gram.ts';
import { type Steps, within } from './models/sparse-form.ts';
import type { NamedPeople } from './recipes/held-out-things.ts';
import { type TopNTask, learnTopNSteps } from './recipes/top-n.ts';
import { foundTopNSteps } from './recipes/trend-tune.ts';
import { withPeopleMin } from './rows.ts';
import { newIn, withNewThingsSteps } from './serve-new-things.ts';
import { tuneLikenessSteps } from './recipes/new-things.ts';
import { KEEP, type ServeOptions, asArtefact } from './serve-model.ts';

/** What is asked while settings are chosen: twenty things, as `evaluate` asks unless it is told otherwise. */
export function forYouTask(peopleMin: number): TopNTask {
  return { k: 20, peopleMin, keep: KEEP };
}

/** With the safe settings where people are too few to choose on. */
export function* serveForYouSteps(named: NamedPeople, options: ServeOptions): Steps<ItemModel> {
  const { itemIds, people } = named;
  const { minPeople } = options;
  const task = { ...forYouTask(minPeople), crew: options.crew };
  const found = yield* foundTopNSteps(task, named);
  const { tuned, heldOut, factors } = found;
  const { parts, popularity } = yield* learnTopNSteps(task, people, found);
  yield { done: 1, total: 1 };
  const rows = withPeopleMin(gramRows(people), minPeople);
  const learned = { itemIds, rows, form: parts[0]!.form, prior: popularity.values, tuned };
  const model = asArtefact(learned, options);
  const { catalogue } = options;
  if (catalogue === undefined) return model;
  const at = { done: 1, total: 1 };
  const fresh = newIn(catalogue, model);
  if (fresh.length === 0) return model;
  const newThings = { itemIds, tuned, catalogue, fresh, factors };
  const likeness = yield* within(tuneLikenessSteps(task, heldOut, newThings), at);
  return yield* within(withNewThingsSteps(model, { catalogue, fresh, likeness, heldOut, itemIds }), at);
}
