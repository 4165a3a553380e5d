// Folds admitted events into a person's facts. Events may arrive late, twice and in any order, and the
// profile is the same (SPEC.md P10–P16 say how far): a fact grows by `mergeFacts` alone, and a basket is a
// sum since the last purchase.
//
// A profile is owned by one person's journal; the fold changes it in place, because copying 2,000 facts for
// each of a million imported lines is what would make an import slow.

import { assert } from '../kernel/assert.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { sha256 } from '../kernel/sha256.ts';
import { type AdmittedEvent, type EventKind, TRAITS } from '../facts/event.ts';
import type { Fact, FactKind, Look, Profile } from '../facts/fact.ts';
import { type ItemId, parseItemId } from '../facts/ids.ts';
import { type Touch, basketFact, keepTouches, touchOf } from './basket.ts';
import { type Change, factOf, mergeFacts, pieces } from './merge.ts';
import { keepTimes } from './orders.ts';
import { keepLooks } from './sessions.ts';

export interface MutableProfile extends Profile {
  readonly facts: Map<string, Fact>;
  readonly seen: Set<string>;
  /** Behind each `in-basket` fact, by its key: what it is the sum of. */
  readonly baskets: Map<string, readonly Touch[]>;
  readonly boughtAt: Map<string, readonly number[]>;
  looks: readonly Look[];
}

export function emptyProfile(): MutableProfile {
  return { facts: new Map(), seen: new Set(), baskets: new Map(), boughtAt: new Map(), looks: [] };
}

declare const markBrand: unique symbol;
export type EventMark = string & { readonly [markBrand]: true };

/** 64 bits of the id's hash: a repeat is recognised, the id itself is not kept. */
export function eventMark(id: string): EventMark {
  // The only mint of the brand.
  return base64url(sha256(utf8(id)).subarray(0, 8)) as EventMark;
}

/**
 * What an event does to the fact of one line: its kind and the sign of the quantity. Total over event
 * kinds.
 */
const LINE_EFFECT: Readonly<
  Record<EventKind, { readonly kind: FactKind; readonly sign: 1 | -1 } | undefined>
> = {
  view: { kind: 'viewed', sign: 1 },
  'basket-add': { kind: 'in-basket', sign: 1 },
  'basket-remove': { kind: 'in-basket', sign: -1 },
  purchase: { kind: 'bought', sign: 1 },
  return: { kind: 'bought', sign: -1 },
  click: { kind: 'clicked', sign: 1 },
  dismiss: { kind: 'dismissed', sign: 1 },
  // Exposures are kept with the decision that made them; reviews become facts with the rows that read text.
  impression: undefined,
  declare: undefined,
  review: undefined,
};

/**
 * Adds one event. `false` when an event of that id was counted before: then nothing changes. `mark`: that of
 * its id, where the caller knows it.
 */
export function foldEvent(
  profile: MutableProfile,
  event: AdmittedEvent,
  mark: EventMark = eventMark(event.id),
): boolean {
  if (profile.seen.has(mark)) return false;
  profile.seen.add(mark);
  for (const change of changesOf(event)) {
    const fact = factOf(event, change);
    // One journal, one controller: facts of two sellers must never become one fact (promise L8).
    const { controller } = profile.facts.get(fact.key) ?? fact;
    assert(controller === fact.controller, 'a profile belongs to one controller');
    if (fact.kind === 'in-basket') touchBasket(profile, fact, [touchOf(fact)]);
    else addFact(profile, fact);
    if (event.kind === 'purchase' && fact.item !== undefined) {
      keepTime(profile, fact);
      emptyBaskets(profile, fact.item);
    }
    if (fact.kind === 'viewed') keepLook(profile, fact);
  }
  return true;
}

function changesOf(event: AdmittedEvent): readonly Change[] {
  const effect = LINE_EFFECT[event.kind];
  if (effect === undefined) return event.kind === 'declare' ? changesOfTraits(event) : [];
  // An order that lists a thing on two lines is one order.
  const quantities = new Map<ItemId, number>();
  for (const line of event.lines)
    quantities.set(line.item, (quantities.get(line.item) ?? 0) + pieces(line.quantity));
  return [...quantities].map(([item, quantity]) => ({
    kind: effect.kind,
    about: { item },
    quantity: effect.sign * quantity,
    count: effect.sign === 1 ? 1 : 0,
    returned: event.kind === 'return' ? quantity : 0,
  }));
}

const ONCE = { quantity: 1, count: 1, returned: 0 };

/**
 * Traits that become facts as they are. A rating belongs to a thing that was reviewed; alone it says
 * nothing of the person.
 */
const KEPT_TRAITS: readonly string[] = TRAITS.filter(
  (name) => !['likes', 'dislikes', 'rating'].includes(name),
);

function changesOfTraits(event: AdmittedEvent): readonly Change[] {
  const changes: Change[] = [];
  for (const [name, value] of Object.entries(event.traits ?? {})) {
    if (name === 'likes' || name === 'dislikes') {
      for (const item of listed(value)) changes.push({ kind: name, about: { item }, ...ONCE });
    } else if (KEPT_TRAITS.includes(name)) {
      // `+ 0` turns -0, which JSON cannot carry, into 0.
      const plain = typeof value === 'number' ? value + 0 : value;
      changes.push({ kind: 'trait', about: { name, value: plain }, ...ONCE });
    }
  }
  return changes;
}

/** "likes: a, b": several things in one trait, each a fact of its own. What is no id is let go. */
function listed(value: string | number): readonly ItemId[] {
  const items = new Set<ItemId>();
  for (const text of String(value).split(',')) {
    const item = parseItemId(text.trim());
    if (item.ok) items.add(item.value);
  }
  return [...items];
}

function addFact(profile: MutableProfile, fact: Fact): void {
  const old = profile.facts.get(fact.key);
  putFact(profile, old === undefined ? fact : mergeFacts(old, fact));
}

function putFact(profile: MutableProfile, fact: Fact): void {
  profile.facts.set(fact.key, fact);
  if (profile.facts.size > LIMITS.factsPerPersonMax) dropOldest(profile);
}

/** Beside what the thing was bought is told by when. At the bound the fact may have left already. */
function keepTime({ facts, boughtAt }: MutableProfile, { key, lastMs }: Fact): void {
  if (facts.has(key)) boughtAt.set(key, keepTimes(boughtAt.get(key) ?? [], lastMs));
}

/** After what else it was looked at is told by when, too. */
function keepLook(profile: MutableProfile, { key, lastMs }: Fact): void {
  if (profile.facts.has(key)) profile.looks = keepLooks(profile.looks, { key, timeMs: lastMs });
}

function dropFact(profile: MutableProfile, key: string): void {
  const kind = profile.facts.get(key)?.kind;
  profile.facts.delete(key);
  profile.boughtAt.delete(key);
  profile.baskets.delete(key);
  if (kind === 'viewed') profile.looks = profile.looks.filter((look) => look.key !== key);
}

/** Puts further touches to what is known of this basket line, and makes its fact anew. */
function touchBasket(profile: MutableProfile, pattern: Fact, more: readonly Touch[]): void {
  const all = [...(profile.baskets.get(pattern.key) ?? []), ...more];
  const touches = keepTouches(all, boughtLastMs(profile, pattern.item));
  const fact = basketFact(pattern, touches);
  if (fact === undefined) {
    dropFact(profile, pattern.key);
    return;
  }
  profile.baskets.set(fact.key, touches);
  putFact(profile, fact);
}

/** What was bought has left the basket, whichever source put it there. */
function emptyBaskets(profile: MutableProfile, item: ItemId): void {
  for (const key of profile.baskets.keys()) {
    const fact = profile.facts.get(key);
    if (fact !== undefined && fact.item === item) touchBasket(profile, fact, []);
  }
}

/**
 * When the thing was last bought, from any source; returns do not count (they do not move the time of a
 * purchase).
 */
function boughtLastMs(profile: MutableProfile, item: ItemId | undefined): number {
  let last = -Infinity;
  for (const fact of profile.facts.values()) {
    if (fact.kind === 'bought' && fact.item === item && fact.count > 0 && fact.lastMs > last)
      last = fact.lastMs;
  }
  return last;
}

/**
 * At the bound the fact that was true longest ago leaves, which may be the one that just came. Traits stay:
 * there are few, and the birth year among them is a protection that a flood of page views must not wash
 * away.
 */
function dropOldest(profile: MutableProfile): void {
  let oldest: Fact | undefined;
  for (const fact of profile.facts.values()) {
    if (oldest === undefined || isOlder(fact, oldest)) oldest = fact;
  }
  if (oldest !== undefined) dropFact(profile, oldest.key);
}

function isOlder(a: Fact, b: Fact): boolean {
  if ((a.kind === 'trait') !== (b.kind === 'trait')) return b.kind === 'trait';
  return a.lastMs === b.lastMs ? a.key < b.key : a.lastMs < b.lastMs;
}

/**
 * Keeps only what `keep` allows; returns how many facts left. Used when a purpose is withdrawn and when
 * facts run out.
 */
export function pruneFacts(profile: MutableProfile, keep: (fact: Fact) => boolean): number {
  let gone = 0;
  for (const [key, fact] of profile.facts) {
    if (keep(fact)) continue;
    dropFact(profile, key);
    gone += 1;
  }
  return gone;
}
