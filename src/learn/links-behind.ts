/*
 * Who is behind the links of a complements model, now and when it was made.
 *
 * A link from a coat to gloves rests on three groups of people: those who had both in one basket, those who
 * had the coat with something of the leaf of gloves, and those who had something of both leaves. When people
 * leave, a link goes as soon as one of the groups that it was made of is too small; a group that was too
 * small when the link was made did not make it, and cannot fall. The groups are counted along with every
 * change, so that an erasure costs what one person has and not what everybody has.
 */
import { GROUPS, type ItemModel } from '../facts/model.ts';
import { assert } from '../kernel/assert.ts';
import type { BasketList } from './basket-counts.ts';
import { type Histories, peopleIn, stepItems, stepsOf } from './histories.ts';

/** Items of the baskets by place, with their baskets. */
export type NamedHistories = { readonly itemIds: readonly string[]; readonly histories: Histories };

/** Links between things, as a model has them. */
export type Links = Pick<ItemModel, 'itemIds' | 'offsets' | 'targets'>;

/** People behind each link. */
export type LinkTally = {
  /** Counts one person's baskets in, or out again. */
  readonly change: (baskets: BasketList, sign: 1 | -1) => void;
  /** Per link, the groups (`GROUPS`) of at least so many people. */
  readonly groups: (peopleMin: number) => Uint8Array;
  /** Places of links whose leaves, or a group that `made` them (as `groups` gave it), have fewer than k. */
  readonly below: (k: number, made: Uint8Array) => readonly number[];
};

type Link = {
  readonly number: number;
  readonly to: string;
  readonly toLeaf: number;
};

/** What one person is behind. */
type Behind = {
  readonly pair: Set<number>;
  readonly toLeaf: Set<number>;
  /** Numbers that links between the same two leaves share. */
  readonly leaves: Set<number>;
};

type Plan = {
  readonly leafPairOf: Uint32Array;
  readonly byItem: ReadonlyMap<string, readonly Link[]>;
  /** By the leaf they come from: leaves that links lead to. */
  readonly byLeaf: ReadonlyMap<number, readonly { readonly leaf: number; readonly leafPair: number }[]>;
};

/** Nobody behind any link yet. `leafOf` gives the leaf of each thing, below 0 where it is of none of them. */
export function createLinkTally(links: Links, leafOf: (id: string) => number): LinkTally {
  const plan = planOf(links, leafOf);
  const count = links.targets.length;
  const people = {
    pair: new Int32Array(count),
    toLeaf: new Int32Array(count),
    leaves: new Int32Array(count),
  };
  return {
    change: (baskets, sign) => {
      const behind = behindOf(plan, leafOf, baskets);
      for (const group of ['pair', 'toLeaf', 'leaves'] as const) {
        for (const at of behind[group]) {
          people[group][at]! += sign;
          assert(people[group][at]! >= 0, 'only who was counted in is counted out');
        }
      }
    },
    groups: (peopleMin) =>
      Uint8Array.from(plan.leafPairOf, (_, link) => {
        const isPair = people.pair[link]! >= peopleMin;
        const isToLeaf = people.toLeaf[link]! >= peopleMin;
        return (isPair ? GROUPS.pair : 0) + (isToLeaf ? GROUPS.toLeaf : 0);
      }),
    below: (k, made) =>
      [...plan.leafPairOf.keys()].filter((link) => {
        if (people.leaves[plan.leafPairOf[link]!]! < k) return true;
        if ((made[link]! & GROUPS.pair) !== 0 && people.pair[link]! < k) return true;
        return (made[link]! & GROUPS.toLeaf) !== 0 && people.toLeaf[link]! < k;
      }),
  };
}

function planOf({ itemIds, offsets, targets }: Links, leafOf: (id: string) => number): Plan {
  const byItem = new Map<string, Link[]>();
  const byLeaf = new Map<number, { readonly leaf: number; readonly leafPair: number }[]>();
  const leafPairs = new Map<string, number>();
  const leafPairOf = new Uint32Array(targets.length);
  for (const [source, from] of itemIds.entries()) {
    const leaf = leafOf(from);
    for (let number = offsets[source]!; number < offsets[source + 1]!; number += 1) {
      const to = itemIds[targets[number]!]!;
      const toLeaf = leafOf(to);
      const name = `${leaf} ${toLeaf}`;
      const leafPair = leafPairs.get(name) ?? leafPairs.size;
      if (!leafPairs.has(name)) push(byLeaf, leaf, { leaf: toLeaf, leafPair });
      leafPairs.set(name, leafPair);
      leafPairOf[number] = leafPair;
      push(byItem, from, { number, to, toLeaf });
    }
  }
  return { leafPairOf, byItem, byLeaf };
}

function push<K, T>(lists: Map<K, T[]>, key: K, one: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

function behindOf({ byItem, byLeaf }: Plan, leafOf: (id: string) => number, baskets: BasketList): Behind {
  const behind: Behind = { pair: new Set(), toLeaf: new Set(), leaves: new Set() };
  for (const basket of baskets) {
    if (basket.length < 2) continue;
    const things = new Set(basket);
    const leaves = new Set(basket.map(leafOf));
    for (const from of leaves) {
      for (const { leaf, leafPair } of byLeaf.get(from) ?? []) {
        if (leaves.has(leaf)) behind.leaves.add(leafPair);
      }
    }
    for (const from of things) {
      for (const { number, to, toLeaf } of byItem.get(from) ?? []) {
        if (things.has(to)) behind.pair.add(number);
        if (leaves.has(toLeaf)) behind.toLeaf.add(number);
      }
    }
  }
  return behind;
}

/** Everybody's baskets, one person after the other. */
export function* basketsOfEach({ itemIds, histories }: NamedHistories): Generator<BasketList> {
  for (let person = 0; person < peopleIn(histories); person += 1) {
    yield Array.from({ length: stepsOf(histories, person) }, (_, step) =>
      Array.from(stepItems(histories, person, step), (item) => itemIds[item]!),
    );
  }
}

/**
 * The tally of a model in service, with everybody in it. Things that the model does not name are of no leaf
 * here, so a link falls rather too early than too late.
 */
export function tallyOf(model: ItemModel, everybody: Iterable<BasketList>): LinkTally {
  const leaves = new Map(model.itemIds.map((id, item) => [id, model.links?.leaves[item] ?? NO_LEAF]));
  const tally = createLinkTally(model, (id) => leaves.get(id) ?? NO_LEAF);
  for (const baskets of everybody) tally.change(baskets, 1);
  return tally;
}

const NO_LEAF = -1;

/** Links (from, to) that have fallen: so few behind either thing, or behind what made the link. */
export function fallenLinks(
  model: ItemModel,
  tally: LinkTally,
  { k, itemPeople }: { readonly k: number; readonly itemPeople: (id: string) => number },
): readonly (readonly [string, string])[] {
  const below = new Set(tally.below(k, model.links?.groups ?? new Uint8Array(model.targets.length)));
  const isFew = model.itemIds.map((id) => itemPeople(id) < k);
  const fallen: (readonly [string, string])[] = [];
  for (const [source, from] of model.itemIds.entries()) {
    for (let link = model.offsets[source]!; link < model.offsets[source + 1]!; link += 1) {
      const target = model.targets[link]!;
      if (isFew[source]! || isFew[target]! || below.has(link)) fallen.push([from, model.itemIds[target]!]);
    }
  }
  return fallen;
}
