// Goal: drift says how far two models lie apart, 0 for the same, and an alarm is one only beyond its bound.
// Method: small models whose distance can be worked out by hand, and random ones.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { DRIFT_MAX, alarmsOf, driftBetween } from './drift.ts';

interface Made {
  readonly ids?: readonly string[];
  readonly people?: (at: number) => number;
  /** Place of the one thing that each speaks for. */
  readonly to?: (at: number) => number;
}

const IDS = Array.from({ length: 40 }, (_, at) => `thing-${at + 10}`);

function modelOf({
  ids = IDS,
  people = () => 100,
  to = (at) => (at + 1) % ids.length,
}: Made = {}): ItemModel {
  return makeModel({
    kind: 'test/1',
    itemIds: ids,
    offsets: Uint32Array.from({ length: ids.length + 1 }, (_, at) => at),
    targets: Uint32Array.from(ids, (_, at) => to(at)),
    weights: new Float32Array(ids.length).fill(0.5),
    prior: new Float64Array(ids.length),
    people: Uint32Array.from(ids, (_, at) => people(at)),
    peopleTotal: 1000,
    minPeople: 3,
    builtMs: 0,
  });
}

describe('drift', () => {
  it('[L30] is nothing between a model and itself, and stays within 0 and 1', () => {
    expect(driftBetween(modelOf(), modelOf())).toEqual({ lists: 0, popularity: 0, lost: 0 });
    const people = fc.array(fc.integer({ min: 20, max: 1000 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(people, people, (a, b) => {
        const [one, other] = [a, b].map((counts) => modelOf({ people: (at) => counts[at] ?? 0 }));
        const [there, back] = [driftBetween(one!, other!), driftBetween(other!, one!)];
        expect(there?.popularity).toBeCloseTo(back?.popularity ?? -1, 12);
        expect(there!.popularity >= 0 && there!.popularity <= 1).toBe(true);
      }),
    );
  });

  it('[L30] counts what is no longer in the lists of popular things', () => {
    const quarter = modelOf({ to: (at) => (at < 10 ? at + 2 : (at + 1) % 40) });
    expect(driftBetween(modelOf(), quarter)).toMatchObject({ lists: 0.25, popularity: 0 });
    expect(alarmsOf(driftBetween(modelOf(), quarter)!)).toEqual([]);
    const all = driftBetween(modelOf(), modelOf({ to: (at) => (at + 2) % 40 }))!;
    expect([all.lists, alarmsOf(all)]).toEqual([1, ['lists']]);
  });

  it('[L30] measures what people have by the Jensen-Shannon divergence', () => {
    // Ids that were all replaced have nothing in common.
    const other = driftBetween(modelOf(), modelOf({ ids: IDS.map((id) => `x-${id}`) }))!;
    expect(other).toMatchObject({ lists: 1, lost: 1 });
    expect(other.popularity).toBeCloseTo(1, 12);
    expect(alarmsOf(other)).toEqual(['lists', 'popularity', 'lost']);
    // Half of the things are gone: p = 1/40 and 1/20; by hand 3/2 − (3/4) log2 3 = 0.3113.
    const half = driftBetween(modelOf(), modelOf({ people: (at) => (at < 20 ? 100 : 0) }))!;
    expect(half.popularity).toBeCloseTo(0.311278, 6);
    expect(half.popularity).toBeGreaterThan(DRIFT_MAX.popularity);
  });

  it('[L30] says nothing of small groups, and nothing where little is known', () => {
    const rare = (at: number): number => (at < 30 ? 100 : 19);
    const moved = (at: number): number => (at < 30 ? 100 : 3);
    expect(driftBetween(modelOf({ people: rare }), modelOf({ people: moved }))?.popularity).toBe(0);
    expect(driftBetween(modelOf({ people: (at) => (at < 19 ? 100 : 19) }), modelOf())).toBeUndefined();
    // A model that was known and knows nothing any more is the greatest drift.
    expect(driftBetween(modelOf(), modelOf({ people: () => 19 }))?.popularity).toBe(1);
  });
});
