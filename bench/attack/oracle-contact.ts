// Whether a person may be spoken to now, told naively: docs/policy.md (Contact) and decide/SPEC.md (D29–D31,
// D35), list by list.

import type { Fact } from '../../src/facts/fact.ts';
import { type Case, DAY, HOUR } from './case.ts';
import type { ContactRule } from './rules.ts';

const SPEAKS_FIRST: readonly string[] = ['email', 'push', 'letter'];

/** Everything that stops this contact; the first is what is said. `leafOf` names the leaf of a thing. */
export function stopsOf(one: Case, allowed: readonly Fact[]): readonly ContactRule[] {
  const { contact } = one.policy;
  if (contact === undefined) return [];
  const { ask } = one;
  const stops: ContactRule[] = [];
  for (const cap of contact.caps) {
    if (!cap.channels.includes(ask.channel) || cap.per === 'leaf') continue;
    const lists = counted(shownTo(one), { ask, cap });
    const same = lists.filter(({ campaign }) => cap.per === 'person' || campaign === ask.campaign);
    if (cap.per === 'campaign' && ask.campaign === undefined) continue;
    const isOver = same.length >= cap.impressionsMax || one.forgottenMs > ask.nowMs - cap.windowHours * HOUR;
    if (isOver) stops.push(cap.per === 'person' ? 'cap-contact' : 'cap-campaign');
  }
  if (isBackedOff(one, allowed)) stops.push('backed-off');
  if (isLearned(one, allowed)) stops.push('learned-stop');
  if (isNight(one)) stops.push('quiet');
  return [...new Set(stops)];
}

type Caps = NonNullable<Case['policy']['contact']>['caps'];

/** All that one human being was shown, under whatever name; of another name which things is not told. */
function shownTo({ given, givenOthers }: Case): Case['given'] {
  return [given, ...givenOthers].flat();
}

function counted(
  given: Case['given'],
  { ask, cap: { channels, windowHours } }: { readonly ask: Case['ask']; readonly cap: Caps[number] },
): Case['given'] {
  return given.filter(
    ({ channel, items, timeMs }) =>
      items.length > 0 &&
      timeMs > ask.nowMs - windowHours * HOUR &&
      (channel === undefined || channels.includes(channel)),
  );
}

/** Whether things of this leaf were shown often enough. */
export function isLeafOver(one: Case, leaf: string, leafOf: (item: string) => string): boolean {
  const { ask, policy, forgottenMs } = one;
  return (policy.contact?.caps ?? []).some((cap) => {
    if (cap.per !== 'leaf' || !cap.channels.includes(ask.channel)) return false;
    const lists = counted(one.given, { ask, cap }).filter(({ items }) =>
      items.some((item) => leafOf(item) === leaf),
    );
    const isLost = forgottenMs > ask.nowMs - cap.windowHours * HOUR;
    return lists.length >= (isLost ? 1 : cap.impressionsMax);
  });
}

const ANSWERS: readonly string[] = ['purchases', 'browsing', 'basket', 'interactions'];

interface Silent {
  readonly silent: number;
  readonly weight: number;
  readonly lastMs: number;
}

function silenceOf(one: Case, allowed: readonly Fact[]): Silent {
  const said = allowed.filter(({ category }) => ANSWERS.includes(category));
  const answers = said.filter(({ kind }) => kind !== 'dismissed').map(({ lastMs }) => lastMs);
  const answeredMs = Math.max(Number.NEGATIVE_INFINITY, ...answers);
  const contacts = shownTo(one).filter(
    ({ channel, items }) => items.length > 0 && (channel === undefined || SPEAKS_FIRST.includes(channel)),
  );
  const silent = contacts.filter(({ timeMs }) => timeMs > answeredMs).length;
  const noes = said.filter(({ kind, lastMs }) => kind === 'dismissed' && lastMs > answeredMs).length;
  return { silent, weight: silent + 2 * noes, lastMs: Math.max(...contacts.map(({ timeMs }) => timeMs)) };
}

/** Fifteen states: contacts without an answer, and a week, a month or more since the last contact. */
function isLearned(one: Case, allowed: readonly Fact[]): boolean {
  const { policy, ask } = one;
  if (policy.contact?.holdOut?.channels.includes(ask.channel) !== true) return false;
  const { weight, lastMs } = silenceOf(one, allowed);
  const days = (ask.nowMs - lastMs) / DAY;
  const recency = days >= 30 ? 'more' : days >= 7 ? 'month' : 'week';
  return (ask.stopped as readonly string[]).includes(`${weight > 4 ? 4 : weight}-${recency}`);
}

function isBackedOff(one: Case, allowed: readonly Fact[]): boolean {
  const { policy, ask } = one;
  const rules = policy.contact?.backOff;
  if (rules === undefined || !SPEAKS_FIRST.includes(ask.channel)) return false;
  const { silent, weight, lastMs } = silenceOf(one, allowed);
  if (silent === 0 || weight < rules.silentMax) return false;
  let gapDays = rules.gapDays;
  for (let n = rules.silentMax; n < weight; n += 1) gapDays *= 2;
  return ask.nowMs < lastMs + Math.min(gapDays, rules.gapDaysMax) * DAY;
}

function isNight({ policy, ask }: Case): boolean {
  const rules = policy.contact?.quietHours;
  if (rules === undefined || !rules.channels.includes(ask.channel)) return false;
  const { fromMinute, toMinute } = rules;
  const quiet: boolean[] = Array.from({ length: 1440 }, () => false);
  for (let minute = fromMinute; minute !== toMinute; minute = (minute + 1) % 1440) quiet[minute] = true;
  return ask.localMinutes.length === 0 || ask.localMinutes.some((minute) => quiet[minute]);
}
