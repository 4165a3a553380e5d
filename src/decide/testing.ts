// What the tests of decisions are made of: small random shops drawn from a seed, with everything that can
// stand in a decision's way drawn often enough to meet.

import { assert } from '../kernel/assert.ts';
import { hex } from '../kernel/bytes.ts';
import { FACT_BITS, WEIGHT_BITS, quantise } from '../kernel/fixed.ts';
import type { Random } from '../kernel/random.ts';
import type { Result } from '../kernel/result.ts';
import { CHANNELS } from '../facts/channel.ts';
import type { Barred, DecisionInput, GuardName, WeighedFact } from '../facts/decision.ts';
import { type ItemId, parseItemId, parsePlacementId } from '../facts/ids.ts';
import type { Item } from '../facts/item.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import type { ModelFades } from '../facts/model-fades.ts';
import type { Placement } from '../facts/placement.ts';
import { type Shelf, buildShelf } from './shelf.ts';

/** 2026-07-25T12:00:00Z. */
const NOW = 1_784_980_800_000;

export function must<T>(parsed: Result<T, unknown>): T {
  assert(parsed.ok, `a test gives readable input, got ${JSON.stringify(parsed)}`);
  return parsed.value;
}

export const itemId = (text: string): ItemId => must(parseItemId(text));
export const nameOf = (index: number): ItemId => itemId(`item-${String(index).padStart(3, '0')}`);

export const PLACEMENT: Placement = {
  id: must(parsePlacementId('home')),
  purpose: 'recommend',
  channels: CHANNELS,
  strategy: 'for-you',
  itemsMax: 20,
  exploreRate: 0,
  capPerItem: { impressionsMax: 20, windowHours: 168 },
  capPerPerson: { impressionsMax: 300, windowHours: 24 },
  perLeafMax: 100,
};

/** `[from, to, weight]` by place of the thing; places are `item-000`, `item-001` … */
export type Edge = readonly [from: number, to: number, weight: number];

export interface Wares {
  readonly count: number;
  readonly edges: readonly Edge[];
  readonly prior?: readonly number[];
  /** Of the thing at a place; default: available, each its own leaf. */
  readonly item?: (index: number) => Partial<Item>;
  /** Things of the catalogue that the model does not know. */
  readonly others?: readonly Item[];
}

function modelOf({ count, edges, prior = [] }: Wares): ItemModel {
  const rows = Array.from({ length: count }, (_, from) =>
    edges.filter(([source]) => source === from).toSorted((a, b) => a[1] - b[1]),
  );
  const offsets = new Uint32Array(count + 1);
  for (const [from, row] of rows.entries()) offsets[from + 1] = offsets[from]! + row.length;
  const flat = rows.flat();
  return makeModel({
    kind: 'test/1',
    itemIds: Array.from({ length: count }, (_, index) => nameOf(index)),
    offsets,
    targets: Uint32Array.from(flat, ([, to]) => to),
    weights: Float32Array.from(flat, ([, , weight]) => quantise(weight, WEIGHT_BITS)),
    prior: Float64Array.from({ length: count }, (_, index) =>
      quantise(prior[index] ?? 0, WEIGHT_BITS + FACT_BITS),
    ),
    people: new Uint32Array(count).fill(9),
    peopleTotal: 99,
    minPeople: 3,
    builtMs: NOW,
  });
}

export function shelfOf(wares: Wares): Shelf {
  const items = Array.from({ length: wares.count }, (_, index): Item => {
    const id = nameOf(index);
    return { id, title: id, path: [], available: true, ...wares.item?.(index) };
  });
  return buildShelf(modelOf(wares), 7, [...items, ...(wares.others ?? [])]);
}

/** The shelf with a complements model of these links; decisions that name it are made from both. */
export function withComplements(shelf: Shelf, edges: readonly Edge[]): Shelf {
  return { ...shelf, complements: modelOf({ count: shelf.itemIds.length, edges }) };
}

/** The shelf with a next-basket model of these weights and priors. */
export function withNextBasket(shelf: Shelf, wares: Omit<Wares, 'count'>, fades: ModelFades): Shelf {
  const { id: _old, ...parts } = modelOf({ count: shelf.itemIds.length, ...wares });
  const nextBasket = makeModel({ ...parts, fades });
  const items = shelf.goods.flatMap((item) => (item === undefined ? [] : [item]));
  return buildShelf(shelf.model, shelf.revision, items, { nextBasket });
}

/** The shelf with a next-click model of its own things, among them some that nobody bought. */
export function withNextClick(
  shelf: Shelf,
  { count, ...wares }: Wares,
  fades: Pick<ModelFades, 'decay'> & Partial<ModelFades>,
): Shelf {
  const { id: _old, ...parts } = modelOf({ count, ...wares });
  const own = { sharePower: 0, ownDecay: 1, ownWeight: 0, learnDecay: 1 };
  const nextClick = makeModel({ ...parts, fades: { ...own, ...fades } });
  const items = shelf.goods.flatMap((item) => (item === undefined ? [] : [item]));
  return buildShelf(shelf.model, shelf.revision, items, { nextClick });
}

export function inputFor(shelf: Shelf, more: Partial<DecisionInput> = {}): DecisionInput {
  return {
    v: 1,
    placement: PLACEMENT.id,
    purpose: 'recommend',
    channel: 'web',
    limit: 5,
    timeMs: NOW,
    policy: 'p',
    pack: 'EU@2026-07-25',
    model: shelf.model.id,
    catalogue: shelf.revision,
    seed: '00112233445566778899aabbccddeeff',
    facts: [],
    context: [],
    barred: [],
    shown: 0,
    ...more,
  };
}

export function fact(index: number, weight = 1, kind = 'viewed'): WeighedFact {
  return { key: `${kind}|web|${nameOf(index)}`, item: nameOf(index), weight };
}

export const looking = (...indices: number[]): DecisionInput['context'] =>
  indices.map((index) => ({ item: nameOf(index), weight: 1 }));

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)]!;
}

const oneIn = (random: Random, n: number): boolean => random.below(n) === 0;

/**
 * A shop of 1 to 120 things in few leaves; some sold out, some sensitive, some unknown to the catalogue's
 * leaves.
 */
export function drawShelf(random: Random): Shelf {
  const count = 1 + random.below(120);
  const degree = random.below(30);
  const edges = new Map<string, Edge>();
  for (let n = 0; n < count * degree; n += 1) {
    const [from, to] = [random.below(count), random.below(count)];
    const size = oneIn(random, 12) ? -1 : oneIn(random, 200) ? 15 : 1;
    // Few different weights, so that ties are met.
    const weight = oneIn(random, 3) ? pick(random, [0.25, 0.5, 1]) : random.unit();
    edges.set(`${from} ${to}`, [from, to, size * weight]);
  }
  const leaves = 1 + random.below(count);
  const hasVariants = count % 2 === 0;
  return shelfOf({
    count,
    edges: [...edges.values()],
    prior: Array.from({ length: count }, () => (oneIn(random, 4) ? 0 : random.unit() / 64)),
    item: (index) => ({
      ...(hasVariants && index % 4 < 2
        ? { variantOf: ['product 0', 'product 1', nameOf(2)][index % 3]! }
        : {}),
      path: oneIn(random, 9) ? [] : ['Shop', `leaf ${random.below(leaves)}`],
      available: !oneIn(random, 8),
      ...(oneIn(random, 8) ? { sensitive: pick(random, ['health', 'religion'] as const) } : {}),
    }),
  });
}

/** A few complements of some of the things, some of which fell to zero. */
export function drawComplements(random: Random, shelf: Shelf): Shelf {
  const count = shelf.itemIds.length;
  const edges = new Map<string, Edge>();
  for (let n = random.below(3 * count); n > 0; n -= 1) {
    const [from, to] = [random.below(count), random.below(count)];
    const weight = oneIn(random, 3) ? pick(random, [0, 0.5, 1, 2 ** -20]) : random.unit();
    edges.set(`${from} ${to}`, [from, to, weight]);
  }
  return withComplements(shelf, oneIn(random, 9) ? [] : [...edges.values()]);
}

const BARS: readonly GuardName[] = ['bought', 'returned', 'disliked', 'item-cap'];

export function drawInput(random: Random, shelf: Shelf): DecisionInput {
  const count = shelf.itemIds.length;
  const some = (max: number): number[] => [
    ...new Set(Array.from({ length: random.below(max + 1) }, () => random.below(count + 3))),
  ];
  const facts = some(30)
    .flatMap((index) => {
      const kinds = oneIn(random, 6)
        ? ['bought', 'viewed']
        : [pick(random, ['bought', 'viewed', 'clicked', 'likes'])];
      return kinds.map((kind) => fact(index, (1 + random.below(1536)) / 1024, kind));
    })
    .toSorted((a, b) => (a.item === b.item ? (a.key < b.key ? -1 : 1) : a.item < b.item ? -1 : 1));
  const barred = some(12)
    .map((index): Barred => ({ item: nameOf(index), guard: pick(random, BARS), number: 1 + random.below(9) }))
    .toSorted((a, b) => (a.item < b.item ? -1 : 1));
  return inputFor(shelf, {
    channel: pick(random, CHANNELS),
    limit: 1 + random.below(12),
    seed: hex(Uint8Array.from({ length: 16 }, () => random.below(256))),
    facts,
    barred,
    context: looking(...some(4).toSorted((a, b) => a - b)),
    shown: oneIn(random, 20) ? 300 : random.below(300),
  });
}

export function drawPlacement(random: Random): Placement {
  const publicity = pick(random, [undefined, undefined, 'own-screen', 'shared-screen', 'open'] as const);
  return {
    ...PLACEMENT,
    strategy: pick(random, ['for-you', 'complements'] as const),
    itemsMax: 1 + random.below(20),
    exploreRate: pick(random, [0, 0, 0.1, 0.5]),
    perLeafMax: 1 + random.below(4),
    ...(publicity === undefined ? {} : { publicity }),
  };
}
