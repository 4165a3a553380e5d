// Baskets of real shops, in order of time or, where there is none, in an order drawn from a seed; and their
// form for learning.

import { onlineRetailBaskets } from '../marginals/load.ts';
import { readText } from '../data/convert.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { type Histories, packHistories } from '../../src/learn/histories.ts';

/** One order: whose, and its distinct things. */
export interface ItemBasket {
  readonly person: string;
  readonly items: readonly string[];
}

/** Histories of numbered things; thing n is `itemIds[n]`, numbered as they come. */
export interface PackedBaskets {
  readonly itemIds: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly histories: Histories;
}

/** Baskets of one person are taken in the order they come in. */
export function packBaskets(baskets: readonly ItemBasket[]): PackedBaskets {
  const numberOf = new Map<string, number>();
  const people = new Map<string, number[][]>();
  for (const { person, items } of baskets) {
    const steps = people.get(person) ?? [];
    people.set(person, steps);
    steps.push(items.map((item) => numberOf.get(item) ?? added(numberOf, item)));
  }
  return {
    itemIds: [...numberOf.keys()],
    numberOf,
    histories: packHistories(numberOf.size, people.values()),
  };
}

function added(numberOf: Map<string, number>, item: string): number {
  const number = numberOf.size;
  numberOf.set(item, number);
  return number;
}

/** Online Retail, named customers; codes that do not begin with five digits are postage and the like. */
export function retailBaskets(): readonly ItemBasket[] {
  return onlineRetailBaskets().flatMap(({ person, items }) => {
    const things = [...new Set(items)].filter((item) => /^\d{5}/.test(item));
    return things.length > 0 ? [{ person, items: things }] : [];
  });
}

/** Groceries, in the order of the file: 9,835 baskets, each of somebody else. */
export function groceryBaskets(): readonly ItemBasket[] {
  const lines = readText('groceries/groceries_baskets.csv.gz').trimEnd().split('\n');
  return lines.map((line, row) => ({
    person: `basket-${row}`,
    items: [...new Set(line.split(',').map((item) => item.trim()))],
  }));
}

/** The same baskets in an order drawn from `seed`. */
export function shuffled(baskets: readonly ItemBasket[], seed: number): readonly ItemBasket[] {
  const order = [...baskets];
  seededRandom(seed).shuffle(order);
  return order;
}
