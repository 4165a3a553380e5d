/*
 * Who is behind the weights of a model of what comes next, now.
 *
 * A weight from i to j rests on the people of whom an example has i before and j after, or j before and i
 * after (directed.ts). When people leave, a weight goes as soon as fewer than k are left. They are counted
 * along with every change, so that an erasure costs what one person has and not what everybody has.
 */
import type { ItemModel } from '../facts/model.ts';
import { assert } from '../kernel/assert.ts';
import type { Lists } from './list-counts.ts';
import { type Steps, finish } from './models/sparse-form.ts';
import { pairsBehind } from './pairs-behind.ts';
import { type NamedLinks, waysOf } from './walks-behind.ts';

/** Steps of one person in order, each with its things: one history of baskets, or one for each session. */
export type StepHistories = readonly Lists[];

/** A person's baskets are one history. */
export function historiesOfBaskets(baskets: Lists): StepHistories {
  return [baskets];
}

/** Each session is a history of its own, in which a look is a step. */
export function historiesOfSessions(sessions: Lists): StepHistories {
  return sessions.map((session) => session.map((item) => [item]));
}

/** Everybody, one after another: nobody's histories are held longer than they are counted. */
export function* eachAs(
  people: Iterable<Lists>,
  historiesOfOne: (lists: Lists) => StepHistories,
): Generator<StepHistories> {
  for (const lists of people) yield historiesOfOne(lists);
}

/** People behind each weight. */
export type StepTally = {
  /** Counts what one person did in, or out again. */
  readonly change: (histories: StepHistories, sign: 1 | -1) => void;
  /** People behind the weight at this place of the model's `targets`. */
  readonly peopleAt: (at: number) => number;
};

/**
 * The tally of a model in service, with everybody in it. Where it was made of ways of two steps as well,
 * `links` says what leads to what, and k people behind a way hold its weight.
 */
export function stepTallyOf(...asked: Parameters<typeof stepTallySteps>): StepTally {
  return finish(stepTallySteps(...asked));
}

/** `stepTallyOf`, a step per 64 people. */
export function* stepTallySteps(
  model: ItemModel,
  everybody: Iterable<StepHistories>,
  links?: NamedLinks,
): Steps<StepTally> {
  const tally = emptyTally(model, links);
  let done = 0;
  for (const histories of everybody) {
    tally.change(histories, 1);
    if (++done % 64 === 0) yield { done, total: model.peopleTotal };
  }
  return tally;
}

function emptyTally(model: ItemModel, links: NamedLinks | undefined): StepTally {
  const ways = links && waysOf(model, links);
  const { itemIds, offsets, targets } = model;
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  const people = new Int32Array(targets.length);
  const localOf = new Int32Array(itemIds.length).fill(-1);

  function change(histories: StepHistories, sign: 1 | -1): void {
    const pairs = pairsBehind(histories, model.fades?.learnDecay ?? 1);
    const { ids, isBehind } = pairs;
    ways?.change(pairs, sign);
    const places = ids.map((id) => placeOf.get(id));
    for (const [local, place] of places.entries()) if (place !== undefined) localOf[place] = local;
    for (const [local, source] of places.entries()) {
      if (source === undefined) continue;
      for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1) {
        const other = localOf[targets[at]!]!;
        if (other < 0 || isBehind[local * ids.length + other] === 0) continue;
        people[at]! += sign;
        assert(people[at]! >= 0, 'only who was counted in is counted out');
      }
    }
    for (const place of places) if (place !== undefined) localOf[place] = -1;
  }

  return { change, peopleAt: (at) => Math.max(people[at]!, ways?.peopleAt(at) ?? 0) };
}

/**
 * Weights (from, to) that fewer than k people are behind; a thing with itself is the thing. What is likeness
 * alone nobody was behind.
 */
export function fallenSteps(
  { itemIds, offsets, targets, people, isLikeness }: ItemModel,
  tally: StepTally,
  { k, itemPeople }: { readonly k: number; readonly itemPeople: (id: string) => number },
): readonly (readonly [string, string])[] {
  const fallen: (readonly [string, string])[] = [];
  for (const [source, from] of itemIds.entries()) {
    if (people[source]! > 0 && itemPeople(from) < k) fallen.push([from, from]);
    for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1) {
      if (isLikeness?.[at] !== 1 && tally.peopleAt(at) < k) fallen.push([from, itemIds[targets[at]!]!]);
    }
  }
  return fallen;
}
