// Which weights of a model are likeness and nothing else: of these nobody is behind, so none falls when
// somebody leaves. That one fell would tell that who left had both things.

import { type ItemModel, makeModel } from '../facts/model.ts';
import { type CountRows, createRowBuffer } from './rows.ts';

/**
 * The model with its likeness marked. `rows` are the thresholded pairs that it was learned from, over
 * `itemIds`: a weight between two things that are no such pair rests on the catalogue. What leads to things
 * without people does so too.
 */
export function withLikenessMarked(model: ItemModel, itemIds: readonly string[], rows: CountRows): ItemModel {
  const { itemIds: named, offsets, targets } = model;
  const placeOf = new Map(named.map((id, place) => [id, place]));
  const isLikeness = new Uint8Array(targets.length).fill(1);
  const isPair = new Uint8Array(named.length);
  const buffer = createRowBuffer(rows.itemCount);
  for (const [thing, id] of itemIds.entries()) {
    const source = placeOf.get(id);
    if (source === undefined) continue;
    rows.readRow(thing, buffer);
    const partners = Array.from(buffer.indices.subarray(0, buffer.count), (other) =>
      placeOf.get(itemIds[other]!),
    );
    for (const place of partners) if (place !== undefined) isPair[place] = 1;
    for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1)
      isLikeness[at] = 1 - isPair[targets[at]!]!;
    for (const place of partners) if (place !== undefined) isPair[place] = 0;
  }
  const { id: _unmarked, ...parts } = model;
  return makeModel({ ...parts, isLikeness });
}
