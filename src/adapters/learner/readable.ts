// Models in service, as they are handed over after a start.

import { type ItemModel, decodeModel } from '../../facts/model.ts';
import { assert } from '../../kernel/assert.ts';

export function readable(bytes: Uint8Array): ItemModel {
  const model = decodeModel(bytes);
  assert(model.ok, 'the model in service can be read');
  return model.value;
}
