// The joint model: the same formula as the model of one seller, over what several have learned together.

import { type ItemModel, makeModel } from '../facts/model.ts';
import type { CountSnapshot } from './counts.ts';
import type { Steps } from './models/sparse-form.ts';
import { type ServeOptions, serveModelSteps } from './serve-model.ts';

/**
 * `snapshot`: joint-counts.ts made it, with k asked of each seller. The artefact holds weights and names of
 * things alone; how many people are behind it stays where it was counted.
 */
export function* serveJointSteps(snapshot: CountSnapshot, options: ServeOptions): Steps<ItemModel> {
  const { id: _id, kind, ...parts } = yield* serveModelSteps(snapshot, options);
  const count = parts.itemIds.length;
  return makeModel({
    ...parts,
    kind: `joint/1 ${kind}`,
    prior: new Float64Array(count),
    people: new Uint32Array(count),
    peopleTotal: 0,
  });
}
