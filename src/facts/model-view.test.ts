import { describe, expect, it } from 'vitest';
import { type ModelParts, decodeModel, emptyModel, encodeModel, makeModel } from './model.ts';
import { viewModel } from './model-view.ts';

const PARTS: ModelParts = {
  kind: 'test/1',
  itemIds: ['a', 'b', 'ç'],
  offsets: Uint32Array.from([0, 1, 3, 3]),
  targets: Uint32Array.from([1, 0, 2]),
  weights: Float32Array.from([1, 0.5, -0.25]),
  prior: Float64Array.from([2 ** -12, 0, 2 ** -20]),
  people: Uint32Array.from([3, 4, 5]),
  peopleTotal: 9,
  minPeople: 3,
  builtMs: 17,
};

describe('a view of an artefact', () => {
  it.each([
    ['plain', makeModel(PARTS)],
    [
      'with links',
      makeModel({ ...PARTS, links: { leaves: Uint32Array.of(0, 1, 1), groups: Uint8Array.of(1, 2, 3) } }),
    ],
    [
      'that fades',
      makeModel({
        ...PARTS,
        fades: { decay: 0.5, sharePower: 0.5, ownDecay: 0.9, ownWeight: 0.25, learnDecay: 1 },
      }),
    ],
    ['of which a weight is likeness', makeModel({ ...PARTS, isLikeness: Uint8Array.of(0, 1, 0) })],
    [
      'with links and likeness',
      makeModel({
        ...PARTS,
        links: { leaves: Uint32Array.of(0, 1, 1), groups: Uint8Array.of(1, 2, 3) },
        isLikeness: Uint8Array.of(1, 0, 1),
      }),
    ],
    ['empty', emptyModel()],
  ])('is the model that reading it from outside gives: %s', (_, model) => {
    const bytes = encodeModel(model);
    const read = decodeModel(bytes);
    expect(viewModel(bytes, model.id)).toEqual(read.ok ? read.value : read.error);
    expect(read.ok && read.value).toEqual(model);
    // Wherever in a larger buffer it lies.
    for (const at of [1, 8]) {
      const wide = new Uint8Array(bytes.length + 16);
      wide.set(bytes, at);
      expect(viewModel(wide.subarray(at, at + bytes.length), model.id)).toEqual(viewModel(bytes, model.id));
    }
  });

  it('is none where a weight is likeness neither alone nor with others', () => {
    const model = { ...PARTS, isLikeness: Uint8Array.of(0, 2, 0) };
    expect(decodeModel(encodeModel(model))).toMatchObject({ ok: false });
    const good = encodeModel({ ...PARTS, isLikeness: Uint8Array.of(0, 1, 0) });
    expect(decodeModel(good.slice(0, good.length - 1))).toMatchObject({ ok: false });
    const text = new TextDecoder('latin1').decode(good).replace('"likeness":true', '"likeness":1234');
    expect(decodeModel(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toMatchObject({ ok: false });
  });

  it('is none of bytes that are no model', () => {
    const bytes = encodeModel(PARTS);
    expect(() => viewModel(bytes.subarray(0, bytes.length - 1).slice(), '')).toThrow(/can be read/);
  });
});
