// What tests of what comes next draw: models over the things of a shelf, and what somebody looked at or
// bought in turn.

import type { Random } from '../kernel/random.ts';
import type { DecisionInput, WeighedFact } from '../facts/decision.ts';
import type { ModelFades } from '../facts/model-fades.ts';
import type { Shelf } from './shelf.ts';
import { type Edge, looking, nameOf, withNextBasket, withNextClick } from './testing.ts';

export const viewed = (index: number, orders: readonly number[], source = 'web'): WeighedFact => ({
  key: `viewed|${source}|${nameOf(index)}`,
  item: nameOf(index),
  weight: 1,
  orders,
});

/** The shelf with a next-click model. */
export function drawClicks(random: Random, shelf: Shelf): Shelf {
  // Some things of the shelf are not in the model, and some of the model are not on the shelf.
  const count = shelf.names.length + 3 - random.below(5);
  const edges = new Map<string, Edge>();
  for (let n = 0; n < count * random.below(12); n += 1) {
    const [from, to] = [random.below(count), random.below(count)];
    edges.set(`${from} ${to}`, [from, to, (random.below(4000) - 400) / 1024]);
  }
  const prior = Array.from({ length: count }, () => random.below(30) / 1024);
  const decay = [0.3, 0.8, 1][random.below(3)]!;
  const ownDecay = [0.3, 0.9, 1][random.below(3)]!;
  const ownWeight = random.below(3) / 2;
  return withNextClick(shelf, { count, edges: [...edges.values()], prior }, { decay, ownDecay, ownWeight });
}

/** Looks at a few things again and again, some of which lie in front of the person. */
export function drawLooks(random: Random, shelf: Shelf): Pick<DecisionInput, 'context' | 'facts'> {
  const some = (max: number) =>
    Array.from({ length: random.below(max + 1) }, () => random.below(Math.min(9, shelf.names.length + 1)));
  const orders = new Map<string, number[]>();
  for (const [at, index] of some(12).entries()) {
    const key = `${random.below(2)} ${index}`;
    orders.set(key, [...(orders.get(key) ?? []), at]);
  }
  const facts = [...orders].map(([key, at]) => {
    const [source = '', index = ''] = key.split(' ');
    return viewed(Number(index), at, source === '0' ? 'app' : 'web');
  });
  facts.sort((a, b) => (a.item === b.item ? (a.key < b.key ? -1 : 1) : a.item < b.item ? -1 : 1));
  return { context: looking(...some(6)), facts };
}

export const FADES: ModelFades = {
  decay: 0.5,
  sharePower: 1,
  ownDecay: 0.5,
  ownWeight: 0.25,
  learnDecay: 1,
};

/** The shelf with a next-basket model of its things. */
export function drawBaskets(random: Random, shelf: Shelf): Shelf {
  const count = shelf.itemIds.length;
  const edges: Edge[] = [];
  for (let from = 0; from < count; from += 1)
    for (let to = 0; to < count; to += 1)
      if (random.below(3) === 0) edges.push([from, to, (random.below(4000) - 800) / 1024]);
  const prior = Array.from({ length: count }, () => random.below(30) / 1024);
  const fades = {
    ...FADES,
    decay: [0.3, 0.8, 1][random.below(3)]!,
    sharePower: [0, 0.5, 1][random.below(3)]!,
    ownDecay: [0.2, 0.95][random.below(2)]!,
  };
  return withNextBasket(shelf, { edges, prior }, fades);
}

/** Things of the shelf in a dozen orders, from the till and the web. */
export function drawOrders(random: Random, shelf: Shelf): readonly WeighedFact[] {
  const facts = shelf.names.flatMap((item) =>
    ['till', 'web'].flatMap((source) => {
      const orders = Array.from({ length: 12 }, (_, at) => 3 * at).filter(() => random.below(6) === 0);
      if (orders.length === 0 || random.below(2) === 0) return [];
      return [{ key: `bought|${source}|${item}`, item, weight: 1, orders }];
    }),
  );
  return facts.sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : a.key < b.key ? -1 : 1));
}
