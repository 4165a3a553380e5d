/*
 * The baskets that complements are learned from, each person's own and bounded.
 *
 * The evidence of `baskets.ts` compares a basket with the same person's others and counts leaves beside
 * things; leaves belong to the catalogue and change. No table of sums of pairs holds both, so the baskets
 * themselves are kept (list-counts.ts).
 */
import { assert } from '../kernel/assert.ts';
import { LIMITS } from '../kernel/limits.ts';
import { compareIds } from './contribution.ts';
import type { Histories } from './histories.ts';
import { type ListCounts, type Lists, createListCounts } from './list-counts.ts';

/** Baskets of one person, oldest first; each holds distinct items. */
export type BasketList = Lists;

export type BasketCounts = Pick<ListCounts, 'peopleTotal' | 'itemPeople' | 'itemIds'> & {
  readonly basketsOf: (person: string) => BasketList;
  /** Puts these baskets in the place of what this person had; none: takes the person away. */
  readonly replace: (person: string, baskets: BasketList | undefined) => void;
  /** The same baskets with item x at place x of `itemIds`, which names every item that is there. */
  readonly histories: (itemIds: readonly string[]) => Histories;
  /** Who has what, without who they are, in canonical order: equal baskets, equal text. */
  readonly canonicalText: () => string;
};

/**
 * What of a person's baskets counts: the newest `LIMITS.ordersPerPersonMax`, and of each the items that count
 * in their contribution. So nobody moves more pairs here than there. Baskets without any are left out.
 *
 * Example: `basketsOfShare([['a', 'x'], ['x']], ['a', 'b'])` is `[['a']]`.
 */
export function basketsOfShare(baskets: BasketList, items: readonly string[]): BasketList {
  const counted = new Set(items);
  return baskets
    .slice(-LIMITS.ordersPerPersonMax)
    .map((basket) => [...new Set(basket)].filter((item) => counted.has(item)).sort(compareIds))
    .filter((basket) => basket.length > 0);
}

/** Nobody's baskets. */
export function createBasketCounts(): BasketCounts {
  const lists = createListCounts();
  return {
    peopleTotal: lists.peopleTotal,
    itemPeople: lists.itemPeople,
    itemIds: lists.itemIds,
    basketsOf: lists.listsOf,
    replace: (person, baskets = []) => {
      assert(baskets.length <= LIMITS.ordersPerPersonMax, 'the baskets of one person are bounded');
      for (const basket of baskets)
        assert(new Set(basket).size === basket.length && basket.length > 0, 'a basket holds each item once');
      lists.replace(person, baskets);
    },
    histories: (itemIds) => histories(lists, itemIds),
    canonicalText: () => canonicalText(lists),
  };
}

function histories(lists: ListCounts, itemIds: readonly string[]): Histories {
  const personOffsets = [0];
  const stepOffsets = [0];
  const items: number[] = [];
  for (const numbers of lists.packedOver(itemIds)) {
    for (let at = 0; at < numbers.length;) {
      const end = at + 1 + numbers[at]!;
      for (at += 1; at < end; at += 1) items.push(numbers[at]!);
      stepOffsets.push(items.length);
    }
    personOffsets.push(stepOffsets.length - 1);
  }
  return {
    itemCount: itemIds.length,
    personOffsets: Uint32Array.from(personOffsets),
    stepOffsets: Uint32Array.from(stepOffsets),
    items: Uint32Array.from(items),
  };
}

function canonicalText(lists: ListCounts): string {
  const people = Array.from(lists.everybody(), (baskets) =>
    JSON.stringify(baskets.map((basket) => basket.toSorted(compareIds))),
  );
  return people.sort(compareIds).join('\n');
}
