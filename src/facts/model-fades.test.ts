// Goal: how steps fade is read as it was written, or the model is not read. Method: an artefact with every
// number wrong in turn.

import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, makeModel } from './model.ts';
import type { ModelFades } from './model-fades.ts';

const FADES: ModelFades = { decay: 0.8, sharePower: 0.5, ownDecay: 1, ownWeight: 0.25, learnDecay: 0.9 };

const modelWith = (fades: ModelFades) =>
  makeModel({
    kind: 'next-basket/1',
    itemIds: ['a'],
    offsets: Uint32Array.of(0, 1),
    targets: Uint32Array.of(0),
    weights: Float32Array.of(0.5),
    prior: Float64Array.of(0),
    people: Uint32Array.of(3),
    peopleTotal: 3,
    minPeople: 3,
    builtMs: 1,
    fades,
  });

describe('how steps fade', () => {
  it('[F18] is read as it was written, whoever wrote the object', () => {
    const model = modelWith(FADES);
    expect(decodeModel(encodeModel(model))).toEqual({ ok: true, value: model });
    const { decay, ...rest } = FADES;
    expect(modelWith({ ...rest, decay }).id).toBe(model.id);
  });

  it('[F18] in numbers no fading has is not read', () => {
    const wrong: readonly Partial<ModelFades>[] = [
      { decay: 0 },
      { decay: 1.1 },
      { ownDecay: 0 },
      { learnDecay: -1 },
      { sharePower: 2 },
      { ownWeight: 1e-7 },
      { ownWeight: 16 },
      { decay: Number.NaN },
    ];
    for (const one of wrong) expect(decodeModel(encodeModel(modelWith({ ...FADES, ...one }))).ok).toBe(false);
    const bytes = encodeModel(modelWith(FADES));
    const text = new TextDecoder().decode(bytes);
    const at = text.indexOf('"fades":[0.8');
    bytes.set(new TextEncoder().encode('"fades":{0.8'), at);
    expect(decodeModel(bytes).ok).toBe(false);
  });
});
