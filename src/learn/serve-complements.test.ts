// Goal: what serves is the formula that was measured, over the things of the first model, and a link goes
// with the people it was made of. Method: a shop in which it is known what goes with what; naive counts of
// people.

import { describe, expect, test } from 'vitest';
import { type BasketList, basketsOfShare, createBasketCounts } from './basket-counts.ts';
import { type ContributionDescriptor, contributionOf } from './contribution.ts';
import { createCounts } from './counts.ts';
import { type NamedHistories, basketsOfEach, fallenLinks, tallyOf } from './links-behind.ts';
import { COMPLEMENT_SETTINGS, basketEvidence, complementSteps } from './models/complements.ts';
import { finish } from './models/sparse-form.ts';
import { serveComplementsSteps } from './serve-complements.ts';
import { serveModelSteps } from './serve-model.ts';
import { SHOP_LEAVES, shopper } from './testing-shop.ts';
import { type ItemModel, decodeModel, encodeModel } from '../facts/model.ts';
import { seededRandom } from '../kernel/random.ts';

const contribution = (baskets: BasketList): ContributionDescriptor | undefined =>
  contributionOf(baskets.flat().map((item) => ({ item, lastMs: 0 })));

interface Made {
  readonly first: ItemModel;
  readonly model: ItemModel;
  readonly named: NamedHistories;
}

function namedOf(people: readonly BasketList[]): NamedHistories {
  const baskets = createBasketCounts();
  for (const [who, some] of people.entries()) {
    baskets.replace(`p${who}`, basketsOfShare(some, contribution(some)?.items ?? []));
  }
  const itemIds = baskets.itemIds();
  return { itemIds, histories: baskets.histories(itemIds) };
}

function make(people: readonly BasketList[], leaves = SHOP_LEAVES, minPeople = 3): Made {
  const counts = createCounts();
  for (const some of people) {
    const added = contribution(some);
    if (added !== undefined) counts.add(added);
  }
  const first = finish(serveModelSteps(counts.snapshot(), { minPeople, nowMs: 7 }));
  const named = namedOf(people);
  return { first, named, model: finish(serveComplementsSteps(named, { first, leafOf: leaves })) };
}

function rowOf({ itemIds, offsets, targets, weights }: ItemModel, id: string): Record<string, number> {
  const source = itemIds.indexOf(id);
  const row: Record<string, number> = {};
  for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1)
    row[itemIds[targets[at]!]!] = weights[at]!;
  return row;
}

function shoppers(count: number, seed = 3): BasketList[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => shopper(random));
}

describe('the complements model that serves', () => {
  test('[L16] is the measured formula, each row over its strongest', () => {
    const people = shoppers(300);
    const { model, named, first } = make(people);
    const leaves = Uint32Array.from(named.itemIds, (id) => SHOP_LEAVES.get(id)!);
    const form = finish(complementSteps(basketEvidence(named.histories, leaves), COMPLEMENT_SETTINGS));
    expect(form.targets.length).toBeGreaterThan(3);
    for (const [source, id] of named.itemIds.entries()) {
      const [start, end] = [form.offsets[source]!, form.offsets[source + 1]!];
      const strongest = Math.max(...form.weights.subarray(start, end));
      const expected = Array.from({ length: end - start }, (_, at) => [
        named.itemIds[form.targets[start + at]!]!,
        Math.round((form.weights[start + at]! / strongest) * 2 ** 20) / 2 ** 20,
      ]);
      expect(rowOf(model, id)).toEqual(Object.fromEntries(expected));
    }
    expect([model.itemIds, model.minPeople, model.builtMs]).toEqual([first.itemIds, 3, 7]);
    expect(model.prior.every((one) => one === 0)).toBe(true);
    const read = decodeModel(encodeModel(model));
    expect(read.ok && read.value.id).toBe(model.id);
  });

  test('[L17] gives a coat gloves, never the other coat or cat food, and cat food nothing', () => {
    const { model } = make(shoppers(300));
    for (const coat of ['coat-red', 'coat-blue'])
      expect(Object.keys(rowOf(model, coat))).toEqual(['gloves-silk', 'gloves-wool']);
    expect([rowOf(model, 'cat-food'), rowOf(model, 'milk')]).toEqual([{}, {}]);
  });

  test('[L18] names no thing that the first does not, and has no link on fewer than so many people', () => {
    const rare: BasketList[] = [0, 1].map(() => [['coat-red', 'gloves-rare'], ['milk']]);
    const { model, first } = make([...shoppers(300), ...rare], new Map([...SHOP_LEAVES, ['gloves-rare', 2]]));
    expect(first.itemIds).not.toContain('gloves-rare');
    expect(model.itemIds).toEqual(first.itemIds);
    expect(make(shoppers(300), SHOP_LEAVES, 400).model.itemIds).toEqual([]);
  });

  test('[L14] does not depend on who came first, nor on how leaves are numbered', () => {
    const people = shoppers(120);
    const { model } = make(people);
    expect(make(people.toReversed()).model.id).toBe(model.id);
    const other = new Map([...SHOP_LEAVES].map(([id, leaf]) => [id, 900 - leaf]));
    expect(make(people, other).model.id).toBe(model.id);
  });

  test('[L16] takes a thing without a leaf for its own', () => {
    const { model } = make(shoppers(300), new Map([...SHOP_LEAVES].filter(([id]) => id !== 'gloves-silk')));
    const leaf = (id: string) => model.links!.leaves[model.itemIds.indexOf(id)];
    expect(leaf('coat-red')).toBe(leaf('coat-blue'));
    expect(new Set(['coat-red', 'milk', 'cat-food', 'gloves-wool', 'gloves-silk'].map(leaf)).size).toBe(5);
  });
});

/** Links below three people, when of everybody who was there `before` only some are left. */
function linksBelow(model: ItemModel, before: readonly BasketList[], left: readonly BasketList[]) {
  const baskets = createBasketCounts();
  for (const [who, some] of left.entries()) baskets.replace(`p${who}`, some);
  const tally = tallyOf(model, basketsOfEach(namedOf(before)));
  const stay = new Set(left);
  for (const some of before) if (!stay.has(some)) tally.change(some, -1);
  return fallenLinks(model, tally, { k: 3, itemPeople: baskets.itemPeople });
}

/** People of a basket list who have, in one basket, something of either kind. */
function together(people: readonly BasketList[], a: (id: string) => boolean, b: (id: string) => boolean) {
  return people.filter((some) => some.some((items) => items.some(a) && items.some(b))).length;
}

describe('links of which people leave', () => {
  const is = (id: string) => (other: string) => other === id;
  const ofLeaf = (id: string) => (other: string) => SHOP_LEAVES.get(other) === SHOP_LEAVES.get(id);

  test('[L28] fall when a group that made them is too small, and no earlier', () => {
    let fell = 0;
    let stayed = 0;
    for (let seed = 0; seed < 12; seed += 1) {
      const people = shoppers(60, seed);
      const made = make(people);
      const random = seededRandom(seed + 100);
      const left = people.filter(() => random.unit() < [0.5, 0.2, 0.1, 0.05][seed % 4]!);
      const below = linksBelow(made.model, people, left).map(String).sort();
      const expected: string[] = [];
      for (const from of made.model.itemIds) {
        for (const to of Object.keys(rowOf(made.model, from))) {
          const groups = (all: readonly BasketList[]) => [
            together(all, is(from), is(to)),
            together(all, is(from), ofLeaf(to)),
            together(all, ofLeaf(from), ofLeaf(to)),
          ];
          const [before, after] = [groups(people), groups(left)];
          const hasFallen = before.some((count, at) => count >= 3 && after[at]! < 3);
          const few = [from, to].some((id) => left.filter((some) => some.flat().includes(id)).length < 3);
          if (hasFallen || few) expected.push(`${from},${to}`);
          else stayed += 1;
        }
      }
      expect(below).toEqual(expected.sort());
      fell += expected.length;
    }
    expect(Math.min(fell, stayed)).toBeGreaterThan(5);
  });

  test('[L28] that the thing and the other’s leaf made fall with those, not with one of the pairs', () => {
    const some: BasketList[] = ['gloves-wool', 'gloves-silk', 'gloves-wool', 'gloves-silk'].map((gloves) => [
      ['coat-new', gloves],
    ]);
    const others: BasketList[] = [0, 1, 2].map(() => [['coat-new']]);
    const people = [...shoppers(300), ...some, ...others];
    const { model } = make(people, new Map([...SHOP_LEAVES, ['coat-new', 1]]));
    expect(Object.keys(rowOf(model, 'coat-new'))).toEqual(['gloves-silk', 'gloves-wool']);
    const fallen = (gone: number): readonly string[] => {
      const left = people.filter((one) => !some.slice(0, gone).includes(one));
      return linksBelow(model, people, left).map(([, to]) => to);
    };
    expect([fallen(0), fallen(1), fallen(2)]).toEqual([[], [], ['gloves-silk', 'gloves-wool']]);
  });

  test('[L28] that never had enough people together do not fall with one of them', () => {
    // Two people have the new coat with wool gloves; the link rests on what coats in general call for.
    const some: BasketList[] = [0, 1].map(() => [['coat-new', 'gloves-wool']]);
    const others: BasketList[] = [0, 1, 2].map(() => [['coat-new']]);
    const people = [...shoppers(300), ...some, ...others];
    const leaves = new Map([...SHOP_LEAVES, ['coat-new', 1]]);
    const made = make(people, leaves);
    expect(rowOf(made.model, 'coat-new')['gloves-wool']).toBeGreaterThan(0);
    const left = people.filter((one) => one !== some[0]);
    expect(linksBelow(made.model, people, left)).toEqual([]);
    // With the thing itself they all fall.
    const without = people.filter((one) => !one.flat().includes('coat-new'));
    expect(linksBelow(made.model, people, without).map(([from]) => from)).toEqual(['coat-new', 'coat-new']);
  });
});
