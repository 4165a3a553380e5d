// Whether a person hears enough from the shop: caps over all channels, what silence says, the hour on their
// wall. What comes out is an input of the decision, like the bars: recorded with it, so that a replay stops
// at the same. Counted at the moment of the decision and without waiting for a report, so that no two
// attempts at once can both find room.

import { type Channel, REACHES_OUT } from '../facts/channel.ts';
import {
  type BackOff,
  type ContactCap,
  type ContactRules,
  type Pressure,
  type QuietHours,
  isQuiet,
} from '../facts/contact.ts';
import { type FatigueState, TRIAL_DAYS, type Trial, fatigueState } from '../facts/fatigue.ts';
import type { CampaignId, ItemId } from '../facts/ids.ts';
import type { View } from '../facts/view.ts';
import { DAY_MS, HOUR_MS } from '../kernel/time.ts';
import { type Campaigning, stopOfCampaign } from './campaign.ts';
import type { Exposure } from './caps.ts';

/** What a person answered last, as far as a View shows. */
export interface Answers {
  /** When they last bought, clicked, looked or put something into the basket; −∞ for never. */
  readonly lastMs: number;
  /** When they said “not this”, each time. */
  readonly dismissedMs: readonly number[];
}

export const NO_ANSWERS: Answers = { lastMs: Number.NEGATIVE_INFINITY, dismissedMs: [] };

/** Reads what scoring reads anyway (weigh.ts), so no fact is used for this alone. */
export function answersIn(view: View): Answers {
  let lastMs = Number.NEGATIVE_INFINITY;
  const dismissedMs: number[] = [];
  for (const category of ['purchases', 'browsing', 'basket', 'interactions'] as const) {
    for (const fact of view.read(category)) {
      if (fact.kind === 'dismissed') dismissedMs.push(fact.lastMs);
      else lastMs = Math.max(lastMs, fact.lastMs);
    }
  }
  return { lastMs, dismissedMs };
}

/** Everything that was shown to one human being before. */
export interface Shown {
  readonly own: readonly Exposure[];
  /**
   * Under identities that they joined. Counted, and never named: which things another identity was shown is
   * not told to this one.
   */
  readonly joined: readonly (readonly Exposure[])[];
  /** When the newest list was shown that is not remembered any more; −∞ when all are. */
  readonly forgottenMs: number;
  readonly channel: Channel;
  readonly campaign?: CampaignId | undefined;
  readonly nowMs: number;
  /** Equal for things of one leaf; `undefined` for a thing that nobody knows. */
  readonly leafOf: (item: ItemId) => number | undefined;
}

/** The same with what the person said to it, and what their clock says. */
export interface Contacting extends Shown, Campaigning {
  readonly answers: Answers;
  /** The newest lot that was drawn for this human being, under whatever identity; absent: none. */
  readonly lastTrial?: Pick<Trial, 'timeMs' | 'arm'> | undefined;
  /** States in which nobody is contacted, with what 1,000 contacts are expected to bring; absent: none. */
  readonly stopped?: ReadonlyMap<FatigueState, number> | undefined;
  /** Every minute of the day that it may be where the person is; empty when nobody knows. */
  readonly localMinutes: () => readonly number[];
}

export function pressureOf(rules: ContactRules, now: Contacting): Pressure {
  const { leaves, stop } = capsOn(rules, now);
  const found =
    stop ??
    stopOfCampaign(rules, now) ??
    stopOfLot(rules, now) ??
    stopOfSilence(rules.backOff, now) ??
    stopLearned(rules, now) ??
    stopOfHour(rules.quietHours, now);
  return found === undefined ? { leaves } : { stop: found, leaves };
}

/**
 * Whether anything is said of this channel at all: of a page mostly nothing is, and nothing need be gathered.
 */
export function bindsChannel({ caps, quietHours }: ContactRules, channel: Channel): boolean {
  return (
    REACHES_OUT.includes(channel) ||
    quietHours.channels.includes(channel) ||
    caps.some(({ channels }) => channels.includes(channel))
  );
}

/** The caps alone. */
export function capsOn(rules: ContactRules, now: Shown): Pressure {
  const caps = rules.caps.filter(({ channels }) => channels.includes(now.channel));
  const leaves = leavesAtCap(caps, now);
  const stop = stopOfCaps(caps, now);
  return stop === undefined ? { leaves } : { stop, leaves };
}

/**
 * Lists that a cap counts. Older records do not say on which channel they were shown: they count on every
 * one.
 */
function* counted(cap: ContactCap, { own, joined, nowMs }: Shown): Generator<Exposure> {
  const sinceMs = nowMs - cap.windowHours * HOUR_MS;
  for (const list of [own, ...joined]) {
    for (const shown of list) {
      if (shown.items.length === 0 || shown.timeMs <= sinceMs) continue;
      if (shown.channel === undefined || cap.channels.includes(shown.channel)) yield shown;
    }
  }
}

/** Whether lists of the window have been forgotten: who is shown so much has enough contact. */
function hasForgotten({ windowHours }: ContactCap, { forgottenMs, nowMs }: Shown): boolean {
  return forgottenMs > nowMs - windowHours * HOUR_MS;
}

function stopOfCaps(caps: readonly ContactCap[], now: Shown): Pressure['stop'] {
  for (const cap of caps) {
    if (cap.per === 'leaf') continue;
    if (cap.per === 'campaign' && now.campaign === undefined) continue;
    let number = 0;
    for (const { campaign } of counted(cap, now)) {
      if (cap.per === 'person' || campaign === now.campaign) number += 1;
    }
    const by = cap.per === 'person' ? 'contact-cap' : 'campaign-cap';
    if (number >= cap.impressionsMax || hasForgotten(cap, now)) return { by, number };
  }
  return undefined;
}

/** A list counts once for each leaf that it held a thing of. */
function leavesAtCap(caps: readonly ContactCap[], now: Shown): Pressure['leaves'] {
  const capped = new Map<number, { item: ItemId; number: number }>();
  for (const cap of caps) {
    if (cap.per !== 'leaf') continue;
    const most = hasForgotten(cap, now) ? 1 : cap.impressionsMax;
    for (const [leaf, found] of leavesShown(cap, now)) {
      if (found.number >= most && !capped.has(leaf)) capped.set(leaf, found);
    }
  }
  return [...capped.values()].sort((a, b) => (a.item < b.item ? -1 : 1));
}

function leavesShown(cap: ContactCap, now: Shown): Map<number, { item: ItemId; number: number }> {
  const shown = new Map<number, { item: ItemId; number: number }>();
  for (const { items } of counted(cap, { ...now, joined: [] })) {
    const met = new Set<number>();
    for (const item of items) {
      const leaf = now.leafOf(item);
      if (leaf === undefined || met.has(leaf)) continue;
      met.add(leaf);
      const found = shown.get(leaf);
      if (found === undefined) shown.set(leaf, { item, number: 1 });
      else found.number += 1;
    }
  }
  return shown;
}

/** A no weighs more than no answer. */
const DISMISSAL_WEIGHT = 2;

/**
 * A week that was withheld is withheld to its end: half a week of silence would show what none of it does.
 */
function stopOfLot({ holdOut }: ContactRules, { channel, lastTrial, nowMs }: Contacting): Pressure['stop'] {
  if (holdOut?.channels.includes(channel) !== true || lastTrial?.arm !== 'held-out') return undefined;
  const days = (nowMs - lastTrial.timeMs) / DAY_MS;
  return days < TRIAL_DAYS ? { by: 'held-out', number: Math.max(0, Math.floor(days)) } : undefined;
}

/**
 * How tired of contact they are, where a lot is to be drawn: on a channel with a hold-out, and no sooner than
 * a week after the last.
 */
export function trialState({ holdOut }: ContactRules, now: Contacting): FatigueState | undefined {
  const { channel, lastTrial, nowMs } = now;
  if (holdOut?.channels.includes(channel) !== true) return undefined;
  if (lastTrial !== undefined && nowMs < lastTrial.timeMs + TRIAL_DAYS * DAY_MS) return undefined;
  return fatigueOf(now);
}

/** On the channels of the hold-out alone: of others nothing was learned. */
function stopLearned({ holdOut }: ContactRules, now: Contacting): Pressure['stop'] {
  if (holdOut?.channels.includes(now.channel) !== true || now.stopped === undefined) return undefined;
  const number = now.stopped.get(fatigueOf(now));
  return number === undefined ? undefined : { by: 'learned-stop', number };
}

function fatigueOf(now: Contacting): FatigueState {
  const { number, lastMs } = silenceOf(now);
  return fatigueState(number, (now.nowMs - lastMs) / DAY_MS);
}

interface Silent {
  /** Contacts since the last answer. */
  readonly silent: number;
  /** The same with every dismissal since then. */
  readonly number: number;
  /** When the last contact was, answered or not; −∞ for never. */
  readonly lastMs: number;
}

function silenceOf({ own, joined, answers }: Contacting): Silent {
  const since = (timeMs: number): boolean => timeMs > answers.lastMs;
  const contacts = [own, ...joined]
    .flat()
    .filter((shown) => shown.channel === undefined || REACHES_OUT.includes(shown.channel));
  const silent = contacts.filter(({ timeMs }) => since(timeMs)).length;
  const dismissed = answers.dismissedMs.filter(since).length;
  const lastMs = contacts.reduce((last, { timeMs }) => Math.max(last, timeMs), Number.NEGATIVE_INFINITY);
  return { silent, number: silent + DISMISSAL_WEIGHT * dismissed, lastMs };
}

function stopOfSilence(rules: BackOff, now: Contacting): Pressure['stop'] {
  const { channel, nowMs } = now;
  if (!REACHES_OUT.includes(channel)) return undefined;
  const { silent, number, lastMs } = silenceOf(now);
  if (silent === 0 || number < rules.silentMax) return undefined;
  const doublings = Math.min(number - rules.silentMax, 30);
  const gapMs = Math.min(rules.gapDays * 2 ** doublings, rules.gapDaysMax) * DAY_MS;
  return nowMs < lastMs + gapMs ? { by: 'backed-off', number } : undefined;
}

/** Quiet as soon as it may be night there. */
function stopOfHour(rules: QuietHours, { channel, localMinutes }: Contacting): Pressure['stop'] {
  if (!rules.channels.includes(channel)) return undefined;
  const minutes = localMinutes();
  if (minutes.length === 0) return { by: 'quiet-hours', number: -1 };
  // What is no minute of a day is asked for as well: nobody knows then, and it may be night.
  const quiet = minutes.find((minute) => !(minute >= 0 && minute < 1440) || isQuiet(rules, minute));
  if (quiet === undefined) return undefined;
  return { by: 'quiet-hours', number: quiet >= 0 && quiet < 1440 ? quiet : -1 };
}
