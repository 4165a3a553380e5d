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
import { createSelectRoom, selectTop } from './select-top.ts';
import { type SparseForm, type Steps, createFormBuilder, transposeForm } from './sparse-form.ts';
import { wordsOf } from './words.ts';

/** What the catalogue says of a thing. */
export type Described = {
  readonly title: string;
  readonly path: readonly string[];
  readonly brand?: string | undefined;
};

export type LikenessInput = {
  /** Per thing; absent where the catalogue says nothing. */
  readonly described: readonly (Described | undefined)[];
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

/** A step per 256 targets. */
export function* likenessSteps({ described, isSource, isTarget }: LikenessInput): Steps<SparseForm> {
  const count = described.length;
  const vectors = vectorsOf(described);
  const having = new Map<number, number[]>();
  for (const [thing, vector] of vectors.entries()) {
    if (isSource[thing] === 0) continue;
    for (const feature of vector.keys()) push(having, feature, thing);
  }
  const sums = new Float64Array(count);
  const touched = new Uint32Array(count);
  const keys = new Float64Array(count);
  const room = createSelectRoom(count);
  const sources = new Uint32Array(SOURCES_MAX);
  const weights = new Float64Array(SOURCES_MAX);
  const builder = createFormBuilder(count, count);
  for (let target = 0; target < count; target += 1) {
    if (target % 256 === 0) yield { done: target, total: count };
    let found = 0;
    for (const [feature, value] of isTarget[target] === 1 ? vectors[target]! : []) {
      for (const source of having.get(feature) ?? []) {
        if (source === target) continue;
        if (sums[source] === 0) touched[found++] = source;
        sums[source]! += value * (vectors[source]!.get(feature) ?? 0);
      }
    }
    let near = 0;
    for (let at = 0; at < found; at += 1) {
      const source = touched[at]!;
      if (sums[source]! >= LEAST) {
        keys[near] = sums[source]!;
        touched[near++] = source;
      }
      sums[source] = 0;
    }
    const kept = selectTop(keys, touched, near, SOURCES_MAX, room);
    for (let at = 0; at < kept; at += 1) {
      sources[at] = touched[room.positions[at]!]!;
      weights[at] = keys[room.positions[at]!]!;
    }
    builder.appendRow(sources, weights, kept);
  }
  return transposeForm(builder.finish());
}

/** Of each thing its features and their weights, at length 1. Features are numbered as they appear. */
function vectorsOf(described: readonly (Described | undefined)[]): readonly ReadonlyMap<number, number>[] {
  const numbers = new Map<string, number>();
  const things: number[] = [];
  const featuresOf = described.map((one) =>
    (one === undefined ? [] : featuresIn(one)).map((feature) => {
      const number = numbers.get(feature) ?? numbers.size;
      numbers.set(feature, number);
      things[number] = (things[number] ?? 0) + 1;
      return number;
    }),
  );
  const total = described.reduce((sum, one) => sum + (one === undefined ? 0 : 1), 0);
  return featuresOf.map((features) => {
    const says = features.filter((feature) => things[feature]! <= FEATURE_THINGS_MAX);
    const values = says.map((feature) => log(total / things[feature]!));
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    return new Map(
      says.flatMap((feature, at) => (values[at]! > 0 ? [[feature, values[at]! / length] as const] : [])),
    );
  });
}

/** Distinct. A step of the path with all before it, so that `Sale` below two of them is two. */
export function featuresIn({ title, path, brand }: Described): readonly string[] {
  const steps = path.map((_, at) => `/${path.slice(0, at + 1).join('/')}`);
  return [...wordsOf(title), ...steps, ...(brand === undefined ? [] : [`brand ${brand.toLowerCase()}`])];
}

function push(lists: Map<number, number[]>, key: number, one: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}
