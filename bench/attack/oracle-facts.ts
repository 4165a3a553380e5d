// Which facts may be used for a decision, told naively: profile/SPEC.md and consent/SPEC.md, fact by fact,
// with every rule that speaks against it.

import type { DataCategory } from '../../src/facts/category.ts';
import type { Fact } from '../../src/facts/fact.ts';
import type { ItemId } from '../../src/facts/ids.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import { type Case, type Life, SHOP_ID, SOURCES, YEAR, placesOf } from './case.ts';
import { classOf, isAlone, isNever, isOwn, listed } from './oracle-classes.ts';
import { against, lawOf, oneLawAllows } from './oracle-permission.ts';
import type { RuleName } from './rules.ts';

export interface JudgedFact {
  /** As a View names it: of a joined identity with its place before it. */
  readonly key: string;
  readonly fact: Fact;
  /** Rules against it; none: it may be used. */
  readonly rules: readonly RuleName[];
}

export interface JudgedFacts {
  /** No category at all may be read: there is no View. */
  readonly shut: boolean;
  readonly facts: readonly JudgedFact[];
}

const CATEGORIES =
  'purchases browsing basket interactions declared demographics location reviews messages devices'.split(
    ' ',
  ) as DataCategory[];

const TRUE_CATEGORY: Readonly<Record<Fact['kind'], string>> = {
  bought: 'purchases',
  viewed: 'browsing',
  'in-basket': 'basket',
  clicked: 'interactions',
  dismissed: 'interactions',
  likes: 'declared',
  dislikes: 'declared',
  trait: 'demographics',
};

type Permission = (category: DataCategory) => readonly RuleName[];

export function judgeFacts(one: Case): JudgedFacts {
  const [first, ...others] = one.lives;
  if (one.ask.nobody) return { shut: true, facts: [] };
  const own = permissionOf(one, first);
  const shut = CATEGORIES.every((category) => own(category).length > 0);
  const facts = lastOfEachKey(first).map((fact) => ({
    key: fact.key,
    fact,
    rules: [...own(fact.category), ...ofFact(one, fact), ...asideOf(first, fact), ...classRules(one, fact)],
  }));
  const joined = others.flatMap((other, at) => {
    const theirs = permissionOf(one, other);
    return lastOfEachKey(other).map((fact) => {
      const rules: RuleName[] = [...ofFact(one, fact), ...joinedClass(one, fact)];
      if (own(fact.category).length > 0) rules.push('joined-first');
      if (theirs(fact.category).length > 0 || asideOf(other, fact).length > 0) rules.push('joined-other');
      return { key: `joined ${at + 1}|${fact.key}`, fact, rules };
    });
  });
  return { shut, facts: [...facts, ...joined] };
}

/** Whether this category of the person's own may be read at all. */
export function mayRead(one: Case, category: DataCategory): boolean {
  return permissionOf(one, one.lives[0])(category).length === 0;
}

function permissionOf({ ask, policy }: Case, life: Life): Permission {
  const places = placesOf(life, ask);
  const purpose: Purpose = ask.placement.purpose;
  const known = new Map<DataCategory, readonly RuleName[]>();
  return (category) => {
    let rules = known.get(category);
    if (rules === undefined) {
      const use = { life, ask, category, purpose, policy };
      rules = against(use, places);
      if (rules.length === 1 && oneLawAllows(use, places)) rules = ['own-law'];
      known.set(category, rules);
    }
    return rules;
  };
}

/** What is asked of the fact itself, whoever it belongs to. */
function ofFact({ ask }: Case, fact: Fact): readonly RuleName[] {
  const rules: RuleName[] = [];
  const isPlace = fact.kind === 'trait' && (fact.name === 'country' || fact.name === 'region');
  if (fact.category !== (isPlace ? 'location' : TRUE_CATEGORY[fact.kind])) rules.push('category-false');
  if (fact.controller !== SHOP_ID) rules.push('other-controller');
  const source = SOURCES.find(({ id }) => id === fact.source);
  if (source === undefined) rules.push('source-gone');
  else if (source.origin !== 'first-party') rules.push('source-bought');
  else if (source.controller !== SHOP_ID) rules.push('source-foreign');
  if (!Number.isFinite(fact.lastMs) || !Number.isFinite(fact.expiresMs)) rules.push('times-unreadable');
  if (ask.nowMs >= fact.expiresMs) rules.push('expired');
  if (ask.nowMs >= fact.lastMs + YEAR) rules.push('profile-end');
  return rules;
}

function asideOf({ setAside }: Life, { key }: Fact): readonly RuleName[] {
  return setAside.includes(key) ? ['set-aside'] : [];
}

function classRules({ shop, policy, declared, lives, ask }: Case, { item }: Fact): readonly RuleName[] {
  if (item === undefined) return [];
  const thing = listed(shop, item);
  if (thing === undefined) return ['unknown-fact'];
  const found = classOf(thing, policy);
  if (found === undefined) return [];
  if (!declared.some((name) => name === found.name)) return [isOwn(found) ? 'sensitive-fact' : 'shadow-fact'];
  const rules: RuleName[] = lawOf(placesOf(lives[0], ask)).declaringOpens ? [] : ['law-forbids-declaring'];
  if (!isAlone(ask, policy)) rules.push('declared-shared');
  if (isNever(found.name, policy.sensitive)) rules.push('declared-never');
  return rules;
}

function joinedClass({ shop, policy }: Case, { item }: Fact): readonly RuleName[] {
  if (item === undefined) return [];
  const thing = listed(shop, item);
  if (thing === undefined) return ['unknown-fact'];
  return classOf(thing, policy) === undefined ? [] : ['joined-sensitive'];
}

/** A profile holds one fact of a key. */
function lastOfEachKey({ facts }: Life): readonly Fact[] {
  return [...new Map(facts.map((fact) => [fact.key, fact])).values()];
}

/** What of the facts that may be used stands in the way of a thing, by rule. */
export interface Noes {
  readonly bought: readonly ItemId[];
  readonly returned: readonly ItemId[];
  readonly disliked: readonly ItemId[];
  readonly dismissed: readonly ItemId[];
}

export function noesOf(facts: readonly Fact[], nowMs: number): Noes {
  const things = (is: (fact: Fact) => boolean): readonly ItemId[] =>
    facts.flatMap((fact) => (fact.item !== undefined && is(fact) ? [fact.item] : []));
  return {
    returned: things(({ kind, returned }) => kind === 'bought' && returned > 0),
    bought: things(({ kind, returned, quantity }) => kind === 'bought' && returned <= 0 && quantity > 0),
    disliked: things(({ kind }) => kind === 'dislikes'),
    dismissed: things(({ kind, lastMs }) => kind === 'dismissed' && nowMs - lastMs < 30 * 86_400_000),
  };
}
