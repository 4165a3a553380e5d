// A decision told naively: every score of the shop in a plain loop, one full sort, the guards as the
// sentences of SPEC.md. It shares no code with decide.ts, so that it can be wrong only by itself.

import type { DecisionInput, Held } from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import type { Shelf } from './shelf.ts';
import { naiveLooks } from './testing-naive-looks.ts';
import { gainOf, isOf, pinsOf } from './testing-naive-shop.ts';

export interface NaiveResult {
  /** What guards let pass, best first, as many as are fixed or stand in the pool. */
  readonly chosen: readonly { readonly item: string; readonly score: number }[];
  readonly held: readonly Held[];
  /** What the shop placed, with the place. */
  readonly pins: readonly { readonly item: string; readonly score: number; readonly place: number }[];
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
    return { chosen: [], held: [], pins: [], nothing: 'not-allowed' };
  if (input.shown >= placement.capPerPerson.impressionsMax)
    return { chosen: [], held: [], pins: [], nothing: 'person-cap' };
  const limit = Math.min(input.limit, placement.itemsMax);
  const { scores, ranked, stopOf, isStranger } = sceneOf(shelf, placement, input);
  const perLeaf = new Map<number, number>();
  const products = new Set<string>();
  const chosen: { item: string; score: number }[] = [];
  const pins: { item: string; score: number; place: number }[] = [];
  const held: Held[] = [];
  let isGuarded = false;
  let strangers = 0;
  const passes = (
    index: number,
    pull: number,
    { told, isPin = false }: { told: boolean; isPin?: boolean },
  ): boolean => {
    const leaf = shelf.leaves[index]!;
    const inLeaf = perLeaf.get(leaf) ?? 0;
    const product = naiveProduct(shelf, placement, input, index);
    const stop =
      stopOf(index, pull, products) ??
      (inLeaf >= placement.perLeafMax ? (['leaf-share', inLeaf] as const) : undefined);
    const item = shelf.names[index]!;
    if (stop === undefined) {
      perLeaf.set(leaf, inLeaf + 1);
      if (product !== undefined) products.add(product);
    }
    if (stop !== undefined && told) {
      isGuarded ||= stop[0] !== 'not-related';
      if (!isPin && (input.rules ?? 0) >= 3 && strangers === 20 && isStranger(index, pull)) return false;
      if (!isPin && stop[0] === 'not-related') strangers += 1;
      if (held.every((one) => one.item !== item)) held.push({ item, guard: stop[0], number: stop[1] });
    }
    return stop === undefined;
  };
  for (const pin of pinsOf(placement, limit)) {
    const index = shelf.names.indexOf(pin.item);
    const found = scores.get(index);
    if (found === undefined || !isWithin(shelf, input, index) || pins.length >= Math.floor(limit / 2))
      continue;
    if (passes(index, found.pull, { told: true, isPin: true })) pins.push({ ...pin, score: found.score });
  }
  const places = limit - pins.length;
  for (const { index, score, pull } of ranked) {
    if (chosen.length === places + 19) break;
    const item = shelf.names[index]!;
    if (pins.some((pin) => pin.item === item)) continue;
    if (passes(index, pull, { told: chosen.length < places })) chosen.push({ item, score });
  }
  const rules = placement.merchandising;
  if (chosen.length === 0 && pins.length > 0 && rules && ['email', 'push', 'letter'].includes(input.channel))
    return naiveDecide(shelf, { ...placement, merchandising: { ...rules, pin: [] } }, input);
  const nothing = chosen.length + pins.length > 0 ? undefined : isGuarded ? 'guarded' : 'nothing-related';
  return { chosen, held: held.slice(0, 200), nothing, pins };
}

interface Ranked {
  readonly index: number;
  readonly score: number;
  readonly pull: number;
}

interface NaiveScene {
  /** Of each thing of the shelf. */
  readonly scores: ReadonlyMap<number, Ranked>;
  /** Candidates, best first. */
  readonly ranked: readonly Ranked[];
  /** What speaks against a thing, where a list has variants of these products. */
  stopOf(
    index: number,
    pull: number,
    products: ReadonlySet<string>,
  ): readonly [Held['guard'], number] | undefined;
  /** It does not belong beside what is in front of the person. */
  isStranger(index: number, pull: number): boolean;
}

function sceneOf(shelf: Shelf, placement: Placement, input: DecisionInput): NaiveScene {
  const own = PRIVATE.includes(input.channel) && (placement.publicity ?? 'own-screen') === 'own-screen';
  const classOf = (index: number): number => shelf.classes[index]!;
  const place = (item: string): number => shelf.names.findIndex((id) => id === item);
  const seen = input.context.map(({ item }) => place(item)).filter((index) => index >= 0);
  const speaks = seen.filter((index) => own || classOf(index) === 0);
  const length = Math.sqrt(input.facts.reduce((sum, fact) => sum + fact.weight * fact.weight, 0));
  const facts = input.facts
    .map((fact) => ({ index: place(fact.item), weight: nearest(fact.weight / length) }))
    .filter(({ index }) => index >= 0);
  const isClick = placement.strategy === 'next-click';
  const mayScore = (item: string): boolean => {
    const at = place(item);
    return own || (at >= 0 && classOf(at) === 0);
  };
  const looks = naiveLooks(shelf, input, mayScore);
  const said = placement.strategy === 'complements' && input.complements !== undefined;
  const ranked: Ranked[] = [];
  const scores = new Map<number, Ranked>();
  for (let index = 0; index < shelf.names.length; index += 1) {
    const pulls = speaks.map((from) => weight(shelf, from, index, said ? shelf.complements : shelf.model));
    const parts = facts.map((fact) => [weight(shelf, fact.index, index), fact.weight] as const);
    const met = [...pulls, ...parts.map(([w]) => w)].some((w) => w !== undefined);
    const clicked = looks.earned(index);
    const popular =
      (isClick || placement.strategy === 'for-you') && shelf.sellable[index] === 1 && classOf(index) === 0;
    const pull = pulls.reduce<number>((sum, w) => sum + (w ?? 0), 0);
    const prior = (isClick ? looks.prior(index) : shelf.model.prior[index]) ?? 0;
    const facted = parts.reduce((sum, [w, times]) => sum + (w ?? 0) * times, pull);
    const earned = (isClick ? (clicked ?? 0) : facted) + prior;
    const gain = gainOf(shelf, placement, { timeMs: input.timeMs, index, score: earned });
    const found = { index, score: earned + gain, pull };
    scores.set(index, found);
    const isKnown = isClick ? clicked !== undefined : met && index < shelf.itemIds.length;
    const fills = popular && (isClick || index < shelf.itemIds.length);
    if ((isKnown || fills) && found.score > 0 && isWithin(shelf, input, index)) ranked.push(found);
  }
  ranked.sort((a, b) => b.score - a.score || a.index - b.index);
  // Also of things that the model does not know (yet): a no is about the kind all the same.
  const noes = (leaf: number): number =>
    input.barred.filter(({ item, guard }) => guard === 'disliked' && shelf.leaves[place(item)] === leaf)
      .length;
  const leaves = seen.map((from) => shelf.leaves[from]);
  const complements = placement.strategy === 'complements';
  const exclude = placement.merchandising?.exclude;
  const isStranger: NaiveScene['isStranger'] = (index, pull) => {
    if (!complements || said) return said && pull <= 0;
    return pull < 0.05 || (input.rules !== undefined && !isNear(shelf, input, { seen, speaks }, index));
  };
  const refused = input.barred.filter(({ guard }) => ['bought', 'disliked', 'item-cap'].includes(guard));
  const met = [...speaks, ...refused.map(({ item }) => place(item))].map((at) =>
    naiveProduct(shelf, placement, input, at),
  );
  const stopOf: NaiveScene['stopOf'] = (index, pull, products) => {
    const leaf = shelf.leaves[index]!;
    const bar = input.barred.find((entry) => entry.item === shelf.names[index]);
    const open = own && seen.some((from) => classOf(from) === classOf(index));
    if (shelf.sellable[index] === 0) return ['unavailable', 0];
    if (classOf(index) !== 0 && !open) return ['sensitive-class', 1];
    if (exclude !== undefined && isOf(shelf, exclude, index)) return ['excluded', 1];
    if (seen.includes(index)) return ['in-context', 1];
    if (bar !== undefined) return [bar.guard, bar.number];
    const product = naiveProduct(shelf, placement, input, index);
    if (product !== undefined && (met.includes(product) || products.has(product))) return ['variant', 1];
    if (input.rules !== undefined && noes(leaf) > 1) return ['disliked-kind', noes(leaf)];
    if (complements && leaves.includes(leaf)) return ['same-leaf', 1];
    return isStranger(index, pull) ? ['not-related', pull] : undefined;
  };
  return { scores, ranked, stopOf, isStranger };
}

function naiveProduct(
  shelf: Shelf,
  { strategy }: Placement,
  { rules }: DecisionInput,
  index: number,
): string | undefined {
  const item = shelf.goods[index];
  if (item === undefined || (rules ?? 0) < 4 || strategy === 'next-basket') return undefined;
  const at = item.path.join(' > ');
  const others = shelf.goods.some((other) => other?.variantOf === item.id && other.path.join(' > ') === at);
  if (item.variantOf === undefined && !others) return undefined;
  return `${item.variantOf ?? item.id} of ${at}`;
}

/** In the part of the catalogue that was asked for. */
function isWithin(shelf: Shelf, { within }: DecisionInput, index: number): boolean {
  return within === undefined || isOf(shelf, { items: [], paths: [within], brands: [] }, index);
}

/** Whether one of the things in front of the person pulls it nearly as much as what it pulls most. */
function isNear(
  shelf: Shelf,
  { rules }: DecisionInput,
  { seen, speaks }: { readonly seen: readonly number[]; readonly speaks: readonly number[] },
  index: number,
): boolean {
  const inFront = (rules ?? 0) >= 6 ? seen : speaks;
  return speaks.some((from) => {
    const others = shelf.itemIds.flatMap((_, to) => {
      const beside = inFront.some((near) => shelf.leaves[near] === shelf.leaves[to]);
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
