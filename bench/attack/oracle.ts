// The oracle of the attack: of one case and the answer to it, which rules were at stake and which were
// broken. It is written from the documents, on plain lists, and imports nothing of the stages but types, so
// that it can be wrong only by itself. A rule is *at stake* where it is all that stands between something and
// the answer: with any other rule beside it the answer would be right without it.

import type { Fact } from '../../src/facts/fact.ts';
import type { ItemId } from '../../src/facts/ids.ts';
import type { Case } from './case.ts';
import { judgeAnswer } from './oracle-answer.ts';
import { audienceStops, judgeSubject } from './oracle-audience.ts';
import { judgeShop } from './oracle-shop.ts';
import { stopsOf } from './oracle-contact.ts';
import { type JudgedFact, judgeFacts, noesOf } from './oracle-facts.ts';
import { asksForNext, nextFor } from './oracle-next.ts';
import { judgeNextUse } from './oracle-next-use.ts';
import {
  type JudgedThing,
  type Setting,
  judgeThing,
  settingOf,
  timesShown,
  timesSpoken,
  productOf,
} from './oracle-things.ts';
import type { RuleName, Silence, Verdict } from './rules.ts';
import { pinsIn } from './shop-rules.ts';
import type { Answer } from './subject.ts';

export function judge(one: Case, answer: Answer, verdict: Verdict): void {
  const { shut, facts } = judgeFacts(one);
  const allowed = shut ? [] : facts.filter(({ rules }) => rules.length === 0);
  const setting = settingOf({
    one,
    pulls: answer.pulls,
    allowed: allowed.map(({ fact }) => fact),
    own: allowed.filter(({ key }) => !key.startsWith('joined ')),
    shut,
  });
  judgeUse(setting, { facts, allowed, answer }, verdict);
  judgeBars(setting, { facts, answer }, verdict);
  judgeNextUse(setting, { allowed, answer }, verdict);
  const known = knownTo(setting);
  // The shop can place what no model knows.
  for (const id of pinsIn(one.ask.placement)) known.add(id);
  const things = one.shop.things.filter(({ id }) => known.has(id)).map((thing) => judgeThing(setting, thing));
  const silences = silencesOf(one, { shut, facts, allowed: allowed.map(({ fact }) => fact) });
  const [silence] = silences;
  judgeList(setting, { things, answer, silences }, verdict);
  judgePeople(one, { things, answer }, verdict);
  judgeShop(setting, { things, answer, silence }, verdict);
  judgeSubject(one, { answer, allowed }, verdict);
  judgeAnswer(setting, { things, answer, silence, allowed }, verdict);
}

/** Things that can be candidates. */
function knownTo({ one, pulls, speakers }: Setting): Set<string> {
  if (!asksForNext(one.ask)) return new Set<string>(pulls.known);
  // What somebody bought can be bought again, whether or not a model knows it.
  return new Set<string>([...(nextFor(one.ask, pulls)?.known ?? []), ...speakers.map(({ item }) => item)]);
}

const SPEAKS_FIRST: readonly string[] = ['email', 'push', 'letter'];

/** Every reason why nothing may be said here at all; the first is the one that is given. */
function silencesOf(
  one: Case,
  known: { readonly shut: boolean; readonly facts: readonly JudgedFact[]; readonly allowed: readonly Fact[] },
): readonly NonNullable<Silence>[] {
  const { shut, allowed } = known;
  const outside = audienceStops(one, known);
  if (shut) return SPEAKS_FIRST.includes(one.ask.channel) ? ['not-allowed', ...outside] : outside;
  const { impressionsMax } = one.ask.placement.capPerPerson;
  const capped = timesSpoken(one) >= impressionsMax ? (['person-cap'] as const) : [];
  return [...outside, ...stopsOf(one, allowed), ...capped];
}

const RULE_OF: Readonly<Record<NonNullable<Silence>, RuleName>> = {
  'not-allowed': 'spoken-to',
  'person-cap': 'cap-person',
  'audience-out': 'audience-out',
  'audience-few': 'audience-few',
  'audience-tells': 'audience-tells',
  'cap-contact': 'cap-contact',
  'cap-campaign': 'cap-campaign',
  'backed-off': 'backed-off',
  'learned-stop': 'learned-stop',
  quiet: 'quiet',
};

const READ: readonly string[] = ['purchases', 'browsing', 'basket', 'interactions', 'declared'];
const SCORING: readonly string[] = ['bought', 'in-basket', 'clicked', 'viewed', 'likes'];

/** Country and language are read where the slot asks for them. */
function askedFor({ ask: { placement }, policy }: Case, { category }: Fact): boolean {
  const audience = policy.audiences?.find(({ name }) => name === placement.audience);
  const asks = (by: string): boolean => audience?.all.some((condition) => condition.by === by) === true;
  if (category === 'location') return asks('country');
  const hasTexts = Object.keys(placement.subject?.texts ?? {}).length > 0;
  return category === 'demographics' && (asks('language') || hasTexts);
}

/** What was read, what scored, what was named as a reason. */
function judgeUse(
  { noes, one }: Setting,
  found: {
    readonly facts: readonly JudgedFact[];
    readonly allowed: readonly JudgedFact[];
    readonly answer: Answer;
  },
  verdict: Verdict,
): void {
  const { facts, allowed, answer } = found;
  const scored = new Set([...answer.scored, ...answer.reasons]);
  const read = new Set(answer.reads);
  const saidNo = new Set([...noes.disliked, ...noes.dismissed]);
  for (const { key, rules } of facts) {
    const [only, ...more] = rules;
    if (only !== undefined && more.length === 0) verdict.concerns(only);
    if (rules.length === 0 || !(scored.has(key) || read.has(key))) continue;
    for (const rule of rules) verdict.breaks(rule, key);
  }
  // What is known of nobody is a fact that nobody allowed.
  const known = new Set(facts.map(({ key }) => key));
  for (const key of [...scored, ...read]) if (!known.has(key)) verdict.breaks('silence', key);
  let canScore = 0;
  for (const { key, fact } of allowed) {
    if (!READ.includes(fact.category) && !askedFor(one, fact)) {
      verdict.concerns('category-unread');
      if (read.has(key)) verdict.breaks('category-unread', key);
    } else if (asksForNext(one.ask)) {
      // Which of them speak is another question: judgeNextUse.
      continue;
    } else if (!SCORING.includes(fact.kind) || fact.quantity <= 0) {
      verdict.concerns('not-true');
      if (scored.has(key)) verdict.breaks('not-true', key);
    } else if (fact.item !== undefined && saidNo.has(fact.item)) {
      verdict.concerns('disliked-scores');
      if (scored.has(key)) verdict.breaks('disliked-scores', key);
    } else canScore += 1;
  }
  if (canScore > 100) verdict.concerns('facts-max');
  if (answer.scored.length > 100 && !asksForNext(one.ask))
    verdict.breaks('facts-max', `${answer.scored.length} facts`);
}

/** A bar tells what it comes from, so it may come from nothing else than what may be known. */
function judgeBars(
  { one, noes, allowed, shut }: Setting,
  { facts, answer }: { readonly facts: readonly JudgedFact[]; readonly answer: Answer },
  verdict: Verdict,
): void {
  const { impressionsMax } = one.ask.placement.capPerItem;
  const backed = (item: ItemId, guard: string): boolean => {
    if (guard === 'bought') return noes.bought.includes(item);
    if (guard === 'returned') return noes.returned.includes(item);
    if (guard === 'disliked') return noes.disliked.includes(item) || noes.dismissed.includes(item);
    return guard === 'item-cap' && !shut && timesShown(one, item) >= impressionsMax;
  };
  // Bought and due again: judged with what else a next basket may know.
  const isDueHere = (item: ItemId): boolean =>
    one.ask.placement.strategy === 'next-basket' && noesOf(allowed, one.ask.nowMs).bought.includes(item);
  for (const { item, guard } of answer.barred)
    if (!backed(item, guard) && !(guard === 'bought' && isDueHere(item)))
      verdict.breaks('bar-without-fact', `${guard} ${item}`);
  const secret: readonly Fact[] = facts.filter(({ rules }) => rules.length === 1).map(({ fact }) => fact);
  for (const items of Object.values(noesOf(secret, one.ask.nowMs))) {
    for (const _ of items) verdict.concerns('bar-without-fact');
  }
}

interface Judged {
  readonly things: readonly JudgedThing[];
  readonly answer: Answer;
}

function judgeList(
  { one }: Setting,
  { things, answer, silences }: Judged & { readonly silences: readonly NonNullable<Silence>[] },
  verdict: Verdict,
): void {
  const { placement, limit } = one.ask;
  const free = things.filter(({ reached, rules }) => reached && rules.length === 0);
  const { items } = answer;
  const [silence, ...more] = silences;
  if (silence !== undefined) {
    const rule = RULE_OF[silence];
    if (free.length > 0 && more.length === 0) verdict.concerns(rule);
    if (items.length > 0) verdict.breaks(rule, items.join(', '));
  }
  const by = new Map(things.map((judged) => [judged.thing.id, judged]));
  for (const { reached, rules } of silence === undefined ? things : []) {
    const [only, ...others] = rules;
    if (reached && only !== undefined && others.length === 0) verdict.concerns(only);
  }
  for (const item of items) {
    const judged = by.get(item);
    // The shop has no such thing, or the model does not know it.
    if (judged === undefined) verdict.breaks('unlisted', item);
    for (const rule of judged?.rules ?? []) verdict.breaks(rule, item);
  }
  if (silence !== undefined) return;
  const leaves = free.map(({ leaf }) => leaf);
  if (leaves.some((leaf) => times(leaves, leaf) > placement.perLeafMax)) verdict.concerns('leaf-max');
  const shown = items.map((item) => by.get(item)?.leaf ?? '');
  if (shown.some((leaf) => times(shown, leaf) > placement.perLeafMax))
    verdict.breaks('leaf-max', shown.join(', '));
  const products = free.flatMap(({ thing }) => productOf(one, thing.id) ?? []);
  if (new Set(products).size < products.length) verdict.concerns('variant-twice');
  const told = items.flatMap((item) => productOf(one, item) ?? []);
  if (new Set(told).size < told.length) verdict.breaks('variant-twice', items.join(', '));
  if (free.length > placement.itemsMax && limit > placement.itemsMax) verdict.concerns('items-max');
  if (items.length > placement.itemsMax) verdict.breaks('items-max', `${items.length} things`);
  if (free.length > limit && placement.itemsMax > limit) verdict.concerns('limit');
  if (items.length > limit) verdict.breaks('limit', `${items.length} things`);
  if (free.length > 1 && items.length > 1) verdict.concerns('twice');
  if (new Set(items).size < items.length) verdict.breaks('twice', items.join(', '));
}

function times<T>(list: readonly T[], one: T): number {
  return list.filter((other) => other === one).length;
}

/** Behind each thing that is shown, and each pair that is given as a reason, stand `minPeople` people. */
function judgePeople({ shop, policy, ask }: Case, { answer }: Judged, verdict: Verdict): void {
  const { learned } = shop;
  if (learned.kind !== 'baskets') return;
  const behind = (...items: readonly string[]): number =>
    learned.baskets.filter((basket) => items.every((item) => (basket as readonly string[]).includes(item)))
      .length;
  const few = shop.things.some(({ id }) => {
    const people = behind(id);
    return people > 0 && people < policy.minPeople;
  });
  if (few && answer.items.length > 0) verdict.concerns('few-people');
  const pins = pinsIn(ask.placement);
  for (const item of answer.items)
    if (!pins.includes(item) && behind(item) < policy.minPeople)
      verdict.breaks('few-people', `${behind(item)} for ${item}`);
  for (const { item, because } of answer.because) {
    const people = behind(item, because);
    if (people < policy.minPeople) verdict.breaks('few-people', `${people} for ${because} and ${item}`);
  }
}
