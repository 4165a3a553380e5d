// Whether a person is in the audience of a slot. What speaks for it is found in a View and recorded with the
// decision; whether that is enough is decided from the record, so that a replay and “without this fact” judge
// by the same sentence.

import {
  type Audience,
  type Condition,
  type Grounds,
  READ_FOR,
  TIMES_MAX,
  goodsIn,
  meets,
} from '../facts/audience.ts';
import type { DecisionInput } from '../facts/decision.ts';
import { factName } from '../facts/fact-key.ts';
import type { Fact, FactKind } from '../facts/fact.ts';
import type { Placement } from '../facts/placement.ts';
import type { LineRules } from '../facts/policy.ts';
import type { View } from '../facts/view.ts';
import { DAY_MS } from '../kernel/time.ts';
import { dislikedIn } from './bar.ts';
import type { Shelf } from './shelf.ts';
import { type NameTold, thingsNamed } from './telling.ts';

/** An audience on one shelf. */
export interface Resolved {
  /** The first condition that names what tells something: then nobody is in the audience. */
  readonly unfit: { readonly at: number; readonly tells: NameTold } | undefined;
  /** For each condition the ordinary things that it means. */
  readonly things: readonly (ReadonlySet<string> | undefined)[];
}

const resolved = new WeakMap<Shelf, WeakMap<Audience, Resolved>>();

/** Found once for each shelf: a shadow that changes makes another shelf. */
export function audienceOn(shelf: Shelf, audience: Audience): Resolved {
  const kept = resolved.get(shelf) ?? new WeakMap<Audience, Resolved>();
  resolved.set(shelf, kept);
  const known = kept.get(audience);
  if (known !== undefined) return known;
  const named = audience.all.map((condition) => {
    const goods = goodsIn(condition);
    return goods === undefined ? undefined : thingsNamed(shelf, goods);
  });
  const at = named.findIndex((one) => one?.tells !== undefined);
  const tells = named[at]?.tells;
  const found = {
    unfit: tells === undefined ? undefined : { at, tells },
    things: named.map((one) => one?.ordinary),
  };
  kept.set(audience, found);
  return found;
}

export interface Looking {
  readonly audience: Audience;
  readonly shelf: Shelf;
  /** Purchases may be read for this purpose at all. */
  readonly mayReadPurchases: boolean;
}

/** What of a person speaks for each condition. Of an audience that is unfit nothing is looked at. */
export function groundsIn(view: View, { audience, shelf, mayReadPurchases }: Looking): readonly Grounds[] {
  const { unfit, things } = audienceOn(shelf, audience);
  if (unfit !== undefined) return [];
  const disliked = dislikedIn(view);
  return audience.all.map((condition, at) => {
    const means = things[at];
    if (condition.by === 'not-bought') return grounds(view, condition, means, mayReadPurchases);
    const facts = factsFor(view, condition).filter(({ item }) => item === undefined || !disliked.has(item));
    return listed(facts, (fact) => timesOf(fact, { condition, means, nowMs: view.nowMs }));
  });
}

/** Deeds as facts name them. */
const KIND: Readonly<Partial<Record<Condition['by'], FactKind>>> = {
  bought: 'bought',
  viewed: 'viewed',
  liked: 'likes',
  customer: 'bought',
};

function factsFor(view: View, condition: Condition): readonly Fact[] {
  if (condition.by === 'country' || condition.by === 'language') {
    const said = declaredIn(view, condition.by);
    return said === undefined ? [] : [said];
  }
  return view.read(READ_FOR[condition.by]).filter(({ kind }) => kind === KIND[condition.by]);
}

interface Asking {
  readonly condition: Condition;
  readonly means: ReadonlySet<string> | undefined;
  readonly nowMs: number;
}

/** How many times a fact surely counts; of several purchases the first and the last are known. */
function timesOf(fact: Fact, { condition, means, nowMs }: Asking): number {
  if ('oneOf' in condition) return condition.oneOf.includes(codeOf(fact)) ? 1 : 0;
  if (fact.quantity <= 0 || fact.item === undefined) return 0;
  if (condition.by === 'customer')
    return fact.count > 0 && fact.firstMs <= nowMs - condition.days * DAY_MS ? 1 : 0;
  if (means?.has(fact.item) !== true) return 0;
  const sinceMs = condition.days === undefined ? Number.NEGATIVE_INFINITY : nowMs - condition.days * DAY_MS;
  if (fact.lastMs <= sinceMs) return 0;
  return fact.firstMs > sinceMs ? Math.max(1, fact.count) : 1;
}

/** A purchase speaks against it, also one that came back; so does one that stays behind the door. */
function grounds(
  view: View,
  { days }: Condition & { readonly by: 'not-bought' },
  means: ReadonlySet<string> | undefined,
  mayReadPurchases: boolean,
): Grounds {
  const sinceMs = view.nowMs - days * DAY_MS;
  const isMeant = (thing: string | undefined): boolean => thing !== undefined && means?.has(thing) === true;
  const bought = view.read('purchases').filter(({ kind }) => kind === 'bought');
  const found = listed(bought, ({ item, lastMs }) => (isMeant(item) && lastMs > sinceMs ? 1 : 0));
  const isHeld = view.held().some(({ key }) => {
    const { kind, thing } = factName(key);
    return kind === 'bought' && isMeant(thing);
  });
  return mayReadPurchases && !isHeld ? found : { ...found, unknown: true };
}

/** Enough that one fact less changes the answer only where it should. */
const LISTED_MAX = 2 * TIMES_MAX;

function listed(facts: readonly Fact[], times: (fact: Fact) => number): Grounds {
  const found = facts.flatMap((fact): readonly (readonly [string, number])[] => {
    const count = times(fact);
    return count === 0 ? [] : [[fact.key, count]];
  });
  return { facts: found.slice(0, LISTED_MAX) };
}

/** What the person said last themselves, not an identity that they joined. */
function declaredIn(view: View, name: 'country' | 'language'): Fact | undefined {
  let newest: Fact | undefined;
  for (const fact of view.read(READ_FOR[name])) {
    if (fact.kind !== 'trait' || fact.name !== name || factName(fact.key).joined > 0) continue;
    if (newest === undefined || fact.lastMs >= newest.lastMs) newest = fact;
  }
  return newest;
}

/** `de` of `de-AT`, `DE` of `de` where a country is meant. */
function codeOf({ name, value }: Fact): string {
  const [code = ''] = String(value ?? '').split('-');
  return name === 'country' ? code.toUpperCase() : code.toLowerCase();
}

/** The language that the person declared, ISO 639-1, as far as it may be read. */
export function languageIn(view: View): string | undefined {
  const said = declaredIn(view, 'language');
  return said === undefined ? undefined : codeOf(said);
}

export interface Judging {
  readonly input: Pick<DecisionInput, 'audience'>;
  readonly placement: Placement;
  readonly line?: LineRules | undefined;
  readonly shelf: Shelf;
}

/** Whether the slot is for them. What is missing, unknown, unfit or of few people is a no. */
export function isForThem({ input, placement, line, shelf }: Judging): boolean {
  if (placement.audience === undefined) return true;
  const audience = line?.audiences?.find(({ name }) => name === placement.audience);
  const seen = input.audience;
  if (audience === undefined || seen === undefined || seen.name !== audience.name) return false;
  if (seen.size !== 'enough' || audienceOn(shelf, audience).unfit !== undefined) return false;
  return isMember(audience, seen.grounds);
}

/** Whether these grounds meet all conditions. */
export function isMember({ all }: Audience, found: readonly Grounds[]): boolean {
  return found.length === all.length && all.every((condition, at) => isMet(condition, found[at]));
}

/** The one condition that is not met, where all others are; −1 otherwise. */
export function onlyMissing({ all }: Audience, found: readonly Grounds[]): number {
  const missing = all.flatMap((condition, at) => (isMet(condition, found[at]) ? [] : [at]));
  return found.length === all.length && missing.length === 1 ? (missing[0] ?? -1) : -1;
}

function isMet(condition: Condition, found: Grounds | undefined): boolean {
  return found !== undefined && meets(condition, found);
}
