// Which events may be kept, and until when: consent/SPEC.md G22 to G25 in plain sentences.

import type { DataCategory } from '../../src/facts/category.ts';
import type { AdmittedEvent, Event } from '../../src/facts/event.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import type { Refusal } from '../../src/facts/refusal.ts';
import { type Arrival, type Case, DAY, SOURCES, placesOf } from './case.ts';
import { against } from './oracle-permission.ts';
import type { RuleName, Verdict } from './rules.ts';

const CATEGORY: Readonly<Record<Event['kind'], DataCategory>> = {
  view: 'browsing',
  'basket-add': 'basket',
  'basket-remove': 'basket',
  purchase: 'purchases',
  return: 'purchases',
  impression: 'interactions',
  click: 'interactions',
  dismiss: 'interactions',
  declare: 'declared',
  review: 'reviews',
};
const ASKED = 'recommend improve advertise contact benefit measure guard'.split(' ') as Purpose[];

/** Days that the contract keeps data of a category; a basket as long as a profile may live. */
const CONTRACT_DAYS: Readonly<Partial<Record<DataCategory, number>>> = {
  purchases: 3650,
  declared: 3650,
  basket: 365,
};

export function judgeArrival(
  one: Case,
  { event, notAfterMs }: Arrival,
  { answer, verdict }: { readonly answer: AdmittedEvent | Refusal; readonly verdict: Verdict },
): void {
  const { nowMs } = one.ask;
  const category = CATEGORY[event.kind];
  const contractDays = CONTRACT_DAYS[category];
  const useful = contractDays !== undefined || ASKED.some((purpose) => mayUse(one, category, purpose));
  const endMs = Math.min(event.timeMs + (contractDays ?? 365) * DAY, notAfterMs ?? Infinity);
  const rules: RuleName[] = [];
  const source = SOURCES.find(({ id }) => id === event.source);
  if (source?.origin !== 'first-party' || source.controller !== event.controller) rules.push('kept-source');
  if (event.timeMs > nowMs + 600_000) rules.push('kept-future');
  if (event.timeMs < nowMs - 7300 * DAY || endMs <= nowMs) rules.push('kept-old');
  if (!useful) rules.push('kept-useless');
  const [only, ...more] = rules;
  if (only !== undefined && more.length === 0) verdict.concerns(only);
  const telling = event.kind === 'declare' || event.kind === 'review';
  const brings = event.traits !== undefined && !telling;
  if (rules.length === 0) {
    verdict.concerns('kept-long');
    if (contractDays === undefined) verdict.concerns('kept-basis');
    if (brings) verdict.concerns('kept-traits');
  }
  if ('refused' in answer) return;
  for (const rule of rules) verdict.breaks(rule, event.id);
  if (answer.expiresMs > endMs) verdict.breaks('kept-long', `${(answer.expiresMs - endMs) / DAY} days`);
  if (answer.basis === 'contract' && contractDays === undefined) verdict.breaks('kept-basis', category);
  if (brings && answer.traits !== undefined) verdict.breaks('kept-traits', event.kind);
}

function mayUse({ lives, ask, policy }: Case, category: DataCategory, purpose: Purpose): boolean {
  const [life] = lives;
  return against({ life, ask, category, purpose, policy }, placesOf(life, ask)).length === 0;
}
