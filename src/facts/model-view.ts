// An artefact that this process made a moment ago, read where it lies: nothing is copied, and nothing checked
// that its maker has checked. A model of two million weights is there in the time its names take, where
// reading it as input from outside takes some 200 ms in one piece, and whoever serves would stand still.

import { assert } from '../kernel/assert.ts';
import { type ItemModel, decodeModel, layoutOf } from './model.ts';
import { fadesOf } from './model-fades.ts';

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * `id` is the hex SHA-256 of the bytes, which must never change again: the model is a view of them. Whatever
 * comes from a disk or a wire is read by `decodeModel`.
 */
export function viewModel(bytes: Uint8Array, id: string): ItemModel {
  if (!IS_LITTLE_ENDIAN || bytes.byteOffset % 8 !== 0) return copied(bytes);
  const layout = layoutOf(bytes);
  assert(layout.ok, 'a model of our own can be read');
  const { header, itemIds, numbersAt, priorAt, linksAt, likenessAt } = layout.value;
  const { edges, kind, peopleTotal, minPeople, builtMs } = header;
  const items = itemIds.length;
  const { buffer, byteOffset } = bytes;
  let at = byteOffset + numbersAt;
  const next = (count: number): number => {
    const from = at;
    at += 4 * count;
    return from;
  };
  const fades = fadesOf(header.fades);
  return {
    id,
    kind,
    itemIds,
    offsets: new Uint32Array(buffer, next(items + 1), items + 1),
    targets: new Uint32Array(buffer, next(edges), edges),
    people: new Uint32Array(buffer, next(items), items),
    weights: new Float32Array(buffer, next(edges), edges),
    prior: new Float64Array(buffer, byteOffset + priorAt, items),
    ...{ peopleTotal, minPeople, builtMs },
    ...(fades === undefined ? {} : { fades }),
    ...(header.links === true
      ? {
          links: {
            leaves: new Uint32Array(buffer, byteOffset + linksAt, items),
            groups: bytes.subarray(linksAt + 4 * items, likenessAt),
          },
        }
      : {}),
    ...(header.likeness === true ? { isLikeness: bytes.subarray(likenessAt) } : {}),
  };
}

function copied(bytes: Uint8Array): ItemModel {
  const model = decodeModel(bytes);
  assert(model.ok, 'a model of our own can be read');
  return model.value;
}
