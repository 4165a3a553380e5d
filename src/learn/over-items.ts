// A form over one list of things, written over another. Both lists ascend, so the order of places stays.

import type { ItemModel } from '../facts/model.ts';
import { type SparseForm, createFormBuilder } from './models/sparse-form.ts';

/**
 * What too few people have in a basket has no weights either way, so none is lost with what the first model
 * does not name.
 */
export function over(
  form: SparseForm,
  itemIds: readonly string[],
  named: readonly string[],
): Pick<ItemModel, 'offsets' | 'targets' | 'weights'> {
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  const nameOf = new Map(named.map((id, place) => [id, place]));
  const builder = createFormBuilder(named.length, form.targets.length);
  for (const id of named) {
    const source = placeOf.get(id);
    const [start, end] = source === undefined ? [0, 0] : [form.offsets[source]!, form.offsets[source + 1]!];
    const kept: number[] = [];
    for (let at = start; at < end; at += 1) {
      if (nameOf.has(itemIds[form.targets[at]!]!)) kept.push(at);
    }
    const targets = Uint32Array.from(kept, (at) => nameOf.get(itemIds[form.targets[at]!]!) ?? 0);
    builder.appendRow(
      targets,
      Float64Array.from(kept, (at) => form.weights[at]!),
      kept.length,
    );
  }
  const { offsets, targets, weights } = builder.finish();
  return { offsets, targets, weights };
}
