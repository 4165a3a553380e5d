// Which things may be shown, told naively: decide/SPEC.md and docs/policy.md, thing by thing, with every rule
// that speaks against it. Weights are read off the model as plain numbers; how they came about is not asked.

import type { Fact } from '../../src/facts/fact.ts';
import type { ItemId } from '../../src/facts/ids.ts';
import { type Case, HOUR, type Thing, placesOf } from './case.ts';
import {
  type Classed,
  type Onlooker,
  classOf,
  isAlone,
  isNever,
  isOwn,
  listed,
  onlookerOf,
} from './oracle-classes.ts';
import { isLeafOver } from './oracle-contact.ts';
import { type JudgedFact, type Noes, noesOf } from './oracle-facts.ts';
import {
  type NextPulls,
  type Speaker,
  asksForNext,
  isDue,
  nextFor,
  nextScore,
  speakersOf,
} from './oracle-next.ts';
import { lawOf } from './oracle-permission.ts';
import type { RuleName } from './rules.ts';
import { isLeftOut, pinsIn } from './shop-rules.ts';

/** The model as plain data: what it knows, what speaks for what, and how popular each thing is. */
export interface Pulls {
  readonly known: readonly ItemId[];
  of(from: ItemId, to: ItemId): number | undefined;
  /** How well one goes with the other; absent: that was not learned. */
  goesWith?(from: ItemId, to: ItemId): number | undefined;
  readonly prior: ReadonlyMap<string, number>;
  readonly nextBasket?: NextPulls;
  readonly nextClick?: NextPulls;
}

export interface JudgedThing {
  readonly thing: Thing;
  readonly leaf: string;
  /** Something that may speak, or popularity, brings it in. */
  readonly reached: boolean;
  /** Something that may speak names it, be it against it: popularity alone may then carry it. */
  readonly named: boolean;
  /** And nothing weighs against it: its score is above 0 whatever the facts weigh. */
  readonly surely: boolean;
  readonly rules: readonly RuleName[];
}

export interface Scene {
  readonly one: Case;
  readonly pulls: Pulls;
  /** Facts that may be used. */
  readonly allowed: readonly Fact[];
  /** Those of them that are no joined identity’s. */
  readonly own: readonly JudgedFact[];
  /** No View: what was shown before is not looked at. */
  readonly shut: boolean;
}

/** What a scene comes to before any single thing is looked at. */
export interface Setting extends Scene {
  readonly noes: Noes;
  readonly onlooker: Onlooker;
  readonly open: ReadonlySet<Classed['name']>;
  /** Classes of what lies in front of the person, open or not. */
  readonly inFront: ReadonlySet<Classed['name']>;
  /** Of the context what may speak. */
  readonly speaking: readonly ItemId[];
  /** Things whose facts may score. */
  readonly scoring: readonly ItemId[];
  /** What speaks where a next basket or a next click is asked for. */
  readonly speakers: readonly Speaker[];
  /** Of each thing that `speaking` names: what it pulls most. */
  readonly most: ReadonlyMap<ItemId, number>;
}

const UNLISTED: Classed = { name: 'unjudged', by: 'unjudged' };

export function settingOf(scene: Scene): Setting {
  const { one, allowed } = scene;
  const { ask, policy, shop } = one;
  const onlooker = onlookerOf(ask, policy);
  const open = new Set<Classed['name']>();
  const inFront = new Set<Classed['name']>();
  const speaking: ItemId[] = [];
  for (const id of ask.context) {
    const thing = listed(shop, id);
    // Of a thing that the catalogue does not know nobody can say what it tells.
    const found = thing === undefined ? UNLISTED : classOf(thing, policy);
    if (found === undefined) {
      speaking.push(id);
      continue;
    }
    if (isOwn(found)) inFront.add(found.name);
    if (onlooker !== 'nobody' || isNever(found.name, policy.sensitive)) continue;
    // A proxy, and what nobody can judge, speaks there for itself and opens nothing.
    if (isOwn(found)) open.add(found.name);
    speaking.push(id);
  }
  for (const name of declaredHere(scene)) open.add(name);
  const noes = barringNoes(scene);
  const saidNo = [...noes.disliked, ...noes.dismissed];
  const scoring = allowed.flatMap(({ item, kind, quantity }) =>
    item !== undefined && SCORING.includes(kind) && quantity > 0 && !saidNo.includes(item) ? [item] : [],
  );
  const most = new Map(speaking.map((id) => [id, mostPulled(scene, id)]));
  const speakers = asksForNext(ask) ? speakersOf({ ...scene, saidNo, speaking }) : [];
  return { ...scene, noes, onlooker, open, inFront, speaking, scoring, speakers, most };
}

/** What stands in the way: in a next basket nothing that is due again. */
function barringNoes({ one, allowed, own }: Scene): Noes {
  const noes = noesOf(allowed, one.ask.nowMs);
  if (one.ask.placement.strategy !== 'next-basket') return noes;
  const barring = allowed.filter((fact) => fact.kind !== 'bought' || !isDue(one, own, fact));
  return { ...noes, bought: noesOf(barring, one.ask.nowMs).bought };
}

function declaredHere({ one, shut }: Scene): readonly Classed['name'][] {
  const { ask, declared, lives, policy } = one;
  const isOpen = !shut && isAlone(ask, policy) && lawOf(placesOf(lives[0], ask)).declaringOpens;
  return isOpen ? declared.filter((name) => !isNever(name, policy.sensitive)) : [];
}

const SCORING: readonly string[] = ['bought', 'in-basket', 'clicked', 'viewed', 'likes'];

/** Strongest pull to something that may be shown to anybody and is of no leaf in front of the person. */
function mostPulled({ one, pulls }: Scene, from: ItemId): number {
  const { ask, shop, policy } = one;
  const leaves = ask.context.map((id) => leafOf(one, id));
  let most = 0;
  for (const to of pulls.known) {
    const thing = listed(shop, to);
    if (thing === undefined || !thing.available || classOf(thing, policy) !== undefined) continue;
    if (!leaves.includes(leafOf(one, to))) most = Math.max(most, pulls.of(from, to) ?? 0);
  }
  return most;
}

/** The narrowest category; a thing without one, and one the catalogue does not know, is its own. */
function leafOf({ shop }: Case, id: ItemId): string {
  const thing = listed(shop, id);
  return thing === undefined || thing.path.length === 0 ? `item:${id}` : thing.path.join(' > ');
}

/** Equal for things of one product on one leaf; what the catalogue does not know is of none. */
export function productOf(one: Case, id: ItemId): string | undefined {
  // In a basket each is a thing of its own.
  if (one.ask.placement.strategy === 'next-basket') return undefined;
  const thing = listed(one.shop, id);
  return thing?.variantOf === undefined ? undefined : `${thing.variantOf} of ${thing.path.join(' > ')}`;
}

/** Of something else that speaks in front, was refused or, unless returned, bought or shown often. */
function isVariantOfMet({ one, noes, speaking, shut }: Setting, id: ItemId): boolean {
  const product = productOf(one, id);
  if (product === undefined) return false;
  const { impressionsMax } = one.ask.placement.capPerItem;
  const all = one.shop.things.map((thing) => thing.id);
  const worn = shut ? [] : all.filter((other) => timesShown(one, other) >= impressionsMax);
  const kept = [...noes.bought, ...worn].filter((item) => !noes.returned.includes(item));
  const met = [...speaking, ...kept, ...noes.disliked, ...noes.dismissed];
  return met.some((other) => other !== id && productOf(one, other) === product);
}

/** What the catalogue does not know is in no part of it. */
function isOutside({ within }: Case['ask'], { path, listed: isListed }: Thing): boolean {
  if (within === undefined) return false;
  return !isListed || within.some((step, at) => step.toLowerCase() !== path[at]?.toLowerCase());
}

export function judgeThing(setting: Setting, thing: Thing): JudgedThing {
  const { one, pulls, speaking, scoring } = setting;
  const { ask } = one;
  const { id } = thing;
  const rules: RuleName[] = [...ofStock(thing), ...ofClass(setting, thing), ...ofPerson(setting, id)];
  if (ask.context.includes(id)) rules.push('in-context');
  if (isLeftOut(ask.placement, thing)) rules.push('left-out');
  if (isOutside(ask, thing)) rules.push('outside');
  if (isVariantOfMet(setting, id)) rules.push('variant');
  const leaf = leafOf(one, id);
  if (ask.placement.strategy === 'complements') rules.push(...ofComplements(setting, id, leaf));
  if (asksForNext(ask)) return judgeNext(setting, { thing, leaf, rules });
  const inContext = contextWord(setting);
  const named = [
    ...speaking.flatMap((from) => inContext(from, id) ?? []),
    ...scoring.flatMap((from) => pulls.of(from, id) ?? []),
  ];
  const prior = pulls.prior.get(id) ?? 0;
  const popular = ask.placement.strategy === 'for-you' && prior > 0;
  const pinned = pinsIn(ask.placement).includes(id);
  const reached = pinned || popular || named.some((weight) => weight > 0);
  const pulledNow = speaking.some((from) => (inContext(from, id) ?? 0) > 0);
  return {
    thing,
    leaf,
    reached,
    named: reached || named.length > 0,
    surely: pulledNow && prior >= 0 && named.every((weight) => weight >= 0),
    rules,
  };
}

/** What comes next is chosen by a model of its own, popular things included. */
function judgeNext(
  setting: Setting,
  { thing, leaf, rules }: Pick<JudgedThing, 'thing' | 'leaf' | 'rules'>,
): JudgedThing {
  const { id } = thing;
  const { named, score } = nextScore(setting, setting.speakers, id);
  const prior = nextFor(setting.one.ask, setting.pulls)?.prior.get(id) ?? 0;
  const reached = pinsIn(setting.one.ask.placement).includes(id) || ((named || prior > 0) && score > 0);
  return { thing, leaf, reached, named: reached || named, surely: named && score > 0, rules };
}

/**
 * Where complements are asked for and were learned, what lies in front of the person speaks by them alone.
 */
export function contextWord({ one, pulls }: Scene): Pulls['of'] {
  const { strategy } = one.ask.placement;
  // Of a next basket the context says nothing.
  if (strategy === 'next-basket') return () => undefined;
  if (strategy === 'next-click') return pulls.nextClick?.of ?? (() => undefined);
  const asksForThem = strategy === 'complements';
  return asksForThem && pulls.goesWith !== undefined ? pulls.goesWith : pulls.of;
}

function ofStock({ listed: isListed, available }: Thing): readonly RuleName[] {
  if (!isListed) return ['unlisted'];
  return available ? [] : ['sold-out'];
}

function ofClass({ one, open, inFront, onlooker }: Setting, thing: Thing): readonly RuleName[] {
  const found = thing.listed ? classOf(thing, one.policy) : undefined;
  if (found === undefined || open.has(found.name)) return [];
  if (!inFront.has(found.name)) return [`class-${found.by}` as const];
  const never = isNever(found.name, one.policy.sensitive) ? (['class-never'] as const) : [];
  return onlooker === 'nobody' ? never : [...never, onlooker];
}

/** What the person did, said or was shown. */
function ofPerson({ one, noes, shut }: Setting, id: ItemId): readonly RuleName[] {
  const noesHere = (['bought', 'returned', 'disliked', 'dismissed'] as const).filter((no) =>
    noes[no].includes(id),
  );
  const isAgain = one.ask.placement.strategy === 'next-basket';
  const rules: RuleName[] = noesHere.map((no) => (no === 'bought' && isAgain ? 'not-due' : no));
  const leaf = leafOf(one, id);
  const ofLeaf = [...noes.disliked, ...noes.dismissed].filter((other) => hasLeaf(one, other, leaf));
  if (new Set(ofLeaf).size > 1) rules.push('disliked-kind');
  const { impressionsMax } = one.ask.placement.capPerItem;
  if (!shut && timesShown(one, id) >= impressionsMax) rules.push('cap-item');
  if (!shut && isLeafOver(one, leaf, (other) => leafOf(one, other as ItemId))) rules.push('cap-leaf');
  return rules;
}

function hasLeaf(one: Case, id: ItemId, leaf: string): boolean {
  return leafOf(one, id) === leaf;
}

/** Within the rolling window of the placement, over all placements. */
export function timesShown({ given, ask }: Case, id: ItemId): number {
  const sinceMs = ask.nowMs - ask.placement.capPerItem.windowHours * HOUR;
  return given.filter(({ items, timeMs }) => timeMs > sinceMs && items.includes(id)).length;
}

/** Lists of this placement within its window that had something in them. */
export function timesSpoken({ given, ask }: Case): number {
  const { id, capPerPerson } = ask.placement;
  const sinceMs = ask.nowMs - capPerPerson.windowHours * HOUR;
  return given.filter(
    ({ placement, items, timeMs }) => placement === id && items.length > 0 && timeMs > sinceMs,
  ).length;
}

function ofComplements(setting: Setting, id: ItemId, leaf: string): readonly RuleName[] {
  const { one, pulls, speaking, most } = setting;
  const rules: RuleName[] = [];
  if (one.ask.context.some((other) => leafOf(one, other) === leaf)) rules.push('same-leaf');
  const inContext = contextWord(setting);
  const weights = speaking.map((from) => inContext(from, id) ?? 0);
  if (pulls.goesWith !== undefined)
    return weights.some((weight) => weight > 0) ? rules : [...rules, 'not-with'];
  if (weights.reduce((sum, weight) => sum + weight, 0) < 0.05) rules.push('unrelated');
  const isNear = speaking.some((from, at) => {
    const weight = weights[at] ?? 0;
    const best = most.get(from) ?? 0;
    return weight > 0 && (weight >= best || weight / best >= 0.4);
  });
  if (!isNear) rules.push('far');
  return rules;
}
