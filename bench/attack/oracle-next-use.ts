// What a decision about what comes next may rest on, told naively: decide/SPEC.md D60 to D69.

import type { JudgedFact } from './oracle-facts.ts';
import { noesOf } from './oracle-facts.ts';
import { asksForNext, isUnlearned, nextFor, nextScore, ordersOf, sessionOf } from './oracle-next.ts';
import type { Setting } from './oracle-things.ts';
import type { RuleName, Verdict } from './rules.ts';
import { pinsIn } from './shop-rules.ts';
import type { Answer } from './subject.ts';

interface Found {
  /** Facts that may be used at all. */
  readonly allowed: readonly JudgedFact[];
  readonly answer: Answer;
}

export function judgeNextUse(setting: Setting, found: Found, verdict: Verdict): void {
  if (!asksForNext(setting.one.ask)) return;
  judgeFactsOf(setting, found, verdict);
  judgeReasonsOf(setting, found, verdict);
  judgeScores(setting, found, verdict);
  judgeDue(setting, found, verdict);
}

const SPOKEN_OF: readonly string[] = ['purchases', 'browsing', 'basket', 'interactions', 'declared'];

function judgeFactsOf(setting: Setting, { allowed, answer }: Found, verdict: Verdict): void {
  const inTurn = keysInTurn(setting);
  for (const judged of allowed) {
    // Of what is not read at all another rule speaks.
    if (!SPOKEN_OF.includes(judged.fact.category)) continue;
    const rules = against(setting, judged, inTurn);
    const [only, ...more] = rules;
    if (only !== undefined && more.length === 0) verdict.concerns(only);
    if (!answer.scored.includes(judged.key)) continue;
    for (const rule of rules) verdict.breaks(rule, judged.key);
  }
}

/** Facts of the newest orders, or of the session that lasts. A slot for measuring is told of neither. */
function keysInTurn({ one, own }: Setting): ReadonlySet<string> {
  const { purpose, strategy } = one.ask.placement;
  if (purpose === 'measure') return new Set();
  const found =
    strategy === 'next-click' ? sessionOf(one, own) : ordersOf(one, own).flatMap(({ facts }) => facts);
  return new Set(found.map(({ key }) => key));
}

function against(
  { one, noes }: Setting,
  { key, fact }: JudgedFact,
  inTurn: ReadonlySet<string>,
): readonly RuleName[] {
  const isClick = one.ask.placement.strategy === 'next-click';
  const rules: RuleName[] = [];
  const isOfKind = fact.kind === (isClick ? 'viewed' : 'bought');
  if (isOfKind && fact.quantity <= 0) rules.push('not-true');
  if (isOfKind && key.startsWith('joined ')) rules.push('joined-next');
  else if (!inTurn.has(key) && !rules.includes('not-true')) rules.push(isClick ? 'not-session' : 'not-order');
  const saidNo = [...noes.disliked, ...noes.dismissed];
  if (fact.item !== undefined && saidNo.includes(fact.item)) rules.push('disliked-scores');
  return rules;
}

function judgeReasonsOf({ one, pulls, speakers }: Setting, { answer }: Found, verdict: Verdict): void {
  const next = nextFor(one.ask, pulls);
  const isBasket = one.ask.placement.strategy === 'next-basket';
  const isSilentHere = speakers.some(({ item }) =>
    pulls.known.some((to) => pulls.of(item, to) !== undefined && next?.of(item, to) === undefined),
  );
  if (isSilentHere) verdict.concerns('other-model');
  if (isBasket && one.ask.context.length > 0 && answer.items.length > 0) verdict.concerns('basket-context');
  if (speakers.some(({ again }) => again > 0) && answer.items.length > 0) verdict.concerns('repeat-other');
  for (const { item, kind, because } of answer.because) {
    const told = `${because} for ${item}`;
    if (kind === 'context' && isBasket) verdict.breaks('basket-context', told);
    else if (kind === 'repeat') {
      if (item !== because) verdict.breaks('repeat-other', told);
    } else if (next?.of(because, item) === undefined || (isBasket && item === because))
      verdict.breaks('other-model', told);
  }
}

function judgeScores(setting: Setting, { answer }: Found, verdict: Verdict): void {
  const { one, pulls, speakers } = setting;
  const isMute = isUnlearned(one.ask, pulls);
  if (isMute && pulls.known.length > 0) verdict.concerns('unlearned');
  const pins = pinsIn(one.ask.placement);
  for (const { item, score, favour } of answer.shown) {
    if (isMute && !pins.includes(item)) verdict.breaks('unlearned', item);
    const expected = isMute ? 0 : nextScore(setting, speakers, item).score;
    verdict.concerns('next-score');
    if (score - favour !== expected)
      verdict.breaks('next-score', `${item}: ${score - favour}, not ${expected}`);
  }
}

function judgeDue({ one, noes, allowed }: Setting, { answer }: Found, verdict: Verdict): void {
  if (one.ask.placement.strategy !== 'next-basket') return;
  const bought = noesOf(allowed, one.ask.nowMs).bought;
  const due = bought.filter((item) => !noes.bought.includes(item));
  for (const _ of due) verdict.concerns('barred-due');
  for (const { item, guard } of answer.barred)
    if (guard === 'bought' && due.includes(item)) verdict.breaks('barred-due', item);
}
