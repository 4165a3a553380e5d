/*
 * How far one model lies from another: what would be shown beside the things that most people have, and what
 * most people have. A shop changes slowly; a feed that was replaced, ids that moved, an import that failed or
 * a robot that got through change much at once. Public figures: only things with at least
 * `LIMITS.peopleOutsideMin` people are looked at, and what is told is rounded to steps.
 */
import { LIMITS } from '../kernel/limits.ts';
import { log2 } from '../kernel/maths.ts';
import type { ItemModel } from '../facts/model.ts';
import { compareIds } from './contribution.ts';

/** Things that are looked at, those that most people have: what most decisions are made of. */
const POPULAR = 200;
/** Of each, so many of the strongest: a page shows about as many. */
const TOP = 10;
/** Fewer tell more of chance than of drift, and of a shop that has just opened nothing can drift. */
const POPULAR_MIN = 20;

export type Drift = {
  /** Share of what stands in the lists of popular things that stood in none of the same thing before. */
  readonly lists: number;
  /** Jensen-Shannon divergence of what people have, in bits: 0 for the same, 1 for nothing in common. */
  readonly popularity: number;
  /** Things that are no longer known, as a share of those that were. */
  readonly lost: number;
};

/**
 * Chosen, not measured. Half of all lists is no season any more. Of the popularity 0.15 bits: as if a third
 * of all purchases had moved to things that nobody bought before. A shop may end a tenth of its things in a
 * week; a third is a feed cut off.
 */
export const DRIFT_MAX: Drift = { lists: 0.5, popularity: 0.15, lost: 0.33 };

/** `undefined` where the first knows too little to tell. */
export function driftBetween(before: ItemModel, after: ItemModel): Drift | undefined {
  const [a, b] = [popularOf(before), popularOf(after)];
  if (a.size < POPULAR_MIN) return undefined;
  const known = new Set(after.itemIds);
  const lost = before.itemIds.filter((id) => !known.has(id)).length;
  return {
    lists: listsChanged(before, after, [...a.keys()]),
    // A model that knows nothing any more is as far away as can be.
    popularity: b.size === 0 ? 1 : divergence(a, b),
    lost: lost / before.itemIds.length,
  };
}

/** What is beyond its bound, by name. */
export function alarmsOf(drift: Drift): readonly (keyof Drift)[] {
  return (['lists', 'popularity', 'lost'] as const).filter((name) => drift[name] > DRIFT_MAX[name]);
}

/** People behind the most popular things, in the order of ids, so that sums are the same everywhere. */
function popularOf({ itemIds, people }: ItemModel): ReadonlyMap<string, number> {
  const enough = [...itemIds.keys()].filter((index) => people[index]! >= LIMITS.peopleOutsideMin);
  const most = enough.sort((x, y) => people[y]! - people[x]! || x - y).slice(0, POPULAR);
  return new Map(most.sort((x, y) => x - y).map((index) => [itemIds[index]!, people[index]!]));
}

function listsChanged(before: ItemModel, after: ItemModel, things: readonly string[]): number {
  let stood = 0;
  let stays = 0;
  const [from, to] = [placesOf(before), placesOf(after)];
  for (const thing of things) {
    const [old, now] = [topOf(before, from.get(thing)), new Set(topOf(after, to.get(thing)))];
    stood += old.length;
    stays += old.filter((id) => now.has(id)).length;
  }
  return stood === 0 ? 0 : 1 - stays / stood;
}

function placesOf({ itemIds }: ItemModel): ReadonlyMap<string, number> {
  return new Map(itemIds.map((id, index) => [id, index]));
}

function topOf(
  { offsets, targets, weights, itemIds }: ItemModel,
  index: number | undefined,
): readonly string[] {
  if (index === undefined) return [];
  const row: { readonly target: number; readonly weight: number }[] = [];
  for (let at = offsets[index]!; at < offsets[index + 1]!; at += 1)
    row.push({ target: targets[at]!, weight: weights[at]! });
  const best = row
    .filter(({ weight }) => weight > 0)
    .sort((x, y) => y.weight - x.weight || x.target - y.target);
  return best.slice(0, TOP).map(({ target }) => itemIds[target]!);
}

function divergence(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [totalA, totalB] = [sumOf(a), sumOf(b)];
  let sum = 0;
  for (const thing of [...new Set([...a.keys(), ...b.keys()])].sort(compareIds)) {
    const [p, q] = [(a.get(thing) ?? 0) / totalA, (b.get(thing) ?? 0) / totalB];
    const middle = (p + q) / 2;
    if (p > 0) sum += (p / 2) * log2(p / middle);
    if (q > 0) sum += (q / 2) * log2(q / middle);
  }
  return Math.min(1, Math.max(0, sum));
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
