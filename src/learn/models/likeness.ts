/*
 * How like two things are by what the catalogue says of them: cold start for things that nobody had yet.
 *
 * Formula: w(i → j) = Σ over shared features of x(i)·x(j), where x is the vector of inverse document
 * frequencies log(n / n_f) of a thing's features, at length 1: the cosine of TF-IDF (Salton and Buckley, IPM
 * 1988, doi 10.1016/0306-4573(88)90021-0), with features that occur once in a thing or not at all. Features
 * are words of the title, the steps of the path, and the brand; how much each says follows from how many
 * things have it. It is linear like every other model, so "because it is like what you have" is an addend.
 * Cost: Σ over features of the things that have it squared; those that more than `FEATURE_THINGS_MAX` have
 * say nothing and are skipped.
 *
 * The catalogue is nobody's data: no person is behind a weight, and none can be taken out of it.
 */
import { log } from '../../kernel/maths.ts';
import type { Rooms } from './entry-room.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { type SparseForm, type Steps, createFormBuilder, transposeForm } from './sparse-form.ts';
import { wordsOf } from './words.ts';

/** What the catalogue says of a thing. */
export type Described = {
  readonly title: string;
  readonly path: readonly string[];
  readonly brand?: string | undefined;
};

/** Per thing; absent where the catalogue says nothing. */
export type DescribedThings = readonly (Described | undefined)[];

export type LikenessInput = {
  readonly described: DescribedThings;
  /** 1 where a thing speaks for others. */
  readonly isSource: Uint8Array;
  /** 1 where a thing is spoken for. */
  readonly isTarget: Uint8Array;
};

/** Things that are nearest to a target and speak for it. */
const SOURCES_MAX = 50;
const FEATURE_THINGS_MAX = 2000;
/** Less is chance: two titles of eight words that share a common one. */
const LEAST = 0.1;

/** Products between two steps: some ten milliseconds. */
const STEP_PRODUCTS = 1_000_000;
/** Things read between two steps: as long. */
const STEP_THINGS = 512;

/**
 * Every thing with every other, as a part of a blend: what is like what one has is often wanted, whoever had
 * it. Nothing where the catalogue says nothing of any two.
 */
export function* likenessAmongSteps(
  described: DescribedThings,
  rooms?: Rooms,
): Steps<SparseForm | undefined> {
  const all = Uint8Array.from(described, (one) => (one === undefined ? 0 : 1));
  const form = yield* likenessSteps({ described, isSource: all, isTarget: all }, rooms);
  return form.targets.length === 0 ? undefined : form;
}

/** In steps of some ten milliseconds, because a fit is made between an erasure and the next. */
export function* likenessSteps(
  { described, isSource, isTarget }: LikenessInput,
  rooms?: Rooms,
): Steps<SparseForm> {
  const count = described.length;
  const vectors = yield* vectorsSteps(described);
  const having = postingsOf(vectors, isSource);
  const sums = new Float64Array(count);
  const touched = new Uint32Array(count);
  const keys = new Float64Array(count);
  const room = createSelectRoom(count);
  const sources = new Uint32Array(SOURCES_MAX);
  const weights = new Float64Array(SOURCES_MAX);
  const builder = createFormBuilder(count, count);
  let products = 0;
  for (let target = 0; target < count; target += 1) {
    if (products >= STEP_PRODUCTS || target % STEP_THINGS === 0) {
      yield { done: target, total: count };
      products = 0;
    }
    let found = 0;
    const end = isTarget[target] === 1 ? vectors.offsets[target + 1]! : 0;
    for (let at = vectors.offsets[target]!; at < end; at += 1) {
      const value = vectors.values[at]!;
      const feature = vectors.features[at]!;
      const last = having.offsets[feature + 1]!;
      products += last - having.offsets[feature]!;
      for (let n = having.offsets[feature]!; n < last; n += 1) {
        const source = having.things[n]!;
        if (source === target) continue;
        if (sums[source] === 0) touched[found++] = source;
        sums[source]! += value * having.values[n]!;
      }
    }
    let near = 0;
    for (let at = 0; at < found; at += 1) {
      const source = touched[at]!;
      if (sums[source]! >= LEAST) {
        keys[near] = sums[source]!;
        // Of many that are alike the next by id speak for a thing, not the first of all for every thing.
        touched[near++] = source > target ? source - target : source - target + count;
      }
      sums[source] = 0;
    }
    const kept = selectTop(keys, touched, near, SOURCES_MAX, room);
    for (let at = 0; at < kept; at += 1) {
      sources[at] = (touched[room.positions[at]!]! + target) % count;
      weights[at] = keys[room.positions[at]!]!;
    }
    builder.appendRow(sources, weights, kept);
  }
  return transposeForm(builder.finish(), rooms);
}

/**
 * Row `thing` lists its features and their weights, at length 1. Flat: with a map for each, likeness of
 * 100,000 things took seven times as long.
 */
type Vectors = {
  readonly featureCount: number;
  readonly offsets: Uint32Array;
  readonly features: Uint32Array;
  readonly values: Float64Array;
};

/** Features are numbered as they appear. */
function* vectorsSteps(described: DescribedThings): Steps<Vectors> {
  const count = described.length;
  const numbers = new Map<string, number>();
  const things: number[] = [];
  const ends = new Uint32Array(count);
  const all: number[] = [];
  let total = 0;
  for (const [thing, one] of described.entries()) {
    if (thing % STEP_THINGS === 0) yield { done: thing, total: count };
    if (one !== undefined) total += 1;
    for (const feature of one === undefined ? [] : featuresIn(one)) {
      const number = numbers.get(feature) ?? numbers.size;
      numbers.set(feature, number);
      things[number] = (things[number] ?? 0) + 1;
      all.push(number);
    }
    ends[thing] = all.length;
  }
  yield { done: count, total: count };
  const says = Float64Array.from(things, (n) => (n <= FEATURE_THINGS_MAX ? log(total / n) : 0));
  const offsets = new Uint32Array(count + 1);
  const features = new Uint32Array(all.length);
  const values = new Float64Array(all.length);
  let used = 0;
  let from = 0;
  for (let thing = 0; thing < count; thing += 1) {
    let squares = 0;
    for (let at = from; at < ends[thing]!; at += 1) squares += says[all[at]!]! * says[all[at]!]!;
    const length = Math.sqrt(squares);
    for (; from < ends[thing]!; from += 1) {
      const feature = all[from]!;
      if (says[feature] === 0) continue;
      features[used] = feature;
      values[used++] = says[feature]! / length;
    }
    offsets[thing + 1] = used;
  }
  return { featureCount: things.length, offsets, features: features.subarray(0, used), values };
}

/** Row `feature` lists the sources that have it, in order, and its weight there. */
type Postings = {
  readonly offsets: Uint32Array;
  readonly things: Uint32Array;
  readonly values: Float64Array;
};

function postingsOf(vectors: Vectors, isSource: Uint8Array): Postings {
  const offsets = new Uint32Array(vectors.featureCount + 1);
  const sourceOf = new Uint32Array(vectors.features.length);
  for (let thing = 0; thing < isSource.length; thing += 1)
    sourceOf.fill(
      isSource[thing] === 0 ? NO_SOURCE : thing,
      vectors.offsets[thing],
      vectors.offsets[thing + 1],
    );
  for (const [at, feature] of vectors.features.entries()) {
    if (sourceOf[at] !== NO_SOURCE) offsets[feature + 1]! += 1;
  }
  for (let feature = 0; feature < vectors.featureCount; feature += 1)
    offsets[feature + 1]! += offsets[feature]!;
  const next = offsets.slice();
  const things = new Uint32Array(offsets[vectors.featureCount]!);
  const values = new Float64Array(things.length);
  for (const [at, feature] of vectors.features.entries()) {
    if (sourceOf[at] === NO_SOURCE) continue;
    const place = next[feature]!++;
    things[place] = sourceOf[at]!;
    values[place] = vectors.values[at]!;
  }
  return { offsets, things, values };
}

const NO_SOURCE = 0xffffffff;

/** Distinct. A step of the path with all before it, so that `Sale` below two of them is two. */
export function featuresIn({ title, path, brand }: Described): readonly string[] {
  const steps = path.map((_, at) => `/${path.slice(0, at + 1).join('/')}`);
  return [...wordsOf(title), ...steps, ...(brand === undefined ? [] : [`brand ${brand.toLowerCase()}`])];
}
