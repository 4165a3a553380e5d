// Likeness in the models that serve: of which things, and which weights are likeness and nothing else. Of
// these nobody is behind, so none falls when somebody leaves. That one fell would tell that who left had both
// things.

import { type ItemModel, makeModel } from '../facts/model.ts';
import { likenessAmongSteps } from './models/likeness.ts';
import type { SparseForm, Steps } from './models/sparse-form.ts';
import { type CountRows, createRowBuffer } from './rows.ts';
import type { ServeOptions } from './serve-model.ts';
import type { StepTally } from './steps-behind.ts';

/** Rows between two steps: some ten milliseconds. */
const STEP_ROWS = 256;

/** Of the things that enough people have: the others are not so much as named. */
export function* likenessOfKnownSteps(
  itemIds: readonly string[],
  people: Uint32Array,
  { minPeople, catalogue, crew }: Pick<ServeOptions, 'minPeople' | 'catalogue' | 'crew'>,
): Steps<SparseForm | undefined> {
  if (catalogue === undefined) return undefined;
  const described = itemIds.map((id, thing) =>
    people[thing]! >= Math.max(1, minPeople) ? catalogue.get(id) : undefined,
  );
  return yield* likenessAmongSteps(described, crew);
}

/** A model of what comes next with its likeness marked: what fewer than its least people are behind. */
export function withFewMarked(model: ItemModel, tally: StepTally): ItemModel {
  const isLikeness = Uint8Array.from(model.targets, (_, at) =>
    tally.peopleAt(at) < model.minPeople ? 1 : 0,
  );
  return marked(model, isLikeness);
}

/**
 * A model of lists with its likeness marked. `rows` are the thresholded pairs that it was learned from, over
 * `itemIds`: a weight between two things that are no such pair rests on the catalogue. What leads to things
 * without people does so too.
 */
export function* withLikenessMarkedSteps(
  model: ItemModel,
  itemIds: readonly string[],
  rows: CountRows,
): Steps<ItemModel> {
  const { itemIds: named, offsets, targets } = model;
  const placeOf = new Map(named.map((id, place) => [id, place]));
  const places = Int32Array.from(itemIds, (id) => placeOf.get(id) ?? -1);
  const isLikeness = new Uint8Array(targets.length).fill(1);
  // The thing whose pairs were read last that a thing is in, from 1 on.
  const isPairOf = new Uint32Array(named.length);
  const buffer = createRowBuffer(rows.itemCount);
  for (const [thing, source] of places.entries()) {
    if (thing % STEP_ROWS === 0) yield { done: thing, total: places.length };
    if (source < 0) continue;
    rows.readRow(thing, buffer);
    for (let x = 0; x < buffer.count; x += 1) {
      const partner = places[buffer.indices[x]!]!;
      if (partner >= 0) isPairOf[partner] = thing + 1;
    }
    for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1)
      isLikeness[at] = isPairOf[targets[at]!] === thing + 1 ? 0 : 1;
  }
  return marked(model, isLikeness);
}

function marked({ id: _unmarked, ...parts }: ItemModel, isLikeness: Uint8Array): ItemModel {
  return makeModel({ ...parts, isLikeness });
}
