// New things in the model of lists for a person: what fewer people than `minPeople` have stands there by what
// the catalogue says of it, as a target of things that are like it. It has no people, no prior and no weights
// of its own, and whatever else is in the model stays as it was.

import { WEIGHT_BITS, quantise } from '../kernel/fixed.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { compareIds } from './contribution.ts';
import { type Described, likenessSteps } from './models/likeness.ts';
import { createSelectRoom, selectTop } from './models/select-top.ts';
import { type SparseForm, type Steps, createFormBuilder } from './models/sparse-form.ts';
import type { Catalogued } from './serve-model.ts';
import type { HeldOutThings } from './recipes/held-out-things.ts';
import { wholeOccasion } from './recipes/occasions.ts';
import { popularityOf } from './score.ts';
import { memberScales } from './tune.ts';

/** New things that one thing speaks for: a decision reads a row for each fact. */
const NEW_PER_THING = 20;

export interface Joining {
  /** By id: nothing of a sensitive class. */
  readonly catalogue: ReadonlyMap<string, Described>;
  /** `newIn` of it. */
  readonly fresh: readonly string[];
  /** What likeness counts, in scaled units (recipes/new-things.ts). */
  readonly likeness: number;
  /** Whose usual best scores tell how the two compare, and the names of their things. */
  readonly heldOut: HeldOutThings;
  readonly itemIds: readonly string[];
}

/** Things that can be sold and that the model does not name. */
export function newIn(catalogue: ReadonlyMap<string, Catalogued>, { itemIds }: ItemModel): readonly string[] {
  const known = new Set(itemIds);
  return [...catalogue].filter(([id, { available }]) => available && !known.has(id)).map(([id]) => id);
}

/** The same object where nothing is new, or nobody can say how likeness compares. */
export function* withNewThingsSteps(
  model: ItemModel,
  { catalogue, fresh, likeness, heldOut, itemIds }: Joining,
): Steps<ItemModel> {
  if (fresh.length === 0 || model.itemIds.length === 0 || likeness === 0) return model;
  const names = [...model.itemIds, ...fresh].sort(compareIds);
  const placeOf = new Map(names.map((id, place) => [id, place]));
  const places = Uint32Array.from(model.itemIds, (id) => placeOf.get(id) ?? 0);
  const isSource = new Uint8Array(names.length);
  for (const place of places) isSource[place] = 1;
  const like = yield* likenessSteps({
    described: names.map((id) => catalogue.get(id)),
    isSource,
    isTarget: isSource.map((one) => 1 - one),
  });
  const own = moved(model, places, names.length);
  const scales = scalesOf([own, like], heldOut, (thing) => placeOf.get(itemIds[thing]!));
  const [ofOwn = 0, ofLike = 0] = scales;
  if (ofOwn === 0 || ofLike === 0) return model;
  const form = together(own, like, Number(((likeness * ofLike) / ofOwn).toPrecision(2)));
  const prior = new Float64Array(names.length);
  const people = new Uint32Array(names.length);
  for (const [item, place] of places.entries()) {
    prior[place] = model.prior[item]!;
    people[place] = model.people[item]!;
  }
  const { id: _old, ...parts } = model;
  // The kind is the one of the model, and says what was added.
  const added = { ...parts, kind: `${model.kind} like=${likeness}`, itemIds: names, prior, people };
  const { offsets, targets, weights } = form;
  return makeModel({ ...added, offsets, targets, weights });
}

/** The same rows among more things. */
function moved({ offsets, targets, weights }: ItemModel, places: Uint32Array, itemCount: number): SparseForm {
  const wide = new Uint32Array(itemCount + 1);
  for (const [item, place] of places.entries()) wide[place + 1] = offsets[item + 1]! - offsets[item]!;
  for (let place = 0; place < itemCount; place += 1) wide[place + 1]! += wide[place]!;
  return { itemCount, offsets: wide, targets: targets.map((target) => places[target]!), weights };
}

/** Over a usual best score of each; 0 where one never speaks. */
function scalesOf(
  forms: readonly SparseForm[],
  { cases, things }: HeldOutThings,
  placeOf: (thing: number) => number | undefined,
): readonly number[] {
  const nothing = popularityOf(new Float64Array(forms[0]?.itemCount ?? 0));
  const placed = cases.map(({ occasion }) => ({
    occasion: wholeOccasion(
      Uint32Array.from(occasion.facts, (place) => placeOf(things[place]!) ?? UNKNOWN).filter(
        (place) => place !== UNKNOWN,
      ),
    ),
    targets: new Uint32Array(0),
  }));
  return memberScales({ forms, popularity: nothing }, placed);
}

const UNKNOWN = 0xffffffff;

function together(own: SparseForm, like: SparseForm, factor: number): SparseForm {
  const { itemCount } = own;
  const builder = createFormBuilder(itemCount, own.targets.length + itemCount);
  const room = createSelectRoom(itemCount);
  const indices = new Uint32Array(itemCount);
  const weights = new Float64Array(itemCount);
  const keys = new Float64Array(itemCount);
  for (let source = 0; source < itemCount; source += 1) {
    let count = 0;
    for (let at = own.offsets[source]!; at < own.offsets[source + 1]!; at += 1) {
      indices[count] = own.targets[at]!;
      weights[count++] = own.weights[at]!;
    }
    const from = like.offsets[source]!;
    const row = like.targets.subarray(from, like.offsets[source + 1]);
    for (let at = 0; at < row.length; at += 1) keys[at] = like.weights[from + at]!;
    const kept = selectTop(keys, row, row.length, NEW_PER_THING, room);
    for (let at = 0; at < kept; at += 1) {
      const position = room.positions[at]!;
      indices[count] = row[position]!;
      weights[count++] = quantise(keys[position]! * factor, WEIGHT_BITS);
    }
    builder.appendRow(indices, weights, count);
  }
  return builder.finish();
}
