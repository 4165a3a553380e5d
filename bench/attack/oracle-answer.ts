// What an answer may say: the reasons of its things, and why it is empty. Told from decide/SPEC.md (D2, D10,
// D11) and from what a page may see (I16 of ARCHITECTURE.md).

import type { Case } from './case.ts';
import type { JudgedFact } from './oracle-facts.ts';
import { isUnlearned } from './oracle-next.ts';
import { type JudgedThing, type Setting, contextWord } from './oracle-things.ts';
import { type ContactRule, SAID_OF, type Silence, type Verdict } from './rules.ts';
import type { Answer } from './subject.ts';

interface Judged {
  readonly things: readonly JudgedThing[];
  readonly answer: Answer;
  readonly silence: Silence;
  readonly allowed: readonly JudgedFact[];
}

export function judgeAnswer(setting: Setting, judged: Judged, verdict: Verdict): void {
  judgeReasons(setting, judged, verdict);
  judgeForm(judged.answer, verdict);
  judgeSilence(setting, judged, verdict);
  const { answer } = judged;
  const { exploreRate } = setting.one.ask.placement;
  const isFixed = exploreRate === 0 || answer.items.length === 0;
  verdict.concerns('propensity');
  const { propensity } = answer;
  if (!(propensity > 0 && propensity <= 1) || (isFixed && propensity !== 1))
    verdict.breaks('propensity', String(propensity));
}

function judgeReasons(setting: Setting, { answer, allowed, things }: Judged, verdict: Verdict): void {
  const { one, speaking } = setting;
  const inContext = contextWord(setting);
  const mute = one.ask.context.filter((id) => !speaking.includes(id));
  const speaks = mute.some((id) =>
    things.some(({ thing, rules }) => rules.length === 0 && (inContext(id, thing.id) ?? 0) > 0),
  );
  if (speaks) verdict.concerns('context-speaks');
  for (const { item, kind, because } of answer.because)
    if (kind === 'context' && mute.includes(because))
      verdict.breaks('context-speaks', `${because} for ${item}`);
  const did = new Set(allowed.map(({ fact }) => `${fact.kind} ${fact.item ?? ''}`));
  for (const { item, score, reasons, told } of answer.shown) {
    verdict.concerns('sum');
    const sum = reasons.reduce((total, value) => total + value, 0);
    if (sum !== score) verdict.breaks('sum', `${item}: ${sum}, not ${score}`);
    verdict.concerns('reason-unknown');
    for (const reason of told) if (!isKnown(one, did, reason)) verdict.breaks('reason-unknown', reason);
  }
}

/**
 * `fact KIND THING`, `repeat KIND THING`, `context THING`, `prior`, `merchandising`, `pinned` or `rest`, as
 * the answer words it.
 */
function isKnown({ ask }: Case, did: ReadonlySet<string>, told: string): boolean {
  if (['prior', 'rest', 'merchandising', 'pinned'].includes(told)) return true;
  const [kind = '', ...words] = told.split(' ');
  const what = words.join(' ');
  if (kind === 'context') return (ask.context as readonly string[]).includes(what);
  return (kind === 'fact' || kind === 'repeat') && did.has(what);
}

const MAY_TELL = {
  answer: ['decision', 'items', 'nothing', 'subject'],
  item: ['item', 'reasons', 'score'],
  reason: ['did', 'item', 'kind', 'value'],
} as const;

/** Field by field, so that a field added one day is looked at. */
function judgeForm({ page, held }: Answer, verdict: Verdict): void {
  if (held > 0) verdict.concerns('tells-more');
  const look = (value: object, may: readonly string[]): void => {
    for (const field of Object.keys(value)) if (!may.includes(field)) verdict.breaks('tells-more', field);
  };
  look(page, MAY_TELL.answer);
  for (const item of page.items) {
    look(item, MAY_TELL.item);
    for (const reason of item.reasons) look(reason, MAY_TELL.reason);
  }
}

const WORDS: readonly string[] = [
  'person-cap',
  'nothing-related',
  'no-model',
  'guarded',
  'not-allowed',
  'not-in-audience',
  ...Object.values(SAID_OF),
];

function judgeSilence({ one, pulls }: Setting, { answer, things, silence }: Judged, verdict: Verdict): void {
  const { nothing, items } = answer;
  verdict.concerns('empty-unsaid');
  const isEmpty = items.length === 0;
  if (isEmpty !== (nothing !== undefined) || (nothing !== undefined && !WORDS.includes(nothing)))
    verdict.breaks('empty-unsaid', `${items.length} things, ${nothing ?? 'no reason'}`);
  if (!isEmpty) return;
  const taken = (judged: JudgedThing): boolean =>
    judged.rules.some((rule) => !['unrelated', 'far', 'not-with'].includes(rule));
  const stopped = silence !== undefined && silence in SAID_OF ? SAID_OF[silence as ContactRule] : '';
  // Outside of what was asked for nothing is a candidate, so nothing is taken.
  const inside = things.filter(({ rules }) => !rules.includes('outside'));
  const isEmptyModel = isUnlearned(one.ask, pulls);
  const claims = {
    'says-cap': [nothing === 'person-cap', silence === 'person-cap'],
    'says-stop': [Object.values<unknown>(SAID_OF).includes(nothing), stopped === nothing],
    'says-audience': [nothing === 'not-in-audience', silence?.startsWith('audience-') === true],
    'says-no-model': [nothing === 'no-model', isEmptyModel],
    'says-not-allowed': [nothing === 'not-allowed', silence === 'not-allowed'],
    'says-guarded': [nothing === 'guarded', inside.some((judged) => judged.named && taken(judged))],
    'says-unrelated': [
      nothing === 'nothing-related',
      !inside.some((judged) => judged.surely && (judged.rules.length === 0 || taken(judged))),
    ],
  } as const;
  for (const [rule, [said, isTrue]] of Object.entries(claims) as [
    keyof typeof claims,
    [boolean, boolean],
  ][]) {
    if (!isTrue) verdict.concerns(rule);
    if (said && !isTrue) verdict.breaks(rule, nothing ?? '');
  }
}
