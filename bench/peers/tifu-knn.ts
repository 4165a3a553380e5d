/*
 * Peer: TIFU-KNN, written from its paper (H. Hu et al., "Modeling Personalized Item Frequency Information for
 * Next-basket Recommendation", SIGIR 2020, doi 10.1145/3397271.3401066). It keeps everybody's purchases and
 * looks for people alike, so it is for the bench alone.
 *
 * A person is a vector: their baskets in `groups` groups of equal size, faded by `withinDecay` inside a group
 * and by `groupDecay` from group to group, and averaged. A prediction is `own` parts of one's own vector and
 * the rest of the mean of the `neighbours` nearest vectors (Euclidean).
 */
import { best } from './ranked.ts';
import { type Histories, peopleIn, stepItems, stepsOf } from '../../src/learn/histories.ts';

export type TifuSettings = {
  readonly neighbours: number;
  readonly withinDecay: number;
  readonly groupDecay: number;
  readonly groups: number;
  readonly own: number;
};

type Vector = ReadonlyMap<number, number>;

/** A function from somebody's baskets to the best k things. `others` are the people to be alike with. */
export function createTifuKnn(
  others: Histories,
  settings: TifuSettings,
): (histories: Histories, person: number, k: number) => number[] {
  const vectors: Vector[] = [];
  const norms: number[] = [];
  const having = new Map<number, { readonly place: number; readonly value: number }[]>();
  for (let person = 0; person < peopleIn(others); person++) {
    if (stepsOf(others, person) === 0) continue;
    const vector = vectorOf(others, person, settings);
    for (const [item, value] of vector) {
      const known = having.get(item) ?? [];
      known.push({ place: vectors.length, value });
      having.set(item, known);
    }
    norms.push(squares(vector));
    vectors.push(vector);
  }
  const order = norms.map((_, place) => place).sort((a, b) => norms[a]! - norms[b]! || a - b);
  return (histories, person, k) => {
    const own = vectorOf(histories, person, settings);
    const dots = new Map<number, number>();
    for (const [item, value] of own)
      for (const { place, value: theirs } of having.get(item) ?? [])
        dots.set(place, (dots.get(place) ?? 0) + value * theirs);
    // Whoever has nothing in common is near when their own vector is short.
    const distances = [...dots].map(([place, dot]) => ({ place, distance: norms[place]! - 2 * dot }));
    for (let at = 0, taken = 0; at < order.length && taken < settings.neighbours; at++) {
      const place = order[at]!;
      if (dots.has(place)) continue;
      distances.push({ place, distance: norms[place]! });
      taken++;
    }
    distances.sort((a, b) => a.distance - b.distance || a.place - b.place);
    const near = distances.slice(0, settings.neighbours);
    const scores = new Map<number, number>();
    for (const [item, value] of own) scores.set(item, settings.own * value);
    for (const { place } of near)
      for (const [item, value] of vectors[place]!)
        scores.set(item, (scores.get(item) ?? 0) + ((1 - settings.own) * value) / near.length);
    return best(scores, k);
  };
}

function vectorOf(
  histories: Histories,
  person: number,
  { withinDecay, groupDecay, groups }: TifuSettings,
): Vector {
  const steps = stepsOf(histories, person);
  // The first group is the one that may be smaller, as in the authors' code.
  const size = Math.max(1, Math.ceil(steps / groups));
  const filled = Math.ceil(steps / size);
  const vector = new Map<number, number>();
  for (let step = 0; step < steps; step++) {
    const fromEnd = steps - 1 - step;
    const group = Math.floor(fromEnd / size);
    const inGroup = group === filled - 1 ? steps - group * size : size;
    const weight = (withinDecay ** (fromEnd % size) / inGroup) * (groupDecay ** group / filled);
    for (const item of stepItems(histories, person, step)) vector.set(item, (vector.get(item) ?? 0) + weight);
  }
  return vector;
}

function squares(vector: Vector): number {
  let sum = 0;
  for (const value of vector.values()) sum += value * value;
  return sum;
}
