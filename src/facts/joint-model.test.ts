// Goal: a seller gets of a joint model what is between their own things, and it speaks where their own model
// has nothing to say. Method: random models against a look-up of each pair by itself.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROW_TARGETS_MAX, beside, handedTo, spread } from './joint-model.ts';
import { type ItemModel, decodeModel, encodeModel, makeModel } from './model.ts';

type Pairs = readonly (readonly [from: string, to: string, weight: number])[];

function modelOf(ids: readonly string[], pairs: Pairs): ItemModel {
  const itemIds = [...ids].sort();
  const rows = itemIds.map((id) =>
    pairs.filter(([from]) => from === id).toSorted((a, b) => (a[1] < b[1] ? -1 : 1)),
  );
  const offsets = Uint32Array.from([0, ...rows.map(({ length }) => length)]);
  for (let at = 1; at < offsets.length; at += 1) offsets[at]! += offsets[at - 1]!;
  return makeModel({
    kind: 'test/1',
    itemIds,
    offsets,
    targets: Uint32Array.from(rows.flat(), ([, to]) => itemIds.indexOf(to)),
    weights: Float32Array.from(rows.flat(), ([, , weight]) => weight / 16),
    prior: Float64Array.from(itemIds, (_, at) => at / 1024),
    people: new Uint32Array(itemIds.length).fill(9),
    peopleTotal: 30,
    minPeople: 3,
    builtMs: 1,
  });
}

type Weights = Pick<ItemModel, 'itemIds' | 'offsets' | 'targets' | 'weights'>;
const weightsOf = ({ itemIds, offsets, targets, weights }: Weights): Readonly<Record<string, number>> =>
  Object.fromEntries(
    itemIds.flatMap((from, row) =>
      Array.from(targets.subarray(offsets[row], offsets[row + 1]), (target, n) => [
        `${from} ${itemIds[target]}`,
        weights[offsets[row]! + n]!,
      ]),
    ),
  );

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const drawn = fc
  .record({
    ids: fc.subarray(IDS),
    pairs: fc.uniqueArray(
      fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...IDS), fc.integer({ min: 0, max: 16 })),
      { selector: ([from, to]) => `${from} ${to}`, maxLength: 20 },
    ),
  })
  .map(({ ids, pairs }) =>
    modelOf(
      ids,
      pairs.filter(([from, to]) => from !== to && ids.includes(from) && ids.includes(to)),
    ),
  );

describe('what a seller is handed', () => {
  it('[F17] is every weight between two of their things, under their ids, and no number of people', () => {
    let handed = 0;
    fc.assert(
      fc.property(drawn, fc.subarray(IDS), (joint, mine) => {
        // Own ids stand in the opposite order.
        const own = (id: string): string => `${9 - IDS.indexOf(id)}-own`;
        const got = handedTo(joint, new Map(mine.map((id) => [id, own(id)])));
        const expected = Object.fromEntries(
          Object.entries(weightsOf(joint)).flatMap(([pair, weight]) => {
            const [from = '', to = ''] = pair.split(' ');
            return mine.includes(from) && mine.includes(to) ? [[`${own(from)} ${own(to)}`, weight]] : [];
          }),
        );
        expect(got === undefined ? {} : weightsOf(got)).toEqual(expected);
        if (got === undefined) return;
        handed += 1;
        expect(decodeModel(encodeModel(got))).toMatchObject({ ok: true, value: { id: got.id } });
        expect([got.peopleTotal, ...got.people, ...got.prior].every((number) => number === 0)).toBe(true);
        expect(got.itemIds.every((id) => id.endsWith('-own'))).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(handed).toBeGreaterThan(20);
  });
});

describe('a joint model beside one’s own', () => {
  it('[F17] speaks where the own one has no weight, and the own one stays as it is', () => {
    fc.assert(
      fc.property(drawn, drawn, (own, joint) => {
        const both = beside(own, joint);
        expect(both.itemIds).toEqual([...new Set([...own.itemIds, ...joint.itemIds])].toSorted());
        expect(weightsOf(both.model)).toEqual(weightsOf(own));
        expect(both.model.id).toBe(own.id);
        const mine = weightsOf(own);
        const lacking = Object.entries(weightsOf(joint)).filter(
          ([pair, weight]) => !Object.hasOwn(mine, pair) && weight !== 0,
        );
        expect(weightsOf({ ...both.borrowed, itemIds: both.itemIds })).toEqual(Object.fromEntries(lacking));
        for (const [at, id] of both.itemIds.entries()) {
          const place = own.itemIds.indexOf(id);
          expect(both.model.prior[at]).toBe(place < 0 ? 0 : own.prior[place]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[F17] borrows nothing for a row that is full, and nothing that an erasure has set to zero', () => {
    const many = Array.from({ length: ROW_TARGETS_MAX + 1 }, (_, n) => `x${1000 + n}`);
    const own = modelOf(
      ['a', 'b', ...many],
      [...many.slice(1).map((to) => ['a', to, 1] as const), ['b', 'x1000', 0]],
    );
    const joint = modelOf(
      ['a', 'b', 'x1000'],
      [
        ['a', 'x1000', 8],
        ['b', 'x1000', 8],
        ['b', 'a', 8],
      ],
    );
    const { borrowed, itemIds } = beside(own, joint);
    expect(weightsOf({ ...borrowed, itemIds })).toEqual({ 'b a': 0.5 });
  });

  it('[F17] likeness neither fills a row nor stands in the way of what others know', () => {
    const many = Array.from({ length: ROW_TARGETS_MAX }, (_, n) => `x${1000 + n}`);
    const { id: _unmarked, ...parts } = modelOf(
      ['a', 'b', ...many],
      many.map((to) => ['a', to, 1] as const),
    );
    const joint = modelOf(
      ['a', 'b', 'x1000', 'x1001'],
      [
        ['a', 'b', 8],
        ['a', 'x1000', 8],
        ['a', 'x1001', 8],
      ],
    );
    // All but the last is likeness.
    const isLikeness = Uint8Array.from(many, (_, at) => (at < many.length - 1 ? 1 : 0));
    const { borrowed, itemIds } = beside(makeModel({ ...parts, isLikeness }), joint);
    expect(weightsOf({ ...borrowed, itemIds })).toEqual({ 'a b': 0.5, 'a x1000': 0.5, 'a x1001': 0.5 });
    const last = modelOf(['a', 'x1099'], [['a', 'x1099', 8]]);
    expect(beside(makeModel({ ...parts, isLikeness }), last).borrowed.targets).toHaveLength(0);
  });

  it('[F17] complements are spread over the things of both', () => {
    const model = modelOf(['b', 'd'], [['b', 'd', 4]]);
    const wide = spread(model, ['a', 'b', 'c', 'd']);
    expect([weightsOf(wide), wide.id]).toEqual([{ 'b d': 0.25 }, model.id]);
  });
});
