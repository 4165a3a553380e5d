// The model that lists for a person are made of: the recipe that `fineline evaluate --task topn` measures,
// with settings found on what people themselves have, as an artefact.

import type { ItemModel } from '../facts/model.ts';
import { gramRows } from './gram.ts';
import { type SparseForm, type Steps, within } from './models/sparse-form.ts';
import type { NamedPeople, People } from './recipes/held-out-things.ts';
import { tuneLikenessSteps } from './recipes/new-things.ts';
import { type Found, type TopNTask, learnTopNSteps } from './recipes/top-n.ts';
import { CASES_MIN } from './recipes/top-n-tune.ts';
import { foundTopNSteps } from './recipes/trend-tune.ts';
import { withPeopleMin } from './rows.ts';
import { likenessOfKnownSteps, withLikenessMarkedSteps } from './serve-likeness.ts';
import { KEEP, type ServeOptions, asArtefact } from './serve-model.ts';
import { newIn, withNewThingsSteps } from './serve-new-things.ts';

/** What is asked while settings are chosen: twenty things, as `evaluate` asks unless it is told otherwise. */
export function forYouTask(peopleMin: number): TopNTask {
  return { k: 20, peopleMin, keep: KEEP };
}

const AT = { done: 1, total: 1 };

/** With the safe settings where people are too few to choose on. */
export function* serveForYouSteps(named: NamedPeople, options: ServeOptions): Steps<ItemModel> {
  const { itemIds, people } = named;
  const { minPeople, crew } = options;
  const likeness = yield* likenessSteps(named, options);
  const task = { ...forYouTask(minPeople), crew, likeness };
  const found = yield* foundTopNSteps(task, named);
  const { tuned } = found;
  const { parts, popularity } = yield* learnTopNSteps(task, people, found);
  yield AT;
  const rows = withPeopleMin(gramRows(people), minPeople);
  const learned = { itemIds, rows, form: parts[0]!.form, prior: popularity.values, tuned };
  const model = yield* withFreshSteps(asArtefact(learned, options), { task, named, found }, options);
  if ((tuned.likeness ?? 0) === 0) return model;
  return yield* within(withLikenessMarkedSteps(model, itemIds, rows), AT);
}

/**
 * None where nothing is chosen (top-n-tune.ts), and none in a model that is evened out: what evening takes
 * from the weights of people it spreads over all, and a weight that is likeness alone must rest on nobody.
 */
function* likenessSteps(
  { itemIds, people }: NamedPeople,
  options: ServeOptions,
): Steps<SparseForm | undefined> {
  if ((options.tilts ?? []).length > 0 || !canBeAsked(people)) return undefined;
  const having = new Uint32Array(itemIds.length);
  for (const thing of people.indices) having[thing]! += 1;
  return yield* within(likenessOfKnownSteps(itemIds, having, options), AT);
}

/** At most half of those who have several things are asked. */
function canBeAsked({ rows, offsets }: People): boolean {
  let several = 0;
  for (let person = 0; person < rows; person += 1)
    if (offsets[person + 1]! - offsets[person]! > 1) several += 1;
  return Math.ceil(several / 2) >= CASES_MIN;
}

type Made = { readonly task: TopNTask; readonly named: NamedPeople; readonly found: Found };

/** With the things of the catalogue that too few people have, where they are asked for. */
function* withFreshSteps(
  model: ItemModel,
  { task, named: { itemIds }, found: { tuned, heldOut, factors } }: Made,
  { catalogue, newThings = false }: ServeOptions,
): Steps<ItemModel> {
  if (catalogue === undefined || !newThings) return model;
  const fresh = newIn(catalogue, model);
  if (fresh.length === 0) return model;
  const asked = { itemIds, tuned, catalogue, fresh, factors };
  const likeness = yield* within(tuneLikenessSteps(task, heldOut, asked), AT);
  return yield* within(withNewThingsSteps(model, { catalogue, fresh, likeness, heldOut, itemIds }), AT);
}
