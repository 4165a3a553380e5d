// Lists from models and from popularity, and what is found in them.

import type { ItemModel } from '../../src/facts/model.ts';
import { toUnitLength } from '../../src/facts/strength.ts';
import type { Line } from './data.ts';

/** What somebody has, and how strongly it speaks at its age, as in a decision. */
export type Facts = ReadonlyMap<string, number>;

export interface Asked {
  readonly facts: Facts;
  readonly targets: readonly string[];
  /** Where the person is. */
  readonly place?: string;
}

/** The best `k` for somebody who has these things; of `only`, where that is given. */
export type Lists = (facts: Facts, k: number, only?: ReadonlySet<string>) => readonly string[];

export function createLists(model: ItemModel): Lists {
  const placeOf = new Map(model.itemIds.map((id, place) => [id, place]));
  const ranked = popularFirst(model);
  return (facts, k, only) => {
    const sums = new Map<number, number>();
    const strengths = toUnitLength([...facts.values()]);
    for (const [n, fact] of [...facts.keys()].entries()) {
      const source = placeOf.get(fact);
      if (source === undefined) continue;
      for (let at = model.offsets[source]!; at < model.offsets[source + 1]!; at += 1) {
        const target = model.targets[at]!;
        sums.set(target, (sums.get(target) ?? model.prior[target]!) + model.weights[at]! * strengths[n]!);
      }
    }
    const scored = [...sums].filter(([place, score]) => {
      const id = model.itemIds[place]!;
      return score > 0 && !facts.has(id) && (only === undefined || only.has(id));
    });
    scored.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const list = scored.slice(0, k).map(([place]) => model.itemIds[place]!);
    const rest = only === undefined ? ranked : [];
    for (const id of rest) {
      if (list.length >= k) break;
      if (!facts.has(id) && !list.includes(id)) list.push(id);
    }
    return list;
  };
}

export function popularFirst({ itemIds, prior }: ItemModel): readonly string[] {
  const order = itemIds.map((_, place) => place).sort((a, b) => prior[b]! - prior[a]! || a - b);
  return order.slice(0, 1000).map((place) => itemIds[place]!);
}

/** Without anything to go by. */
export function among(fresh: ReadonlySet<string>): readonly string[] {
  let state = 1;
  const drawn = [...fresh].sort().map((id) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return [state, id] as const;
  });
  return drawn.sort((a, b) => a[0] - b[0]).map(([, id]) => id);
}

/** New things by what speaks for them when everybody is asked: for nobody in particular. */
export function likePopular(cold: ItemModel, fresh: ReadonlySet<string>): readonly string[] {
  const sums = new Map<string, number>();
  for (const [source] of cold.itemIds.entries()) {
    for (let at = cold.offsets[source]!; at < cold.offsets[source + 1]!; at += 1) {
      const id = cold.itemIds[cold.targets[at]!]!;
      if (fresh.has(id)) sums.set(id, (sums.get(id) ?? 0) + cold.weights[at]! * cold.people[source]!);
    }
  }
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
}

export interface Found {
  readonly lists: number;
  readonly recall: string;
  readonly hitRate: string;
}

export function found(asked: readonly Asked[], listOf: (one: Asked) => readonly string[], k: number): Found {
  let recall = 0;
  let hits = 0;
  for (const one of asked) {
    const wanted = new Set(one.targets);
    const hit = listOf(one)
      .slice(0, k)
      .filter((id) => wanted.has(id)).length;
    recall += hit / wanted.size;
    hits += hit > 0 ? 1 : 0;
  }
  const share = (sum: number): string => (sum / asked.length).toFixed(4);
  return { lists: asked.length, recall: share(recall), hitRate: share(hits) };
}

/** What is popular in each place, then everywhere. */
export function byPlace(
  train: readonly Line[],
  popular: readonly string[],
): (one: Asked) => readonly string[] {
  const people = new Map<string, Map<string, Set<string>>>();
  for (const { place, item, person } of train) {
    const there = people.get(place) ?? new Map<string, Set<string>>();
    people.set(place, there.set(item, (there.get(item) ?? new Set()).add(person)));
  }
  const lists = new Map(
    [...people].map(([place, things]) => {
      const some = [...things].filter(([, who]) => who.size >= 3);
      some.sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1));
      const own = some.slice(0, 100).map(([id]) => id);
      return [place, [...own, ...popular.filter((id) => !own.includes(id))]];
    }),
  );
  return ({ facts, place = '' }) => (lists.get(place) ?? popular).filter((id) => !facts.has(id));
}
