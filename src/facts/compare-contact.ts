// What changes between two policies' rules of contact, and whether it is stricter.

import type { Difference, Effect } from './difference.ts';
import {
  type BackOff,
  type CampaignRule,
  type ContactCap,
  type ContactRules,
  type HoldOut,
  type QuietHours,
  isQuiet,
} from './contact.ts';
import { keepsContactCap } from './parse-contact.ts';
import { capText } from './placement.ts';

/** A policy without such rules lets the shop come as often as each placement says. */
export function compareContact(
  a: ContactRules | undefined,
  b: ContactRules | undefined,
): readonly Difference[] {
  const none: ContactRules['caps'] = [];
  return [
    ...compareCaps(a?.caps ?? none, b?.caps ?? none),
    ...compareQuiet(a?.quietHours, b?.quietHours),
    ...compareBackOff(a?.backOff, b?.backOff),
    ...compareHoldOut(a?.holdOut, b?.holdOut),
    ...compareCampaigns(a?.campaigns ?? [], b?.campaigns ?? []),
  ];
}

function compareCaps(before: readonly ContactCap[], after: readonly ContactCap[]): readonly Difference[] {
  const [from, to] = [before, after].map((caps) => caps.map(contactCapText));
  if (from?.join('; ') === to?.join('; ')) return [];
  const isStricter = before.every((cap) => after.some((each) => keepsContactCap(each, cap)));
  const isLooser = after.every((cap) => before.some((each) => keepsContactCap(each, cap)));
  return [
    {
      field: 'contact/caps',
      before: listed(from),
      after: listed(to),
      effect: effectOf(isStricter, isLooser),
    },
  ];
}

/** `person: 2 in 168 h over email, push, letter`. */
export function contactCapText(cap: ContactCap): string {
  return `${cap.per}: ${capText(cap)} over ${cap.channels.join(', ')}`;
}

function compareQuiet(a: QuietHours | undefined, b: QuietHours | undefined): readonly Difference[] {
  const [from, to] = [quietText(a), quietText(b)];
  if (from === to) return [];
  const effect = effectOf(isQuieter(b, a), isQuieter(a, b));
  return [{ field: 'contact/quietHours', before: from, after: to, effect }];
}

/** Whether `a` is silent on every channel in every minute in which `b` is. */
function isQuieter(a: QuietHours | undefined, b: QuietHours | undefined): boolean {
  if (b === undefined) return true;
  if (a === undefined) return false;
  if (!b.channels.every((channel) => a.channels.includes(channel))) return false;
  for (let minute = 0; minute < 1440; minute += 1)
    if (isQuiet(b, minute) && !isQuiet(a, minute)) return false;
  return true;
}

/** `21:00–8:00 on push`. */
export function quietText(rules: QuietHours | undefined): string {
  if (rules === undefined) return 'none';
  const clock = (minute: number): string =>
    `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  return `${clock(rules.fromMinute)}–${clock(rules.toMinute)} on ${rules.channels.join(', ')}`;
}

function compareBackOff(a: BackOff | undefined, b: BackOff | undefined): readonly Difference[] {
  const [from, to] = [backOffText(a), backOffText(b)];
  if (from === to) return [];
  const keeps = (x: BackOff | undefined, y: BackOff | undefined): boolean =>
    y === undefined ||
    (x !== undefined && x.silentMax <= y.silentMax && x.gapDays >= y.gapDays && x.gapDaysMax >= y.gapDaysMax);
  return [{ field: 'contact/backOff', before: from, after: to, effect: effectOf(keeps(b, a), keeps(a, b)) }];
}

/** `after 3 without an answer 7 days, doubled each time, 180 at most`. */
export function backOffText(rules: BackOff | undefined): string {
  if (rules === undefined) return 'none';
  const { silentMax, gapDays, gapDaysMax } = rules;
  return `after ${silentMax} without an answer ${gapDays} days, doubled each time, ${gapDaysMax} at most`;
}

function compareHoldOut(a: HoldOut | undefined, b: HoldOut | undefined): readonly Difference[] {
  const [from, to] = [holdOutText(a), holdOutText(b)];
  if (from === to) return [];
  // More is withheld, on at least these channels, and less is thought worth a contact.
  const keeps = (x: HoldOut | undefined, y: HoldOut | undefined): boolean =>
    y === undefined ||
    (x !== undefined &&
      x.rate >= y.rate &&
      x.responseMin >= y.responseMin &&
      y.channels.every((channel) => x.channels.includes(channel)));
  return [{ field: 'contact/holdOut', before: from, after: to, effect: effectOf(keeps(b, a), keeps(a, b)) }];
}

/** `0.05 of the weeks over email, push, letter; a contact has to bring 0.002 purchases`. */
export function holdOutText(rules: HoldOut | undefined): string {
  if (rules === undefined) return 'none';
  const { rate, channels, responseMin } = rules;
  return `${rate} of the weeks over ${channels.join(', ')}; a contact has to bring ${responseMin} purchases`;
}

function compareCampaigns(a: readonly CampaignRule[], b: readonly CampaignRule[]): readonly Difference[] {
  const [from, to] = [a.map(campaignText), b.map(campaignText)];
  if (from.join('; ') === to.join('; ')) return [];
  // A campaign without a rule has no number; one with a rule reaches fewer people.
  const keeps = (x: readonly CampaignRule[], y: readonly CampaignRule[]): boolean =>
    y.every((rule) =>
      x.some(
        ({ id, contactsPerWeekMax, freedToo }) =>
          id === rule.id && contactsPerWeekMax <= rule.contactsPerWeekMax && (!freedToo || rule.freedToo),
      ),
    );
  const effect = effectOf(keeps(b, a), keeps(a, b));
  return [{ field: 'contact/campaigns', before: listed(from), after: listed(to), effect }];
}

/** `welcome to newcomers: 200 a week, and as many as back-off freed`. */
export function campaignText({ id, to, contactsPerWeekMax, freedToo }: CampaignRule): string {
  return `${id} to ${to}: ${contactsPerWeekMax} a week${freedToo ? ', and as many as back-off freed' : ''}`;
}

function effectOf(isStricter: boolean, isLooser: boolean): Effect {
  if (isStricter && isLooser) return 'neither';
  return isStricter ? 'stricter' : isLooser ? 'looser' : 'mixed';
}

function listed(texts: readonly string[] | undefined): string {
  return texts === undefined || texts.length === 0 ? 'none' : texts.join('; ');
}
