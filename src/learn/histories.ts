/*
 * What many people did, in order, in four typed arrays.
 *
 * A person has steps (baskets; a single click or purchase is a step of one item), a step has items. Ten
 * million clicks fit in 120 MB this way; arrays of objects would take ten times as much.
 */
import { assert } from '../kernel/assert.ts';
import type { Csr } from '../kernel/sparse.ts';

/** Person p has steps personOffsets[p] … personOffsets[p + 1); step s has items stepOffsets[s] … */
export type Histories = {
  readonly itemCount: number;
  readonly personOffsets: Uint32Array;
  readonly stepOffsets: Uint32Array;
  /** Distinct within a step. */
  readonly items: Uint32Array;
  /**
   * Whose each history is, where one person has several (sessions): numbers from 0 that ascend. Absent: each
   * is somebody else's.
   */
  readonly owners?: Uint32Array;
};

/** Who is behind a history, when people are counted. */
export function ownerOf({ owners }: Histories, person: number): number {
  return owners === undefined ? person : owners[person]!;
}

/** One owner after the other, the steps of each of their histories. */
export function* historiesByOwner(histories: Histories): Generator<readonly (readonly number[][])[]> {
  let own: number[][][] = [];
  for (let person = 0; person < peopleIn(histories); person++) {
    const steps = Array.from({ length: stepsOf(histories, person) }, (_, step) => [
      ...stepItems(histories, person, step),
    ]);
    if (own.length > 0 && ownerOf(histories, person) !== ownerOf(histories, person - 1)) {
      yield own;
      own = [];
    }
    own.push(steps);
  }
  if (own.length > 0) yield own;
}

/** People in a set of histories. */
export function peopleIn(histories: Histories): number {
  return histories.personOffsets.length - 1;
}

/** Steps of one person. */
export function stepsOf(histories: Histories, person: number): number {
  return histories.personOffsets[person + 1]! - histories.personOffsets[person]!;
}

/** The items of a person's step, counted from 0. A view, not a copy. */
export function stepItems(histories: Histories, person: number, step: number): Uint32Array {
  const at = histories.personOffsets[person]! + step;
  assert(at < histories.personOffsets[person + 1]!, 'the person has that step');
  return histories.items.subarray(histories.stepOffsets[at], histories.stepOffsets[at + 1]);
}

/** The distinct items of a person's first `before` steps, in the order in which they came first. */
export function itemsBefore(histories: Histories, person: number, before: number): Uint32Array {
  const known = new Set<number>();
  for (let step = 0; step < before; step++)
    for (const item of stepItems(histories, person, step)) known.add(item);
  return Uint32Array.from(known);
}

/** Packs people → steps → items; repeats inside a step are dropped. */
export function packHistories(
  itemCount: number,
  people: Iterable<readonly (readonly number[])[]>,
): Histories {
  const personOffsets = [0];
  const stepOffsets = [0];
  const items: number[] = [];
  for (const steps of people) {
    for (const step of steps) {
      for (const item of new Set(step)) items.push(item);
      stepOffsets.push(items.length);
    }
    personOffsets.push(stepOffsets.length - 1);
  }
  return {
    itemCount,
    personOffsets: Uint32Array.from(personOffsets),
    stepOffsets: Uint32Array.from(stepOffsets),
    items: Uint32Array.from(items),
  };
}

/** The first `stepsKept(person)` steps of each person; 0 drops what the person did but keeps their number. */
export function cutHistories(histories: Histories, stepsKept: (person: number) => number): Histories {
  const { itemCount } = histories;
  const personOffsets = new Uint32Array(histories.personOffsets.length);
  const stepOffsets = new Uint32Array(histories.stepOffsets.length);
  const items = new Uint32Array(histories.items.length);
  let steps = 0;
  let used = 0;
  for (let person = 0; person < peopleIn(histories); person++) {
    const kept = stepsKept(person);
    for (let step = 0; step < kept; step++) {
      const from = stepItems(histories, person, step);
      items.set(from, used);
      used += from.length;
      stepOffsets[++steps] = used;
    }
    personOffsets[person + 1] = steps;
  }
  return {
    itemCount,
    personOffsets,
    stepOffsets: stepOffsets.slice(0, steps + 1),
    items: items.slice(0, used),
  };
}

/** Person × distinct items, ascending, at most `itemsMax` per person: the most recent steps count. */
export function distinctItems(histories: Histories, itemsMax: number): Csr<Float32Array> {
  const offsets = new Uint32Array(histories.personOffsets.length);
  const indices = new Uint32Array(histories.items.length);
  const lastSeenBy = new Int32Array(histories.itemCount).fill(-1);
  let used = 0;
  for (let person = 0; person < peopleIn(histories); person++) {
    const from = used;
    for (let step = stepsOf(histories, person) - 1; step >= 0; step--) {
      for (const item of stepItems(histories, person, step)) {
        if (lastSeenBy[item] === person || used - from >= itemsMax) continue;
        lastSeenBy[item] = person;
        indices[used++] = item;
      }
    }
    indices.subarray(from, used).sort();
    offsets[person + 1] = used;
  }
  return {
    rows: peopleIn(histories),
    cols: histories.itemCount,
    offsets,
    indices: indices.slice(0, used),
    values: new Float32Array(used).fill(1),
  };
}

/** People who had each item. */
export function peopleOf(histories: Histories): Uint32Array {
  const { items, stepOffsets, personOffsets, itemCount } = histories;
  const people = new Uint32Array(itemCount);
  const last = new Int32Array(itemCount).fill(-1);
  for (let person = 0; person < peopleIn(histories); person++) {
    const owner = ownerOf(histories, person);
    const end = stepOffsets[personOffsets[person + 1]!]!;
    for (let at = stepOffsets[personOffsets[person]!]!; at < end; at++) {
      const item = items[at]!;
      if (last[item] !== owner) people[item]!++;
      last[item] = owner;
    }
  }
  return people;
}
