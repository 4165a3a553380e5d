// Goal: joint counts are exactly who is in them, and nothing comes out of them that too few people of one
// seller are behind. Method: random joins, changes and departures of several sellers against counts built
// afresh, and the sum against a naive count by hand.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionOf } from './contribution.ts';
import { createCounts } from './counts.ts';
import { type JointCounts, createJointCounts } from './joint-counts.ts';
import { finish } from './models/sparse-form.ts';
import { createRowBuffer } from './rows.ts';
import { serveJointSteps } from './serve-joint.ts';

const SELLERS = ['lamps', 'tools', 'books'];
const THINGS = ['a', 'b', 'c', 'd', 'e'];
const K = 3;

type Items = readonly string[];
const descriptor = (items: Items) => contributionOf(items.map((item) => ({ item, lastMs: 0 })));
const put = (counts: JointCounts, seller: string, who: number, items: Items) =>
  counts.replace({ seller, person: `p${who}`, next: descriptor(items), k: K });

const deed = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      seller: fc.constantFrom(...SELLERS),
      who: fc.nat(8),
      items: fc.uniqueArray(fc.constantFrom(...THINGS), { maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ seller: fc.constantFrom(...SELLERS), leaves: fc.constant(true) }) },
);
type Deed = { readonly seller: string; readonly who?: number; readonly items?: Items };

/** Who is left, and what they have. */
function play(counts: JointCounts, deeds: readonly Deed[]): ReadonlyMap<string, ReadonlyMap<number, Items>> {
  const left = new Map<string, Map<number, Items>>();
  for (const { seller, who, items } of deeds) {
    const people = left.get(seller) ?? new Map<number, Items>();
    left.set(seller, people);
    if (who === undefined || items === undefined) {
      counts.leave(seller);
      left.delete(seller);
      continue;
    }
    put(counts, seller, who, items);
    if (items.length === 0) people.delete(who);
    else people.set(who, items);
  }
  return left;
}

/** People and weight of each pair and thing, of each seller as far as they are enough. */
function naive(left: ReadonlyMap<string, ReadonlyMap<number, Items>>): Readonly<Record<string, string>> {
  const sums = new Map<string, readonly [number, number]>();
  for (const people of left.values()) {
    const own = new Map<string, [number, number]>();
    for (const items of people.values()) {
      const units = Math.round(2 ** 20 / items.length);
      const names = items.flatMap((a) => items.filter((b) => a <= b).map((b) => `${a} ${b}`));
      for (const name of names) {
        const [count, sum] = own.get(name) ?? [0, 0];
        own.set(name, [count + 1, sum + units]);
      }
    }
    for (const [name, [count, sum]] of own) {
      const [people0, units0] = sums.get(name) ?? [0, 0];
      if (count >= K) sums.set(name, [people0 + count, units0 + sum]);
    }
  }
  return Object.fromEntries([...sums].map(([name, [count, units]]) => [name, `${count} ${units}`]));
}

function told(counts: JointCounts): Readonly<Record<string, string>> {
  const { itemIds, rows } = counts.snapshot(K);
  const found: Record<string, string> = {};
  const buffer = createRowBuffer(itemIds.length);
  for (const [at, id] of itemIds.entries()) {
    found[`${id} ${id}`] = `${rows.itemPeople[at]} ${rows.itemWeights[at]! * 2 ** 20}`;
    rows.readRow(at, buffer);
    for (let n = 0; n < buffer.count; n += 1) {
      const other = itemIds[buffer.indices[n]!]!;
      if (id < other) found[`${id} ${other}`] = `${buffer.people[n]} ${buffer.weights[n]! * 2 ** 20}`;
    }
  }
  return found;
}

describe('joint counts', () => {
  it('[L40] after any joins, changes and departures equal those built afresh from who is left', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const counts = createJointCounts();
        const left = play(counts, deeds);
        const afresh = createJointCounts();
        for (const [seller, people] of [...left].toReversed())
          for (const [who, items] of people) put(afresh, seller, who, items);
        expect(counts.canonicalText()).toBe(afresh.canonicalText());
      }),
      { numRuns: 200 },
    );
  });

  it('[L40] of one seller are that seller’s counts, to the byte', () => {
    const [counts, own] = [createJointCounts(), createCounts()];
    for (const [who, items] of [['a', 'b'], ['b', 'c'], ['a']].entries()) {
      put(counts, 'lamps', who, items);
      own.add(descriptor(items)!);
    }
    expect(counts.canonicalText()).toBe(`"lamps"\n${own.canonicalText()}\n`);
  });

  it('[L41] the sum takes of each seller what enough of their own people are behind, and adds it up', () => {
    let sums = 0;
    fc.assert(
      fc.property(fc.array(deed, { minLength: 20, maxLength: 120 }), (deeds) => {
        const counts = createJointCounts();
        const expected = naive(play(counts, deeds));
        expect(told(counts)).toEqual(expected);
        sums += Object.keys(expected).length;
      }),
      { numRuns: 200 },
    );
    expect(sums).toBeGreaterThan(500);
  });

  it('[L41] two and two are not four: no seller could tell the other’s two from the sum', () => {
    const counts = createJointCounts();
    for (const seller of ['lamps', 'tools']) for (const who of [1, 2]) put(counts, seller, who, ['a', 'b']);
    expect(told(counts)).toEqual({});
    put(counts, 'tools', 3, ['a', 'b']);
    // The two of lamps are not in it: whoever holds the three of tools finds nothing beside them.
    expect(told(counts)['a b']).toBe(`3 ${3 * 2 ** 19}`);
    put(counts, 'lamps', 3, ['a', 'b']);
    expect(told(counts)['a b']).toBe(`6 ${6 * 2 ** 19}`);
  });

  it('[L41] a pair that falls below k at one seller is said at once, and only then', () => {
    const counts = createJointCounts();
    for (const who of [1, 2, 3, 4]) put(counts, 'lamps', who, ['a', 'b', 'c']);
    for (const who of [1, 2, 3, 4, 5]) put(counts, 'tools', who, ['a', 'b', 'c']);
    expect(put(counts, 'lamps', 1, ['a', 'b'])).toEqual([]);
    expect(put(counts, 'lamps', 2, [])).toEqual([
      ['a', 'c'],
      ['b', 'c'],
    ]);
    expect(put(counts, 'lamps', 3, ['a'])).toEqual([['a', 'b']]);
    expect(put(counts, 'lamps', 3, ['a'])).toEqual([]);
  });
});

describe('the joint model', () => {
  it('[L42] names things and weights, and no number of people', () => {
    const counts = createJointCounts();
    for (const who of [1, 2, 3, 4]) put(counts, 'lamps', who, ['a', 'b', 'c']);
    for (const who of [1, 2, 3]) put(counts, 'tools', who, ['a', 'b']);
    for (const who of [5, 6]) put(counts, 'tools', who, ['d', 'e']);
    const model = finish(serveJointSteps(counts.snapshot(K), { minPeople: K, nowMs: 7 }));
    expect(model.itemIds).toEqual(['a', 'b', 'c']);
    expect(model.kind).toMatch(/^joint\/1 item-item\/1 /);
    expect([...model.targets]).toEqual([1, 2, 0, 2, 0, 1]);
    expect(Math.max(...model.weights)).toBe(1);
    expect([[...model.people], [...model.prior], model.peopleTotal]).toEqual([[0, 0, 0], [0, 0, 0], 0]);
    expect(model.minPeople).toBe(K);
  });
});
