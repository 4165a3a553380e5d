// Goal: what was learned together is an addend of its own beside what the shop learned, exactly, and a
// decision says by which joint model it was made. Method: random shops with a joint model against the same
// shop whose own model has the borrowed weights.

import { describe, expect, it } from 'vitest';
import { type DecisionRecord, explained } from '../facts/decision.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { seededRandom } from '../kernel/random.ts';
import type { DecisionId } from '../facts/ids.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { decide } from './decide.ts';
import { decisionRecordOf, decisionRecordText } from './record.ts';
import { createScratch } from './score.ts';
import { type Shelf, buildShelf } from './shelf.ts';
import { PLACEMENT, drawShelf, fact, inputFor, looking, nameOf } from './testing.ts';

/** The rows of a model, each entry kept or not. */
function kept(model: ItemModel, keep: (at: number) => boolean): ItemModel {
  const offsets = [0];
  const places: number[] = [];
  for (let row = 0; row < model.itemIds.length; row += 1) {
    for (let at = model.offsets[row]!; at < model.offsets[row + 1]!; at += 1) if (keep(at)) places.push(at);
    offsets.push(places.length);
  }
  const { id: _id, ...parts } = model;
  return makeModel({
    ...parts,
    offsets: Uint32Array.from(offsets),
    targets: Uint32Array.from(places, (at) => model.targets[at]!),
    weights: Float32Array.from(places, (at) => model.weights[at]!),
  });
}

/** A shop; and the same with half of its weights in a joint model. */
function drawPair(seed: number): { readonly whole: Shelf; readonly split: Shelf } {
  const random = seededRandom(seed);
  const whole = drawShelf(random);
  const lot = Array.from(whole.model.targets, () => random.below(2));
  const isFull = (at: number): boolean => {
    const row = whole.model.offsets.findIndex((offset) => offset > at) - 1;
    return whole.model.offsets[row + 1]! - whole.model.offsets[row]! >= 100;
  };
  const own = kept(whole.model, (at) => lot[at] === 0 || isFull(at));
  const joint = kept(whole.model, (at) => lot[at] === 1 && !isFull(at));
  const items = whole.goods.flatMap((item) => item ?? []);
  return {
    whole: buildShelf(whole.model, whole.revision, items),
    split: buildShelf(own, whole.revision, items, { joint }),
  };
}

const inputOn = (shelf: Shelf, seed: number) =>
  inputFor(shelf, {
    limit: 8,
    facts: [fact(seed % 9, 3), fact((seed + 4) % 11), fact(seed % 5, 2, 'bought')].toSorted((a, b) =>
      a.item < b.item ? -1 : 1,
    ),
    context: looking(seed % 7),
    ...(shelf.joint === '' ? {} : { joint: shelf.joint }),
  });

const decideOn = (shelf: Shelf, seed: number) =>
  decide({ input: inputOn(shelf, seed), placement: PLACEMENT, shelf, scratch: createScratch(shelf) });

describe('a shelf with a joint model', () => {
  it('[D45] decides as if the shop had learned the borrowed weights itself, and marks them', () => {
    let borrowed = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const { whole, split } = drawPair(seed);
      const [one, other] = [decideOn(whole, seed), decideOn(split, seed)];
      expect(other.items, `seed ${seed}`).toEqual(one.items);
      expect([other.nothing, other.propensity]).toEqual([one.nothing, one.propensity]);
      const sums = explained(other).map(({ contributions }) =>
        contributions.reduce((sum, { value }) => sum + value, 0),
      );
      expect(sums).toEqual(other.items.map(({ score }) => score));
      const plain = explained(other).map(({ item, contributions }) => ({
        item,
        contributions: contributions.map(({ joint: _joint, ...rest }) => rest),
      }));
      expect(plain).toEqual(explained(one).map(({ item, contributions }) => ({ item, contributions })));
      for (const { contributions } of explained(other))
        borrowed += contributions.filter(({ joint }) => joint === true).length;
    }
    expect(borrowed).toBeGreaterThan(500);
  });

  it('[D45] takes no decision that names another joint model, or none', () => {
    const { whole, split } = drawPair(3);
    const scratch = createScratch(split);
    for (const joint of [undefined, 'another']) {
      const { joint: _joint, ...rest } = inputOn(split, 3);
      const input = { ...rest, ...(joint === undefined ? {} : { joint }) };
      expect(() => decide({ input, placement: PLACEMENT, shelf: split, scratch })).toThrow('names the shelf');
    }
    const input = { ...inputOn(whole, 3), joint: 'another' };
    expect(() => decide({ input, placement: PLACEMENT, shelf: whole, scratch })).toThrow('names the shelf');
  });

  it('[D45] stands in the record, which is canonical and reads back', () => {
    const { split } = drawPair(5);
    const input = { ...inputOn(split, 5), fatigue: 'answered-0' as never };
    const record: DecisionRecord = {
      decision: 'd' as DecisionId,
      input,
      result: { items: [], propensity: 1 },
      reads: [],
      consentSeq: 0,
    };
    const text = decisionRecordText(record);
    expect(canonicalJson(JSON.parse(text) as never)).toBe(text);
    expect(decisionRecordOf(text).input.joint).toBe(split.joint);
  });

  it('[D45] knows things that the shop’s own people have too rarely', () => {
    const { split } = drawPair(1);
    const none = kept(split.model, () => false);
    const own = makeModel({
      ...none,
      itemIds: [],
      offsets: new Uint32Array(1),
      prior: new Float64Array(0),
      people: new Uint32Array(0),
    });
    const joint = makeModel({
      ...none,
      itemIds: [nameOf(0), nameOf(1)],
      offsets: Uint32Array.from([0, 1, 1]),
      targets: Uint32Array.from([1]),
      weights: Float32Array.from([0.5]),
      prior: new Float64Array(2),
      people: new Uint32Array(2),
    });
    const items = [0, 1].map((n) => ({ id: nameOf(n), title: 'x', path: [], available: true }));
    const shelf = buildShelf(own, 1, items, { joint });
    const input = inputFor(shelf, { facts: [fact(0)], joint: joint.id });
    const result = decide({ input, placement: PLACEMENT, shelf, scratch: createScratch(shelf) });
    expect(explained(result)).toEqual([
      {
        item: nameOf(1),
        score: 0.5,
        contributions: [{ kind: 'fact', of: `viewed|web|${nameOf(0)}`, joint: true, value: 0.5 }],
      },
    ]);
  });
});
