// Who is in the audience of a slot and what may stand above its message, told naively: docs/policy.md
// (Audiences, Subjects) and decide/SPEC.md (D50–D54).

import type { Condition } from '../../src/facts/audience.ts';
import type { Fact } from '../../src/facts/fact.ts';
import type { Things } from '../../src/facts/policy.ts';
import { type Case, DAY, type Thing } from './case.ts';
import { classOf, how, listed } from './oracle-classes.ts';
import { type JudgedFact, mayRead, noesOf } from './oracle-facts.ts';
import type { AudienceRule, Verdict } from './rules.ts';
import type { Answer } from './subject.ts';

/** Why this slot is not for this person; empty: it is. `shut`: there is no View. */
export function audienceStops(
  one: Case,
  { shut, facts }: { readonly shut: boolean; readonly facts: readonly JudgedFact[] },
): readonly AudienceRule[] {
  const { placement, audienceSize } = one.ask;
  if (placement.audience === undefined) return [];
  const audience = one.policy.audiences?.find(({ name }) => name === placement.audience);
  if (shut || audience === undefined) return ['audience-out'];
  const out = audience.all.every((condition) => isMet(one, facts, condition));
  const tells = audience.all.some((condition) => 'goods' in condition && isTelling(one, condition.goods));
  return [
    ...(out ? [] : (['audience-out'] as const)),
    ...(audienceSize === 'enough' ? [] : (['audience-few'] as const)),
    ...(tells ? (['audience-tells'] as const) : []),
  ];
}

function catalogueOf({ shop }: Case): readonly Thing[] {
  return shop.things.filter((thing) => thing.listed);
}

function isTelling(one: Case, goods: Things): boolean {
  const meant = catalogueOf(one).filter((thing) => how(thing, goods) !== undefined);
  const classed = meant.map((thing) => classOf(thing, one.policy));
  if (classed.some((found) => found !== undefined && found.by !== 'unjudged')) return true;
  if (!classed.includes(undefined)) return true;
  return goods.items.some((id) => {
    const thing = listed(one.shop, id);
    return thing === undefined || classOf(thing, one.policy) !== undefined;
  });
}

function isMet(one: Case, facts: readonly JudgedFact[], condition: Condition): boolean {
  const { nowMs } = one.ask;
  const allowed = facts.filter(({ rules }) => rules.length === 0);
  const noes = noesOf(
    allowed.map(({ fact }) => fact),
    nowMs,
  );
  const wanted = allowed
    .map(({ fact }) => fact)
    .filter(({ item, quantity }) => item !== undefined && quantity > 0)
    .filter(({ item }) => !noes.disliked.includes(item as never) && !noes.dismissed.includes(item as never));
  if ('oneOf' in condition) return condition.oneOf.includes(saidOf(allowed, condition.by));
  if (condition.by === 'customer')
    return wanted.some(({ kind, firstMs }) => kind === 'bought' && firstMs <= nowMs - condition.days * DAY);
  const means = ({ item }: Fact): boolean => {
    const thing = item === undefined ? undefined : listed(one.shop, item);
    const isOrdinary = thing !== undefined && classOf(thing, one.policy) === undefined;
    return isOrdinary && how(thing, condition.goods) !== undefined;
  };
  if (condition.by === 'not-bought') {
    if (!mayRead(one, 'purchases')) return false;
    // What of their own stays behind the door speaks against it, whenever it was.
    return facts.every(({ key, fact, rules }) => {
      if (fact.kind !== 'bought' || !means(fact)) return true;
      if (rules.length > 0) return key.startsWith('joined ');
      return fact.lastMs <= nowMs - condition.days * DAY;
    });
  }
  const kind = condition.by === 'liked' ? 'likes' : condition.by;
  const sinceMs = nowMs - (condition.days ?? 1e6) * DAY;
  const found = wanted.filter((fact) => fact.kind === kind && means(fact) && fact.lastMs > sinceMs);
  return (
    found.reduce((sum, { firstMs, count }) => sum + (firstMs > sinceMs ? count : 1), 0) >= condition.times
  );
}

/** What they said last themselves, as a code. */
function saidOf(allowed: readonly JudgedFact[], name: 'country' | 'language'): string {
  const said = allowed
    .filter(({ key, fact }) => fact.kind === 'trait' && fact.name === name && !key.startsWith('joined '))
    .toSorted((a, b) => a.fact.lastMs - b.fact.lastMs || (a.key < b.key ? -1 : 1));
  const code = String(said.at(-1)?.fact.value ?? '').split('-')[0] ?? '';
  return name === 'country' ? code.toUpperCase() : code.toLowerCase();
}

/** Titles of drawn things are their ids, so no line is too long, and nothing has a brand. */
export function judgeSubject(
  one: Case,
  { answer, allowed }: { readonly answer: Answer; readonly allowed: readonly JudgedFact[] },
  verdict: Verdict,
): void {
  const { subject } = one.ask.placement;
  const [first] = answer.items;
  const expected =
    subject === undefined || first === undefined ? undefined : expectedFor(one, allowed, first);
  if (expected !== undefined) verdict.concerns('subject-name');
  const said = answer.subject?.replaceAll(/[\u2068\u2069]/g, '');
  if (said !== expected) verdict.breaks('subject-name', `${said ?? 'none'}, not ${expected ?? 'none'}`);
  const telling = catalogueOf(one).filter((thing) => classOf(thing, one.policy) !== undefined);
  if (subject !== undefined && telling.some(({ id }) => id === first)) verdict.concerns('subject-class');
  const told = telling.find(({ id }) => said?.includes(id) === true);
  if (told !== undefined) verdict.breaks('subject-class', `${said ?? ''}: ${told.id}`);
}

function expectedFor(one: Case, allowed: readonly JudgedFact[], first: string): string {
  const { fallback = '', texts = {} } = one.ask.placement.subject ?? {};
  const text = Object.keys(texts).length === 0 ? undefined : texts[saidOf(allowed, 'language')];
  const thing = listed(one.shop, first as never);
  if (text === undefined || thing === undefined || classOf(thing, one.policy) !== undefined) return fallback;
  const category = thing.path.at(-1);
  if (!text.includes('{category}')) return text.replaceAll('{item}', first);
  const leaf = (path: readonly string[]): string => path.join(' > ').toLowerCase();
  const tells = catalogueOf(one).some((other) => {
    const found = classOf(other, one.policy);
    return found !== undefined && found.by !== 'unjudged' && leaf(other.path) === leaf(thing.path);
  });
  if (category === undefined || tells) return fallback;
  return text.replaceAll('{item}', first).replaceAll('{category}', category);
}
