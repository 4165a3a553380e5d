/*
 * Who is behind the links of a complements model, now and when it was made.
 *
 * A link from a coat to gloves rests on three groups of people: those who had both in one basket, those who
 * had the coat with something of the leaf of gloves, and those who had something of both leaves. When people
 * leave, a link goes as soon as one of the groups that it was made of is too small; a group that was too
 * small when the link was made did not make it, and cannot fall. Counting goes once over all baskets.
 */
import { GROUPS, type ItemModel } from '../facts/model.ts';
import { type Histories, peopleIn } from './histories.ts';

/** Items of the baskets by place, with their baskets. */
export type NamedHistories = { readonly itemIds: readonly string[]; readonly histories: Histories };

/** People per link. */
type Behind = { readonly pair: Uint32Array; readonly toLeaf: Uint32Array; readonly leaves: Uint32Array };

/** Things of a form. */
export type Named = {
  readonly itemIds: readonly string[];
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
};

/** For each link of a new model, which groups it was made of (`GROUPS`). */
export function groupsOf(
  model: Named,
  leafOf: (id: string) => number,
  baskets: NamedHistories,
  peopleMin: number,
): Uint8Array {
  const { pair, toLeaf } = countBehind(planOf(model, leafOf, baskets.itemIds), baskets);
  return Uint8Array.from(pair, (people, link) => {
    return (people >= peopleMin ? GROUPS.pair : 0) + (toLeaf[link]! >= peopleMin ? GROUPS.toLeaf : 0);
  });
}

/**
 * Links (from, to) of which a group that made them has fewer than `k` people in these baskets. Things that
 * the model does not name are of no leaf here, so a link falls rather too early than too late.
 */
export function linksBelow(
  model: ItemModel,
  baskets: NamedHistories,
  k: number,
): readonly (readonly [string, string])[] {
  const { links: made, itemIds } = model;
  if (made === undefined) return [];
  const leaves = new Map(itemIds.map((id, item) => [id, made.leaves[item]!]));
  const plan = planOf(model, (id) => leaves.get(id) ?? NO_LEAF, baskets.itemIds);
  const { pair, toLeaf, leaves: ofLeaves } = countBehind(plan, baskets);
  const people = peopleByPlace(baskets);
  const isFew = (place: number): boolean => (people[place] ?? 0) < k;
  return plan.links
    .filter(({ from, to, number }) => {
      const groups = made.groups[number]!;
      if (isFew(from) || isFew(to) || ofLeaves[number]! < k) return true;
      if ((groups & GROUPS.pair) !== 0 && pair[number]! < k) return true;
      return (groups & GROUPS.toLeaf) !== 0 && toLeaf[number]! < k;
    })
    .map(({ ids }) => ids);
}

const NO_LEAF = -1;

/** A link: places of its things in the baskets (-1: in none), the leaf it leads to, and its two leaves. */
type Link = {
  readonly number: number;
  readonly ids: readonly [from: string, to: string];
  readonly from: number;
  readonly to: number;
  readonly toLeaf: number;
  /** Links between the same two leaves share this number. */
  readonly leafPair: number;
};

type Plan = {
  readonly links: readonly Link[];
  readonly byItem: ReadonlyMap<number, readonly Link[]>;
  /** By the leaf they come from: leaves that links lead to. */
  readonly byLeaf: ReadonlyMap<number, readonly { readonly leaf: number; readonly leafPair: number }[]>;
  readonly leafAt: Int32Array;
};

function planOf(model: Named, leafOf: (id: string) => number, itemIds: readonly string[]): Plan {
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  const links: Link[] = [];
  const byItem = new Map<number, Link[]>();
  const byLeaf = new Map<number, { readonly leaf: number; readonly leafPair: number }[]>();
  const leafPairs = new Map<string, number>();
  for (const [source, id] of model.itemIds.entries()) {
    for (let number = model.offsets[source]!; number < model.offsets[source + 1]!; number += 1) {
      const target = model.itemIds[model.targets[number]!]!;
      const [leaf, toLeaf] = [leafOf(id), leafOf(target)];
      const name = `${leaf} ${toLeaf}`;
      const leafPair = leafPairs.get(name) ?? leafPairs.size;
      if (!leafPairs.has(name)) push(byLeaf, leaf, { leaf: toLeaf, leafPair });
      leafPairs.set(name, leafPair);
      const [from, to] = [placeOf.get(id) ?? -1, placeOf.get(target) ?? -1];
      const link = { number, ids: [id, target] as const, from, to, toLeaf, leafPair };
      links.push(link);
      push(byItem, from, link);
    }
  }
  return { links, byItem, byLeaf, leafAt: Int32Array.from(itemIds, leafOf) };
}

function push<T>(lists: Map<number, T[]>, key: number, one: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

function countBehind({ links, byItem, byLeaf, leafAt }: Plan, { histories }: NamedHistories): Behind {
  const [pair, toLeaf, leafPairs] = [tally(links.length), tally(links.length), tally(links.length)];
  const { personOffsets, stepOffsets, items } = histories;
  for (let person = 0; person < peopleIn(histories); person += 1) {
    for (let step = personOffsets[person]!; step < personOffsets[person + 1]!; step += 1) {
      const things = new Set(items.subarray(stepOffsets[step], stepOffsets[step + 1]));
      if (things.size < 2) continue;
      const leaves = new Set(Array.from(things, (item) => leafAt[item]!));
      for (const from of leaves) {
        for (const { leaf, leafPair } of byLeaf.get(from) ?? []) {
          if (leaves.has(leaf)) leafPairs.note(leafPair, person);
        }
      }
      for (const from of things) {
        for (const { number, to, toLeaf: leaf } of byItem.get(from) ?? []) {
          if (things.has(to)) pair.note(number, person);
          if (leaves.has(leaf)) toLeaf.note(number, person);
        }
      }
    }
  }
  const leaves = Uint32Array.from(links, ({ leafPair }) => leafPairs.people[leafPair]!);
  return { pair: pair.people, toLeaf: toLeaf.people, leaves };
}

/** Counts each person once. */
function tally(count: number) {
  const people = new Uint32Array(count);
  const last = new Int32Array(count).fill(-1);
  const note = (at: number, person: number): void => {
    if (last[at] === person) return;
    last[at] = person;
    people[at]! += 1;
  };
  return { people, note };
}

function peopleByPlace({ itemIds, histories }: NamedHistories): Uint32Array {
  const { people, note } = tally(itemIds.length);
  const { personOffsets, stepOffsets, items } = histories;
  for (let person = 0; person < peopleIn(histories); person += 1) {
    const [from, to] = [stepOffsets[personOffsets[person]!], stepOffsets[personOffsets[person + 1]!]];
    for (const item of items.subarray(from, to)) note(item, person);
  }
  return people;
}
