/*
 * What the terms of a linear model say of each item, summed up apart and weighed last, so that a search over
 * weights sums up once.
 */
import { topK } from '../kernel/topk.ts';
import type { SparseForm } from './models/sparse-form.ts';
import type { Occasion, Popularity } from './occasion.ts';

/** The terms of a model. */
export type Terms = { readonly forms: readonly SparseForm[]; readonly popularity: Popularity };

/** What each term counts. */
export type BlendWeights = {
  readonly parts: readonly number[];
  readonly own: number;
  readonly popularity: number;
};

/**
 * Before the terms are weighed: `count` items that something speaks for or against, and the most popular
 * others. Each list goes along with `items`; valid until the next sum.
 */
export type Summed = {
  readonly count: number;
  readonly items: Uint32Array;
  readonly parts: readonly Float64Array[];
  readonly own: Float64Array;
  readonly popularity: Float64Array;
};

export type Summer = (terms: Terms, occasion: Occasion, k: number) => Summed;

/** Items that were met, in that order, and of every item whether it was, or may not be. */
type Met = { count: number; readonly items: Uint32Array; readonly stateOf: Uint8Array };

const UNMET = 0;
const MET = 1;
const BARRED = 2;

/**
 * Sums up terms, with its own room. Items that no term reaches have their popularity alone, so only the `k`
 * most popular of them can enter a list of `k`.
 */
export function createSummer(itemCount: number): Summer {
  const row = (): Float64Array => new Float64Array(itemCount);
  const met: Met = { count: 0, items: new Uint32Array(itemCount), stateOf: new Uint8Array(itemCount) };
  const { items, stateOf } = met;
  const [own, popularity, ownSums] = [row(), row(), row()];
  const partSums: Float64Array[] = [];
  const parts: Float64Array[] = [];
  return ({ forms, popularity: prior }, occasion, k) => {
    while (parts.length < forms.length) {
      parts.push(row());
      partSums.push(row());
    }
    const { barred } = occasion;
    met.count = 0;
    for (const item of barred) stateOf[item] = BARRED;
    for (const [x, form] of forms.entries()) scatter(met, form, partSums[x]!, occasion);
    addOwn(met, ownSums, occasion);
    fill(met, prior.order, k);
    for (let x = 0; x < forms.length; x++) gather(met, partSums[x]!, parts[x]!, barred);
    gather(met, ownSums, own, barred);
    const { count } = met;
    for (let x = 0; x < count; x++) {
      popularity[x] = prior.values[items[x]!]!;
      stateOf[items[x]!] = UNMET;
    }
    for (const item of barred) stateOf[item] = UNMET;
    return { count, items, parts, own, popularity };
  };
}

// Barred items are summed where a form points to them, and never enter the list.
function scatter(met: Met, form: SparseForm, sums: Float64Array, { facts, values }: Occasion): void {
  const { offsets, targets, weights } = form;
  const { items, stateOf } = met;
  let { count } = met;
  for (let x = 0; x < facts.length; x++) {
    const fact = facts[x]!;
    const value = values[x]!;
    for (let y = offsets[fact]!, end = offsets[fact + 1]!; y < end; y++) {
      const target = targets[y]!;
      if (stateOf[target] === UNMET) {
        stateOf[target] = MET;
        items[count++] = target;
      }
      sums[target]! += value * weights[y]!;
    }
  }
  met.count = count;
}

function meet(met: Met, item: number): void {
  met.stateOf[item] = MET;
  met.items[met.count++] = item;
}

function addOwn(met: Met, sums: Float64Array, { own, facts }: Occasion): void {
  for (const [x, share] of own.entries()) {
    const fact = facts[x]!;
    if (met.stateOf[fact] === UNMET) meet(met, fact);
    sums[fact]! += share;
  }
}

function fill(met: Met, order: Uint32Array, k: number): void {
  let filled = 0;
  for (const item of order) {
    if (filled >= k) break;
    if (met.stateOf[item] !== UNMET) continue;
    meet(met, item);
    filled++;
  }
}

// From where the items are to where they stand in the list; what was summed of barred items goes unseen.
function gather({ count, items }: Met, sums: Float64Array, into: Float64Array, barred: Uint32Array): void {
  for (let x = 0; x < count; x++) {
    into[x] = sums[items[x]!]!;
    sums[items[x]!] = 0;
  }
  for (const item of barred) sums[item] = 0;
}

/** A list, best first; valid until the next call. */
export type Ranking = { count: number; readonly items: Uint32Array; readonly scores: Float64Array };

export type Ranker = (summed: Summed, weights: BlendWeights, k: number) => Ranking;

/** Weighs the terms and takes the best `k`, with its own room; what was summed up stays as it is. */
export function createRanker(itemCount: number): Ranker {
  const ranking: Ranking = {
    count: 0,
    items: new Uint32Array(itemCount),
    scores: new Float64Array(itemCount),
  };
  const { items, scores } = ranking;

  // Two terms in one go: reading and writing the scores takes longer than adding.
  function add(a: Term, b: Term, count: number): void {
    const [[first, byFirst], [second, bySecond]] = [a, b];
    for (let x = 0; x < count; x++) scores[x]! += byFirst * first[x]! + bySecond * second[x]!;
  }

  return ({ count, items: listed, parts, own, popularity }, weights, k) => {
    items.set(listed.subarray(0, count));
    scores.fill(0, 0, count);
    const terms: Term[] = weights.parts.map((weight, x) => [parts[x]!, weight]);
    terms.push([own, weights.own], [popularity, weights.popularity]);
    const spoken = terms.filter(([, weight]) => weight !== 0);
    for (let x = 0; x < spoken.length; x += 2) add(spoken[x]!, spoken[x + 1] ?? [own, 0], count);
    ranking.count = topK(scores, items, count, k);
    return ranking;
  };
}

/** What a term says of each item, and what it counts. */
type Term = readonly [values: Float64Array, weight: number];
