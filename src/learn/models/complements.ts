/*
 * What goes with a thing: gloves with a coat, not another coat, and nothing rather than cat food.
 *
 * Three questions, from broad to narrow; a pair of things must pass all of them.
 *
 * 1. *Leaves*: do things of leaf A call for things of leaf B? Complementary kinds first, things second, after
 *    Hao et al., "P-Companion", CIKM 2020 (doi 10.1145/3340531.3412732): single things have too few baskets.
 *    Needed are significance, G = 2 (O ln(O/E) − (O − E)) ≥ `significance` (log-likelihood ratio after
 *    Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics
 *    1993, for Poisson counts: O baskets hold both, E would by chance), and direction: of the times one came
 *    in a later basket than the other, B came after A in at least a share of `forward`. The same leaf is
 *    never a complement.
 * 2. *Thing and leaf*: of the baskets with thing i, how many more hold something of leaf B than by chance?
 *    That many at least, x = (O − E − z √O + m X) / (n + m), with n baskets of i, X the same number for all
 *    things of i's leaf (m = `leafBaskets` of them count), z = `doubt` standard deviations of O. Needed is x
 *    ≥ `floor`.
 * 3. *Things*: w(i → j) = (O − E + m x q) / (n + m), with q the share of j in its leaf and m = `itemBaskets`;
 *    x as above. Weights below `relative` of the strongest of i go.
 *
 * E is not what the popularity of both would give but what the same people's other baskets give
 * (`baskets.ts`): a habit, a taste or a household is no complement, and what is bought instead counts
 * against. The weight is a share of baskets: with .12, twelve baskets of a hundred hold j because of i. It is
 * rounded to a multiple of 2^-20. Cost: one pass over the rows of each level; with c accepted leaves per leaf
 * and t things in each, c · t per thing.
 */
import { quantise, WEIGHT_BITS } from '../../kernel/fixed.ts';
import { log } from '../../kernel/maths.ts';
import { type BasketPairs, basketPairs, type BasketRow, createBasketRow, regrouped } from '../baskets.ts';
import type { Histories } from '../histories.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { createFormBuilder, finish, type SparseForm, type Steps } from './sparse-form.ts';

export type ComplementSettings = {
  /** Fewer people with both in one basket count as none, and a thing that fewer have is not named. */
  readonly peopleMin: number;
  /** Least log-likelihood ratio of two leaves; 10.83 is a chance of one in a thousand (χ² with 1 degree). */
  readonly significance: number;
  /**
   * Standard deviations taken off what was counted; 1.64 leaves a lower bound that holds in 95 of 100 cases.
   */
  readonly doubt: number;
  /** Least share of baskets that hold something of a leaf because of the thing. */
  readonly floor: number;
  /** Least share of "later" among later and earlier. Half is no direction at all. */
  readonly forward: number;
  /** Least weight, as a share of the strongest weight of the same thing. */
  readonly relative: number;
  /** Baskets that the leaf's number counts beside the thing's own, and the thing's beside the pair's. */
  readonly leafBaskets: number;
  readonly itemBaskets: number;
  /** Complements of one thing, at most. */
  readonly keep: number;
};

/**
 * Chosen on the towns of seeds 1 to 3 for the most lists of which at least .84 are right in each, judged on
 * others (bench/complements). A shorter list of surer things follows
 * from a higher `doubt` or `floor`.
 */
export const COMPLEMENT_SETTINGS: ComplementSettings = {
  peopleMin: 3,
  significance: 10.83,
  doubt: 1.64,
  floor: 0.08,
  forward: 0.45,
  relative: 0.35,
  leafBaskets: 5,
  itemBaskets: 20,
  keep: 20,
};

/**
 * Later and earlier that are taken as seen beforehand, each, so that one case more does not tell a direction.
 */
const DIRECTION_PRIOR = 10;

/** Evidence of the three levels. Without a catalogue every thing is a leaf of its own. */
export type BasketEvidence = {
  readonly items: BasketPairs;
  readonly toLeaves: BasketPairs;
  readonly leaves: BasketPairs;
  readonly leafOf: Uint32Array;
};

/** `basketEvidenceSteps` at once. */
export function basketEvidence(histories: Histories, leafOf: Uint32Array): BasketEvidence {
  return finish(basketEvidenceSteps(histories, leafOf));
}

/** The evidence of histories whose thing i is of leaf `leafOf[i]`, a step per level. */
export function* basketEvidenceSteps(histories: Histories, leafOf: Uint32Array): Steps<BasketEvidence> {
  const leafCount = leafOf.reduce((most, leaf) => Math.max(most, leaf + 1), 0);
  const byLeaf = regrouped(histories, leafOf, leafCount);
  const items = basketPairs(histories, histories);
  yield { done: 1, total: 3 };
  const toLeaves = basketPairs(histories, byLeaf);
  yield { done: 2, total: 3 };
  return { items, toLeaves, leaves: basketPairs(byLeaf, byLeaf), leafOf };
}

/** The complements of every thing, a step per 256 things. An empty row is an answer: nothing goes with it. */
export function* complementSteps(evidence: BasketEvidence, settings: ComplementSettings): Steps<SparseForm> {
  const { items, leaves, leafOf } = evidence;
  const itemCount = items.sources.count;
  const called = calledLeaves(leaves, settings);
  const thingsOf = groups(leafOf, leaves.sources.count);
  const readings = { leaf: createReading(evidence.toLeaves), item: createReading(items) };
  const builder = createFormBuilder(itemCount, itemCount * 4);
  const room = createSelectRoom(itemCount);
  const indices = new Uint32Array(itemCount);
  const weights = new Float64Array(itemCount);
  for (let source = 0; source < itemCount; source++) {
    if (source % 256 === 0) yield { done: source, total: itemCount };
    const candidates = called[leafOf[source]!]!;
    let count = 0;
    if (candidates.length > 0 && items.sources.people[source]! >= settings.peopleMin) {
      const inLeaf = readings.leaf(source, settings);
      const inItem = readings.item(source, settings);
      for (const { leaf, excess: ofLeaf } of candidates) {
        const excess = shrunk(
          inLeaf(leaf),
          settings.doubt,
          settings.leafBaskets * ofLeaf,
          settings.leafBaskets,
        );
        if (excess < settings.floor) continue;
        for (const target of thingsOf[leaf]!) {
          if (items.targets.people[target]! < settings.peopleMin) continue;
          const share = items.targets.baskets[target]! / leaves.targets.baskets[leaf]!;
          const prior = settings.itemBaskets * excess * share;
          indices[count] = target;
          weights[count++] = shrunk(inItem(target), 0, prior, settings.itemBaskets);
        }
      }
    }
    const kept = strongest(weights, indices, count, settings, room);
    builder.appendRow(indices, weights, kept);
  }
  return builder.finish();
}

/** What was counted of one pair: baskets with both, those expected by chance, baskets with the source. */
type Counted = { readonly together: number; readonly chance: number; readonly baskets: number };

/** (O − E − z √O + prior) / (n + m). */
function shrunk(
  { together, chance, baskets }: Counted,
  doubt: number,
  prior: number,
  priorBaskets: number,
): number {
  return (together - chance - doubt * Math.sqrt(together) + prior) / (baskets + priorBaskets);
}

/** Leaves that things of a leaf call for, with the share of baskets at least. */
type Called = { readonly leaf: number; readonly excess: number };

function calledLeaves(leaves: BasketPairs, settings: ComplementSettings): readonly (readonly Called[])[] {
  const row = createBasketRow(leaves.targets.count);
  return Array.from({ length: leaves.sources.count }, (_, source) => {
    leaves.readRow(source, row);
    const called: Called[] = [];
    for (let x = 0; x < row.count; x++) {
      if (row.indices[x] === source || row.people[x]! < settings.peopleMin) continue;
      if (likelihoodRatio(row.together[x]!, row.chance[x]!) < settings.significance) continue;
      if (forwardShare(row, x) < settings.forward) continue;
      const counted = {
        together: row.together[x]!,
        chance: row.chance[x]!,
        baskets: leaves.sources.baskets[source]!,
      };
      const excess = shrunk(counted, settings.doubt, 0, 0);
      if (excess > 0) called.push({ leaf: row.indices[x]!, excess });
    }
    // Rows come in no particular order; sums do not depend on it, but the order of ties would.
    return called.sort((a, b) => a.leaf - b.leaf);
  });
}

/** G of seeing `seen` where `expected` are expected, 0 if it is not more. */
export function likelihoodRatio(seen: number, expected: number): number {
  if (seen <= expected) return 0;
  if (expected <= 0) return Infinity;
  return 2 * (seen * log(seen / expected) - (seen - expected));
}

function forwardShare(row: BasketRow, x: number): number {
  const [after, before] = [row.after[x]!, row.before[x]!];
  return (after + DIRECTION_PRIOR) / (after + before + 2 * DIRECTION_PRIOR);
}

/** Looks a target up in the row of the last source it was given. */
type Reading = (source: number, settings: ComplementSettings) => (target: number) => Counted;

function createReading(pairs: BasketPairs): Reading {
  const row = createBasketRow(pairs.targets.count);
  const placeOf = new Int32Array(pairs.targets.count).fill(-1);
  return (source, { peopleMin }) => {
    for (let x = 0; x < row.count; x++) placeOf[row.indices[x]!] = -1;
    pairs.readRow(source, row);
    for (let x = 0; x < row.count; x++) if (row.people[x]! >= peopleMin) placeOf[row.indices[x]!] = x;
    const baskets = pairs.sources.baskets[source]!;
    return (target) => {
      const place = placeOf[target]!;
      // Too few people, or none: as if the two had never met, and of chance only what holds for everybody.
      const everybody = (baskets * pairs.targets.baskets[target]!) / Math.max(1, pairs.basketsTotal);
      if (place < 0) return { together: 0, chance: everybody, baskets };
      return { together: row.together[place]!, chance: row.chance[place]!, baskets };
    };
  };
}

/** Moves the strongest to the front, rounded, and answers how many there are. */
function strongest(
  weights: Float64Array,
  indices: Uint32Array,
  count: number,
  { keep, relative }: ComplementSettings,
  room: ReturnType<typeof createSelectRoom>,
): number {
  const selected = selectTop(weights, indices, count, keep, room);
  let greatest = 0;
  for (let x = 0; x < selected; x++) greatest = Math.max(greatest, weights[room.positions[x]!]!);
  let kept = 0;
  for (let x = 0; x < selected; x++) {
    const from = room.positions[x]!;
    if (weights[from]! < relative * greatest) continue;
    indices[kept] = indices[from]!;
    weights[kept++] = quantise(weights[from]!, WEIGHT_BITS);
  }
  return kept;
}

/** Members of each group, ascending. */
function groups(groupOf: Uint32Array, groupCount: number): readonly (readonly number[])[] {
  const members: number[][] = Array.from({ length: groupCount }, () => []);
  for (const [member, group] of groupOf.entries()) members[group]!.push(member);
  return members;
}
