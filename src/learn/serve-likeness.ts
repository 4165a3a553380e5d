// Which weights of a model are likeness and nothing else: of these nobody is behind, so none falls when
// somebody leaves. That one fell would tell that who left had both things.

import { type ItemModel, makeModel } from '../facts/model.ts';
import type { Steps } from './models/sparse-form.ts';
import { type CountRows, createRowBuffer } from './rows.ts';

/** Rows between two steps: some ten milliseconds. */
const STEP_ROWS = 256;

/**
 * The model with its likeness marked. `rows` are the thresholded pairs that it was learned from, over
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
  const { id: _unmarked, ...parts } = model;
  return makeModel({ ...parts, isLikeness });
}
