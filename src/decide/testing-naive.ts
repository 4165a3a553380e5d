// A decision told naively: every score of the shop in a plain loop, one full sort, the guards as the
// sentences of SPEC.md. It shares no code with decide.ts, so that it can be wrong only by itself.

import type { DecisionInput, Held } from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';
import type { Placement } from '../facts/placement.ts';
import type { Shelf } from './shelf.ts';

export interface NaiveResult {
  /** What guards let pass, best first, as many as are fixed or stand in the pool. */
  readonly chosen: readonly { readonly item: string; readonly score: number }[];
  readonly held: readonly Held[];
  readonly nothing: string | undefined;
}

const PRIVATE = ['app', 'push', 'web', 'assistant', 'ar'];

function weight(shelf: Shelf, from: number, to: number, model = shelf.model): number | undefined {
  const { offsets, targets, weights } = model;
  for (let at = offsets[from]!; at < offsets[from + 1]!; at += 1) if (targets[at] === to) return weights[at]!;
  return undefined;
}

export function naiveDecide(shelf: Shelf, placement: Placement, input: DecisionInput): NaiveResult {
  if (input.refused !== undefined && ['email', 'push', 'letter'].includes(input.channel))
    return { chosen: [], held: [], nothing: 'not-allowed' };
  if (input.shown >= placement.capPerPerson.impressionsMax)
    return { chosen: [], held: [], nothing: 'person-cap' };
  const own = PRIVATE.includes(input.channel) && (placement.publicity ?? 'own-screen') === 'own-screen';
  const classOf = (index: number): number => shelf.classes[index]!;
  const place = (item: string): number => shelf.itemIds.findIndex((id) => id === item);
  const seen = input.context.map(({ item }) => place(item)).filter((index) => index >= 0);
  const speaks = seen.filter((index) => own || classOf(index) === 0);
  const length = Math.sqrt(input.facts.reduce((sum, fact) => sum + fact.weight * fact.weight, 0));
  const facts = input.facts
    .map((fact) => ({ index: place(fact.item), weight: nearest(fact.weight / length) }))
    .filter(({ index }) => index >= 0);
  const said = placement.strategy === 'complements' && input.complements !== undefined;
  const ranked: { index: number; score: number; pull: number }[] = [];
  for (let index = 0; index < shelf.itemIds.length; index += 1) {
    const pulls = speaks.map((from) => weight(shelf, from, index, said ? shelf.complements : shelf.model));
    const parts = facts.map((fact) => [weight(shelf, fact.index, index), fact.weight] as const);
    const met = [...pulls, ...parts.map(([w]) => w)].some((w) => w !== undefined);
    const popular = placement.strategy === 'for-you' && shelf.sellable[index] === 1 && classOf(index) === 0;
    const pull = pulls.reduce<number>((sum, w) => sum + (w ?? 0), 0);
    const score = parts.reduce((sum, [w, times]) => sum + (w ?? 0) * times, pull) + shelf.model.prior[index]!;
    if ((met || popular) && score > 0) ranked.push({ index, score, pull });
  }
  // Also of things that the model does not know (yet): a no is about the kind all the same.
  const leafOf = (item: ItemId): number | undefined =>
    shelf.leaves[place(item)] ?? shelf.others.get(item)?.leaf;
  const noes = (leaf: number): number =>
    input.barred.filter(({ item, guard }) => guard === 'disliked' && leafOf(item) === leaf).length;
  ranked.sort((a, b) => b.score - a.score || a.index - b.index);
  const chosen: { item: string; score: number }[] = [];
  const held: Held[] = [];
  const perLeaf = new Map<number, number>();
  const limit = Math.min(input.limit, placement.itemsMax);
  for (const { index, score, pull } of ranked) {
    if (chosen.length === limit + 19) break;
    const item = shelf.itemIds[index]!;
    const leaf = shelf.leaves[index]!;
    const bar = input.barred.find((entry) => entry.item === item);
    const open = own && seen.some((from) => classOf(from) === classOf(index));
    const leaves = seen.map((from) => shelf.leaves[from]);
    const inLeaf = perLeaf.get(leaf) ?? 0;
    const complements = placement.strategy === 'complements';
    const hold = (guard: Held['guard'], number: number): void => {
      if (chosen.length < limit) held.push({ item, guard, number });
    };
    if (shelf.sellable[index] === 0) hold('unavailable', 0);
    else if (classOf(index) !== 0 && !open) hold('sensitive-class', 1);
    else if (seen.includes(index)) hold('in-context', 1);
    else if (bar !== undefined) hold(bar.guard, bar.number);
    else if (input.rules === 2 && noes(leaf) > 1) hold('disliked-kind', noes(leaf));
    else if (complements && leaves.includes(leaf)) hold('same-leaf', 1);
    else if (said && pull <= 0) hold('not-related', pull);
    else if (complements && !said && (pull < 0.05 || (input.rules === 2 && !isNear(shelf, speaks, index))))
      hold('not-related', pull);
    else if (inLeaf >= placement.perLeafMax) hold('leaf-share', inLeaf);
    else {
      perLeaf.set(leaf, inLeaf + 1);
      chosen.push({ item, score });
    }
  }
  const other = held.some(({ guard }) => guard !== 'not-related');
  const nothing = chosen.length > 0 ? undefined : other ? 'guarded' : 'nothing-related';
  return { chosen, held: held.slice(0, 200), nothing };
}

/** Whether one of the things in front of the person pulls it nearly as much as what it pulls most. */
function isNear(shelf: Shelf, speaks: readonly number[], index: number): boolean {
  return speaks.some((from) => {
    const others = shelf.itemIds.flatMap((_, to) => {
      const beside = speaks.some((near) => shelf.leaves[near] === shelf.leaves[to]);
      const hidden = shelf.sellable[to] === 0 || shelf.classes[to] !== 0;
      return beside || hidden ? [] : [weight(shelf, from, to) ?? 0];
    });
    const best = Math.max(0, ...others);
    const mine = weight(shelf, from, index) ?? 0;
    return mine > 0 && (best === 0 || mine / best >= 0.4);
  });
}

/** To multiples of 2^-10, ties to even. */
function nearest(x: number): number {
  const scaled = x * 1024;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  const up = rest > 0.5 || (rest === 0.5 && low % 2 === 1);
  return (up ? low + 1 : low) / 1024;
}
